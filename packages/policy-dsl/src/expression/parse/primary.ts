import type { Argument, Designation, Expression, Identifier, Tuple, TypeSyntax } from '../syntax.js'
import type { TokenKind } from '../token.js'
import { parseNew } from './creation.js'
import type { Cursor } from './cursor.js'
import { CAST, missing, parseExpression, parseOperand } from './expressions.js'
import { parseInterpolated } from './interpolation.js'
import { isLambda, parseAnonymousMethod, parseLambda } from './lambdas.js'
import { isPredefinedType } from './predefined.js'
import { startsExpression } from './starts.js'
import { readList, Terminator, type ListRules } from './terminators.js'
import {
  isOpenList,
  parseReturnType,
  parseType,
  parseTypeList,
  scanType,
  scanTypeArguments,
  TOO_FEW_ELEMENTS,
} from './types.js'

/** Reads an expression that no operator begins, with what follows it: members, calls, indexers. */
export function parsePrimary(cursor: Cursor, precedence: number): Expression {
  return parsePostfix(cursor, isLambda(cursor, precedence) ? parseLambda(cursor) : parseTerm(cursor))
}

function parseTerm(cursor: Cursor): Expression {
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
      return cursor.isName() ? parseName(cursor) : missing(cursor)
    case '::':
      return parseBareAlias(cursor)
    case '(':
      return isCast(cursor) ? parseCast(cursor) : parseParenthesized(cursor)
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
      return parseRefused(cursor, kind)
    default:
      return isPredefinedType(kind) ? parsePredefined(cursor) : missing(cursor)
  }
}

/** What C# has, but not in a static method. */
const REFUSED = {
  this: ['CS0026', "Keyword 'this' is not valid in a static property, static method, or static field initializer"],
  base: ['CS1511', "Keyword 'base' is not available in a static method"],
} as const

function parseRefused(cursor: Cursor, kind: keyof typeof REFUSED): Expression {
  const { start, end } = cursor.next()
  cursor.refused.report(REFUSED[kind][0], { start, end }, REFUSED[kind][1])
  return { kind: 'missing', start, end }
}

/** `::x`, whose left side is missing. */
function parseBareAlias(cursor: Cursor): Expression {
  const { start } = cursor.current
  cursor.identifier()
  cursor.next()
  cursor.identifier()
  parseOptionalTypeArguments(cursor, '', start)
  return { kind: 'missing', start, end: cursor.lastEnd }
}

function parsePredefined(cursor: Cursor): Expression {
  const { kind, text, start, end } = cursor.next()
  if (!isPredefinedType(kind)) return { kind: 'missing', start, end }
  // A type alone is no expression; `int.Parse` is.
  if (!cursor.is('.') || kind === 'void')
    cursor.diagnostics.report('CS1525', { start, end }, `Invalid expression term '${text}'`)
  return { kind: 'type-expression', type: { kind: 'predefined-type', name: kind, start, end }, start, end }
}

function parseName(cursor: Cursor): Expression {
  if (cursor.isWord('nameof') && cursor.peek(1).kind === '(') return parseNameOf(cursor)
  const { start } = cursor.current
  if (cursor.isWord('global') && cursor.peek(1).kind === '::') {
    cursor.next()
    cursor.next()
  }
  const name = cursor.identifier()
  const typeArguments = name.name === '' ? [] : parseOptionalTypeArguments(cursor, name.name, start)
  return { kind: 'name', ...name, typeArguments, start, end: cursor.lastEnd }
}

function parseNameOf(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const args = parseArguments(cursor)
  const end = cursor.lastEnd
  const [first, ...rest] = args
  if (first === undefined || rest.length > 0)
    return {
      kind: 'call',
      target: { kind: 'name', name: 'nameof', typeArguments: [], start, end: start + 6 },
      arguments: args,
      start,
      end,
    }
  return { kind: 'nameof', operand: first.value, start, end }
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

/** @param start where what is called by the name begins: there it is told that no arguments are given in `F<>` */
function parseOptionalTypeArguments(cursor: Cursor, name: string, start: number): TypeSyntax[] {
  if (!cursor.is('<')) return []
  const list = scanTypeArguments(cursor, cursor.index)
  if (list === undefined || !FOLLOWS_TYPE_ARGUMENTS.has(cursor.kindAt(list.next))) return []
  cursor.next()
  if (!isOpenList(cursor)) return parseTypeList(cursor)
  const message = `Using the generic method group '${name}' requires 1 type arguments`
  cursor.refused.report('CS0305', { start, end: cursor.current.end }, message)
  while (!cursor.is('>')) cursor.next()
  const { start: at, end } = cursor.next()
  return [{ kind: 'named-type', parts: [], start: at, end }]
}

function parseTypeOperator(cursor: Cursor, kind: 'typeof' | 'sizeof' | 'default'): Expression {
  const { start, end } = cursor.next()
  if (kind === 'default' && !cursor.is('(')) {
    cursor.diagnostics.report(
      'CS8107',
      { start, end },
      "Feature 'default literal' is not available in C# 7. Please use language version 7.1 or greater.",
    )
    return { kind: 'missing', start, end }
  }
  cursor.expect('(')
  const type = kind === 'typeof' ? parseReturnType(cursor) : parseType(cursor)
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

function parseCast(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const type = parseType(cursor)
  cursor.expect(')')
  const operand = parseOperand(cursor, CAST)
  return { kind: 'cast', type, operand, start, end: operand.end }
}

/**
 * `(x)y` against `(x)`: C# specification, "Cast expressions". What is surely a type is a cast; what may be a name only when the token
 * after the parenthesis can neither be an operator between two operands nor the end of something.
 */
function isCast(cursor: Cursor): boolean {
  const type = scanType(cursor, cursor.index + 1)
  if (type === undefined || cursor.kindAt(type.next) !== ')') return false
  if (CERTAIN_FORMS.has(type.form)) return true
  const after = type.next + 1
  return !NO_OPERAND.has(cursor.kindAt(after)) && !(cursor.queries > 0 && cursor.isQueryWord(after))
}

const CERTAIN_FORMS: ReadonlySet<string> = new Set(['type', 'alias', 'nullable', 'pointer'])

const NO_OPERAND: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'as',
  'is',
  ';',
  ')',
  ']',
  '{',
  '}',
  ',',
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '^=',
  '|=',
  '<<=',
  '?',
  ':',
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
  '++',
  '--',
  '[',
  '.',
  '->',
  '??',
  'end',
])

/** `(a)`, `(a, b)`, `(x: 1, y: 2)`, `(int a, var b)`. */
function parseParenthesized(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const first = parseTupleItem(cursor, false)
  if (first.name === undefined && !cursor.is(',')) {
    cursor.expect(')')
    return { kind: 'parenthesized', expression: first.value, start, end: cursor.lastEnd }
  }
  const items = [first]
  while (cursor.accept(',')) items.push(parseTupleItem(cursor, true))
  if (items.length < 2) cursor.reportMissing('CS8124', TOO_FEW_ELEMENTS)
  cursor.expect(')')
  return { kind: 'tuple', items, start, end: cursor.lastEnd } satisfies Tuple
}

function parseTupleItem(cursor: Cursor, isLater: boolean): Argument {
  const { start } = cursor.current
  const read = (): Expression =>
    isDeclaration(cursor, isLater ? [',', ')'] : [',']) ? parseDeclaration(cursor) : parseExpression(cursor)
  const first = read()
  const isName = first.kind === 'missing' || (first.kind === 'name' && first.typeArguments.length === 0)
  if (!isName || !cursor.is(':')) return { name: undefined, mode: 'value', value: first, start, end: first.end }
  cursor.next()
  const value = read()
  const name = first.kind === 'name' ? first.name : ''
  return { name: { name, start, end: first.end }, mode: 'value', value, start, end: value.end }
}

function parseArgumentName(cursor: Cursor): Identifier | undefined {
  if (!cursor.is('identifier') || cursor.peek(1).kind !== ':') return undefined
  const name = cursor.identifier()
  cursor.accept(':')
  return name
}

/** Whether `T x` or `var (a, b)` stands here; in a list only before what is in `followers`. */
export function isDeclaration(cursor: Cursor, followers?: readonly TokenKind[]): boolean {
  const type = scanType(cursor, cursor.index)
  // Between two operands of a tuple a `*` multiplies.
  if (type === undefined || (followers !== undefined && cursor.kindAt(type.next - 1) === '*')) return false
  const isPredefined = isPredefinedType(cursor.kindAt(type.next - 1))
  const next = scanDesignation(cursor, type.next, isPredefined || isVar(cursor))
  return next !== undefined && (followers === undefined || followers.includes(cursor.kindAt(next)))
}

/** `var` where it can be a type of its own. */
const isVar = (cursor: Cursor): boolean =>
  cursor.isWord('var') && !['.', '::', '[', '*', '?', '<'].includes(cursor.peek(1).kind)

/** From `x` or `(a, b)` to the index after it. */
function scanDesignation(cursor: Cursor, index: number, tuples: boolean): number | undefined {
  if (cursor.kindAt(index) === 'identifier') return cursor.isName(index) ? index + 1 : undefined
  if (cursor.kindAt(index) !== '(' || !tuples) return undefined
  return cursor.looking(() => {
    let next: number | undefined = index
    for (let count = 1; ; count++) {
      next = scanDesignation(cursor, next + 1, true)
      if (next === undefined) return undefined
      if (cursor.kindAt(next) === ')') return count > 1 ? next + 1 : undefined
      if (cursor.kindAt(next) !== ',') return undefined
    }
  })
}

/** `var (a, b) =`: the left side of a deconstruction. */
export function isDeconstruction(cursor: Cursor, precedence: number): boolean {
  if (precedence > 1 || cursor.peek(1).kind !== '(') return false
  if (!isVar(cursor) && !isPredefinedType(cursor.kind)) return false
  const next = scanDesignation(cursor, cursor.index + 1, true)
  return next !== undefined && cursor.kindAt(next) === '='
}

export function parseDeclaration(cursor: Cursor): Expression & { readonly kind: 'declaration' } {
  const type = cursor.isWord('var') ? parseVar(cursor) : parseType(cursor)
  const designation = parseDesignation(cursor)
  return { kind: 'declaration', type, designation, start: type.start, end: cursor.lastEnd }
}

/** `var` alone, so that `var (a, b)` is not read as a generic or array type. */
function parseVar(cursor: Cursor): TypeSyntax {
  if (!isVar(cursor)) return parseType(cursor)
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
function parsePostfix(cursor: Cursor, first: Expression): Expression {
  let expression = first
  for (;;) {
    const { kind, end } = cursor.current
    if (kind === '++' || kind === '--') {
      cursor.next()
      const { start } = expression
      expression = { kind: 'increment', operator: kind, prefix: false, operand: expression, start, end }
    } else if (startsConditionalAccess(cursor)) {
      const target: Expression = expression
      cursor.next()
      const access = cursor.nested(() => parseConditionalChain(cursor))
      expression = { kind: 'conditional-access', target, access, start: target.start, end: access.end }
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
  let expression = parseBinding(cursor)
  for (;;) {
    if (startsConditionalAccess(cursor)) {
      const target = expression
      cursor.next()
      const access = cursor.nested(() => parseConditionalChain(cursor))
      return { kind: 'conditional-access', target, access, start: target.start, end: access.end }
    }
    const next = cursor.is('->') || cursor.is('::') ? undefined : parseAccess(cursor, expression)
    if (next === undefined) return expression
    expression = next
  }
}

function parseBinding(cursor: Cursor): Expression {
  const { start } = cursor.current
  if (cursor.is('[')) return { kind: 'element-binding', arguments: parseBracketed(cursor), start, end: cursor.lastEnd }
  cursor.next()
  const name = cursor.identifier()
  const typeArguments = name.name === '' ? [] : parseOptionalTypeArguments(cursor, name.name, start)
  return { kind: 'member-binding', name, typeArguments, start, end: cursor.lastEnd }
}

function parseAccess(cursor: Cursor, target: Expression): Expression | undefined {
  const { start } = target
  switch (cursor.kind) {
    case '.':
      cursor.next()
      return parseMember(cursor, target)
    case '->':
      cursor.refused.report('CS0193', target, 'The * or -> operator must be applied to a pointer')
      cursor.next()
      return parseMember(cursor, target)
    case '::':
      return parseMisplacedAlias(cursor, target)
    case '(':
      return { kind: 'call', target, arguments: parseArguments(cursor), start, end: cursor.lastEnd }
    case '[':
      return { kind: 'element', target, arguments: parseBracketed(cursor), start, end: cursor.lastEnd }
    default:
      return undefined
  }
}

function parseMember(cursor: Cursor, target: Expression): Expression {
  const name = cursor.identifier()
  const typeArguments = name.name === '' ? [] : parseOptionalTypeArguments(cursor, name.name, target.start)
  return { kind: 'member', target, name, typeArguments, start: target.start, end: cursor.lastEnd }
}

/** `a.b::c` is read as `a.b.c`. */
function parseMisplacedAlias(cursor: Cursor, target: Expression): Expression {
  if (cursor.peek(1).kind !== 'identifier') {
    cursor.skip('.')
    return target
  }
  // A name before it is an alias, and there are none.
  if (target.kind === 'name') {
    cursor.next()
    cursor.refused.report('CS0432', target, `Alias '${target.name}' not found`)
    return parseMember(cursor, { kind: 'missing', start: target.start, end: target.end })
  }
  cursor.reportHere('CS7000', 'Unexpected use of an aliased name')
  cursor.next()
  return parseMember(cursor, target)
}

/** `(a, name: b, out var c)`. */
export function parseArguments(cursor: Cursor): Argument[] {
  return parseArgumentList(cursor, '(', ')')
}

export function parseBracketed(cursor: Cursor): Argument[] {
  return parseArgumentList(cursor, '[', ']')
}

const LISTS: Readonly<Record<')' | ']', ListRules<Argument>>> = { ')': listRules(')'), ']': listRules(']') }

function listRules(closer: ')' | ']'): ListRules<Argument> {
  const starts = (cursor: Cursor): boolean => cursor.is('ref') || cursor.is('out') || startsExpression(cursor)
  const ends = (cursor: Cursor): boolean => cursor.is(closer) || cursor.is(';')
  return { starts, ends, read: (cursor) => parseArgument(cursor, closer === ']') }
}

function parseArgumentList(cursor: Cursor, opener: '(' | '[', closer: ')' | ']'): Argument[] {
  cursor.expect(opener)
  const { terminators } = cursor
  cursor.terminators |= Terminator.arguments
  const isEmptyIndexer = closer === ']' && cursor.is(']')
  const list = isEmptyIndexer ? [parseArgument(cursor, true)] : readList(cursor, LISTS[closer])
  cursor.terminators = terminators
  cursor.expectCloser(closer)
  return list
}

function parseArgument(cursor: Cursor, isIndex: boolean): Argument {
  const { start } = cursor.current
  const name = parseArgumentName(cursor)
  const mode = cursor.is('out') ? 'out' : cursor.is('ref') ? 'ref' : 'value'
  if (mode !== 'value') cursor.next()
  const value = parseArgumentValue(cursor, mode, isIndex)
  return { name, mode, value, start, end: value.end }
}

function parseArgumentValue(cursor: Cursor, mode: Argument['mode'], isIndex: boolean): Expression {
  const { start } = cursor.current
  if (cursor.is(',') || (isIndex && cursor.is(']'))) {
    if (isIndex) cursor.reportMissing('CS0443', 'Syntax error; value expected')
    else cursor.reportMissing('CS0839', 'Argument missing')
    return { kind: 'missing', start, end: start }
  }
  return mode === 'out' && isDeclaration(cursor) ? parseDeclaration(cursor) : parseExpression(cursor)
}
