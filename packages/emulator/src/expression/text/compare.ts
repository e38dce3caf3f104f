/** How two strings are compared: `System.StringComparison`. Current and invariant culture are the same here. */
export const comparisons = {
  currentCulture: 0,
  currentCultureIgnoreCase: 1,
  invariantCulture: 2,
  invariantCultureIgnoreCase: 3,
  ordinal: 4,
  ordinalIgnoreCase: 5,
} as const

let cultural: Intl.Collator | undefined
let culturalIgnoreCase: Intl.Collator | undefined

function collator(ignoreCase: boolean): Intl.Collator {
  // Made when first asked for: making one takes longer than most expressions run.
  if (ignoreCase) return (culturalIgnoreCase ??= new Intl.Collator('en', { sensitivity: 'accent' }))
  return (cultural ??= new Intl.Collator('en', { sensitivity: 'variant' }))
}

/** Compares by the invariant culture: `_`, digits, then letters with the small one before the capital. */
export function compareCulture(a: string, b: string, ignoreCase = false): number {
  return a === b ? 0 : Math.sign(collator(ignoreCase).compare(a, b))
}

/** The difference of the first two code units that differ, or of the lengths, as `string.CompareOrdinal` gives it. */
export function compareOrdinal(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const difference = a.charCodeAt(index) - b.charCodeAt(index)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Upper case char by char, without the growth that `ß` has in JavaScript. */
export function toUpperInvariant(text: string): string {
  return mapCase(text, (unit) => unit.toUpperCase())
}

/** Lower case char by char. */
export function toLowerInvariant(text: string): string {
  return mapCase(text, (unit) => unit.toLowerCase())
}

function mapCase(text: string, map: (unit: string) => string): string {
  const whole = map(text)
  // ASCII and most text does not change its length; only then a char could have grown.
  if (whole.length === text.length && /^[\0-\x7f]*$/.test(text)) return whole
  return Array.from(text, (unit) => (map(unit).length === unit.length ? map(unit) : unit)).join('')
}

/** Compares by StringComparison; null sorts first. */
export function compareStrings(a: string | null, b: string | null, comparison: number): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  if (comparison === comparisons.ordinal) return compareOrdinal(a, b)
  if (comparison === comparisons.ordinalIgnoreCase) return compareOrdinal(toUpperInvariant(a), toUpperInvariant(b))
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
  const composed = comparison === comparisons.ordinalIgnoreCase ? text : text.normalize('NFC')
  return comparison % 2 === 1 ? toUpperInvariant(composed) : composed
}

/** Where `part` first stands at or after `from`, or -1. Culture rules see composed and decomposed letters as one. */
export function indexOfString(text: string, part: string, from: number, comparison: number): number {
  const [haystack, needle] = comparable(text, part, comparison)
  return haystack.indexOf(needle, from)
}

/** Where `part` last begins at or before `from`, or -1. */
export function lastIndexOfString(text: string, part: string, from: number, comparison: number): number {
  const [haystack, needle] = comparable(text, part, comparison)
  return haystack.lastIndexOf(needle, from)
}

function comparable(text: string, part: string, comparison: number): [string, string] {
  return comparison % 2 === 1 ? [toUpperInvariant(text), toUpperInvariant(part)] : [text, part]
}
