import { formatException } from '../values/exceptions.js'
import type { Decimal } from '../values/decimal.js'
import type { Runtime } from '../run.js'
import { formatCustomNumber } from './number-custom.js'
import {
  digitsOfDecimal,
  digitsOfDouble,
  digitsOfInteger,
  exactDigits,
  fractionPart,
  numberOf,
  roundAt,
  roundToLength,
  shortestDigits,
  shortestSingleDigits,
  wholePart,
  type Digits,
} from './number-digits.js'
import { withoutEnd } from './without-end.js'

/** Where a general format (`G`) goes over to an exponent, and how a number without a precision prints. */
interface General {
  readonly digits: Digits
  /** More digits than this before the point are written with an exponent. */
  readonly limit: number
  /** Never with an exponent. */
  readonly plain?: boolean
}

/** A number as every format needs it. */
interface Source {
  /** What `ToString()` and `G` print. */
  general(): General
  /** What `G` with a precision prints. */
  generalWith(precision: number): General
  /** What other formats round from; `wanted` are the digits that a precision asks for, if it counts digits. */
  digits(wanted?: number): Digits
  /** What custom formats round from, where that is something else. */
  custom?(): Digits
}

/** Formats an integer of `bits` bits: standard formats `C D E F G N P R X`, or a custom one. Culture invariant. */
export function formatInteger(value: number | bigint, format: string | null, bits: 8 | 16 | 32 | 64): string {
  if (format === null || format === '') return value.toString()
  const whole = BigInt(value)
  const [letter, precision] = standardFormat(format)
  if (letter === 'D')
    return (whole < 0n ? '-' : '') + (whole < 0n ? -whole : whole).toString().padStart(precision ?? 0, '0')
  if (letter === 'X') {
    const text = BigInt.asUintN(bits, whole)
      .toString(16)
      .padStart(precision ?? 0, '0')
    return format.startsWith('X') ? text.toUpperCase() : text
  }
  if (letter === 'R') throw formatException('Format specifier was invalid.')
  const digits = digitsOfInteger(whole)
  return formatWith(format, {
    general: () => ({ digits, limit: 20, plain: true }),
    generalWith: (wanted) => ({ digits: roundToLength(digits, wanted), limit: wanted }),
    digits: () => digits,
  })
}

/** Formats a decimal; its scale shows. */
export function formatDecimal(value: Decimal, format: string | null): string {
  if (format === null || format === '') return value.toString()
  const digits = digitsOfDecimal(value)
  return formatWith(
    format,
    {
      general: () => ({ digits, limit: 29, plain: true }),
      generalWith: (wanted) => {
        const rounded = roundToLength(digits, wanted)
        return { digits: { ...rounded, digits: withoutEnd(rounded.digits, '0') }, limit: wanted }
      },
      digits: () => digits,
    },
    value,
  )
}

/** Formats a double. On .NET Framework 15 digits print, on .NET Core the shortest exact ones. */
export function formatDouble(value: number, format: string | null, runtime: Runtime): string {
  return formatFloating(value, format, runtime, { standard: 15, long: 17, shortest: shortestDigits, round: (x) => x })
}

/** Formats a float: 7 digits on .NET Framework. */
export function formatSingle(value: number, format: string | null, runtime: Runtime): string {
  return formatFloating(value, format, runtime, {
    standard: 7,
    long: 9,
    shortest: shortestSingleDigits,
    round: Math.fround,
  })
}

interface Precision {
  readonly standard: number
  readonly long: number
  shortest(value: number): Digits
  round(value: number): number
}

function formatFloating(value: number, format: string | null, runtime: Runtime, kind: Precision): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'
  const isDefault = format === null || format === ''
  if (!isDefault && standardFormat(format)[0] === 'R')
    return formatGeneral(
      roundTripDigits(value, runtime, kind),
      runtime,
      runtime === 'core' && format.startsWith('r') ? 'e' : 'E',
    )
  const source = runtime === 'core' ? exactSource(value, kind) : shortSource(value, kind)
  return isDefault ? formatGeneral(source.general(), runtime, 'E') : formatWith(format, source, undefined, runtime)
}

/** .NET Framework knows 15 digits of a double, and 17 where more are asked for. */
function shortSource(value: number, kind: Precision): Source {
  const digits = (wanted = 0): Digits => digitsOfDouble(value, wanted > kind.standard ? kind.long : kind.standard)
  return {
    general: () => ({ digits: digits(), limit: kind.standard }),
    generalWith: (wanted) => ({ digits: roundToLength(digits(wanted), wanted), limit: wanted }),
    digits,
  }
}

/** .NET Core knows all digits of a double; custom formats start from 15 all the same. A count of digits rounds a half to even. */
function exactSource(value: number, kind: Precision): Source {
  const rounded = (wanted: number): Digits => roundToLength(exactDigits(value), wanted, true)
  return {
    general: () => generalOf(kind.shortest(value), kind),
    generalWith: (wanted) => ({ digits: rounded(wanted), limit: wanted }),
    digits: (wanted) => (wanted === undefined ? exactDigits(value) : rounded(wanted)),
    custom: () => digitsOfDouble(value, kind.standard),
  }
}

/** Up to 17 digits stand before the point, 9 of a float. */
const generalOf = (digits: Digits, kind: Precision): General => ({
  digits,
  limit: Math.max(kind.long, digits.digits.length),
})

/** `R`: the standard digits when they read back as the same number, else all. */
function roundTripDigits(value: number, runtime: Runtime, kind: Precision): General {
  if (runtime === 'core') return generalOf(kind.shortest(value), kind)
  const standard = digitsOfDouble(value, kind.standard)
  return kind.round(numberOf(standard)) === value
    ? { digits: standard, limit: kind.standard }
    : { digits: digitsOfDouble(value, kind.long), limit: kind.long }
}

/** A letter and up to two digits, leading zeros aside, is a standard format; anything else is custom. */
function standardFormat(format: string): [letter: string | undefined, precision: number | undefined] {
  const match = /^([A-Za-z])(0*\d{0,2})$/.exec(format)
  return [match?.[1]?.toUpperCase(), match?.[2] ? Number(match[2]) : undefined]
}

function formatWith(format: string, source: Source, decimal?: Decimal, runtime: Runtime = 'framework'): string {
  const [letter, precision] = standardFormat(format)
  const upper = format.charCodeAt(0) < 97
  switch (letter) {
    case undefined:
      return formatCustomNumber(source.custom?.() ?? source.digits(), format, runtime === 'core')
    case 'C':
      return currency(roundAt(source.digits(), precision ?? 2, runtime === 'core'), precision ?? 2, runtime)
    case 'E':
      return exponential(source.digits((precision ?? 6) + 1), precision ?? 6, upper ? 'E' : 'e', runtime)
    case 'F':
      return fixed(source.digits(), precision ?? 2, false, runtime)
    case 'N':
      return fixed(source.digits(), precision ?? 2, true, runtime)
    case 'P':
      return percent(source.digits(), precision ?? 2, runtime)
    case 'G':
      if (precision === undefined || precision === 0) {
        if (decimal !== undefined && precision === 0)
          return formatGeneral(source.generalWith(29), runtime, upper ? 'E' : 'e')
        return decimal?.toString() ?? formatGeneral(source.general(), runtime, upper ? 'E' : 'e')
      }
      return formatGeneral(source.generalWith(precision), runtime, upper ? 'E' : 'e')
    default:
      throw formatException('Format specifier was invalid.')
  }
}

function formatGeneral({ digits: number, limit, plain }: General, runtime: Runtime, symbol: string): string {
  const { digits, point } = number
  if (digits === '') return number.negative && runtime === 'core' ? '-0' : '0'
  const sign = number.negative ? '-' : ''
  if (plain !== true && (point > limit || point < -3)) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
    const exponent = point - 1
    return `${sign}${digits.charAt(0)}${fraction}${symbol}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const fraction = withoutEnd(fractionPart(number, Math.max(0, digits.length - point)), '0')
  return `${sign}${wholePart(number, 1)}${fraction === '' ? '' : `.${fraction}`}`
}

function exponential(number: Digits, precision: number, symbol: string, runtime: Runtime): string {
  const rounded = roundToLength(number, precision + 1)
  const digits = rounded.digits.padEnd(precision + 1, '0')
  const exponent = rounded.digits === '' ? 0 : rounded.point - 1
  const fraction = precision === 0 ? '' : `.${digits.slice(1, precision + 1)}`
  const sign = isNegative(rounded, runtime) ? '-' : ''
  return `${sign}${digits.charAt(0)}${fraction}${symbol}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(3, '0')}`
}

function fixed(number: Digits, places: number, grouped: boolean, runtime: Runtime): string {
  const rounded = roundAt(number, places, runtime === 'core')
  return (isNegative(rounded, runtime) ? '-' : '') + absoluteFixed(rounded, places, grouped)
}

function percent(number: Digits, places: number, runtime: Runtime): string {
  const rounded = roundAt({ ...number, point: number.digits === '' ? 0 : number.point + 2 }, places, runtime === 'core')
  return `${isNegative(rounded, runtime) ? '-' : ''}${absoluteFixed(rounded, places, true)} %`
}

/** The invariant culture's currency sign is `¤`; a negative amount stands in parentheses. */
function currency(rounded: Digits, places: number, runtime: Runtime): string {
  const text = `¤${absoluteFixed(rounded, places, true)}`
  return isNegative(rounded, runtime) ? `(${text})` : text
}

function absoluteFixed(rounded: Digits, places: number, grouped: boolean): string {
  const whole = wholePart(rounded, 1)
  const fraction = places === 0 ? '' : `.${fractionPart(rounded, places)}`
  return (grouped ? groupThousands(whole) : whole) + fraction
}

/** Inserts commas from the right. */
export function groupThousands(whole: string): string {
  return whole.replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** .NET Core shows the sign of a real that is zero or becomes it. */
function isNegative(rounded: Digits, runtime: Runtime): boolean {
  return rounded.negative && (rounded.digits !== '' || runtime === 'core')
}
