import type { ClrValue } from './value.js'

/** How a dictionary, a set or LINQ tells elements apart. */
export interface Equality {
  equals(a: ClrValue, b: ClrValue): boolean
  /** The same (by `===`) for equal values: what a JavaScript Map is keyed by. */
  key(value: ClrValue): unknown
}

/** An order, as `OrderBy`, `Sort` and `Min` use it. */
export interface Order {
  compare(a: ClrValue, b: ClrValue): number
}
