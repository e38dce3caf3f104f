import { COLLECTIONS } from './collections.js'
import { CONTEXT_TYPES } from './context.js'
import { PRIMITIVES } from './primitives.js'
import { RARE } from './rare.js'
import { REFUSED } from './refused.js'
import { STRINGS } from './string.js'
import { TypeTable } from './table.js'
import type { Member } from './type.js'

let shared: TypeTable | undefined

/** The types an expression sees; built when first asked for, then the same for everybody. */
export function expressionTypes(): TypeTable {
  shared ??= new TypeTable([...PRIMITIVES, ...STRINGS, ...COLLECTIONS, ...CONTEXT_TYPES, ...REFUSED], RARE)
  return shared
}

/** Every declared member, for whoever implements them all. Enum members have their value and need no implementation. */
export function declaredMembers(): readonly Member[] {
  return expressionTypes().definitions.flatMap((definition) => [...definition.members.values()].flat())
}
