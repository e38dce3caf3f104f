import type { MemberUse } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { elementsOf } from '../compile/walk.js'
import { allocate, step } from '../run.js'
import {
  comparisons,
  compareStrings,
  equalStrings,
  hasEdge,
  indexOfString,
  lastIndexOfString,
} from '../text/compare.js'
import { compositeFormat } from '../text/composite-format.js'
import { toLowerInvariant, toUpperInvariant } from '../text/letter-case.js'
import { types } from '../types.js'
import { ClrArray, stringArray } from '../values/collections.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  formatException,
  indexOutOfRange,
} from '../values/exceptions.js'
import { toText, traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import { typeCode } from './common.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'
import { compareMember, compareOrdinalParts, indexError, known } from './string-compare.js'
import { withoutEnd } from '../text/without-end.js'

/** Counts a text that a call made, when it is worth counting. */
function made(text: string): string {
  if (text.length > 1024) allocate(text.length)
  return text
}

export function charArray(text: string): ClrArray {
  return new ClrArray(
    types().special.char,
    Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)),
  )
}

/** The text of code units. */
export function textOfChars(units: Iterable<ClrValue>): string {
  let text = ''
  for (const unit of units) text += String.fromCharCode(unit as number)
  return made(text)
}

function required(value: string | null, parameter: string): string {
  if (value === null) throw argumentNull(parameter)
  return value
}

function substring(text: string, start: number, length?: number): string {
  if (start < 0) throw argumentOutOfRange('startIndex', 'StartIndex cannot be less than zero.')
  if (start > text.length) throw argumentOutOfRange('startIndex', 'startIndex cannot be larger than length of string.')
  if (length === undefined) return text.slice(start)
  if (length < 0) throw argumentOutOfRange('length', 'Length cannot be less than zero.')
  if (start + length > text.length) {
    throw argumentOutOfRange('length', 'Index and length must refer to a location within the string.')
  }
  return text.slice(start, start + length)
}

const COUNT = 'Count must be positive and count must refer to a location within the string/array/collection.'

/** Where a search that begins at an index ends. */
function searchRange(text: string, start: number, count: number | undefined): number {
  if (start < 0 || start > text.length) throw indexError('startIndex')
  if (count !== undefined && (count < 0 || start + count > text.length)) throw argumentOutOfRange('count', COUNT)
  return count === undefined ? text.length : start + count
}

interface SearchArguments {
  readonly start: number | undefined
  readonly count: number | undefined
  readonly comparison: number
}

/** The optional arguments of `IndexOf` and `LastIndexOf` by their parameters' types; culture rules are the default. */
function searchArguments({ member }: MemberUse): (rest: readonly number[]) => SearchArguments {
  const comparison = member.parameters.findIndex((parameter) => parameter.type.id === 'System.StringComparison') - 1
  const numbers = member.parameters.filter((parameter) => parameter.type.id === 'System.Int32').length
  return (rest) => ({
    start: numbers > 0 ? rest[0] : undefined,
    count: numbers > 1 ? rest[1] : undefined,
    comparison: comparison >= 0 ? (rest[comparison] ?? 0) : comparisons.currentCulture,
  })
}

const isChar = ({ member }: MemberUse): boolean => member.parameters[0]?.type.id === 'System.Char'

const indexOf = bound((use) => {
  const read = searchArguments(use)
  const ordinal = isChar(use)
  return (text: string, part: string | number | null, ...rest: number[]) => {
    const wanted = typeof part === 'number' ? String.fromCharCode(part) : required(part, 'value')
    const { start = 0, count, comparison } = read(rest)
    const end = searchRange(text, start, count)
    return indexOfString(text.slice(0, end), wanted, start, ordinal ? comparisons.ordinal : known(comparison))
  }
})

const lastIndexOf = bound((use) => {
  if (isChar(use))
    return (text: string, unit: number, start?: number, count?: number) => lastIndexOfUnits(text, [unit], start, count)
  const read = searchArguments(use)
  const checksCountFirst = use.member.parameters.length === 3 && use.member.parameters[2]?.type.id === 'System.Int32'
  return (text: string, part: string | null, ...rest: number[]) => {
    const { start = text.length - 1, count = start + 1, comparison } = read(rest)
    if (checksCountFirst && count < 0) throw argumentOutOfRange('count', COUNT)
    const wanted = required(part, 'value')
    if (text === '' && (start === -1 || start === 0)) return wanted === '' ? 0 : -1
    if (start < 0 || start > text.length) throw indexError('startIndex')
    // The place behind the last char is taken for that of the last.
    const behind = Number(start === text.length)
    const last = start - behind
    const length = Math.max(count - behind, Math.min(count, 0))
    if (behind === 1 && wanted === '' && length >= 0 && length <= last + 1) return last
    if (length < 0 || length > last + 1) throw argumentOutOfRange('count', COUNT)
    return lastIndexWithin(text, wanted, last, length, known(comparison))
  }
})

/** Looks through a number of chars from one back. */
function lastIndexWithin(text: string, wanted: string, last: number, count: number, comparison: number): number {
  if (wanted === '') return last
  const from = last - count + 1
  const window = text.slice(from, last + 1)
  const index = lastIndexOfString(window, wanted, window.length, comparison)
  return index < 0 ? -1 : index + from
}

function indexOfAny(text: string, any: ClrArray | null, start = 0, count?: number): number {
  if (any === null) throw argumentNull('anyOf')
  const end = searchRange(text, start, count)
  for (let index = start; index < end; index++) if (any.items.includes(text.charCodeAt(index))) return index
  return -1
}

function lastIndexOfAny(text: string, any: ClrArray | null, start?: number, count?: number): number {
  if (any === null) throw argumentNull('anyOf')
  return lastIndexOfUnits(text, any.items, start, count)
}

function lastIndexOfUnits(
  text: string,
  units: readonly ClrValue[],
  start = text.length - 1,
  count = start + 1,
): number {
  if (text === '') return -1
  if (start < 0 || start >= text.length) throw indexError('startIndex')
  if (count < 0 || count > start + 1) throw argumentOutOfRange('count', COUNT)
  for (let index = start; index > start - count; index--) if (units.includes(text.charCodeAt(index))) return index
  return -1
}

/** `StartsWith` and `EndsWith`; without a comparison the culture decides. */
function edge(atStart: boolean): MemberTable[string] {
  return bound(({ member }) => {
    const last = member.parameters.at(-1)?.type.id
    return (text: string, part: string | null, option?: number | boolean) => {
      const wanted = required(part, 'value')
      const comparison =
        typeof option === 'boolean' ? Number(option) : last === 'System.StringComparison' ? known(option ?? 0) : 0
      return hasEdge(text, wanted, atStart, comparison)
    }
  })
}

function isBlank(unit: string): boolean {
  return /[\s\u0085]/.test(unit) && unit !== '\ufeff'
}

function trim(text: string, chars: ClrArray | null | undefined, start: boolean, end: boolean): string {
  const isTrimmed = (unit: string): boolean =>
    chars === null || chars === undefined || chars.items.length === 0
      ? isBlank(unit)
      : chars.items.includes(unit.charCodeAt(0))
  let from = 0
  let to = text.length
  while (start && from < to && isTrimmed(text.charAt(from))) from++
  while (end && to > from && isTrimmed(text.charAt(to - 1))) to--
  return text.slice(from, to)
}

/** Splits on any of the separators, the longest match at a place first given; none means white space. */
function split(text: string, separators: readonly string[], limit: number, removeEmpty: boolean): ClrArray {
  if (limit === 0 || (removeEmpty && text === '')) return stringArray([])
  if (limit === 1) return stringArray([text])
  const usable = separators.filter((separator) => separator !== '')
  const separatorAt = (index: number): string | undefined =>
    usable.length === 0
      ? isBlank(text.charAt(index)) && separators.length === 0
        ? text.charAt(index)
        : undefined
      : usable.find((separator) => text.startsWith(separator, index))
  const parts: string[] = []
  let from = 0
  for (let index = 0; index < text.length;) {
    step()
    const separator = separatorAt(index)
    if (separator === undefined) index++
    else {
      // The last part keeps what is left, separators and all.
      if (!removeEmpty && parts.length === limit - 1) break
      if (removeEmpty && parts.length === limit - 1 && index > from) break
      if (!removeEmpty || index > from) parts.push(text.slice(from, index))
      index += separator.length
      from = index
    }
  }
  const rest = text.slice(from)
  if (!removeEmpty || rest !== '') parts.push(rest)
  return stringArray(parts)
}

const splitMember = bound(({ member }) => {
  const hasCount = member.parameters[1]?.type.id === 'System.Int32'
  const byChar = member.parameters[0]?.type.id.startsWith('System.Char') === true
  return (text: string, separators: ClrArray | null, ...rest: number[]) => {
    const list = (separators?.items ?? []).map((item) =>
      byChar ? String.fromCharCode(item as number) : ((item as string | null) ?? ''),
    )
    const limit = hasCount ? (rest[0] ?? 0) : Number.MAX_SAFE_INTEGER
    const options = (hasCount ? rest[1] : rest[0]) ?? 0
    if (limit < 0) throw argumentOutOfRange('count', 'Count cannot be less than zero.')
    if (options < 0 || options > 1) throw argumentException(`Illegal enum value: ${options}.`)
    return split(text, list, limit, options === 1)
  }
})

/** `Equals` in its five overloads. */
const equalsMember = bound(({ member: { parameters, static: isStatic } }) => {
  const compared = parameters.at(-1)?.type.id === 'System.StringComparison'
  if (isStatic)
    return (a: string | null, b: string | null, comparison?: number) =>
      equalStrings(a, b, compared ? known(Number(comparison)) : comparisons.ordinal)
  return (a: string, b: ClrValue, comparison?: number) => {
    const by = compared ? known(Number(comparison)) : comparisons.ordinal
    return typeof b === 'string' && equalStrings(a, b, by)
  }
})

/** The parts of `Concat` and `Join`: arrays and sequences are taken apart, values are written by the type they have there. */
function textsOf(value: ClrValue, parameter: string): string[] {
  if (value === null) throw argumentNull(parameter)
  const elements = elementsOf(value)
  const traits = traitsOf(elements.elementType)
  const texts: string[] = []
  for (const element of elements) {
    step()
    texts.push(element === null ? '' : traits.text(element))
  }
  return texts
}

const concat = bound(({ member: { parameters } }) => {
  const first = parameters[0]?.type
  const gathered =
    parameters.length === 1 && (first?.kind === 'array' || first?.id.startsWith('System.Collections') === true)
  const name = parameters[0]?.name ?? 'values'
  if (gathered) return (values: ClrValue) => made(textsOf(values, name).join(''))
  return (...values: ClrValue[]) => made(values.map(toText).join(''))
})

const join = bound(({ member: { parameters } }) => {
  const name = parameters[1]?.name ?? 'values'
  if (parameters.length === 2)
    return (separator: string | null, values: ClrValue) => made(textsOf(values, name).join(separator ?? ''))
  return (separator: string | null, values: ClrValue, start: number, count: number) => {
    const texts = textsOf(values, name)
    if (start < 0) throw argumentOutOfRange('startIndex', 'StartIndex cannot be less than zero.')
    if (count < 0) throw argumentOutOfRange('count', 'Count cannot be less than zero.')
    if (start > texts.length - count)
      throw argumentOutOfRange('startIndex', 'Index and count must refer to a location within the buffer.')
    return made(texts.slice(start, start + count).join(separator ?? ''))
  }
})

/** `String.Format`: a provider comes first in some overloads; the rest are the arguments, alone or gathered. */
export const formatMember = bound(({ member: { parameters } }) => {
  const provided = parameters[0]?.type.id === 'System.IFormatProvider'
  const gathered = parameters.at(-1)?.type.kind === 'array'
  return (...values: ClrValue[]) => {
    const [format = null, ...args] = provided ? values.slice(1) : values
    const [list] = args
    if (gathered && !(list instanceof ClrArray)) throw argumentNull('args')
    return compositeFormat(format as string | null, gathered ? (list as ClrArray).items : args)
  }
})

function replace(text: string, old: string | number | null, by: string | number | null): string {
  const from = typeof old === 'number' ? String.fromCharCode(old) : required(old, 'oldValue')
  const to = typeof by === 'number' ? String.fromCharCode(by) : (by ?? '')
  if (from === '') throw argumentException('String cannot be of zero length.', 'oldValue')
  return made(text.split(from).join(to))
}

function pad(text: string, width: number, unit: number | undefined, left: boolean): string {
  if (width < 0) throw argumentOutOfRange('totalWidth', 'Non-negative number required.')
  allocate(width)
  const fill = String.fromCharCode(unit ?? 32)
  return left ? text.padStart(width, fill) : text.padEnd(width, fill)
}

function insert(text: string, index: number, value: string | null): string {
  const part = required(value, 'value')
  if (index < 0 || index > text.length) throw argumentOutOfRange('startIndex')
  return made(text.slice(0, index) + part + text.slice(index))
}

/** Without a count the start must be a char of the text. */
function removeFrom(text: string, start: number): string {
  if (start >= text.length && start >= 0)
    throw argumentOutOfRange('startIndex', 'startIndex must be less than length of string.')
  return remove(text, start, text.length - start)
}

function remove(text: string, start: number, count: number): string {
  if (start < 0) throw argumentOutOfRange('startIndex', 'StartIndex cannot be less than zero.')
  if (count < 0) throw argumentOutOfRange('count', 'Count cannot be less than zero.')
  if (start + count > text.length) {
    throw argumentOutOfRange('count', 'Index and count must refer to a location within the string.')
  }
  return text.slice(0, start) + text.slice(start + count)
}

const forms = new Map([
  [1, 'NFC'],
  [2, 'NFD'],
  [5, 'NFKC'],
  [6, 'NFKD'],
])

function normalize(text: string, form = 1): string {
  return text.normalize(forms.get(form) ?? 'NFC')
}

function copyTo(text: string, from: number, target: ClrArray | null, at: number, count: number): void {
  if (target === null) throw argumentNull('destination')
  if (count < 0) throw argumentOutOfRange('count', 'Count cannot be less than zero.')
  if (from < 0) throw indexError('sourceIndex')
  if (count > text.length - from)
    throw argumentOutOfRange('sourceIndex', 'Index and count must refer to a location within the string.')
  if (at < 0 || count > target.items.length - at)
    throw argumentOutOfRange('destinationIndex', 'Index and count must refer to a location within the string.')
  for (let index = 0; index < count; index++) target.items[at + index] = text.charCodeAt(from + index)
}

/** The text of a part of an array. */
function charsOf(chars: ClrArray | null, start: number, length: number): string {
  if (chars === null) throw argumentNull('value')
  if (start < 0) throw argumentOutOfRange('startIndex', 'StartIndex cannot be less than zero.')
  if (length < 0) throw argumentOutOfRange('length', 'Length cannot be less than zero.')
  if (start > chars.items.length - length) throw indexError('startIndex')
  return textOfChars(chars.items.slice(start, start + length))
}

function inCulture(text: string, culture: ClrValue, map: (text: string) => string): string {
  if (culture === null) throw argumentNull('culture')
  return map(text)
}

const string = membersOf('System.String', () => ({
  Empty: () => '',
  '.ctor(char[])': (chars: ClrArray | null) => (chars === null ? '' : textOfChars(chars.items)),
  '.ctor(char[],int,int)': charsOf,
  '.ctor(char,int)': (unit: number, count: number) => {
    if (count < 0) throw argumentOutOfRange('count', "'count' must be non-negative.")
    allocate(count)
    return String.fromCharCode(unit).repeat(count)
  },
  Length: (text: string) => text.length,
  Item: (text: string, index: number) => {
    if (index < 0 || index >= text.length) throw indexOutOfRange()
    return text.charCodeAt(index)
  },
  Clone: (text: string) => text,
  Compare: compareMember,
  'CompareOrdinal(string,string)': (a: string | null, b: string | null) => compareStrings(a, b, comparisons.ordinal),
  'CompareOrdinal(string,int,string,int,int)': compareOrdinalParts,
  CompareTo: (text: string, other: ClrValue) => {
    if (other !== null && typeof other !== 'string') throw argumentException('Object must be of type String.')
    return compareStrings(text, other, comparisons.currentCulture)
  },
  Concat: concat,
  Contains: (text: string, part: string | null) => text.includes(required(part, 'value')),
  Copy: (text: string | null) => required(text, 'str'),
  CopyTo: copyTo,
  EndsWith: edge(false),
  Equals: equalsMember,
  Format: formatMember,
  GetEnumerator: (text: string) => new Walker(elementsOf(text), 'strict'),
  GetTypeCode: () => typeCode('System.String'),
  IndexOf: indexOf,
  IndexOfAny: indexOfAny,
  Insert: insert,
  Intern: (text: string | null) => required(text, 'str'),
  // Which texts are literals is not kept: every text counts as one.
  IsInterned: (text: string | null) => required(text, 'str'),
  IsNullOrEmpty: (text: string | null) => text === null || text === '',
  IsNullOrWhiteSpace: (text: string | null) => text === null || trim(text, null, true, true) === '',
  IsNormalized: (text: string, form?: number) => text === normalize(text, form),
  Normalize: normalize,
  Join: join,
  LastIndexOf: lastIndexOf,
  LastIndexOfAny: lastIndexOfAny,
  PadLeft: (text: string, width: number, unit?: number) => pad(text, width, unit, true),
  PadRight: (text: string, width: number, unit?: number) => pad(text, width, unit, false),
  'Remove(int)': removeFrom,
  Remove: remove,
  Replace: replace,
  Split: splitMember,
  StartsWith: edge(true),
  Substring: substring,
  'ToCharArray()': charArray,
  'ToCharArray(int,int)': (text: string, start: number, length: number) => {
    if (start < 0 || length > text.length - start) throw indexError('startIndex')
    if (length < 0) throw indexError('length')
    return charArray(text.slice(start, start + length))
  },
  'ToLower()': toLowerInvariant,
  'ToLower(CultureInfo)': (text: string, culture: ClrValue) => inCulture(text, culture, toLowerInvariant),
  ToLowerInvariant: toLowerInvariant,
  'ToUpper()': toUpperInvariant,
  'ToUpper(CultureInfo)': (text: string, culture: ClrValue) => inCulture(text, culture, toUpperInvariant),
  ToUpperInvariant: toUpperInvariant,
  ToString: (text: string) => text,
  'Trim()': (text: string) => trim(text, null, true, true),
  'Trim(char[])': (text: string, chars: ClrArray | null) => trim(text, chars, true, true),
  TrimEnd: (text: string, chars: ClrArray | null) => trim(text, chars, false, true),
  TrimStart: (text: string, chars: ClrArray | null) => trim(text, chars, true, false),
}))

const boolean = membersOf('System.Boolean', () => ({
  TrueString: () => 'True',
  FalseString: () => 'False',
  Parse: (text: string | null) => {
    const value = parseBoolean(required(text, 'value'))
    if (value === undefined) throw formatException('String was not recognized as a valid Boolean.')
    return value
  },
  TryParse: (text: string | null, result: Cell) => {
    const value = text === null ? undefined : parseBoolean(text)
    result.value = value ?? false
    return value !== undefined
  },
}))

/** `True` and `False` in any case, with white space around. */
export function parseBoolean(text: string): boolean | undefined {
  const word = trim(withoutEnd(text.replace(/^\0+/, ''), '\0'), null, true, true).toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

export const stringMembers: readonly TypeMembers[] = [string, boolean]
