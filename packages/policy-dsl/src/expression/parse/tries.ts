import type { BlockStatement, CatchClause, Statement } from '../syntax.js'
import type { Cursor } from './cursor.js'
import { parseBlock, parseCondition } from './statements.js'
import { Terminator } from './terminators.js'
import { parseType } from './types.js'

/** Reads `try { … } catch … finally { … }`; at a `catch` or `finally` the `try` is missing. */
export function parseTry(cursor: Cursor): Statement {
  const { start } = cursor.current
  const { inTry } = cursor
  cursor.inTry = true
  const body = cursor.expect('try') ? parseGuarded(cursor, Terminator.tryBlock) : missingBlock(cursor)
  const bodyEnd = cursor.lastEnd
  const catches: CatchClause[] = []
  let isBehindGeneral = false
  while (cursor.is('catch')) {
    const clause = parseCatch(cursor, isBehindGeneral)
    isBehindGeneral ||= clause.type === undefined && clause.filter === undefined
    catches.push(clause)
  }
  const last = cursor.accept('finally') ? parseBlock(cursor) : undefined
  if (catches.length === 0 && last === undefined) {
    const at = { start: Math.max(start, bodyEnd - 1), end: bodyEnd }
    cursor.diagnostics.report('CS1524', at, 'Expected catch or finally')
  }
  cursor.inTry = inTry
  return { kind: 'try', body, catches, finally: last, start, end: cursor.lastEnd }
}

function missingBlock(cursor: Cursor): BlockStatement {
  cursor.reportMissing('CS1514', '{ expected')
  cursor.reportMissing('CS1513', '} expected')
  const { start } = cursor.current
  return { kind: 'block', statements: [], start, end: start }
}

function parseGuarded(cursor: Cursor, terminator: number): BlockStatement {
  const { terminators } = cursor
  cursor.terminators |= terminator
  const block = parseBlock(cursor)
  cursor.terminators = terminators
  return block
}

const TOO_LATE = 'Catch clauses cannot follow the general catch clause of a try statement'

function parseCatch(cursor: Cursor, isBehindGeneral: boolean): CatchClause {
  if (isBehindGeneral) cursor.refused.report('CS1017', cursor.current, TOO_LATE)
  const { start } = cursor.next()
  const named = cursor.is('(') ? parseCaught(cursor) : { type: undefined, name: undefined }
  const filter = cursor.acceptWord('when') ? parseCondition(cursor, Terminator.catchClause) : undefined
  const body = parseGuarded(cursor, Terminator.catchBlock)
  return { ...named, filter, body, start, end: cursor.lastEnd }
}

function parseCaught(cursor: Cursor): Pick<CatchClause, 'type' | 'name'> {
  cursor.next()
  const { terminators } = cursor
  cursor.terminators |= Terminator.catchClause
  const type = parseType(cursor)
  const name = cursor.isName() ? cursor.identifier() : undefined
  cursor.terminators = terminators
  cursor.expect(')')
  return { type, name }
}
