import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { Product } from '../values/collections.js'
import { combineHashes, valueHash } from '../values/hash.js'
import { toText, traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf, type Bound, type MemberTable, type TypeMembers } from './members.js'

const objects = (): ReturnType<typeof traitsOf> => traitsOf(types().special.object)
const itemName = (index: number): string => (index === 7 ? 'Rest' : `Item${index + 1}`)

/** A constructor, and `Item1` to `Item7` and `Rest`. */
function productMembers(count: number): MemberTable {
  const indices = Array.from({ length: count }, (_, index) => index)
  const getters = indices.map((index) => [itemName(index), (tuple: Product) => tuple.values[index]] as const)
  const setters = indices.map(
    (index) =>
      [
        `${itemName(index)}=`,
        (tuple: Product, value: ClrValue) => {
          tuple.values[index] = value
        },
      ] as const,
  )
  return {
    '.ctor': bound(
      ({ container }) =>
        (...values: ClrValue[]) =>
          new Product(container, values),
    ),
    ...Object.fromEntries(getters),
    ...Object.fromEntries(setters),
  }
}

const referenceTuple = (count: number): MemberTable => ({
  ...productMembers(count),
  ToString: toText,
  Equals: (value: ClrValue, other: ClrValue) => objects().equals(value, other),
  GetHashCode: hashOf,
})

/** The items' hash codes, joined as System.Tuple does. */
function hashOf(tuple: Product): number {
  const own = tuple.type.kind === 'named' ? tuple.type.arguments : []
  return combineHashes(
    own.map((type, index) => {
      const value = tuple.values[index] ?? null
      if (value instanceof Product) return hashOf(value)
      return valueHash(type.id, value, traitsOf(type).key(value))
    }),
  )
}

/** `Create`: an eighth item goes into a tuple of its own. */
function factory(path: string): Bound {
  return bound(({ typeArguments }) => {
    const make = (own: readonly Type[], values: readonly ClrValue[]): Product => {
      if (own.length < 8) return new Product(types().generic(path, ...own), [...values])
      const rest = make(own.slice(7), values.slice(7))
      return new Product(types().generic(path, ...own.slice(0, 7), rest.type), [...values.slice(0, 7), rest])
    }
    return (...values: ClrValue[]) => make(typeArguments, values)
  })
}

const convert = (path: string): Bound =>
  bound(({ typeArguments }) => {
    const type = types().generic(path, ...typeArguments)
    return (tuple: Product) => new Product(type, tuple.values)
  })

const names = (count: number): string =>
  Array.from({ length: count }, (_, index) => (index === 7 ? 'TRest' : `T${index + 1}`)).join(',')

export const tupleMembers: readonly TypeMembers[] = [
  membersOf('System.Tuple', () => ({ Create: factory('System.Tuple') })),
  membersOf('System.ValueTuple', () => ({
    'Create()': bound(
      ({ container }) =>
        () =>
          new Product(container, []),
    ),
    Create: factory('System.ValueTuple'),
  })),
  membersOf('System.TupleExtensions', () => ({
    ToTuple: convert('System.Tuple'),
    ToValueTuple: convert('System.ValueTuple'),
  })),
  ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((count) => [
    membersOf(`System.Tuple<${names(count)}>`, () => referenceTuple(count)),
    // A value tuple is compared as a struct: the common members do that.
    membersOf(`System.ValueTuple<${names(count)}>`, () => productMembers(count)),
  ]),
]
