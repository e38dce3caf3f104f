import type { Expression, Parameter } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { isPredefinedType } from './predefined.js'
import { parseBlock } from './statements.js'
import { readList, Terminator, type ListRules } from './terminators.js'
import { parseType, scanType } from './types.js'

/** Whether a lambda begins here: `x =>` or `( … ) =>`; it is no operand of an operator. */
export function isLambda(cursor: Cursor, precedence: number): boolean {
  if (precedence > 1) return false
  if (cursor.is('(')) return isParameterList(cursor, cursor.index)
  if (!cursor.isName()) return false
  if (cursor.peek(1).kind === '=>') return true
  if (!cursor.isWord('async')) return false
  if (cursor.peek(1).kind === 'identifier') return cursor.peek(2).kind === '=>'
  return (
    cursor.peek(1).kind === 'delegate' || (cursor.peek(1).kind === '(' && isParameterList(cursor, cursor.index + 1))
  )
}

function isParameterList(cursor: Cursor, opener: number): boolean {
  const first = cursor.kindAt(opener + 1)
  if (first === 'params') return true
  if (first === ')') return cursor.kindAt(opener + 2) === '=>'
  if (cursor.isName(opener + 1) && cursor.kindAt(opener + 2) === ')') return cursor.kindAt(opener + 3) === '=>'
  return isImplicitList(cursor, opener) || isExplicitList(cursor, opener)
}

/** `(x, y, …) =>`. */
function isImplicitList(cursor: Cursor, opener: number): boolean {
  if (!cursor.isName(opener + 1) || cursor.kindAt(opener + 2) !== ',') return false
  let index = opener + 3
  while (
    cursor.kindAt(index) === 'identifier' ||
    cursor.kindAt(index) === ',' ||
    isPredefinedType(cursor.kindAt(index))
  )
    index++
  return cursor.kindAt(index) === ')' && cursor.kindAt(index + 1) === '=>'
}

const isModifier = (kind: TokenKind): boolean => kind === 'ref' || kind === 'out' || kind === 'params'

/** `(T x, …) =>`; with a `ref` or `out` and a comma the arrow may be missing. */
function isExplicitList(cursor: Cursor, opener: number): boolean {
  const closer = cursor.closerOf(opener)
  const hasArrow = closer !== undefined && cursor.kindAt(closer + 1) === '=>'
  let modified = false
  let index = opener
  for (;;) {
    index++
    if (isModifier(cursor.kindAt(index))) {
      modified = true
      index++
    }
    if (!modified && !hasArrow) return false
    const type = scanType(cursor, index)
    if (type === undefined) return false
    const isCast = index === opener + 1 && cursor.kindAt(type.next) === ')'
    if (isCast) return false
    index = cursor.isName(type.next) ? type.next + 1 : type.next
    const kind = cursor.kindAt(index)
    if (kind === 'end') return modified
    if (kind === ')') return cursor.kindAt(index + 1) === '=>'
    if (kind !== ',' || modified) return kind === ','
  }
}

/** What is asynchronous gives tasks, and the service refuses their type: it is said where that begins. */
export function refuseAsync(cursor: Cursor): void {
  const message = "Usage of type 'System.Threading.Tasks.Task' is not supported within expressions"
  cursor.reportHere('APIM0001', message)
  cursor.next()
}

export function parseLambda(cursor: Cursor): Expression {
  const { start } = cursor.current
  if (cursor.isWord('async') && cursor.peek(1).kind !== '=>') refuseAsync(cursor)
  if (cursor.is('delegate')) return parseAnonymousMethod(cursor)
  const parameters = cursor.is('(') ? parseLambdaParameters(cursor) : [parseImplicitParameter(cursor)]
  const arrow = cursor.current
  cursor.expect('=>')
  const body = cursor.is('{') ? parseBlock(cursor) : parseExpression(cursor)
  return { kind: 'lambda', parameters, body, arrow: { start: arrow.start, end: arrow.end }, start, end: cursor.lastEnd }
}

/** `delegate (int x) { … }`; without a list it fits any delegate type. */
export function parseAnonymousMethod(cursor: Cursor): Expression {
  const { start, end } = cursor.next()
  const parameters = cursor.is('(') ? parseParameters(cursor, 'required') : undefined
  const arrow = { start, end }
  if (cursor.is('{')) return { kind: 'lambda', parameters, body: parseBlock(cursor), arrow, start, end: cursor.lastEnd }
  // Nothing of a block without its brace: what is here belongs to something around.
  cursor.expect('{')
  const body = { kind: 'block', statements: [], start: cursor.lastEnd, end: cursor.lastEnd } as const
  return { kind: 'lambda', parameters, body, arrow, start, end: cursor.lastEnd }
}

export const READONLY_REFERENCES =
  "Feature 'readonly references' is not available in C# 7. Please use language version 7.2 or greater."

const endsParameters = (cursor: Cursor): boolean => cursor.is(')')

const startsLambdaParameter = (cursor: Cursor): boolean =>
  isModifier(cursor.kind) || cursor.isName() || isPredefinedType(cursor.kind) || cursor.is('(')

/** The list of a lambda: every parameter has a type or none. */
function parseLambdaParameters(cursor: Cursor): Parameter[] {
  cursor.expect('(')
  const { terminators } = cursor
  cursor.terminators |= Terminator.parameters
  let typed: boolean | undefined
  const read = (): Parameter => {
    const parameter = parseLambdaParameter(cursor, typed)
    typed ??= parameter.type !== undefined
    return parameter
  }
  const list = readList(cursor, { ends: endsParameters, starts: startsLambdaParameter, read })
  cursor.terminators = terminators
  cursor.expect(')')
  return list
}

const INCONSISTENT = [
  'CS0748',
  'Inconsistent lambda parameter usage; parameter types must be all explicit or all implicit',
] as const

/** @param typed whether the first parameter has a type; undefined for the first one */
function parseLambdaParameter(cursor: Cursor, typed: boolean | undefined): Parameter {
  const { start } = cursor.current
  const { count } = cursor.diagnostics
  const mode = readMode(cursor)
  const follows = cursor.peek(1).kind
  const wantsType = follows !== ',' && follows !== ')' && typed !== false
  const type =
    mode !== 'value' || wantsType || isPredefinedType(cursor.kind) ? parseType(cursor, 'parameter') : undefined
  const name = cursor.identifier()
  const end = cursor.lastEnd
  if (typed !== undefined && name.name !== '' && typed !== (type !== undefined))
    cursor.reportAround(count, INCONSISTENT[0], type ?? name, INCONSISTENT[1])
  return { name, type, mode, defaultValue: undefined, start, end }
}

function readMode(cursor: Cursor): Parameter['mode'] {
  const mode = cursor.is('ref') ? 'ref' : cursor.is('out') ? 'out' : cursor.is('params') ? 'params' : 'value'
  if (mode !== 'value') cursor.next()
  return mode
}

const startsParameter = (cursor: Cursor): boolean =>
  isModifier(cursor.kind) || cursor.isName() || isPredefinedType(cursor.kind) || cursor.is('(') || cursor.is('this')

const PARAMETERS: Readonly<Record<'required' | 'optional', ListRules<Parameter>>> = {
  required: { ends: endsParameters, starts: startsParameter, read: (cursor) => parseParameter(cursor, true) },
  optional: { ends: endsParameters, starts: startsParameter, read: (cursor) => parseParameter(cursor, false) },
}

/**
 * The list of a local function or a declared member.
 * @param types whether each has to have one
 */
export function parseParameters(cursor: Cursor, types: 'required' | 'optional' = 'optional'): Parameter[] {
  cursor.expect('(')
  const { terminators } = cursor
  cursor.terminators |= Terminator.parameters
  const list = readList(cursor, PARAMETERS[types])
  cursor.terminators = terminators
  cursor.expect(')')
  return list
}

function parseParameter(cursor: Cursor, needsType: boolean): Parameter {
  const { start } = cursor.current
  // `this` marks extension methods in the declarations of types; an expression cannot declare one.
  if (cursor.is('this')) cursor.next()
  const mode = readMode(cursor)
  const type = needsType || hasType(cursor) ? parseType(cursor, 'parameter') : undefined
  const name = cursor.identifier()
  const defaultValue = cursor.accept('=') ? parseExpression(cursor) : undefined
  return { name, type, mode, defaultValue, start, end: cursor.lastEnd }
}

function hasType(cursor: Cursor): boolean {
  const type = scanType(cursor, cursor.index)
  return type !== undefined && cursor.kindAt(type.next) === 'identifier'
}

function parseImplicitParameter(cursor: Cursor): Parameter {
  const name = cursor.identifier()
  return { name, type: undefined, mode: 'value', defaultValue: undefined, start: name.start, end: name.end }
}
