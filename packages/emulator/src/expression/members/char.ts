import type { Cell } from '../compile/frame.js'
import { lowerUnit, upperUnit } from '../text/letter-case.js'
import { argumentException, argumentNull, argumentOutOfRange, formatException } from '../values/exceptions.js'
import { membersOf, type Implementation, type TypeMembers } from './members.js'

/** A test of one code unit; the overload with a string takes the unit at an index, or the two units of one character. */
function test(pattern: RegExp): Implementation {
  return (unit: number | string | null, index?: number) => pattern.test(characterOf(unit, index))
}

/** A test of one code unit, also within a string. */
function unitTest(pattern: RegExp): Implementation {
  return (unit: number | string | null, index?: number) => pattern.test(unitOf(unit, index))
}

function characterOf(unit: number | string | null, index = 0): string {
  const text = unitOf(unit, index)
  const code = typeof unit === 'string' ? unit.codePointAt(index) : undefined
  return code === undefined ? text : String.fromCodePoint(code)
}

function unitOf(unit: number | string | null, index = 0): string {
  if (typeof unit === 'number') return String.fromCharCode(unit)
  if (unit === null) throw argumentNull('s')
  if (index < 0 || index >= unit.length) throw argumentOutOfRange('index')
  return unit.charAt(index)
}

function parse(text: string | null): number {
  if (text === null) throw argumentNull('s')
  if (text.length !== 1) throw formatException('String must be exactly one character long.')
  return text.charCodeAt(0)
}

/** The categories in the order of `System.Globalization.UnicodeCategory`. */
const categories = [
  'Lu',
  'Ll',
  'Lt',
  'Lm',
  'Lo',
  'Mn',
  'Mc',
  'Me',
  'Nd',
  'Nl',
  'No',
  'Zs',
  'Zl',
  'Zp',
  'Cc',
  'Cf',
  'Cs',
  'Co',
  'Pc',
  'Pd',
  'Ps',
  'Pe',
  'Pi',
  'Pf',
  'Po',
  'Sm',
  'Sc',
  'Sk',
  'So',
  'Cn',
]

/** Numbers that are no digits. */
const numericValues = new Map<string, number>([
  ...Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹', (letter, value) => [letter, value] as const),
  ...Array.from('₀₁₂₃₄₅₆₇₈₉', (letter, value) => [letter, value] as const),
  ...Array.from('ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ', (letter, index) => [letter, index + 1] as const),
  ['〇', 0],
  ['¼', 0.25],
  ['½', 0.5],
  ['¾', 0.75],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
])

function numericValue(unit: number): number {
  const text = String.fromCharCode(unit)
  const known = numericValues.get(text)
  if (known !== undefined) return known
  if (!/\p{Nd}/u.test(text)) return -1
  // The ten digits of a script stand in a row that begins at zero.
  let zero = unit
  while (zero > unit - 9 && /\p{Nd}/u.test(String.fromCharCode(zero - 1))) zero--
  return (unit - zero) % 10
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000
const isPair = (high: number, low: number): boolean => isHigh(high) && isLow(low)

function checkIndex(text: string | null, index: number): asserts text is string {
  if (text === null) throw argumentNull('s')
  if (index >= 0 && index < text.length) return
  throw argumentOutOfRange(
    'index',
    'Index was out of range. Must be non-negative and less than the size of the collection.',
  )
}

export const charMembers: readonly TypeMembers[] = [
  membersOf('System.Char', () => ({
    MaxValue: () => 0xffff,
    MinValue: () => 0,
    IsDigit: test(/\p{Nd}/u),
    IsLetter: test(/\p{L}/u),
    IsLetterOrDigit: test(/[\p{L}\p{Nd}]/u),
    IsLower: test(/\p{Ll}/u),
    IsUpper: test(/\p{Lu}/u),
    IsWhiteSpace: test(/(?!\ufeff)[\s\u0085]/u),
    // .NET has the soft hyphen among the dashes.
    IsPunctuation: test(/[\p{P}\u00ad]/u),
    IsControl: test(/\p{Cc}/u),
    IsNumber: test(/\p{N}/u),
    IsSymbol: test(/\p{S}/u),
    IsSeparator: test(/\p{Z}/u),
    IsSurrogate: unitTest(/[\ud800-\udfff]/),
    IsHighSurrogate: unitTest(/[\ud800-\udbff]/),
    IsLowSurrogate: unitTest(/[\udc00-\udfff]/),
    'IsSurrogatePair(char,char)': isPair,
    'IsSurrogatePair(string,int)': (text: string | null, index: number) => {
      const unit = unitOf(text, index).charCodeAt(0)
      return isPair(unit, text?.charCodeAt(index + 1) ?? 0)
    },
    ToLower: (unit: number) => lowerUnit(unit),
    ToUpper: (unit: number) => upperUnit(unit),
    ToLowerInvariant: lowerUnit,
    ToUpperInvariant: upperUnit,
    GetNumericValue: (unit: number | string | null, index?: number) => numericValue(unitOf(unit, index).charCodeAt(0)),
    GetUnicodeCategory: (unit: number | string | null, index?: number) => {
      const text = characterOf(unit, index)
      if (text === '\u00ad') return categories.indexOf('Pd')
      return categories.findIndex((category) => new RegExp(`\\p{${category}}`, 'u').test(text))
    },
    Parse: parse,
    TryParse: (text: string | null, result: Cell) => {
      const fits = text?.length === 1
      result.value = fits ? text.charCodeAt(0) : 0
      return fits
    },
    ConvertFromUtf32: (code: number) => {
      if (code >= 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) return String.fromCodePoint(code)
      throw argumentOutOfRange(
        'utf32',
        'A valid UTF32 value is between 0x000000 and 0x10ffff, inclusive, and should not include surrogate codepoint values (0x00d800 ~ 0x00dfff).',
      )
    },
    'ConvertToUtf32(char,char)': (high: number, low: number) => {
      if (!isHigh(high))
        throw argumentOutOfRange(
          'highSurrogate',
          'A valid high surrogate character is between 0xd800 and 0xdbff, inclusive.',
        )
      if (!isLow(low))
        throw argumentOutOfRange(
          'lowSurrogate',
          'A valid low surrogate character is between 0xdc00 and 0xdfff, inclusive.',
        )
      return (high - 0xd800) * 0x400 + (low - 0xdc00) + 0x10000
    },
    'ConvertToUtf32(string,int)': (text: string | null, index: number) => {
      checkIndex(text, index)
      const unit = text.charCodeAt(index)
      const alone = isLow(unit)
        ? 'low surrogate char without a preceding high'
        : isHigh(unit) && !isLow(text.charCodeAt(index + 1))
          ? 'high surrogate char without a following low'
          : undefined
      if (alone === undefined) return text.codePointAt(index) ?? 0
      const message = `Found a ${alone} surrogate at index: ${index}. The input may not be in this encoding, or may not contain valid Unicode (UTF-16) characters.`
      throw argumentException(message, 's')
    },
    'ToString(char)': (unit: number) => String.fromCharCode(unit),
  })),
]
