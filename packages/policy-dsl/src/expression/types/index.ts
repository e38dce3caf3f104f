import { COLLECTIONS } from './collections.js'
import { CONTEXT_TYPES } from './context.js'
import { CONVERSIONS } from './convert.js'
import { CRYPTO } from './crypto.js'
import { EXCEPTIONS } from './exceptions.js'
import { IO } from './io.js'
import { JSON_TYPES } from './json.js'
import { LINQ } from './linq.js'
import { NET } from './net.js'
import { PRIMITIVES } from './primitives.js'
import { REFUSED } from './refused.js'
import { STRINGS } from './string.js'
import { TypeTable } from './table.js'
import { TEXT } from './text.js'
import { TIMES } from './time.js'
import type { Member } from './type.js'
import { XML } from './xml.js'

let shared: TypeTable | undefined

/** The types an expression sees; built when first asked for, then the same for everybody. */
export function expressionTypes(): TypeTable {
  shared ??= new TypeTable([
    ...PRIMITIVES,
    ...STRINGS,
    ...TIMES,
    ...COLLECTIONS,
    ...LINQ,
    ...CONVERSIONS,
    ...TEXT,
    ...JSON_TYPES,
    ...CONTEXT_TYPES,
    ...NET,
    ...IO,
    ...CRYPTO,
    ...XML,
    ...EXCEPTIONS,
    ...REFUSED,
  ])
  return shared
}

/** Every declared member, for whoever implements them all. Enum members have their value and need no implementation. */
export function declaredMembers(): readonly Member[] {
  return expressionTypes().definitions.flatMap((definition) => [...definition.members.values()].flat())
}
