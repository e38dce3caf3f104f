import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { startsMember, startsStatement } from './starts.js'

/*
 * What is wrong in a list is skipped up to where something around the list goes on. Each reader that stands open says where that is
 * with a bit of `cursor.terminators`.
 */
export const Terminator = {
  members: 1,
  statements: 2,
  declaration: 4,
  declarator: 8,
  arguments: 16,
  parameters: 32,
  typeArguments: 64,
  typeParameters: 128,
  forParts: 256,
  doCondition: 512,
  tryBlock: 1024,
  catchClause: 2048,
  catchBlock: 4096,
  sections: 8192,
  fixed: 16_384,
} as const

const ofKinds =
  (...kinds: TokenKind[]) =>
  (cursor: Cursor): boolean =>
    kinds.includes(cursor.kind)

const TERMINATES: readonly (readonly [bit: number, terminates: (cursor: Cursor) => boolean])[] = [
  [Terminator.members, (cursor) => cursor.is('}') || startsMember(cursor)],
  [Terminator.statements, (cursor) => startsStatement(cursor)],
  [Terminator.declaration, ofKinds(';', ')', ':')],
  [Terminator.declarator, ofKinds(',', ';')],
  [Terminator.arguments, ofKinds(')', ']')],
  [Terminator.parameters, ofKinds(')', ']')],
  [Terminator.typeArguments, ofKinds('>')],
  [Terminator.typeParameters, ofKinds('>', ')', '{', ':')],
  [Terminator.forParts, ofKinds(';', ')', '{')],
  [Terminator.doCondition, ofKinds(')', ';')],
  [Terminator.tryBlock, ofKinds('}', 'catch', 'finally')],
  [Terminator.catchClause, ofKinds(')', '{', '}', 'catch', 'finally')],
  [Terminator.catchBlock, ofKinds('}', 'catch', 'finally')],
  [Terminator.sections, (cursor) => startsSection(cursor)],
  [Terminator.fixed, ofKinds(')', '{', ';')],
]

/** Whether something that stands around goes on here. */
export function isTerminator(cursor: Cursor): boolean {
  if (cursor.is('end')) return true
  return TERMINATES.some(([bit, terminates]) => (cursor.terminators & bit) !== 0 && terminates(cursor))
}

/** `case` or `default` of a switch. */
export const startsSection = (cursor: Cursor): boolean =>
  cursor.is('case') || (cursor.is('default') && cursor.peek(1).kind !== '(')

/**
 * Skips what can neither stand in a list nor go on with something around it. The first skipped token is reported.
 * @returns whether the list goes on
 */
export function skipWrong(
  cursor: Cursor,
  isWrong: (cursor: Cursor) => boolean,
  ends: (cursor: Cursor) => boolean,
  expected: TokenKind,
): boolean {
  for (let first = true; isWrong(cursor); first = false) {
    if (ends(cursor) || isTerminator(cursor)) return false
    if (first) cursor.skip(expected)
    else cursor.next()
  }
  return true
}

/** How a list with commas is read. */
export interface ListRules<T> {
  readonly ends: (cursor: Cursor) => boolean
  readonly starts: (cursor: Cursor) => boolean
  readonly read: (cursor: Cursor) => T
  /** What is said to be missing where the list begins with something else. Default an identifier. */
  readonly first?: TokenKind
  /** May a comma stand before the end? `strict`: and what follows another comma has to begin an item. */
  readonly trailing?: 'allowed' | 'strict'
  /** What is skipped as wrong, where that is more than what begins no item. */
  readonly wrong?: (cursor: Cursor) => boolean
  /** Runs when the list ends with a comma. */
  readonly onTrailing?: (cursor: Cursor) => void
}

/** Reads a list up to its end, which stays. Something wrong in it does not end it. */
export function readList<T>(cursor: Cursor, rules: ListRules<T>): T[] {
  const list: T[] = []
  if (rules.ends(cursor)) return list
  const begins = (): boolean => cursor.is(',') || rules.starts(cursor)
  const isWrong = (): boolean => !cursor.is(',') && !(rules.wrong ?? rules.starts)(cursor)
  for (;;) {
    if (begins()) {
      list.push(rules.read(cursor))
      if (readRest(cursor, rules, list, begins, isWrong)) return list
    } else if (!skipWrong(cursor, isWrong, rules.ends, rules.first ?? 'identifier')) return list
    else if (!begins()) return list
  }
}

/** What follows the first item. @returns false where a comma is followed by nothing of the list, which then begins anew */
function readRest<T>(
  cursor: Cursor,
  rules: ListRules<T>,
  list: T[],
  begins: () => boolean,
  isWrong: () => boolean,
): boolean {
  for (;;) {
    if (rules.ends(cursor)) return true
    if (begins()) {
      cursor.expect(',')
      if (rules.trailing !== undefined && rules.ends(cursor)) {
        rules.onTrailing?.(cursor)
        return true
      }
      if (rules.trailing === 'strict' && !rules.starts(cursor)) return false
      list.push(rules.read(cursor))
    } else if (!skipWrong(cursor, isWrong, rules.ends, ',')) return true
  }
}
