import { Diagnostics } from '../diagnostic.js'
import { tokenize } from '../lexer.js'
import { Cursor } from '../parse/cursor.js'
import { parseExpression } from '../parse/expressions.js'
import { parseParameters } from '../parse/lambdas.js'
import { parseConstraints, parseTypeParameters } from '../parse/type-parameters.js'
import { parseReturnType, parseType } from '../parse/types.js'
import type { Expression, Identifier, Parameter, TypeConstraint, TypeSyntax } from '../syntax.js'
import type { MemberKind } from './type.js'

/** A member's signature as it was written, nothing resolved. */
export interface Signature {
  readonly kind: MemberKind
  readonly name: string
  readonly modifiers: ReadonlySet<string>
  readonly type: TypeSyntax | undefined
  readonly typeParameters: readonly Identifier[]
  readonly constraints: readonly TypeConstraint[]
  readonly parameters: readonly Parameter[]
  readonly extension: boolean
  readonly canRead: boolean
  readonly canWrite: boolean
  readonly value: Expression | undefined
}

const MODIFIERS = ['static', 'override', 'const', 'readonly', 'implicit', 'explicit', 'virtual', 'abstract']

const BINARY_OPERATORS: Readonly<Record<string, string>> = {
  '+': 'op_Addition',
  '-': 'op_Subtraction',
  '*': 'op_Multiply',
  '/': 'op_Division',
  '%': 'op_Modulus',
  '==': 'op_Equality',
  '!=': 'op_Inequality',
  '<': 'op_LessThan',
  '>': 'op_GreaterThan',
  '<=': 'op_LessThanOrEqual',
  '>=': 'op_GreaterThanOrEqual',
  '&': 'op_BitwiseAnd',
  '|': 'op_BitwiseOr',
  '^': 'op_ExclusiveOr',
}
const UNARY_OPERATORS: Readonly<Record<string, string>> = {
  '+': 'op_UnaryPlus',
  '-': 'op_UnaryNegation',
  '!': 'op_LogicalNot',
  '~': 'op_OnesComplement',
}

/** The metadata name of an operator, or undefined where C# lets nobody declare it. */
export const operatorName = (operator: string, operands: 1 | 2): string | undefined =>
  (operands === 1 ? UNARY_OPERATORS : BINARY_OPERATORS)[operator]

/**
 * Reads one member of a declaration, see `declareType`.
 * @param typeName the simple name of the declaring type: a constructor has it
 * @throws Error when the text is no signature: a declaration of ours is wrong
 */
export function parseSignature(text: string, typeName: string): Signature {
  const diagnostics = new Diagnostics(text)
  const tokens = tokenize(text, 0, text.length, { namedValues: false }, diagnostics)
  const cursor = new Cursor(text, tokens, diagnostics, false)
  const signature = readSignature(cursor, typeName)
  const [first] = diagnostics.sorted()
  if (first || !cursor.is('end'))
    throw new Error(
      `The declaration "${text}" of ${typeName} is no signature: ${first?.message ?? cursor.current.text}`,
    )
  return signature
}

function readSignature(cursor: Cursor, typeName: string): Signature {
  const extension = cursor.tokens.some(({ kind }, index) => kind === 'this' && cursor.kindAt(index - 1) === '(')
  const modifiers = new Set<string>()
  while (MODIFIERS.includes(cursor.kind)) modifiers.add(cursor.next().kind)
  const base: Signature = {
    kind: 'method',
    name: '',
    modifiers,
    type: undefined,
    typeParameters: [],
    constraints: [],
    parameters: [],
    extension,
    canRead: false,
    canWrite: false,
    value: undefined,
  }
  if (cursor.accept('operator')) {
    const type = parseType(cursor)
    const name = modifiers.has('implicit') ? 'op_Implicit' : 'op_Explicit'
    return { ...base, kind: 'conversion', name, type, parameters: parseParameters(cursor) }
  }
  if (cursor.isWord(typeName) && cursor.peek(1).kind === '(') {
    cursor.next()
    return { ...base, kind: 'constructor', name: '.ctor', parameters: parseParameters(cursor) }
  }
  return readTyped(cursor, { ...base, type: parseReturnType(cursor) })
}

function readTyped(cursor: Cursor, base: Signature): Signature {
  if (cursor.accept('operator')) {
    const operator = cursor.next().text
    const parameters = parseParameters(cursor)
    return {
      ...base,
      kind: 'operator',
      name: operatorName(operator, parameters.length === 1 ? 1 : 2) ?? '',
      parameters,
    }
  }
  if (cursor.accept('this')) {
    return { ...base, kind: 'indexer', name: 'Item', parameters: readIndexParameters(cursor), ...readAccessors(cursor) }
  }
  const { name } = cursor.identifier()
  if (cursor.is('{')) return { ...base, kind: 'property', name, ...readAccessors(cursor) }
  if (cursor.is('<') || cursor.is('(')) {
    const typeParameters = parseTypeParameters(cursor)
    const parameters = parseParameters(cursor)
    return { ...base, name, typeParameters, parameters, constraints: parseConstraints(cursor) }
  }
  const value = cursor.accept('=') ? parseExpression(cursor) : undefined
  const kind = base.modifiers.has('const') ? 'constant' : 'field'
  return { ...base, kind, name, canRead: true, canWrite: kind === 'field' && !base.modifiers.has('readonly'), value }
}

function readIndexParameters(cursor: Cursor): Parameter[] {
  cursor.expect('[')
  const list: Parameter[] = []
  do {
    const { start } = cursor.current
    const type = parseType(cursor)
    const name = cursor.identifier()
    list.push({ name, type, mode: 'value', defaultValue: undefined, start, end: name.end })
  } while (cursor.accept(','))
  cursor.expect(']')
  return list
}

/** `{ get; }`, `{ get; set; }`. */
function readAccessors(cursor: Cursor): { canRead: boolean; canWrite: boolean } {
  cursor.expect('{')
  const canRead = cursor.acceptWord('get') !== undefined && cursor.accept(';') !== undefined
  const canWrite = cursor.acceptWord('set') !== undefined && cursor.accept(';') !== undefined
  cursor.expect('}')
  return { canRead, canWrite }
}
