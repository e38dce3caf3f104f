import type {
  BlockStatement,
  Expression,
  ForEachStatement,
  GotoStatement,
  LocalDeclaration,
  Statement,
  SwitchLabel,
  SwitchSection,
} from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { isLocalDeclaration, parseDeclarators, parseLocal } from './declarations.js'
import { parseExpression, parseRef } from './expressions.js'
import { parseCasePattern } from './patterns.js'
import { isDeclaration, parseDeclaration } from './primary.js'
import { isQuery, parseQuery } from './query.js'
import { startsExpression, startsStatement } from './starts.js'
import { readList, skipWrong, startsSection, Terminator, type ListRules } from './terminators.js'
import { parseTry } from './tries.js'
import { scanType } from './types.js'

/** Reads `{ … }`. */
export function parseBlock(cursor: Cursor): BlockStatement {
  const { start } = cursor.current
  cursor.expect('{')
  const statements = parseStatements(cursor)
  cursor.expect('}')
  return { kind: 'block', statements, start, end: cursor.lastEnd }
}

const endsBlock = (cursor: Cursor): boolean => cursor.is('}')
const isNoStatement = (cursor: Cursor): boolean => !startsStatement(cursor, false)

function parseStatements(cursor: Cursor, inSection = false): Statement[] {
  const statements: Statement[] = []
  const { terminators } = cursor
  cursor.terminators |= Terminator.statements | (inSection ? Terminator.sections : 0)
  while (!cursor.is('}') && !cursor.is('end') && !(inSection && startsSection(cursor))) {
    const before = cursor.index
    if (startsStatement(cursor)) statements.push(parseStatement(cursor))
    else if (!skipWrong(cursor, isNoStatement, endsBlock, '}')) break
    // Nothing was read, and it was told why: go on behind it.
    if (cursor.index === before && !cursor.is('end')) cursor.next()
  }
  cursor.terminators = terminators
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
  ['catch', parseTry],
  ['finally', parseTry],
  ['using', parseUsing],
  ['checked', parseChecked],
  ['unchecked', parseChecked],
  ['lock', parseLock],
  ['goto', parseGoto],
  ['unsafe', parseUnsafe],
  ['fixed', parseFixed],
])

/** Statements that begin with a word or an expression. */
function parseOther(cursor: Cursor): Statement {
  if (cursor.isName()) {
    const next = cursor.peek(1).kind
    if (next === ':') return parseLabeled(cursor)
    if (cursor.isWord('yield') && (next === 'return' || next === 'break')) return parseYield(cursor)
    if (cursor.isWord('from') && isQuery(cursor, true)) return finishExpression(cursor, parseQuery(cursor))
    if (cursor.isWord('await') && next === 'identifier' && !DECLARES.has(cursor.peek(2).kind))
      return parseExpressionStatement(cursor)
  }
  return isLocalDeclaration(cursor) ? parseLocal(cursor) : parseExpressionStatement(cursor)
}

/** After `await x` one of these makes `await` the type of a variable. */
const DECLARES: ReadonlySet<TokenKind> = new Set<TokenKind>(['=', ';', ','])

/** `unsafe { … }`, which is refused. */
function parseUnsafe(cursor: Cursor): Statement {
  cursor.refused.report('CS0227', cursor.current, 'Unsafe code may only appear if compiling with /unsafe')
  const { start } = cursor.next()
  const { count } = cursor.refused
  parseBlock(cursor)
  // What is unsafe in it is not told besides.
  cursor.refused.truncate(count)
  return { kind: 'empty', start, end: cursor.lastEnd }
}

/** `fixed (…) …`, which is refused. */
function parseFixed(cursor: Cursor): Statement {
  const message = 'Pointers and fixed size buffers may only be used in an unsafe context'
  cursor.refused.report('CS0214', cursor.current, message)
  const { start } = cursor.next()
  cursor.expect('(')
  const { terminators } = cursor
  cursor.terminators |= Terminator.fixed
  parseDeclarators(cursor, cursor.current.start, false)
  cursor.terminators = terminators
  cursor.expect(')')
  parseEmbedded(cursor)
  return { kind: 'empty', start, end: cursor.lastEnd }
}

function parseEmpty(cursor: Cursor): Statement {
  const { start, end } = cursor.next()
  return { kind: 'empty', start, end }
}

function parseExpressionStatement(cursor: Cursor): Statement {
  return finishExpression(cursor, parseExpression(cursor))
}

function finishExpression(cursor: Cursor, expression: Expression): Statement {
  if (expression.kind !== 'missing' && !isStatementExpression(expression))
    cursor.refused.report('CS0201', expression, NO_STATEMENT)
  cursor.expect(';')
  return { kind: 'expression-statement', expression, start: expression.start, end: cursor.lastEnd }
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

/** `(condition)` after a keyword. */
export function parseCondition(cursor: Cursor, terminator = 0): Expression {
  cursor.expect('(')
  const { terminators } = cursor
  cursor.terminators |= terminator
  const condition = parseExpression(cursor)
  cursor.terminators = terminators
  cursor.expect(')')
  return condition
}

const NO_EMBEDDED: ReadonlySet<Statement['kind']> = new Set<Statement['kind']>(['local', 'local-function', 'labeled'])

/** A declaration or label cannot be the only statement under an `if` or a loop. */
function parseEmbedded(cursor: Cursor): Statement {
  const { count } = cursor.diagnostics
  const statement = parseStatement(cursor)
  if (NO_EMBEDDED.has(statement.kind)) {
    const message = 'Embedded statement cannot be a declaration or labeled statement'
    cursor.reportAround(count, 'CS1023', statement, message)
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
  const condition = parseCondition(cursor, Terminator.doCondition)
  cursor.expect(';')
  return { kind: 'do', body, condition, start, end: cursor.lastEnd }
}

function parseFor(cursor: Cursor): Statement {
  if (isForEachWithFor(cursor)) return parseForEach(cursor)
  const { start } = cursor.next()
  cursor.expect('(')
  const { terminators } = cursor
  cursor.terminators |= Terminator.forParts
  const declaration = declaresHere(cursor) ? parseDeclarators(cursor, cursor.current.start, false) : undefined
  const initializers = declaration === undefined ? readList(cursor, FOR_PARTS) : []
  cursor.expect(';')
  const condition = cursor.is(';') ? undefined : parseExpression(cursor)
  cursor.expect(';')
  const iterators = readList(cursor, FOR_PARTS)
  cursor.expect(')')
  const body = parseEmbedded(cursor)
  cursor.terminators = terminators
  return { kind: 'for', declaration, initializers, condition, iterators, body, start, end: cursor.lastEnd }
}

const FOR_PARTS: ListRules<Expression> = {
  ends: (cursor) => cursor.is(')') || cursor.is(';'),
  starts: startsExpression,
  read: parseExpression,
}

/** `T x`: a declaration, not an expression. */
function declaresHere(cursor: Cursor): boolean {
  if (cursor.is('ref')) return true
  if (cursor.isWord('from') && isQuery(cursor, true)) return false
  const type = scanType(cursor, cursor.index)
  return type !== undefined && cursor.isName(type.next)
}

/** `for (T x in y)`: the word meant is told. */
function isForEachWithFor(cursor: Cursor): boolean {
  if (cursor.peek(1).kind !== '(') return false
  const type = scanType(cursor, cursor.index + 2)
  return type !== undefined && cursor.kindAt(type.next) === 'identifier' && cursor.kindAt(type.next + 1) === 'in'
}

function parseForEach(cursor: Cursor): Statement {
  if (cursor.is('for')) cursor.reportHere('CS1003', "Syntax error, 'foreach' expected")
  const { start } = cursor.next()
  cursor.expect('(')
  const variable = parseForEachVariable(cursor)
  const source = parseExpression(cursor)
  cursor.expect(')')
  const body = parseEmbedded(cursor)
  return { kind: 'foreach', variable, source, body, start, end: cursor.lastEnd }
}

function parseForEachVariable(cursor: Cursor): ForEachStatement['variable'] {
  const { start } = cursor.current
  const variable = isDeclaration(cursor) ? parseDeclaration(cursor) : parseExpression(cursor)
  const message = 'Type and identifier are both required in a foreach statement'
  const isVariable = variable.kind === 'declaration' || variable.kind === 'tuple'
  const at = cursor.current
  const hasIn = cursor.expect('in')
  if (isVariable) return variable
  if (hasIn) cursor.diagnostics.report('CS0230', at, message)
  else cursor.reportMissing('CS0230', message)
  return { kind: 'tuple', items: [], start, end: start }
}

function parseSwitch(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const value = parseCondition(cursor)
  cursor.expect('{')
  const sections: SwitchSection[] = []
  while (startsSection(cursor)) sections.push(parseSection(cursor))
  cursor.expect('}')
  return { kind: 'switch', value, sections, start, end: cursor.lastEnd }
}

function parseSection(cursor: Cursor): SwitchSection {
  const { start } = cursor.current
  const labels: SwitchLabel[] = []
  do labels.push(parseSwitchLabel(cursor))
  while (startsSection(cursor))
  const statements = parseStatements(cursor, true)
  return { labels, statements, start, end: cursor.lastEnd }
}

function parseSwitchLabel(cursor: Cursor): SwitchLabel {
  const { kind, start } = cursor.next()
  if (kind === 'default') {
    cursor.expect(':')
    return { kind: 'default', start, end: cursor.lastEnd }
  }
  const pattern = cursor.is(':') ? missingConstant(cursor) : parseCasePattern(cursor)
  const when = cursor.acceptWord('when') ? parseExpression(cursor) : undefined
  cursor.expect(':')
  return { kind: 'case', pattern, when, start, end: cursor.lastEnd }
}

function missingConstant(cursor: Cursor): ReturnType<typeof parseCasePattern> {
  cursor.reportMissing('CS0150', 'A constant value is expected')
  const { start } = cursor.current
  return { kind: 'constant-pattern', value: { kind: 'missing', start, end: start }, start, end: start }
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
export const parseReturned = (cursor: Cursor): Expression =>
  cursor.is('ref') ? parseRef(cursor) : parseExpression(cursor)

function parseThrow(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const value = cursor.is(';') ? undefined : parseExpression(cursor)
  cursor.expect(';')
  return { kind: 'throw-statement', value, start, end: cursor.lastEnd }
}

function parseYield(cursor: Cursor): Statement {
  const { start } = cursor.next()
  const { kind } = cursor.current
  if (kind === 'return' && cursor.peek(1).kind === ';')
    cursor.reportHere('CS1627', 'Expression expected after yield return')
  cursor.next()
  const value = kind === 'break' || cursor.is(';') ? undefined : parseExpression(cursor)
  cursor.expect(';')
  return { kind: 'yield', value, start, end: cursor.lastEnd }
}

function parseUsing(cursor: Cursor): Statement {
  const { start } = cursor.next()
  cursor.expect('(')
  const resource = parseResource(cursor)
  cursor.expect(')')
  const body = parseEmbedded(cursor)
  return { kind: 'using', resource, body, start, end: cursor.lastEnd }
}

function parseResource(cursor: Cursor): LocalDeclaration | Expression {
  return declaresResource(cursor) ? parseDeclarators(cursor, cursor.current.start, false) : parseExpression(cursor)
}

function declaresResource(cursor: Cursor): boolean {
  if (cursor.isWord('from') && isQuery(cursor, true)) return false
  const type = scanType(cursor, cursor.index)
  if (type === undefined) return false
  const [follows, then] = [cursor.kindAt(type.next), cursor.kindAt(type.next + 1)]
  if (type.form === 'nullable') return follows === 'identifier' && (then === '=' || then === ',' || then === ')')
  if (type.form === 'type' && follows !== '.') return true
  return follows === 'identifier' && (type.form === 'name' || then === '=')
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
