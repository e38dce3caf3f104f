import { comparisons, compareStrings, compareUnits } from '../text/compare.js'
import { argumentException, argumentNull, argumentOutOfRange } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { bound } from './members.js'

/** The failure of an index into a text. */
export function indexError(parameter: string): Error {
  return argumentOutOfRange(
    parameter,
    'Index was out of range. Must be non-negative and less than the size of the collection.',
  )
}

/** A number that is no StringComparison can be cast to one. */
export function known(comparison: number): number {
  if (comparison >= comparisons.currentCulture && comparison <= comparisons.ordinalIgnoreCase) return comparison
  throw argumentException('The string comparison type passed in is currently not supported.', 'comparisonType')
}

/** `Compare` in its overloads: whole texts or parts, by a comparison, by case or by a culture. */
export const compareMember = bound(({ member: { parameters } }) => {
  const ranged = (parameters[1]?.type.id ?? '') === 'System.Int32'
  const option = ranged ? 5 : 2
  const comparisonOf = comparisonReader(parameters[option]?.type.id)
  if (!ranged)
    return (a: string | null, b: string | null, ...rest: ClrValue[]) => compareStrings(a, b, comparisonOf(rest))
  const ordinal = parameters[option]?.type.id === 'System.StringComparison'
  return (a: string | null, from: number, b: string | null, to: number, length: number, ...rest: ClrValue[]) => {
    const comparison = comparisonOf(rest)
    const check = ordinal && comparison >= comparisons.ordinal ? checkOrdinalParts : checkCultureParts
    if (ordinal && (a === null || b === null)) return Number(a !== null) - Number(b !== null)
    check(a, from, b, to, length)
    const [left, right] = [a?.slice(from, from + length) ?? null, b?.slice(to, to + length) ?? null]
    return comparison === comparisons.ordinal && left !== null && right !== null
      ? compareUnits(left, right)
      : compareStrings(left, right, comparison)
  }
})

/** How the arguments behind the texts say to compare: a StringComparison, whether case counts, or a culture and its options. */
function comparisonReader(type: string | undefined): (rest: readonly ClrValue[]) => number {
  if (type === 'System.StringComparison') return ([comparison]) => known(Number(comparison))
  return (rest) => {
    // A culture has to be there where an overload takes one.
    if (rest.includes(null)) throw argumentNull('culture')
    const options = rest.find((value) => typeof value === 'number') ?? Number(rest.includes(true))
    return compareOptions(options)
  }
}

/** `CompareOptions`: a mark, of which the case and the ordinal ones are known. */
function compareOptions(options: number): number {
  if (options === ORDINAL) return comparisons.ordinal
  if (options === ORDINAL_IGNORE_CASE) return comparisons.ordinalIgnoreCase
  return options & 1 ? comparisons.invariantCultureIgnoreCase : comparisons.invariantCulture
}

const ORDINAL = 0x40000000
const ORDINAL_IGNORE_CASE = 0x10000000

type PartCheck = (a: string | null, from: number, b: string | null, to: number, length: number) => void

const checkOrdinalParts: PartCheck = (a, from, b, to, length) => {
  if (length < 0) throw argumentOutOfRange('length', 'Count cannot be less than zero.')
  if (from < 0 || from > (a ?? '').length) throw indexError('indexA')
  if (to < 0 || to > (b ?? '').length) throw indexError('indexB')
}

/** What the culture refuses in its own words: it is handed the lengths that are left. */
const checkCultureParts: PartCheck = (a, from, b, to, length) => {
  const [lengthA, lengthB] = [partLength(a, from, length), partLength(b, to, length)]
  if (lengthA < 0 || lengthB < 0)
    throw argumentOutOfRange(lengthA < 0 ? 'length1' : 'length2', 'Positive number required.')
  if (from < 0 || to < 0) throw argumentOutOfRange(from < 0 ? 'offset1' : 'offset2', 'Positive number required.')
  const outside = 'Offset and length must refer to a position in the string.'
  if (from > (a ?? '').length - lengthA) throw argumentOutOfRange('string1', outside)
  if (to > (b ?? '').length - lengthB) throw argumentOutOfRange('string2', outside)
}

const partLength = (text: string | null, from: number, length: number): number =>
  text === null ? length : Math.min(length, text.length - from)

/** `CompareOrdinal` of parts. */
export function compareOrdinalParts(
  a: string | null,
  from: number,
  b: string | null,
  to: number,
  length: number,
): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  checkOrdinalParts(a, from, b, to, length)
  return compareUnits(a.slice(from, from + length), b.slice(to, to + length))
}
