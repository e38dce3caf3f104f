import type { Expression, Parameter, TypeSyntax } from '../syntax.js'
import type { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { parseBlock } from './statements.js'
import { parseType, scanType } from './types.js'

/** Whether a lambda begins here: `x =>` or `( … ) =>`. */
export function isLambda(cursor: Cursor): boolean {
  return isLambdaAt(cursor, cursor.index) || (cursor.isWord('async') && isLambdaAt(cursor, cursor.index + 1))
}

function isLambdaAt(cursor: Cursor, index: number): boolean {
  const kind = cursor.kindAt(index)
  if (kind === 'identifier') return cursor.kindAt(index + 1) === '=>'
  const closer = kind === '(' ? cursor.closerOf(index) : undefined
  return closer !== undefined && cursor.kindAt(closer + 1) === '=>'
}

/** What is asynchronous gives tasks, and the service refuses their type: it is said where that begins. */
export function refuseAsync(cursor: Cursor): void {
  cursor.reportHere('APIM0001', "Usage of type 'System.Threading.Tasks.Task' is not supported within expressions")
  cursor.next()
}

export function parseLambda(cursor: Cursor): Expression {
  const { start } = cursor.current
  if (cursor.isWord('async') && cursor.peek(1).kind !== '=>') refuseAsync(cursor)
  const parameters = cursor.is('(') ? parseParameters(cursor) : [parseImplicitParameter(cursor)]
  const arrow = cursor.current
  cursor.expect('=>')
  const body = cursor.is('{') ? parseBlock(cursor) : parseExpression(cursor)
  return { kind: 'lambda', parameters, body, arrow: { start: arrow.start, end: arrow.end }, start, end: cursor.lastEnd }
}

/** `delegate (int x) { … }`; without a list it fits any delegate type. */
export function parseAnonymousMethod(cursor: Cursor): Expression {
  const { start, end } = cursor.next()
  const parameters = cursor.is('(') ? parseParameters(cursor) : undefined
  const body = parseBlock(cursor)
  return { kind: 'lambda', parameters, body, arrow: { start, end }, start, end: cursor.lastEnd }
}

export const READONLY_REFERENCES =
  "Feature 'readonly references' is not available in C# 7. Please use language version 7.2 or greater."

/**
 * The list of a lambda, a local function or a declared member.
 * @param types whether each has to have one; those of lambdas may leave it to where they are used
 */
export function parseParameters(cursor: Cursor, types: 'required' | 'optional' = 'optional'): Parameter[] {
  cursor.expect('(')
  const list: Parameter[] = []
  if (cursor.accept(')')) return list
  do list.push(parseParameter(cursor, types === 'required'))
  while (cursor.accept(','))
  cursor.expect(')')
  return list
}

function parseParameter(cursor: Cursor, needsType: boolean): Parameter {
  const { start } = cursor.current
  // `this` marks extension methods in the declarations of types; an expression cannot declare one.
  if (cursor.is('this')) cursor.next()
  if (cursor.is('in')) {
    cursor.reportHere('CS8107', READONLY_REFERENCES)
    cursor.next()
  }
  const mode = cursor.is('ref') ? 'ref' : cursor.is('out') ? 'out' : cursor.is('params') ? 'params' : 'value'
  if (mode !== 'value') cursor.next()
  const typed = scanType(cursor, cursor.index)
  const type: TypeSyntax | undefined =
    typed && (needsType || cursor.kindAt(typed.next) === 'identifier') ? parseType(cursor) : undefined
  const name = cursor.identifier()
  const defaultValue = cursor.accept('=') ? parseExpression(cursor) : undefined
  return { name, type, mode, defaultValue, start, end: cursor.lastEnd }
}

function parseImplicitParameter(cursor: Cursor): Parameter {
  const name = cursor.identifier()
  return { name, type: undefined, mode: 'value', defaultValue: undefined, start: name.start, end: name.end }
}
