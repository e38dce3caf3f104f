import type { NamedTypePart, PredefinedTypeName, TypeSyntax } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'

const PREDEFINED: ReadonlySet<string> = new Set<PredefinedTypeName>([
  'bool',
  'byte',
  'sbyte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'char',
  'float',
  'double',
  'decimal',
  'string',
  'object',
  'void',
])

export const isPredefinedType = (kind: TokenKind): kind is PredefinedTypeName => PREDEFINED.has(kind)

/** What a look ahead found: the index after the type, and whether nothing but a type can look like this (`int`, `T[]`, `T?`). */
export interface ScannedType {
  readonly next: number
  readonly definite: boolean
}

/** Looks whether a type stands at `index`, without building one. */
export function scanType(cursor: Cursor, index: number): ScannedType | undefined {
  const core = cursor.looking(() => scanTypeCore(cursor, index))
  if (core === undefined) return undefined
  let { next, definite } = core
  for (;;) {
    if (cursor.kindAt(next) === '?') next++
    else {
      const afterRank = scanRank(cursor, next)
      if (afterRank === undefined) return { next, definite }
      next = afterRank
    }
    definite = true
  }
}

function scanTypeCore(cursor: Cursor, index: number): ScannedType | undefined {
  const kind = cursor.kindAt(index)
  if (isPredefinedType(kind)) return { next: index + 1, definite: true }
  if (kind === '(') return scanTupleType(cursor, index)
  return kind === 'identifier' ? scanName(cursor, index) : undefined
}

function scanName(cursor: Cursor, index: number): ScannedType | undefined {
  let next = index
  for (;;) {
    if (cursor.kindAt(next) !== 'identifier') return undefined
    next++
    if (cursor.kindAt(next) === '<') {
      const afterArguments = scanTypeArguments(cursor, next)
      if (afterArguments === undefined) return undefined
      next = afterArguments
    }
    const separator = cursor.kindAt(next)
    if (separator !== '.' && separator !== '::') return { next, definite: false }
    next++
  }
}

/** From a `<` to the index after its `>`; also `<,>`. */
export function scanTypeArguments(cursor: Cursor, index: number): number | undefined {
  let next = index + 1
  while (cursor.kindAt(next) === ',') next++
  if (cursor.kindAt(next) === '>') return next + 1
  for (;;) {
    const argument = scanType(cursor, next)
    if (argument === undefined) return undefined
    const kind = cursor.kindAt(argument.next)
    if (kind === '>') return argument.next + 1
    if (kind !== ',') return undefined
    next = argument.next + 1
  }
}

function scanTupleType(cursor: Cursor, index: number): ScannedType | undefined {
  let next = index + 1
  for (let count = 1; ; count++) {
    const element = scanType(cursor, next)
    if (element === undefined) return undefined
    next = cursor.kindAt(element.next) === 'identifier' ? element.next + 1 : element.next
    const kind = cursor.kindAt(next)
    if (kind === ')') return count > 1 ? { next: next + 1, definite: false } : undefined
    if (kind !== ',') return undefined
    next++
  }
}

/** `[]` or `[,]`. */
function scanRank(cursor: Cursor, index: number): number | undefined {
  if (cursor.kindAt(index) !== '[') return undefined
  let next = index + 1
  while (cursor.kindAt(next) === ',') next++
  return cursor.kindAt(next) === ']' ? next + 1 : undefined
}

/**
 * Reads a type.
 * @param question what a `?` behind it means: part of the type; or, after `is` and `as`, only when no operand of `? :` follows.
 */
export function parseType(cursor: Cursor, question: 'nullable' | 'maybe-conditional' = 'nullable'): TypeSyntax {
  let type = parseNonArrayType(cursor, question)
  const start = type.start
  const ranks = parseRanks(cursor)
  for (const rank of ranks.reverse()) type = { kind: 'array-type', element: type, rank, start, end: cursor.lastEnd }
  return type
}

/** Reads a type up to its first bracket, as `new` needs it. */
export function parseNonArrayType(cursor: Cursor, question: 'nullable' | 'maybe-conditional' = 'nullable'): TypeSyntax {
  const element = cursor.nested(() => parseTypeCore(cursor))
  if (!cursor.is('?') || (question === 'maybe-conditional' && startsOperand(cursor, cursor.index + 1))) return element
  cursor.next()
  return { kind: 'nullable-type', element, start: element.start, end: cursor.lastEnd }
}

/** `x is T ? a : b` against `x is T?`: after the `?` of a nullable type no expression can begin. */
function startsOperand(cursor: Cursor, index: number): boolean {
  return !NO_OPERAND.has(cursor.kindAt(index))
}

const NO_OPERAND: ReadonlySet<TokenKind> = new Set<TokenKind>([
  ')',
  ']',
  '}',
  ';',
  ',',
  ':',
  '?',
  '??',
  '&&',
  '||',
  '==',
  '!=',
  '=',
  '.',
  'end',
])

export function parseRanks(cursor: Cursor): number[] {
  const ranks: number[] = []
  for (let next = scanRank(cursor, cursor.index); next !== undefined; next = scanRank(cursor, cursor.index)) {
    ranks.push(next - cursor.index - 1)
    cursor.index = next
  }
  return ranks
}

function parseTypeCore(cursor: Cursor): TypeSyntax {
  const { kind, start } = cursor.current
  if (isPredefinedType(kind)) {
    cursor.next()
    return { kind: 'predefined-type', name: kind, start, end: cursor.lastEnd }
  }
  if (kind === '(') return parseTupleType(cursor)
  if (kind !== 'identifier') cursor.reportHere('CS1031', 'Type expected')
  if (kind !== 'identifier') return { kind: 'named-type', parts: [], start, end: start }
  return parseNamedType(cursor)
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
    parts.push({ ...name, ...parseTypeArguments(cursor), end: cursor.lastEnd })
  } while (cursor.accept('.') ?? cursor.accept('::'))
  return { kind: 'named-type', parts, start, end: cursor.lastEnd }
}

function parseTypeArguments(cursor: Cursor): Pick<NamedTypePart, 'arguments' | 'omitted'> {
  if (!cursor.accept('<')) return { arguments: [] }
  let omitted = 1
  if (cursor.is(',') || cursor.is('>')) {
    while (cursor.accept(',')) omitted++
    cursor.expect('>')
    return { arguments: [], omitted }
  }
  return { arguments: parseTypeList(cursor) }
}

/** The rest of `<A, B>` after its `<`. */
export function parseTypeList(cursor: Cursor): TypeSyntax[] {
  const list: TypeSyntax[] = []
  do list.push(parseType(cursor))
  while (cursor.accept(','))
  cursor.expect('>')
  return list
}

function parseTupleType(cursor: Cursor): TypeSyntax {
  const { start } = cursor.next()
  const elements: { type: TypeSyntax; name: ReturnType<Cursor['identifier']> | undefined }[] = []
  do elements.push({ type: parseType(cursor), name: cursor.is('identifier') ? cursor.identifier() : undefined })
  while (cursor.accept(','))
  cursor.expect(')')
  return { kind: 'tuple-type', elements, start, end: cursor.lastEnd }
}
