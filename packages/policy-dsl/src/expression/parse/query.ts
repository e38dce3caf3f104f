import type {
  Expression,
  FromClause,
  GroupClause,
  Identifier,
  JoinClause,
  LetClause,
  OrderByClause,
  QueryBody,
  QueryClause,
  SelectClause,
  TypeSyntax,
} from '../syntax.js'
import type { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { isPredefinedType } from './predefined.js'
import { parseType, scanType } from './types.js'

/**
 * Whether a `from` begins a query, `from x …` or `from T x in …`; elsewhere it is a name.
 * @param statement at the start of a statement, where `from x;` declares an x
 */
export function isQuery(cursor: Cursor, statement = false): boolean {
  const next = cursor.peek(1).kind
  if (isPredefinedType(next)) return true
  const after = cursor.peek(2).kind
  if (next === 'identifier') return after === 'in' || !(statement && (after === ';' || after === ',' || after === '='))
  const type = scanType(cursor, cursor.index + 1)
  return type !== undefined && (cursor.kindAt(type.next) === 'identifier' || cursor.kindAt(type.next) === 'in')
}

export function parseQuery(cursor: Cursor): Expression {
  cursor.queries++
  const from = parseFrom(cursor)
  const body = parseBody(cursor)
  cursor.queries--
  return { kind: 'query', from, body, start: from.start, end: body.end }
}

function parseBody(cursor: Cursor): QueryBody {
  const { start } = cursor.current
  const clauses: QueryClause[] = []
  for (let clause = parseClause(cursor); clause; clause = parseClause(cursor)) clauses.push(clause)
  const result = parseResult(cursor)
  const into = cursor.acceptWord('into')
  if (!into) return { clauses, result, continuation: undefined, start, end: result.end }
  const name = cursor.identifier()
  const body = cursor.nested(() => parseBody(cursor))
  return { clauses, result, continuation: { name, body, start: into.start, end: body.end }, start, end: body.end }
}

function parseClause(cursor: Cursor): QueryClause | undefined {
  if (cursor.isWord('from')) return parseFrom(cursor)
  if (cursor.isWord('let')) return parseLet(cursor)
  if (cursor.isWord('join')) return parseJoin(cursor)
  if (cursor.isWord('orderby')) return parseOrderBy(cursor)
  if (!cursor.isWord('where')) return undefined
  const { start } = cursor.next()
  const condition = parseExpression(cursor)
  return { kind: 'where', condition, start, end: condition.end }
}

/** `T x in`, `x in`. */
function parseRangeVariable(cursor: Cursor): { type: TypeSyntax | undefined; name: Identifier } {
  const type = cursor.peek(1).kind === 'in' ? undefined : parseType(cursor)
  const name = parseRangeName(cursor)
  if (!cursor.accept('in')) cursor.reportMissing('CS1003', "Syntax error, 'in' expected")
  return { type, name }
}

/** Whatever stands before `in` stands for the name. */
function parseRangeName(cursor: Cursor): Identifier {
  const { start } = cursor.current
  if (cursor.peek(1).kind !== 'in' || cursor.isName()) return cursor.identifier()
  cursor.skip('identifier')
  return { name: '', start, end: start }
}

function parseFrom(cursor: Cursor): FromClause {
  const { start } = cursor.next()
  const variable = parseRangeVariable(cursor)
  const source = parseExpression(cursor)
  return { kind: 'from', ...variable, source, start, end: source.end }
}

function parseLet(cursor: Cursor): LetClause {
  const { start } = cursor.next()
  const name = cursor.identifier()
  cursor.expect('=')
  const value = parseExpression(cursor)
  return { kind: 'let', name, value, start, end: value.end }
}

function parseJoin(cursor: Cursor): JoinClause {
  const { start } = cursor.next()
  const variable = parseRangeVariable(cursor)
  const source = parseExpression(cursor)
  cursor.expectWord('on', 'CS0743')
  const left = parseExpression(cursor)
  cursor.expectWord('equals', 'CS0744')
  const right = parseExpression(cursor)
  const into = cursor.acceptWord('into') && cursor.identifier()
  return { kind: 'join', ...variable, source, left, right, into, start, end: cursor.lastEnd }
}

function parseOrderBy(cursor: Cursor): OrderByClause {
  const { start } = cursor.next()
  const orderings: { key: Expression; descending: boolean }[] = []
  do {
    const key = parseExpression(cursor)
    const descending = cursor.acceptWord('descending') !== undefined
    if (!descending) cursor.acceptWord('ascending')
    orderings.push({ key, descending })
  } while (cursor.accept(','))
  return { kind: 'orderby', orderings, start, end: cursor.lastEnd }
}

function parseResult(cursor: Cursor): SelectClause | GroupClause {
  const { start } = cursor.current
  if (cursor.acceptWord('group')) {
    const value = parseExpression(cursor)
    cursor.expectWord('by', 'CS0745')
    const by = parseExpression(cursor)
    return { kind: 'group', value, by, start, end: by.end }
  }
  if (!cursor.acceptWord('select')) {
    cursor.reportMissing('CS0742', 'A query body must end with a select clause or a group clause')
    return { kind: 'select', value: { kind: 'missing', start, end: start }, start, end: start }
  }
  const value = parseExpression(cursor)
  return { kind: 'select', value, start, end: value.end }
}
