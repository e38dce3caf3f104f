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
import { parseArguments, parseBracketed } from './primary.js'
import { startsExpression } from './starts.js'
import { readList, skipWrong, type ListRules } from './terminators.js'
import { parseNonArrayType, parseRanks } from './types.js'

const NEW_WITHOUT_LIST = ['CS1526', 'A new expression requires (), [], or {} after type'] as const

/** Reads everything that begins with `new`. */
export function parseNew(cursor: Cursor): Expression {
  const { start } = cursor.next()
  if (cursor.is('{')) return parseAnonymous(cursor, start)
  if (cursor.is('[')) return parseImplicitArray(cursor, start)
  const type = parseNonArrayType(cursor)
  if (cursor.is('[')) return parseArrayCreation(cursor, start, type)
  const args = cursor.is('(') ? parseArguments(cursor) : undefined
  const initializer = cursor.is('{') ? parseObjectInitializer(cursor) : undefined
  if (args === undefined && initializer === undefined) cursor.reportMissing(...NEW_WITHOUT_LIST)
  return { kind: 'new', type, arguments: args, initializer, start, end: cursor.lastEnd }
}

const endsBraces = (cursor: Cursor): boolean => cursor.is('}')

type AnonymousMember = Extract<Expression, { kind: 'new-anonymous' }>['members'][number]

const ANONYMOUS_MEMBERS: ListRules<AnonymousMember> = {
  ends: endsBraces,
  starts: startsExpression,
  read: parseAnonymousMember,
  trailing: 'strict',
}

function parseAnonymous(cursor: Cursor, start: number): Expression {
  cursor.next()
  const members = readList(cursor, ANONYMOUS_MEMBERS)
  cursor.expect('}')
  return { kind: 'new-anonymous', members, start, end: cursor.lastEnd }
}

function parseAnonymousMember(cursor: Cursor): AnonymousMember {
  const { start } = cursor.current
  const name = parseMemberName(cursor)
  const value = parseExpression(cursor)
  return { name, value, start, end: value.end }
}

function parseMemberName(cursor: Cursor): Identifier | undefined {
  if (!cursor.isName() || cursor.peek(1).kind !== '=') return undefined
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
  const { count } = cursor.diagnostics
  const bracket = cursor.next()
  const { sizes, rank } = parseSizes(cursor)
  cursor.expect(']')
  const inner = parseRanks(cursor)
  const end = cursor.lastEnd
  const elementType = inner.reduceRight<TypeSyntax>(
    (type, innerRank) => ({ kind: 'array-type', element: type, rank: innerRank, start: element.start, end }),
    element,
  )
  const type: ArrayType = { kind: 'array-type', element: elementType, rank, start: element.start, end }
  const initializer = cursor.is('{') ? parseArrayInitializer(cursor) : undefined
  if (sizes.length === 0 && initializer === undefined) {
    cursor.reportAround(count, 'CS1586', bracket, 'Array creation must have array size or array initializer')
  }
  return { kind: 'new-array', type, rank, sizes, initializer, start, end: cursor.lastEnd }
}

/** `2, 3` or `,`: either every size is given or none. */
function parseSizes(cursor: Cursor): { readonly sizes: Expression[]; readonly rank: number } {
  const sizes: Expression[] = []
  const omitted: number[] = []
  let commas = 0
  let open = true
  while (!cursor.is(']')) {
    if (cursor.is(',')) {
      if (open) omitted.push(cursor.current.start)
      open = true
      commas++
      cursor.next()
    } else if (startsExpression(cursor)) {
      sizes.push(parseExpression(cursor))
      open = false
      if (cursor.is(']')) break
      cursor.expect(',')
      open = true
      commas++
    } else if (
      !skipWrong(
        cursor,
        (it) => !it.is(',') && !startsExpression(it),
        (it) => it.is(']'),
        ',',
      )
    )
      break
  }
  if (open) omitted.push(cursor.current.start)
  if (sizes.length > 0)
    for (const at of omitted)
      cursor.diagnostics.report('CS0443', { start: at, end: at }, 'Syntax error; value expected')
  return { sizes, rank: commas + 1 }
}

const startsArrayItem = (cursor: Cursor): boolean => cursor.is('{') || startsExpression(cursor)

const ARRAY_ITEMS: ListRules<Expression> = {
  ends: endsBraces,
  starts: startsArrayItem,
  read: (cursor) => cursor.nested(() => (cursor.is('{') ? parseArrayInitializer(cursor) : parseExpression(cursor))),
  first: ',',
  trailing: 'strict',
}

/** `{1, 2}`, nested for arrays of more dimensions. */
export function parseArrayInitializer(cursor: Cursor): ArrayInitializer {
  const { start } = cursor.current
  cursor.expect('{')
  const items = readList(cursor, ARRAY_ITEMS)
  cursor.expect('}')
  return { kind: 'array-initializer', items, start, end: cursor.lastEnd }
}

const isNamedAssignment = (cursor: Cursor): boolean => cursor.isName() && cursor.peek(1).kind === '='

const MEMBERS: ListRules<MemberInitializer | Expression> = {
  ends: endsBraces,
  starts: (cursor) => cursor.is('{') || cursor.is('[') || startsExpression(cursor),
  read: (cursor) => cursor.nested(() => parseInitializerMember(cursor)),
  trailing: 'allowed',
  wrong: startsExpression,
}

/** `{ A = 1, [x] = 2 }` or `{ 1, { "a", 2 } }`; empty, it is the first. */
function parseObjectInitializer(cursor: Cursor): ObjectInitializer | CollectionInitializer {
  const { start } = cursor.current
  cursor.expect('{')
  const list = readList(cursor, MEMBERS)
  cursor.expect('}')
  const span = { start, end: cursor.lastEnd }
  const members = list.filter((item) => 'target' in item && !('kind' in item))
  if (list.length > 0 && members.length === 0)
    return { kind: 'collection-initializer', items: list as Expression[], ...span }
  // An item among members: the binder says that it is no member.
  for (const item of list) if (!members.includes(item)) cursor.refused.report('CS0747', item, NO_MEMBER)
  return { kind: 'object-initializer', members: members as MemberInitializer[], ...span }
}

const NO_MEMBER = 'Invalid initializer member declarator'

function parseInitializerMember(cursor: Cursor): MemberInitializer | Expression {
  const { start } = cursor.current
  if (cursor.is('{')) return parseElementInitializer(cursor)
  if (!cursor.is('[') && !isNamedAssignment(cursor)) return parseExpression(cursor)
  const target = cursor.is('[') ? parseIndexTarget(cursor) : cursor.identifier()
  cursor.expect('=')
  const value = cursor.is('{') ? parseObjectInitializer(cursor) : parseExpression(cursor)
  return { target, value, start, end: value.end }
}

const ELEMENTS: ListRules<Expression> = {
  ends: endsBraces,
  starts: startsExpression,
  read: parseExpression,
  trailing: 'allowed',
  onTrailing: (cursor) => {
    cursor.reportHere('CS1733', 'Expected expression')
  },
}

function parseElementInitializer(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const items = readList(cursor, ELEMENTS)
  cursor.expect('}')
  return { kind: 'element-initializer', items, start, end: cursor.lastEnd }
}

/** `["a"]`. */
function parseIndexTarget(cursor: Cursor): ElementBinding {
  const { start } = cursor.current
  const args = parseBracketed(cursor)
  return { kind: 'element-binding', arguments: args, start, end: cursor.lastEnd }
}
