import type { Declarator, Expression, LocalDeclaration, Statement, TypeSyntax } from '../syntax.js'
import type { Span } from '../position.js'
import type { TokenKind } from '../token.js'
import { parseArrayInitializer } from './creation.js'
import type { Cursor } from './cursor.js'
import { parseExpression, parseRef } from './expressions.js'
import { parseParameters, READONLY_REFERENCES, refuseAsync } from './lambdas.js'
import { isPredefinedType } from './predefined.js'
import { parseArguments } from './primary.js'
import { isAccessModifier, startsExpression } from './starts.js'
import { parseBlock, parseReturned } from './statements.js'
import { skipWrong, Terminator } from './terminators.js'
import { parseConstraints, parseTypeParameters } from './type-parameters.js'
import { isMissingType, parseReturnType, parseType, scanType, SIZE_IN_TYPE } from './types.js'

const MODIFIERS: ReadonlySet<TokenKind> = new Set<TokenKind>(['const', 'static', 'readonly', 'volatile'])

const isModifier = (kind: TokenKind): boolean => MODIFIERS.has(kind) || isAccessModifier(kind)

/** What can follow a name so that a look at more of it tells whether a declaration begins. */
const IN_TYPES: ReadonlySet<TokenKind> = new Set<TokenKind>(['.', '*', '?', '[', '<', '::'])

/** Whether a variable or a function is declared here. */
export function isLocalDeclaration(cursor: Cursor): boolean {
  const { kind } = cursor
  const next = cursor.peek(1).kind
  if (kind === 'ref' || isModifier(kind) || (isPredefinedType(kind) && next !== '.' && next !== '(')) return true
  if (isAsyncModifier(cursor)) return true
  if (kind === 'identifier' && next === 'identifier') return true
  if (kind === 'identifier' && !IN_TYPES.has(next)) return false
  const type = scanType(cursor, cursor.index)
  if (type === undefined) return false
  const follows = cursor.kindAt(type.next)
  if (type.form === 'type' && follows !== '.' && follows !== '(') return true
  return cursor.kindAt(type.next) === 'identifier'
}

/** `async` in front of a function. */
function isAsyncModifier(cursor: Cursor): boolean {
  if (!cursor.isWord('async')) return false
  if (cursor.peek(1).kind === 'void') return true
  const type = scanType(cursor, cursor.index + 1)
  return type !== undefined && cursor.kindAt(type.next) === 'identifier'
}

/** Reads a declaration of variables or of a function. */
export function parseLocal(cursor: Cursor): Statement {
  const { start } = cursor.current
  const constant = parseModifiers(cursor)
  const { count } = cursor.diagnostics
  const type = parseLocalType(cursor)
  // Without a name it is a function too.
  const follows = cursor.isName() ? cursor.peek(1).kind : cursor.kind
  if (follows === '(' || (follows === '<' && cursor.isName())) return parseLocalFunction(cursor, start, type)
  if (type.kind === 'predefined-type' && type.name === 'void')
    cursor.reportAround(count, 'CS1547', type, "Keyword 'void' cannot be used in this context")
  const declarators = parseList(cursor, type, constant)
  cursor.expect(';')
  return { kind: 'local', constant, type, declarators, start, end: cursor.lastEnd }
}

/** @returns whether `const` is among the modifiers */
function parseModifiers(cursor: Cursor): boolean {
  let constant = false
  for (;;) {
    const { kind, text } = cursor.current
    if (isAsyncModifier(cursor)) refuseAsync(cursor)
    else if (!isModifier(kind)) return constant
    else {
      if (kind === 'const' && constant) cursor.reportHere('CS1031', 'Type expected')
      else if (kind !== 'const') cursor.reportHere('CS0106', `The modifier '${text}' is not valid for this item`)
      constant ||= kind === 'const'
      cursor.next()
    }
  }
}

function parseLocalType(cursor: Cursor): TypeSyntax {
  const reference = cursor.accept('ref')
  if (reference && cursor.is('readonly')) {
    cursor.reportHere('CS8107', READONLY_REFERENCES)
    cursor.next()
  }
  const element = parseReturnType(cursor)
  return reference ? { kind: 'ref-type', element, start: reference.start, end: element.end } : element
}

/** The declaration of a `for`, `using` or the like, without its end. */
export function parseDeclarators(cursor: Cursor, start: number, constant: boolean): LocalDeclaration {
  const reference = cursor.accept('ref')
  const element = parseType(cursor)
  const type: TypeSyntax = reference ? { kind: 'ref-type', element, start: reference.start, end: element.end } : element
  const declarators = parseList(cursor, type, constant)
  return { kind: 'local', constant, type, declarators, start, end: cursor.lastEnd }
}

function parseList(cursor: Cursor, type: TypeSyntax, constant: boolean): Declarator[] {
  const { terminators } = cursor
  cursor.terminators |= Terminator.declaration
  const list = [parseDeclarator(cursor, type, constant, true)]
  while (!cursor.is(';')) {
    if (cursor.accept(',')) list.push(parseDeclarator(cursor, type, constant, false))
    else if (!skipWrong(cursor, isNoComma, endsDeclaration, ',')) break
  }
  cursor.terminators = terminators
  return list
}

const isNoComma = (cursor: Cursor): boolean => !cursor.is(',')
const endsDeclaration = (cursor: Cursor): boolean => cursor.is(';')

const SECOND_TYPE = 'Cannot use more than one type in a for, using, fixed, or declaration statement'

function parseDeclarator(cursor: Cursor, type: TypeSyntax, constant: boolean, first: boolean): Declarator {
  const { start } = cursor.current
  if (first && isNextStatement(cursor, type)) {
    cursor.reportMissing('CS1001', 'Identifier expected')
    return { name: { name: '', start, end: start }, initializer: undefined, start, end: start }
  }
  const name = cursor.identifier()
  if (!first && cursor.isName()) refuseName(cursor, name, 'CS1044', SECOND_TYPE)
  const initializer = parseInitializer(cursor, constant, name)
  return { name, initializer, start: name.start, end: cursor.lastEnd }
}

function refuseName(
  cursor: Cursor,
  { name, start, end }: Span & { name: string },
  code: string,
  message: string,
): void {
  if (name === '') cursor.reportMissing(code, message)
  else cursor.diagnostics.report(code, { start, end }, message)
}

/** What follows a name on the next line, so that the name begins a statement of its own. */
const BEGINS_STATEMENT: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '.',
  '->',
  '??',
  '||',
  '&&',
  '|',
  '^',
  '&',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '<<',
  '+',
  '-',
  '*',
  '/',
  '%',
  'is',
  'as',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<=',
])

/** A type alone on its line, and behind it a statement: the name is missing, not what stands on the next line. */
function isNextStatement(cursor: Cursor, type: TypeSyntax): boolean {
  if (!cursor.is('identifier') || isMissingType(type)) return false
  return cursor.isOnNextLine && BEGINS_STATEMENT.has(cursor.peek(1).kind)
}

const NO_CONSTRUCTOR = 'Expected ; or = (cannot specify constructor arguments in declaration)'
const NO_ARRAY =
  "Bad array declarator: To declare a managed array the rank specifier precedes the variable's identifier. To declare a fixed size buffer field, use the fixed keyword before the field type."

function parseInitializer(cursor: Cursor, constant: boolean, name: Declarator['name']): Expression | undefined {
  const { count } = cursor.diagnostics
  const { current, terminators } = cursor
  if (cursor.is('(')) {
    cursor.reportMissing('CS1003', "Syntax error, '[' expected")
    cursor.terminators |= Terminator.declarator
    parseArguments(cursor)
    cursor.terminators = terminators
    cursor.reportMissing('CS1003', "Syntax error, ']' expected")
    cursor.reportAround(count, 'CS1528', current, NO_CONSTRUCTOR)
    return undefined
  }
  if (cursor.is('[')) {
    cursor.terminators |= Terminator.declarator
    parseSizes(cursor)
    cursor.terminators = terminators
    cursor.reportAround(count, 'CS0650', current, NO_ARRAY)
  }
  if (cursor.accept('=')) return parseValue(cursor)
  if (constant && !cursor.is('[')) refuseName(cursor, name, 'CS0145', 'A const field requires a value to be provided')
  return undefined
}

/** `[2]` behind the name of a variable. */
function parseSizes(cursor: Cursor): void {
  cursor.next()
  while (!cursor.is(']')) {
    if (cursor.accept(',')) continue
    if (!startsExpression(cursor)) break
    const { count } = cursor.diagnostics
    const size = parseExpression(cursor)
    cursor.reportAround(count, SIZE_IN_TYPE[0], size, SIZE_IN_TYPE[1])
    if (!cursor.is(']')) cursor.expect(',')
  }
  cursor.expect(']')
}

function parseValue(cursor: Cursor): Expression {
  if (cursor.is('{')) return parseArrayInitializer(cursor)
  if (cursor.is('stackalloc')) return parseStackAlloc(cursor)
  return cursor.is('ref') ? parseRef(cursor) : parseExpression(cursor)
}

/** `stackalloc T[n]`, which is refused. */
function parseStackAlloc(cursor: Cursor): Expression {
  const message = 'Pointers and fixed size buffers may only be used in an unsafe context'
  cursor.refused.report('CS0214', cursor.current, message)
  const { start } = cursor.next()
  parseType(cursor, 'sized')
  return { kind: 'missing', start, end: cursor.lastEnd }
}

function parseLocalFunction(cursor: Cursor, start: number, returnType: TypeSyntax): Statement {
  const name = cursor.identifier()
  const typeParameters = parseTypeParameters(cursor)
  const parameters = parseParameters(cursor, 'required')
  const constraints = parseConstraints(cursor)
  const body = parseBody(cursor)
  const span = { start, end: cursor.lastEnd }
  if (body !== undefined)
    return { kind: 'local-function', name, typeParameters, constraints, parameters, returnType, body, ...span }
  const types = parameters.map(({ type }) => type && cursor.source.slice(type.start, type.end)).join(', ')
  const message = `'${name.name}(${types})' must declare a body because it is not marked abstract, extern, or partial`
  cursor.refused.report('CS0501', name, message)
  return { kind: 'empty', ...span }
}

function parseBody(cursor: Cursor): Expression | Extract<Statement, { kind: 'block' }> | undefined {
  if (cursor.is('{')) {
    const block = parseBlock(cursor)
    if (!cursor.is('=>')) return block
  }
  if (cursor.accept('=>')) {
    const value = parseReturned(cursor)
    cursor.expect(';')
    return value
  }
  cursor.expect(';')
  return undefined
}
