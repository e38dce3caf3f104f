import { comparisons, comparisonKey, compareStrings, equalStrings } from '../text/compare.js'
import { types } from '../types.js'
import { argumentException, argumentNull } from '../values/exceptions.js'
import { hashCode } from '../values/hash.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { membersOf, type TypeMembers } from './members.js'

/** `System.StringComparer`: both an equality and an order by one comparison. */
export class StringComparer {
  static readonly clrName = 'System.StringComparer'
  static readonly #made = new Map<number, StringComparer>()

  private constructor(readonly comparison: number) {}

  /** There is one for each comparison. */
  static of(comparison: number): StringComparer {
    const comparer = StringComparer.#made.get(comparison) ?? new StringComparer(comparison)
    StringComparer.#made.set(comparison, comparer)
    return comparer
  }

  equals(a: ClrValue, b: ClrValue): boolean {
    if (isTextOrNull(a) && isTextOrNull(b)) return equalStrings(a, b, this.comparison)
    return a !== null && b !== null && traitsOf(types().special.object).equals(a, b)
  }

  key(value: ClrValue): unknown {
    return typeof value === 'string' ? comparisonKey(value, this.comparison) : value
  }

  compare(a: ClrValue, b: ClrValue): number {
    if (isTextOrNull(a) && isTextOrNull(b)) return compareStrings(a, b, this.comparison)
    if (a === null || b === null) return Number(a !== null) - Number(b !== null)
    if (typeof a === 'string') throw argumentException('Object must be of type String.')
    return traitsOf(types().special.object).compare(a, b)
  }
}

function isTextOrNull(value: ClrValue): value is string | null {
  return value === null || typeof value === 'string'
}

const comparer = membersOf('System.StringComparer', () => ({
  InvariantCulture: () => StringComparer.of(comparisons.invariantCulture),
  InvariantCultureIgnoreCase: () => StringComparer.of(comparisons.invariantCultureIgnoreCase),
  CurrentCulture: () => StringComparer.of(comparisons.currentCulture),
  CurrentCultureIgnoreCase: () => StringComparer.of(comparisons.currentCultureIgnoreCase),
  Ordinal: () => StringComparer.of(comparisons.ordinal),
  OrdinalIgnoreCase: () => StringComparer.of(comparisons.ordinalIgnoreCase),
  Create: (culture: ClrValue, ignoreCase: boolean) => {
    if (culture === null) throw argumentNull('culture')
    return StringComparer.of(ignoreCase ? comparisons.invariantCultureIgnoreCase : comparisons.invariantCulture)
  },
  Compare: (self: StringComparer, a: ClrValue, b: ClrValue) => self.compare(a, b),
  'Equals(object)': (self: StringComparer, other: ClrValue) => self === (other as unknown),
  Equals: (self: StringComparer, a: ClrValue, b: ClrValue) => self.equals(a, b),
  GetHashCode: (self: StringComparer, value: ClrValue) => {
    if (value === null) throw argumentNull('obj')
    return hashCode(typeof value === 'string' ? self.key(value) : traitsOf(types().special.object).key(value))
  },
}))

export const stringComparerMembers: readonly TypeMembers[] = [comparer]
