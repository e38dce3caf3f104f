import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { hiddenType } from '../members/linq-types.js'
import type { Enumerable } from './collections.js'
import type { Equality } from './equality.js'
import type { ClrValue } from './value.js'

/** One group of GroupBy: a key and its elements. */
export class Group implements Enumerable {
  readonly items: ClrValue[] = []

  constructor(
    readonly keyType: Type,
    readonly elementType: Type,
    readonly key: ClrValue,
  ) {}

  get type(): Type {
    const { keyType, elementType } = this
    return hiddenType(
      'Grouping',
      [keyType, elementType],
      types().generic('System.Linq.IGrouping', keyType, elementType),
    )
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.items[Symbol.iterator]()
  }
}

/** The groups of ToLookup, found by key. */
export class Lookup implements Enumerable {
  constructor(
    /** `IGrouping<K, T>` */
    readonly elementType: Type,
    readonly equality: Equality,
    readonly groups: readonly Group[],
  ) {}

  get type(): Type {
    const [key = types().special.object, element = types().special.object] =
      this.elementType.kind === 'named' ? this.elementType.arguments : []
    return hiddenType('Lookup', [key, element], types().generic('System.Linq.ILookup', key, element))
  }

  /** T of the groups. */
  get groupElement(): Type {
    const [, element] = this.elementType.kind === 'named' ? this.elementType.arguments : []
    return element ?? types().special.object
  }

  find(key: ClrValue): Group | undefined {
    return this.groups.find((group) => this.equality.equals(group.key, key))
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.groups[Symbol.iterator]()
  }
}
