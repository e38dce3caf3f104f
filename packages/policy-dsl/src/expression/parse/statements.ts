import type {
  BlockStatement,
  CatchClause,
  Declarator,
  Expression,
  ForEachStatement,
  GotoStatement,
  LocalDeclaration,
  Statement,
  SwitchLabel,
  SwitchSection,
  TypeSyntax,
} from '../syntax.js'
import type { TokenKind } from '../token.js'
import { parseArrayInitializer } from './creation.js'
import type { Cursor } from './cursor.js'
import { parseExpression, parseRef } from './expressions.js'
import { parseParameters, READONLY_REFERENCES, refuseAsync } from './lambdas.js'
import { parseCasePattern } from './patterns.js'
import { isDeclaration, parseDeclaration } from './primary.js'
import { parseConstraints, parseTypeParameters } from './type-parameters.js'
import { isPredefinedType, parseType, scanType } from './types.js'

/** Reads `{ … }`. */
export function parseBlock(cursor: Cursor): BlockStatement {
  const { start } = cursor.current
  cursor.expect('{')
  const statements = parseStatements(cursor, (kind) => kind === '}')
  cursor.expect('}')
  return { kind: 'block', statements, start, end: cursor.lastEnd }
}

function parseStatements(cursor: Cursor, ends: (kind: TokenKind) => boolean): Statement[] {
  const statements: Statement[] = []
  while (!ends(cursor.kind) && !cursor.is('end')) {
    const before = cursor.index
    statements.push(parseStatement(cursor))
    // Nothing was read: what stands here begins no statement. It was reported; go on behind it.
    if (cursor.index === before) cursor.next()
  }
  return statements
}

/** Reads one statement. */
export function parseStatement(cursor: Cursor): Statement {
  return cursor.nested(() => (READERS.get(cursor.kind) ?? parseOther)(cursor))
}

type Reader = (cursor: Cursor) => Statement

const READERS: ReadonlyMap<TokenKind, Reader> = new Map<TokenKind, Reader>([
  ['{', parseBlock],
  [';', parseEmpty],
  ['if', parseIf],
  ['while', parseWhile],
  ['do', parseDo],
  ['for', parseFor],
  ['foreach', parseForEach],
  ['switch', parseSwitch],
  ['break', parseJump],
  ['continue', parseJump],
  ['return', parseReturn],
  ['throw', parseThrow],
  ['try', parseTry],
  ['using', parseUsing],
  ['checked', parseChecked],
  ['unchecked', parseChecked],
  ['lock', parseLock],
  ['goto', parseGoto],
  ['const', parseConst],
  ['ref', parseLocal],
  ['static', parseModifier],
  ['public', parseModifier],
  ['private', parseModifier],
  ['unsafe', parseUnsafe],
  ['fixed', parseUnsafe],
])

/** Statements that begin with a word or an expression. */
function parseOther(cursor: Cursor): Statement {
  if (cursor.is('identifier') && cursor.peek(1).kind === ':') return parseLabeled(cursor)
  if (cursor.isWord('yield') && (cursor.peek(1).kind === 'return' || cursor.peek(1).kind === 'break'))
    return parseYield(cursor)
  if (cursor.isWord('async') && isFunctionAt(cursor, cursor.index + 1)) refuseAsync(cursor)
  if (isFunctionAt(cursor, cursor.index)) return parseLocalFunction(cursor)
  if (isPredefinedType(cursor.kind) && cursor.peek(1).kind === '*') return parseUnsafe(cursor)
  const type = scanType(cursor, cursor.index)
  if (type && cursor.kindAt(type.next) === 'identifier' && !(cursor.isWord('from') && isQueryStart(cursor)))
    return parseLocal(cursor)
  return parseExpressionStatement(cursor)
}

function isFunctionAt(cursor: Cursor, index: number): boolean {
  if (cursor.kindAt(index) === 'void') return cursor.kindAt(index + 1) !== '*'
  const type = scanType(cursor, index)
  return type !== undefined && cursor.kindAt(type.next) === 'identifier' && startsFunction(cursor, type.next + 1)
}

/** `unsafe { … }`, `fixed (…) …`, `int* p`: refused by name; what is behind is left out. */
function parseUnsafe(cursor: Cursor): Statement {
  const { kind, start } = cursor.current
  if (kind === 'unsafe') cursor.reportHere('CS0227', 'Unsafe code may only appear if compiling with /unsafe')
  else cursor.reportHere('CS0214', 'Pointers and fixed size buffers may only be used in an unsafe context')
  while (!['{', ';', '}', 'end'].includes(cursor.kind)) cursor.next()
  if (cursor.is('{')) parseBlock(cursor)
  else cursor.accept(';')
  return { kind: 'empty', start, end: cursor.lastEnd }
}

const isQueryStart = (cursor: Cursor): boolean => cursor.peek(2).kind === 'in'

/** `T F(` or `T F<U>(`. */
function startsFunction(cursor: Cursor, index: number): boolean {
  return cursor.kindAt(index) === '(' || cursor.kindAt(index) === '<'
}

function parseEmpty(cursor: Cursor): Statement {
  const { start, end } = cursor.next()
  return { kind: 'empty', start, end }
}

/** `static int F()` and the like: the word is refused, what follows is read. */
function parseModifier(cursor: Cursor): Statement {
  cursor.reportHere('CS0106', `The modifier '${cursor.current.text}' is not valid for this item`)
  cursor.next()
  return parseStatement(cursor)
}

function parseExpressionStatement(cursor: Cursor): Statement {
  const { start } = cursor.current
  const expression =
    isDeclaration(cursor) && cursor.isWord('var') ? parseDeconstruction(cursor) : parseExpression(cursor)
  if (expression.kind !== 'missing' && !isStatementExpression(expression)) {
    cursor.diagnostics.report('CS0201', expression, NO_STATEMENT)
  }
  cursor.expect(';')
  return { kind: 'expression-statement', expression, start, end: cursor.lastEnd }
}

/** `var (a, b) = …`. */
function parseDeconstruction(cursor: Cursor): Expression {
  const target = parseDeclaration(cursor)
  cursor.expect('=')
  const value = parseExpression(cursor)
  return { kind: 'assignment', operator: '=', target, value, start: target.start, end: value.end }
}

export const NO_STATEMENT =
  'Only assignment, call, increment, decrement, and new object expressions can be used as a statement'

/** Only these may stand where a result is thrown away. */
export function isStatementExpression(expression: Expression): boolean {
  switch (expression.kind) {
    case 'assignment':
    case 'call':
    case 'increment':
    case 'new':
      return true
    case 'conditional-access':
      return isStatementExpression(expression.access)
    default:
      return false
  }
}

function parseConst(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const declaration = parseDeclarators(cursor, start, true)
  cursor.expect(';')
  return { ...declaration, end: cursor.lastEnd }
}

function parseLocal(cursor: Cursor): Statement {
  if (cursor.is('ref') && isFunctionAt(cursor, cursor.index + (cursor.peek(1).kind === 'readonly' ? 2 : 1)))
    return parseLocalFunction(cursor)
  const declaration = parseDeclarators(cursor, cursor.current.start, false)
  cursor.expect(';')
  return { ...declaration, end: cursor.lastEnd }
}

function parseDeclarators(cursor: Cursor, start: number, constant: boolean): LocalDeclaration {
  const type = parseLocalType(cursor)
  const declarators: Declarator[] = []
  do declarators.push(parseDeclarator(cursor))
  while (cursor.accept(','))
  return { kind: 'local', constant, type, declarators, start, end: cursor.lastEnd }
}

function parseLocalType(cursor: Cursor): TypeSyntax {
  const reference = cursor.accept('ref')
  if (reference && cursor.is('readonly')) {
    cursor.reportHere('CS8107', READONLY_REFERENCES)
    cursor.next()
  }
  const element = parseType(cursor)
  return reference ? { kind: 'ref-type', element, start: reference.start, end: element.end } : element
}

function parseDeclarator(cursor: Cursor): Declarator {
  const name = cursor.identifier()
  const initializer = cursor.accept('=') ? parseInitializer(cursor) : undefined
  return { name, initializer, start: name.start, end: cursor.lastEnd }
}

function parseInitializer(cursor: Cursor): Expression {
  if (cursor.is('{')) return parseArrayInitializer(cursor)
  return cursor.is('ref') ? parseRef(cursor) : parseExpression(cursor)
}

function parseLocalFunction(cursor: Cursor): Statement {
  const { start } = cursor.current
  const returnType = parseLocalType(cursor)
  const name = cursor.identifier()
  const typeParameters = parseTypeParameters(cursor)
  const parameters = parseParameters(cursor, 'required')
  const constraints = parseConstraints(cursor)
  const body = cursor.accept('=>') ? parseArrowBody(cursor) : parseBlock(cursor)
  const span = { start, end: cursor.lastEnd }
  return { kind: 'local-function', name, typeParameters, constraints, parameters, returnType, body, ...span }
}

function parseArrowBody(cursor: Cursor): Expression {
  const body = parseReturned(cursor)
  cursor.expect(';')
  return body
}

/** `(condition)` after a keyword. */
function parseCondition(cursor: Cursor): Expression {
  cursor.expect('(')
  const condition = parseExpression(cursor)
  cursor.expect(')')
  return condition
}

/** A declaration or label cannot be the only statement under an `if` or a loop. */
function parseEmbedded(cursor: Cursor): Statement {
  const statement = parseStatement(cursor)
  if (statement.kind === 'local' || statement.kind === 'local-function' || statement.kind === 'labeled') {
    cursor.diagnostics.report('CS1023', statement, 'Embedded statement cannot be a declaration or labeled statement')
  }
  return statement
}

function parseIf(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const condition = parseCondition(cursor)
  const then = parseEmbedded(cursor)
  const otherwise = cursor.accept('else') ? parseEmbedded(cursor) : undefined
  return { kind: 'if', condition, then, otherwise, start, end: cursor.lastEnd }
}

function parseWhile(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const condition = parseCondition(cursor)
  const body = parseEmbedded(cursor)
  return { kind: 'while', condition, body, start, end: cursor.lastEnd }
}

function parseDo(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const body = parseEmbedded(cursor)
  cursor.expect('while')
  const condition = parseCondition(cursor)
  cursor.expect(';')
  return { kind: 'do', body, condition, start, end: cursor.lastEnd }
}

function parseFor(cursor: Cursor): Statement {
  const { start } = cursor.next()
  cursor.expect('(')
  const type = scanType(cursor, cursor.index)
  const declares = type !== undefined && cursor.kindAt(type.next) === 'identifier'
  const declaration = declares ? parseDeclarators(cursor, cursor.current.start, false) : undefined
  const initializers = declares ? [] : parseExpressionsUntil(cursor, ';')
  cursor.expect(';')
  const condition = cursor.is(';') ? undefined : parseExpression(cursor)
  cursor.expect(';')
  const iterators = parseExpressionsUntil(cursor, ')')
  cursor.expect(')')
  const body = parseEmbedded(cursor)
  return { kind: 'for', declaration, initializers, condition, iterators, body, start, end: cursor.lastEnd }
}

function parseExpressionsUntil(cursor: Cursor, end: TokenKind): Expression[] {
  const list: Expression[] = []
  if (cursor.is(end)) return list
  do list.push(parseExpression(cursor))
  while (cursor.accept(','))
  return list
}

function parseForEach(cursor: Cursor): Statement {
  const { start } = cursor.next()
  cursor.expect('(')
  const variable = parseForEachVariable(cursor)
  cursor.expect('in')
  const source = parseExpression(cursor)
  cursor.expect(')')
  const body = parseEmbedded(cursor)
  return { kind: 'foreach', variable, source, body, start, end: cursor.lastEnd }
}

function parseForEachVariable(cursor: Cursor): ForEachStatement['variable'] {
  const { start } = cursor.current
  const type = scanType(cursor, cursor.index)
  if (type && cursor.kindAt(type.next) === 'identifier') return parseDeclaration(cursor)
  if (isDeclaration(cursor)) return parseDeclaration(cursor)
  const target = parseExpression(cursor)
  if (target.kind === 'tuple') return target
  if (target.kind !== 'missing')
    cursor.reportHere('CS0230', 'Type and identifier are both required in a foreach statement')
  return { kind: 'tuple', items: [], start, end: start }
}

function parseSwitch(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const value = parseCondition(cursor)
  cursor.expect('{')
  const sections: SwitchSection[] = []
  while (cursor.is('case') || cursor.is('default')) sections.push(parseSection(cursor))
  cursor.expect('}')
  return { kind: 'switch', value, sections, start, end: cursor.lastEnd }
}

function parseSection(cursor: Cursor): SwitchSection {
  const { start } = cursor.current
  const labels: SwitchLabel[] = []
  do labels.push(parseSwitchLabel(cursor))
  while (cursor.is('case') || (cursor.is('default') && cursor.peek(1).kind === ':'))
  const ends = (kind: TokenKind): boolean =>
    kind === '}' || kind === 'case' || (kind === 'default' && cursor.peek(1).kind === ':')
  const statements = parseStatements(cursor, ends)
  return { labels, statements, start, end: cursor.lastEnd }
}

function parseSwitchLabel(cursor: Cursor): SwitchLabel {
  const { kind, start } = cursor.next()
  if (kind === 'default') {
    cursor.expect(':')
    return { kind: 'default', start, end: cursor.lastEnd }
  }
  const pattern = parseCasePattern(cursor)
  const when = cursor.acceptWord('when') ? parseExpression(cursor) : undefined
  cursor.expect(':')
  return { kind: 'case', pattern, when, start, end: cursor.lastEnd }
}

function parseJump(cursor: Cursor): Statement {
  const { kind, start } = cursor.next()
  cursor.expect(';')
  return { kind: kind === 'break' ? 'break' : 'continue', start, end: cursor.lastEnd }
}

function parseReturn(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const value = cursor.is(';') ? undefined : parseReturned(cursor)
  cursor.expect(';')
  return { kind: 'return', value, start, end: cursor.lastEnd }
}

/** `ref x` of a function that returns places, or any expression. */
const parseReturned = (cursor: Cursor): Expression => (cursor.is('ref') ? parseRef(cursor) : parseExpression(cursor))

function parseThrow(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const value = cursor.is(';') ? undefined : parseExpression(cursor)
  cursor.expect(';')
  return { kind: 'throw-statement', value, start, end: cursor.lastEnd }
}

function parseYield(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const value = cursor.next().kind === 'return' ? parseExpression(cursor) : undefined
  cursor.expect(';')
  return { kind: 'yield', value, start, end: cursor.lastEnd }
}

function parseTry(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const body = parseBlock(cursor)
  const catches: CatchClause[] = []
  while (cursor.is('catch')) {
    const isBehindGeneral = catches.some(({ type, filter }) => type === undefined && filter === undefined)
    if (isBehindGeneral)
      cursor.reportHere('CS1017', 'Catch clauses cannot follow the general catch clause of a try statement')
    catches.push(parseCatch(cursor))
  }
  const last = cursor.accept('finally') ? parseBlock(cursor) : undefined
  if (catches.length === 0 && last === undefined) cursor.reportHere('CS1524', 'Expected catch or finally')
  return { kind: 'try', body, catches, finally: last, start, end: cursor.lastEnd }
}

function parseCatch(cursor: Cursor): CatchClause {
  const { start } = cursor.next()
  const named = cursor.accept('(')
  const type = named ? parseType(cursor) : undefined
  const name = named && cursor.is('identifier') ? cursor.identifier() : undefined
  if (named) cursor.expect(')')
  const filter = cursor.acceptWord('when') ? parseCondition(cursor) : undefined
  const body = parseBlock(cursor)
  return { type, name, filter, body, start, end: cursor.lastEnd }
}

function parseUsing(cursor: Cursor): Statement {
  const { start } = cursor.next()
  cursor.expect('(')
  const type = scanType(cursor, cursor.index)
  const declares = type !== undefined && cursor.kindAt(type.next) === 'identifier'
  const resource = declares ? parseDeclarators(cursor, cursor.current.start, false) : parseExpression(cursor)
  cursor.expect(')')
  const body = parseEmbedded(cursor)
  return { kind: 'using', resource, body, start, end: cursor.lastEnd }
}

/** `unchecked { … }`; with a parenthesis it is an expression. */
function parseChecked(cursor: Cursor): Statement {
  if (cursor.peek(1).kind === '(') return parseExpressionStatement(cursor)
  const { kind, start } = cursor.next()
  const body = parseBlock(cursor)
  return { kind: 'checked-statement', checked: kind === 'checked', body, start, end: cursor.lastEnd }
}

function parseLock(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const target = parseCondition(cursor)
  const body = parseEmbedded(cursor)
  return { kind: 'lock', target, body, start, end: cursor.lastEnd }
}

function parseGoto(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const target = parseGotoTarget(cursor)
  cursor.expect(';')
  return { kind: 'goto', target, start, end: cursor.lastEnd }
}

function parseGotoTarget(cursor: Cursor): GotoStatement['target'] {
  if (cursor.accept('default')) return { kind: 'default' }
  if (cursor.accept('case')) return { kind: 'case', value: parseExpression(cursor) }
  return { kind: 'label', name: cursor.identifier() }
}

function parseLabeled(cursor: Cursor): Statement {
  const label = cursor.identifier()
  cursor.next()
  const statement = parseStatement(cursor)
  return { kind: 'labeled', label, statement, start: label.start, end: statement.end }
}
