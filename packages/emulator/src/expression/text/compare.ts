import { collationKey, compareTexts, isInvisible, placesOf } from './collation.js'
import { toUpperInvariant } from './letter-case.js'

/** How two strings are compared: `System.StringComparison`. Current and invariant culture are the same here. */
export const comparisons = {
  currentCulture: 0,
  currentCultureIgnoreCase: 1,
  invariantCulture: 2,
  invariantCultureIgnoreCase: 3,
  ordinal: 4,
  ordinalIgnoreCase: 5,
} as const

/** Compares by the invariant culture: `_`, digits, then letters with the small one before the capital. */
export function compareCulture(a: string, b: string, ignoreCase = false): number {
  return a === b ? 0 : compareTexts(a, b, ignoreCase)
}

/**
 * `string.CompareOrdinal` of whole texts. .NET compares two code units at a time, and the zero that follows each text with them: the
 * difference is that of the lengths only where the common part has an even number of units.
 */
export function compareOrdinal(a: string, b: string): number {
  const common = Math.min(a.length, b.length)
  const seesEnd = common === 0 || common % 2 === 1
  return seesEnd && a.length !== b.length ? compareUnits(`${a}\0`, `${b}\0`) : compareUnits(a, b)
}

/** The difference of the first two code units that differ, or of the lengths, as parts of texts are compared. */
export function compareUnits(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Compares by StringComparison; null sorts first. */
export function compareStrings(a: string | null, b: string | null, comparison: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (comparison === comparisons.ordinal) return compareOrdinal(a, b)
  if (comparison === comparisons.ordinalIgnoreCase) return compareUnits(toUpperInvariant(a), toUpperInvariant(b))
  return compareCulture(a, b, comparison % 2 === 1)
}

/** Equality by StringComparison. */
export function equalStrings(a: string | null, b: string | null, comparison: number): boolean {
  if (a === b) return true
  if (a === null || b === null || comparison === comparisons.ordinal) return false
  return compareStrings(a, b, comparison) === 0
}

/** A text that is the same for strings which are equal under the comparison: what dictionaries are keyed by. */
export function comparisonKey(text: string, comparison: number): string {
  if (comparison === comparisons.ordinal) return text
  return comparison === comparisons.ordinalIgnoreCase
    ? toUpperInvariant(text)
    : collationKey(text, ignoresCase(comparison))
}

const ignoresCase = (comparison: number): boolean => comparison % 2 === 1

/** Texts in which culture rules find nothing that plain comparison does not. */
const visible = /^[\u0020-\u007e\t\n\r]*$/

function isPlainSearch(text: string, part: string, comparison: number): boolean {
  return comparison >= comparisons.ordinal || (visible.test(text) && visible.test(part))
}

/** Where `part` first stands at or after `from`, or -1. Culture rules see composed and decomposed letters as one. */
export function indexOfString(text: string, part: string, from: number, comparison: number): number {
  if (isPlainSearch(text, part, comparison)) {
    const [haystack, needle] = comparable(text, part, comparison)
    return haystack.indexOf(needle, from)
  }
  if (isInvisible(part)) return from
  const found = placesOf(text.slice(from), part, ignoresCase(comparison))[0]
  return found === undefined ? -1 : from + found.start
}

/** Where `part` last begins at or before `from`, or -1. */
export function lastIndexOfString(text: string, part: string, from: number, comparison: number): number {
  if (isPlainSearch(text, part, comparison)) {
    const [haystack, needle] = comparable(text, part, comparison)
    return haystack.lastIndexOf(needle, from)
  }
  return placesOf(text, part, ignoresCase(comparison)).findLast(({ start }) => start <= from)?.start ?? -1
}

/** Whether the text begins with the part, or ends with it. */
export function hasEdge(text: string, part: string, atStart: boolean, comparison: number): boolean {
  if (isPlainSearch(text, part, comparison)) {
    const [own, wanted] = comparable(text, part, comparison)
    return atStart ? own.startsWith(wanted) : own.endsWith(wanted)
  }
  if (isInvisible(part)) return true
  const places = placesOf(text, part, ignoresCase(comparison))
  return atStart
    ? places.some(({ start }) => isInvisible(text.slice(0, start)))
    : places.some(({ end }) => isInvisible(text.slice(end)))
}

function comparable(text: string, part: string, comparison: number): [string, string] {
  return ignoresCase(comparison) ? [toUpperInvariant(text), toUpperInvariant(part)] : [text, part]
}
