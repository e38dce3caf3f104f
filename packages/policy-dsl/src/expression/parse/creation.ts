import type {
  ArrayInitializer,
  ArrayType,
  CollectionInitializer,
  ElementBinding,
  Expression,
  Identifier,
  MemberInitializer,
  ObjectInitializer,
  TypeSyntax,
} from '../syntax.js'
import type { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { parseArguments, startsItem } from './primary.js'
import { parseNonArrayType, parseRanks } from './types.js'

/** Reads everything that begins with `new`. */
export function parseNew(cursor: Cursor): Expression {
  const { start } = cursor.next()
  if (cursor.is('{')) return parseAnonymous(cursor, start)
  if (cursor.is('[')) return parseImplicitArray(cursor, start)
  if (cursor.is('(')) {
    cursor.reportHere('CS1526', 'A new expression requires (), [], or {} after type')
    return { kind: 'missing', start, end: cursor.lastEnd }
  }
  const type = parseNonArrayType(cursor)
  if (cursor.is('[')) return parseArrayCreation(cursor, start, type)
  const args = cursor.is('(') ? parseArguments(cursor) : undefined
  const initializer = cursor.is('{') ? parseObjectInitializer(cursor) : undefined
  if (args === undefined && initializer === undefined) {
    cursor.reportHere('CS1526', 'A new expression requires (), [], or {} after type')
  }
  return { kind: 'new', type, arguments: args, initializer, start, end: cursor.lastEnd }
}

function parseAnonymous(cursor: Cursor, start: number): Expression {
  cursor.next()
  const members: { name: Identifier | undefined; value: Expression; start: number; end: number }[] = []
  while (!cursor.is('}') && !cursor.is('end')) {
    const at = cursor.current.start
    const name = parseMemberName(cursor)
    const value = parseExpression(cursor)
    members.push({ name, value, start: at, end: value.end })
    if (!cursor.accept(',')) break
  }
  cursor.expect('}')
  return { kind: 'new-anonymous', members, start, end: cursor.lastEnd }
}

function parseMemberName(cursor: Cursor): Identifier | undefined {
  if (!cursor.is('identifier') || cursor.peek(1).kind !== '=') return undefined
  const name = cursor.identifier()
  cursor.next()
  return name
}

/** `new[] {…}`. */
function parseImplicitArray(cursor: Cursor, start: number): Expression {
  cursor.next()
  let rank = 1
  while (cursor.accept(',')) rank++
  cursor.expect(']')
  const initializer = parseArrayInitializer(cursor)
  return { kind: 'new-array', type: undefined, rank, sizes: [], initializer, start, end: cursor.lastEnd }
}

/** `new T[2, 3][]`, `new T[] {…}`. The first pair of brackets is the outermost array. */
function parseArrayCreation(cursor: Cursor, start: number, element: TypeSyntax): Expression {
  const sizes: Expression[] = []
  const bracket = cursor.current
  let ranks = parseRanks(cursor)
  if (ranks.length === 0) {
    cursor.next()
    do sizes.push(parseExpression(cursor))
    while (cursor.accept(','))
    cursor.expect(']')
    ranks = [sizes.length, ...parseRanks(cursor)]
  }
  const end = cursor.lastEnd
  const inner = ranks
    .slice(1)
    .reduceRight<TypeSyntax>(
      (type, rank) => ({ kind: 'array-type', element: type, rank, start: element.start, end }),
      element,
    )
  const rank = ranks[0] ?? 1
  const type: ArrayType = { kind: 'array-type', element: inner, rank, start: element.start, end }
  const initializer = cursor.is('{') ? parseArrayInitializer(cursor) : undefined
  if (sizes.length === 0 && initializer === undefined) {
    cursor.diagnostics.report('CS1586', bracket, 'Array creation must have array size or array initializer')
  }
  return { kind: 'new-array', type, rank, sizes, initializer, start, end: cursor.lastEnd }
}

/** `{1, 2}`, nested for arrays of more dimensions. */
export function parseArrayInitializer(cursor: Cursor): ArrayInitializer {
  const { start } = cursor.current
  const items = parseItems(cursor, () => (cursor.is('{') ? parseArrayInitializer(cursor) : parseExpression(cursor)))
  return { kind: 'array-initializer', items, start, end: cursor.lastEnd }
}

function parseItems<T>(cursor: Cursor, read: () => T): T[] {
  cursor.expect('{')
  const items: T[] = []
  while (!cursor.is('}') && !cursor.is('end')) {
    items.push(cursor.nested(read))
    if (cursor.accept(',')) continue
    if (!startsItem(cursor)) break
    cursor.expect(',')
  }
  cursor.expect('}')
  return items
}

function parseObjectInitializer(cursor: Cursor): ObjectInitializer | CollectionInitializer {
  const { start } = cursor.current
  const first = cursor.peek(1).kind
  const isObject = first === '}' || first === '[' || (first === 'identifier' && cursor.peek(2).kind === '=')
  if (isObject) {
    const members = parseItems(cursor, () => parseMemberInitializer(cursor))
    return { kind: 'object-initializer', members, start, end: cursor.lastEnd }
  }
  const items = parseItems(cursor, () => (cursor.is('{') ? parseElementInitializer(cursor) : parseExpression(cursor)))
  return { kind: 'collection-initializer', items, start, end: cursor.lastEnd }
}

function parseElementInitializer(cursor: Cursor): Expression {
  const { start } = cursor.current
  const items = parseItems(cursor, () => parseExpression(cursor))
  return { kind: 'element-initializer', items, start, end: cursor.lastEnd }
}

function parseMemberInitializer(cursor: Cursor): MemberInitializer {
  const { start } = cursor.current
  const target = cursor.is('[') ? parseIndexTarget(cursor) : cursor.identifier()
  cursor.expect('=')
  const value = cursor.is('{') ? parseObjectInitializer(cursor) : parseExpression(cursor)
  return { target, value, start, end: value.end }
}

/** `["a"] = 1`. */
function parseIndexTarget(cursor: Cursor): ElementBinding {
  const { start } = cursor.next()
  const args: Expression[] = []
  do args.push(parseExpression(cursor))
  while (cursor.accept(','))
  cursor.expect(']')
  const list = args.map((value) => ({
    name: undefined,
    mode: 'value' as const,
    value,
    start: value.start,
    end: value.end,
  }))
  return { kind: 'element-binding', arguments: list, start, end: cursor.lastEnd }
}
