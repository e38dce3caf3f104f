import type { NamedTypePart, TypeSyntax } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { isPredefinedType } from './predefined.js'
import { startsExpression } from './starts.js'
import { skipWrong } from './terminators.js'

/** What a look ahead found: the index after the type, and what else could look like it. */
export interface ScannedType {
  readonly next: number
  /** `type`: nothing but a type looks like this (`int`, `T[]`); `nullable`: `T?`; `generic`: `T<int>`; else also an expression. */
  readonly form: 'type' | 'alias' | 'nullable' | 'pointer' | 'generic' | 'generic-or-expression' | 'name' | 'tuple'
}

/** Looks whether a type stands at `index`, without building one. */
export function scanType(cursor: Cursor, index: number): ScannedType | undefined {
  const first = cursor.kindAt(index) === 'ref' ? index + 1 : index
  const core = cursor.looking(() => scanNonArrayType(cursor, first))
  if (core === undefined) return undefined
  let { next, form } = core
  while (cursor.kindAt(next) === '[') {
    const afterRank = scanRank(cursor, next)
    if (afterRank === undefined) return undefined
    next = afterRank
    form = 'type'
  }
  return { next, form }
}

/** The same up to the first bracket. */
function scanNonArrayType(cursor: Cursor, index: number): ScannedType | undefined {
  const core = scanTypeCore(cursor, index)
  if (core === undefined) return undefined
  let { next, form } = core
  if (cursor.kindAt(next) === '?') {
    next++
    form = 'nullable'
  }
  for (; cursor.kindAt(next) === '*'; next++) {
    if (form === 'name' || form === 'generic-or-expression') form = 'pointer'
    else if (form === 'generic') form = 'type'
  }
  return { next, form }
}

function scanTypeCore(cursor: Cursor, index: number): ScannedType | undefined {
  const kind = cursor.kindAt(index)
  if (isPredefinedType(kind)) return { next: index + 1, form: 'type' }
  if (kind === '(') return scanTupleType(cursor, index)
  return kind === 'identifier' ? scanName(cursor, index) : undefined
}

function scanName(cursor: Cursor, index: number): ScannedType | undefined {
  let next = index
  const alias = cursor.kindAt(index + 1) === '::'
  for (let first = true; ; first = false) {
    if (!cursor.isName(next)) return undefined
    next++
    let form: ScannedType['form'] = 'name'
    if (cursor.kindAt(next) === '<') {
      const list = scanTypeArguments(cursor, next)
      if (list === undefined) return undefined
      next = list.next
      form = list.form
    }
    const separator = cursor.kindAt(next)
    if (separator !== '.' && separator !== '::') return { next, form: alias && !first ? 'alias' : form }
    next++
  }
}

/** From a `<` to the index after its `>`. */
export function scanTypeArguments(cursor: Cursor, index: number): ScannedType | undefined {
  let next = index
  let form: ScannedType['form'] = 'generic-or-expression'
  do {
    next++
    if (cursor.kindAt(next) === '[') return undefined
    if (cursor.kindAt(next) === '>') return { next: next + 1, form }
    const argument = scanType(cursor, next)
    if (argument === undefined) return undefined
    next = argument.next
    const follows = cursor.kindAt(next)
    if (GENERIC_WITH.has(argument.form)) form = 'generic'
    else if (argument.form === 'nullable' && (follows === ',' || follows === '>')) form = 'generic'
  } while (cursor.kindAt(next) === ',')
  return cursor.kindAt(next) === '>' ? { next: next + 1, form } : undefined
}

/** With one of these among them no comparisons can be meant. */
const GENERIC_WITH: ReadonlySet<ScannedType['form']> = new Set<ScannedType['form']>([
  'type',
  'generic-or-expression',
  'generic',
  'tuple',
])

function scanTupleType(cursor: Cursor, index: number): ScannedType | undefined {
  let next = index + 1
  for (let count = 1; ; count++) {
    const element = scanType(cursor, next)
    if (element === undefined) return undefined
    next = cursor.isName(element.next) ? element.next + 1 : element.next
    const kind = cursor.kindAt(next)
    if (kind === ')') return count > 1 ? { next: next + 1, form: 'tuple' } : undefined
    if (kind !== ',') return undefined
    next++
  }
}

/** `[]` or `[,]`. */
function scanRank(cursor: Cursor, index: number): number | undefined {
  let next = index + 1
  while (cursor.kindAt(next) === ',') next++
  return cursor.kindAt(next) === ']' ? next + 1 : undefined
}

/** What stands around a type decides what a `?` behind it means, and how it is called when it is missing. */
export type TypePlace = 'anywhere' | 'parameter' | 'operand' | 'sized'

/**
 * Reads a type.
 * @param place `operand` after `is` and `as`: a `?` belongs to the type only when no operand of `? :` follows
 */
export function parseType(cursor: Cursor, place: TypePlace = 'anywhere'): TypeSyntax {
  refuseRef(cursor)
  let type = parseNonArrayType(cursor, place)
  const { start } = type
  const ranks: number[] = []
  for (let rule = place === 'sized' ? undefined : SIZE_IN_TYPE; cursor.is('['); rule = SIZE_IN_TYPE)
    ranks.push(parseRank(cursor, rule))
  for (const rank of ranks.toReversed()) type = { kind: 'array-type', element: type, rank, start, end: cursor.lastEnd }
  return type
}

/** A `ref` belongs to the declaration of a variable only. */
function refuseRef(cursor: Cursor): void {
  if (!cursor.is('ref')) return
  cursor.refused.report('CS1073', cursor.current, "Unexpected token 'ref'")
  cursor.next()
}

/** Reads a type up to its first bracket, as `new` needs it. */
export function parseNonArrayType(cursor: Cursor, place: TypePlace = 'anywhere'): TypeSyntax {
  let type = cursor.nested(() => parseTypeCore(cursor, place))
  if (cursor.is('?') && !(place === 'operand' && startsTerm(cursor, cursor.index + 1))) {
    cursor.next()
    type = { kind: 'nullable-type', element: type, start: type.start, end: cursor.lastEnd }
  }
  while (cursor.is('*')) {
    cursor.refused.report('CS0214', type, 'Pointers and fixed size buffers may only be used in an unsafe context')
    cursor.next()
    type = { kind: 'named-type', parts: [], start: type.start, end: cursor.lastEnd }
  }
  return type
}

const TERMS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'literal',
  'interpolated',
  'named-value',
  'base',
  'checked',
  'default',
  'delegate',
  'new',
  'sizeof',
  'this',
  'typeof',
  'unchecked',
  '(',
  '=>',
  '+',
  '-',
  '!',
  '~',
  '++',
  '--',
  '&',
  '*',
])

/** `x is T ? a : b` against `x is T?`: after the `?` of a nullable type no expression can begin. */
function startsTerm(cursor: Cursor, index: number): boolean {
  const kind = cursor.kindAt(index)
  return TERMS.has(kind) || isPredefinedType(kind) || cursor.isName(index)
}

/** What is said of a size in brackets; nothing where it may stand. */
type SizeRule = readonly [code: string, message: string] | undefined

export const SIZE_IN_TYPE = [
  'CS0270',
  "Array size cannot be specified in a variable declaration (try initializing with a 'new' expression)",
] as const
const SIZE_OF_ELEMENTS = ['CS0178', "Invalid rank specifier: expected ',' or ']'"] as const

/** `[]`, `[,]`; with a size in it, which belongs behind `new`, that is refused. */
function parseRank(cursor: Cursor, size: SizeRule): number {
  cursor.next()
  let rank = 1
  while (!cursor.is(']')) {
    if (cursor.accept(',')) rank++
    else if (startsExpression(cursor)) {
      const { count } = cursor.diagnostics
      const expression = parseExpression(cursor)
      if (size) cursor.reportAround(count, size[0], expression, size[1])
      if (!cursor.is(']')) cursor.expect(',')
    } else if (!skipWrong(cursor, isWrongSize, (it) => it.is(']'), ',')) break
  }
  cursor.expect(']')
  return rank
}

const isWrongSize = (cursor: Cursor): boolean => !cursor.is(',') && !startsExpression(cursor)

/** The ranks behind the sizes of `new T[2][]`. */
export function parseRanks(cursor: Cursor): number[] {
  const ranks: number[] = []
  while (cursor.is('[')) ranks.push(parseRank(cursor, SIZE_OF_ELEMENTS))
  return ranks
}

function parseTypeCore(cursor: Cursor, place: TypePlace): TypeSyntax {
  const { kind, start, end } = cursor.current
  if (isPredefinedType(kind)) {
    cursor.next()
    if (kind === 'void' && !cursor.is('*')) refuseVoid(cursor, place, { start, end })
    return { kind: 'predefined-type', name: kind, start, end }
  }
  if (kind === 'identifier' || kind === '::') return parseNamedType(cursor)
  if (kind === '(') return parseTupleType(cursor)
  cursor.reportMissing('CS1031', 'Type expected')
  return { kind: 'named-type', parts: [], start, end: start }
}

function refuseVoid(cursor: Cursor, place: TypePlace, span: { readonly start: number; readonly end: number }): void {
  const [code, message] =
    place === 'parameter'
      ? (['CS1536', 'Invalid parameter type void'] as const)
      : (['CS1547', "Keyword 'void' cannot be used in this context"] as const)
  cursor.diagnostics.report(code, span, message)
}

/** Whether the type is one that was reported as missing. */
export const isMissingType = (type: TypeSyntax): boolean => type.kind === 'named-type' && type.parts.length === 0

/** The type of a declaration that may be a function: also `void`. */
export function parseReturnType(cursor: Cursor): TypeSyntax {
  const { kind, start, end } = cursor.current
  if (kind !== 'void' || cursor.peek(1).kind === '*') return parseType(cursor)
  cursor.next()
  return { kind: 'predefined-type', name: kind, start, end }
}

function parseNamedType(cursor: Cursor): TypeSyntax {
  const { start } = cursor.current
  const parts: NamedTypePart[] = []
  if (cursor.isWord('global') && cursor.peek(1).kind === '::') {
    cursor.next()
    cursor.next()
  }
  do {
    const name = cursor.identifier()
    parts.push({ ...name, ...(name.name === '' ? { arguments: [] } : parseTypeArguments(cursor)), end: cursor.lastEnd })
  } while (cursor.accept('.') ?? cursor.accept('::'))
  return { kind: 'named-type', parts, start, end: cursor.lastEnd }
}

function parseTypeArguments(cursor: Cursor): Pick<NamedTypePart, 'arguments' | 'omitted'> {
  if (!cursor.accept('<')) return { arguments: [] }
  if (!isOpenList(cursor)) return { arguments: parseTypeList(cursor) }
  let omitted = 1
  while (cursor.accept(',')) omitted++
  cursor.expect('>')
  return { arguments: [], omitted }
}

/** `,,>` of `Dictionary<,>`. */
export function isOpenList(cursor: Cursor): boolean {
  let index = cursor.index
  while (cursor.kindAt(index) === ',') index++
  return cursor.kindAt(index) === '>'
}

export const startsType = (cursor: Cursor): boolean =>
  isPredefinedType(cursor.kind) || cursor.isName() || cursor.is('(')

/** The rest of `<A, B>` after its `<`. */
export function parseTypeList(cursor: Cursor): TypeSyntax[] {
  const list = [parseTypeArgument(cursor)]
  for (;;) {
    if (cursor.is('>')) break
    if (cursor.is(',') || startsType(cursor)) {
      cursor.expect(',')
      list.push(parseTypeArgument(cursor))
    } else if (!skipWrong(cursor, isWrongArgument, (it) => it.is('>'), ',')) break
  }
  cursor.expect('>')
  return list
}

const isWrongArgument = (cursor: Cursor): boolean => !cursor.is(',') && !startsType(cursor)

function parseTypeArgument(cursor: Cursor): TypeSyntax {
  if (cursor.is('in') || cursor.is('out')) {
    const message =
      'Invalid variance modifier. Only interface and delegate type parameters can be specified as variant.'
    cursor.reportHere('CS1960', message)
    cursor.next()
  }
  const type = parseType(cursor)
  // What stands for one type argument, as in `Action<0>`, is taken for it.
  const [here, next] = [cursor.kind, cursor.peek(1).kind]
  if (isMissingType(type) && here !== ',' && here !== '>' && (next === ',' || next === '>')) cursor.next()
  return type
}

function parseTupleType(cursor: Cursor): TypeSyntax {
  const { start } = cursor.next()
  const elements: { type: TypeSyntax; name: ReturnType<Cursor['identifier']> | undefined }[] = []
  if (!cursor.is(')'))
    do elements.push({ type: parseType(cursor), name: cursor.isName() ? cursor.identifier() : undefined })
    while (cursor.accept(','))
  if (elements.length < 2) cursor.reportMissing('CS8124', TOO_FEW_ELEMENTS)
  cursor.expect(')')
  return { kind: 'tuple-type', elements, start, end: cursor.lastEnd }
}

export const TOO_FEW_ELEMENTS = 'Tuple must contain at least two elements.'
