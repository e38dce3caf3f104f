import type { Argument, Designation, Expression, Identifier, Tuple, TypeSyntax } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { parseInterpolated } from './interpolation.js'
import { parseAnonymousMethod } from './lambdas.js'
import { parseNew } from './creation.js'
import { isPredefinedType, parseNonArrayType, parseType, parseTypeList, scanType, scanTypeArguments } from './types.js'

/** Reads an expression that no operator begins, without what may follow it. */
export function parsePrimary(cursor: Cursor): Expression {
  const token = cursor.current
  const { kind, start, end } = token
  switch (kind) {
    case 'literal':
      cursor.next()
      return { kind: 'literal', type: 'null', value: null, ...token.literal, start, end }
    case 'interpolated':
      cursor.next()
      return parseInterpolated(cursor, token)
    case 'named-value':
      cursor.next()
      return { kind: 'named-value', name: token.text, start, end }
    case 'identifier':
      return parseName(cursor)
    case '(':
      return parseParenthesized(cursor)
    case 'new':
      return parseNew(cursor)
    case 'typeof':
    case 'sizeof':
    case 'default':
      return parseTypeOperator(cursor, kind)
    case 'checked':
    case 'unchecked':
      return parseChecked(cursor, kind === 'checked')
    case 'delegate':
      return parseAnonymousMethod(cursor)
    case 'this':
    case 'base':
    case 'stackalloc':
      return parseRefused(cursor, kind)
    default:
      return isPredefinedType(kind) && kind !== 'void' ? parsePredefined(cursor) : missing(cursor)
  }
}

/** What C# has, but not in a static method without unsafe code. */
const REFUSED = {
  this: ['CS0026', "Keyword 'this' is not valid in a static property, static method, or static field initializer"],
  base: ['CS1511', "Keyword 'base' is not available in a static method"],
  stackalloc: ['CS0214', 'Pointers and fixed size buffers may only be used in an unsafe context'],
} as const

function parseRefused(cursor: Cursor, kind: keyof typeof REFUSED): Expression {
  const [code, message] = REFUSED[kind]
  cursor.reportHere(code, message)
  const { start } = cursor.next()
  if (kind === 'stackalloc') parseNonArrayType(cursor)
  return { kind: 'missing', start, end: cursor.lastEnd }
}

/** Reports that an expression should stand here. */
export function missing(cursor: Cursor): Expression {
  const { kind, text, start } = cursor.current
  if (kind === 'end') cursor.reportHere('CS1733', 'Expected expression')
  else cursor.reportHere('CS1525', `Invalid expression term '${text}'`)
  return { kind: 'missing', start, end: start }
}

function parsePredefined(cursor: Cursor): Expression {
  const { kind, text, start, end } = cursor.next()
  if (!isPredefinedType(kind)) return { kind: 'missing', start, end }
  // A type alone is no expression; `int.Parse` is.
  if (!cursor.is('.')) cursor.diagnostics.report('CS1525', { start, end }, `Invalid expression term '${text}'`)
  return { kind: 'type-expression', type: { kind: 'predefined-type', name: kind, start, end }, start, end }
}

function parseName(cursor: Cursor): Expression {
  if (cursor.isWord('nameof') && cursor.peek(1).kind === '(') return parseNameOf(cursor)
  if (isDeclaration(cursor) && cursor.isWord('var') && cursor.peek(1).kind === '(') return parseDeclaration(cursor)
  if (cursor.isWord('global') && cursor.peek(1).kind === '::') {
    cursor.next()
    cursor.next()
  }
  const name = cursor.identifier()
  const typeArguments = parseOptionalTypeArguments(cursor)
  return { kind: 'name', ...name, typeArguments, end: cursor.lastEnd }
}

function parseNameOf(cursor: Cursor): Expression {
  const { start } = cursor.next()
  cursor.next()
  const operand = parseExpression(cursor)
  cursor.expect(')')
  return { kind: 'nameof', operand, start, end: cursor.lastEnd }
}

/** What may follow a `>` so that `a < b > …` was a list of type arguments: C# specification, "Grammar ambiguities". */
const FOLLOWS_TYPE_ARGUMENTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  '(',
  ')',
  ']',
  '}',
  ':',
  ';',
  ',',
  '.',
  '?',
  '==',
  '!=',
  '|',
  '^',
  '&&',
  '||',
  '&',
  '[',
  'end',
])

export function parseOptionalTypeArguments(cursor: Cursor): TypeSyntax[] {
  if (!cursor.is('<')) return []
  const after = scanTypeArguments(cursor, cursor.index)
  if (after === undefined || !FOLLOWS_TYPE_ARGUMENTS.has(cursor.kindAt(after))) return []
  cursor.next()
  return parseTypeList(cursor)
}

function parseTypeOperator(cursor: Cursor, kind: 'typeof' | 'sizeof' | 'default'): Expression {
  const { start } = cursor.next()
  if (kind === 'default' && !cursor.is('(')) {
    cursor.diagnostics.report(
      'CS8107',
      { start, end: cursor.lastEnd },
      "Feature 'default literal' is not available in C# 7. Please use language version 7.1 or greater.",
    )
    return { kind: 'missing', start, end: cursor.lastEnd }
  }
  cursor.expect('(')
  const type = parseType(cursor)
  cursor.expect(')')
  return { kind, type, start, end: cursor.lastEnd }
}

function parseChecked(cursor: Cursor, checked: boolean): Expression {
  const { start } = cursor.next()
  cursor.expect('(')
  const operand = parseExpression(cursor)
  cursor.expect(')')
  return { kind: 'checked', checked, operand, start, end: cursor.lastEnd }
}

/** `(a)`, `(a, b)`, `(x: 1, y: 2)`, `(int a, var b)`. */
function parseParenthesized(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const items: Argument[] = []
  do items.push(parseTupleItem(cursor))
  while (cursor.accept(','))
  cursor.expect(')')
  const end = cursor.lastEnd
  const [first] = items
  if (items.length === 1 && first && first.name === undefined)
    return { kind: 'parenthesized', expression: first.value, start, end }
  return { kind: 'tuple', items, start, end } satisfies Tuple
}

function parseTupleItem(cursor: Cursor): Argument {
  const { start } = cursor.current
  const name = parseArgumentName(cursor)
  const value = isDeclaration(cursor) ? parseDeclaration(cursor) : parseExpression(cursor)
  return { name, mode: 'value', value, start, end: value.end }
}

function parseArgumentName(cursor: Cursor): Identifier | undefined {
  if (!cursor.is('identifier') || cursor.peek(1).kind !== ':') return undefined
  const name = cursor.identifier()
  cursor.next()
  return name
}

/** Whether `T x` or `var (a, b)` stands here, followed by what can follow it in a list. */
export function isDeclaration(cursor: Cursor): boolean {
  if (cursor.isWord('var') && cursor.peek(1).kind === '(') {
    const closer = cursor.closerOf(cursor.index + 1)
    return (
      closer !== undefined &&
      ['=', ',', ')', 'in'].includes(cursor.kindAt(closer + 1)) &&
      isDesignation(cursor, cursor.index + 1, closer)
    )
  }
  const type = scanType(cursor, cursor.index)
  if (type === undefined || cursor.kindAt(type.next) !== 'identifier') return false
  return [',', ')'].includes(cursor.kindAt(type.next + 1))
}

/** Only names, commas and parentheses: `F(a, b)` with a function called var is not one of these when it is not assigned. */
function isDesignation(cursor: Cursor, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (!['(', ')', ',', 'identifier'].includes(cursor.kindAt(i))) return false
  return cursor.kindAt(to + 1) === '=' || cursor.kindAt(to + 1) === 'in'
}

export function parseDeclaration(cursor: Cursor): Expression & { readonly kind: 'declaration' } {
  const type = cursor.isWord('var') ? parseVar(cursor) : parseType(cursor)
  const designation = parseDesignation(cursor)
  return { kind: 'declaration', type, designation, start: type.start, end: cursor.lastEnd }
}

/** `var` alone, so that `var (a, b)` is not read as a generic or array type. */
function parseVar(cursor: Cursor): TypeSyntax {
  const name = cursor.identifier()
  return { kind: 'named-type', parts: [{ ...name, arguments: [] }], start: name.start, end: name.end }
}

export function parseDesignation(cursor: Cursor): Designation {
  const { start } = cursor.current
  if (cursor.accept('(')) {
    const items: Designation[] = []
    do items.push(parseDesignation(cursor))
    while (cursor.accept(','))
    cursor.expect(')')
    return { kind: 'tuple-designation', items, start, end: cursor.lastEnd }
  }
  const name = cursor.identifier()
  return name.name === '_'
    ? { kind: 'discard-designation', start: name.start, end: name.end }
    : { kind: 'single-designation', ...name }
}

/** Reads what follows a primary expression: members, calls, indexers, `++`, `?.`. */
export function parsePostfix(cursor: Cursor, first: Expression): Expression {
  let expression = first
  for (;;) {
    const { kind, end } = cursor.current
    if (kind === '++' || kind === '--') {
      cursor.next()
      expression = {
        kind: 'increment',
        operator: kind,
        prefix: false,
        operand: expression,
        start: expression.start,
        end,
      }
    } else if (startsConditionalAccess(cursor)) {
      cursor.next()
      const target = expression
      const access = cursor.nested(() => parseConditionalChain(cursor))
      return { kind: 'conditional-access', target, access, start: target.start, end: access.end }
    } else {
      const next = parseAccess(cursor, expression)
      if (next === undefined) return expression
      expression = next
    }
  }
}

const startsConditionalAccess = (cursor: Cursor): boolean =>
  cursor.is('?') && (cursor.peek(1).kind === '.' || cursor.peek(1).kind === '[')

function parseConditionalChain(cursor: Cursor): Expression {
  const { start } = cursor.current
  if (cursor.is('['))
    return parsePostfix(cursor, {
      kind: 'element-binding',
      arguments: parseBracketed(cursor),
      start,
      end: cursor.lastEnd,
    })
  cursor.next()
  const name = cursor.identifier()
  const typeArguments = parseOptionalTypeArguments(cursor)
  return parsePostfix(cursor, { kind: 'member-binding', name, typeArguments, start, end: cursor.lastEnd })
}

function parseAccess(cursor: Cursor, target: Expression): Expression | undefined {
  const { start } = target
  switch (cursor.kind) {
    case '.': {
      cursor.next()
      const name = cursor.identifier()
      const typeArguments = parseOptionalTypeArguments(cursor)
      return { kind: 'member', target, name, typeArguments, start, end: cursor.lastEnd }
    }
    case '(':
      return { kind: 'call', target, arguments: parseArguments(cursor), start, end: cursor.lastEnd }
    case '[':
      return { kind: 'element', target, arguments: parseBracketed(cursor), start, end: cursor.lastEnd }
    default:
      return undefined
  }
}

/** `(a, name: b, out var c)`. */
export function parseArguments(cursor: Cursor): Argument[] {
  cursor.expect('(')
  return parseArgumentsUntil(cursor, ')')
}

function parseBracketed(cursor: Cursor): Argument[] {
  cursor.expect('[')
  if (cursor.is(']')) cursor.reportHere('CS0443', 'Syntax error; value expected')
  return parseArgumentsUntil(cursor, ']')
}

function parseArgumentsUntil(cursor: Cursor, closer: ')' | ']'): Argument[] {
  const list: Argument[] = []
  if (cursor.accept(closer)) return list
  for (;;) {
    list.push(parseArgument(cursor))
    if (cursor.accept(closer)) return list
    if (cursor.accept(',')) continue
    if (!startsItem(cursor)) {
      cursor.expect(closer)
      return list
    }
    cursor.expect(',')
  }
}

/** Whether the next token begins another item of a list, so that it is the comma before it that is missing. */
export const startsItem = (cursor: Cursor): boolean =>
  cursor.is('identifier') || cursor.is('literal') || cursor.is('interpolated') || cursor.is('new') || cursor.is('(')

function parseArgument(cursor: Cursor): Argument {
  const { start } = cursor.current
  const name = parseArgumentName(cursor)
  const mode = cursor.is('out') ? 'out' : cursor.is('ref') ? 'ref' : 'value'
  if (mode !== 'value') cursor.next()
  const value = mode === 'out' && isDeclaration(cursor) ? parseDeclaration(cursor) : parseExpression(cursor)
  return { name, mode, value, start, end: value.end }
}
