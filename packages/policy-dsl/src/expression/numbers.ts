import type { Diagnostics } from './diagnostic.js'
import type { DecimalDigits, LiteralType } from './syntax.js'
import type { Token } from './token.js'
import type { ConstantValue } from './types/type.js'

/** A number as C# 7 writes it: digit separators inside, `0x` and `0b`, suffixes. */
const HEX = /0[xX][0-9a-fA-F_]*/y
const BINARY = /0[bB][01_]*/y
const DECIMAL = /(?:\d[\d_]*)?(?:\.\d[\d_]*)?(?:[eE][+-]?[\d_]*)?/y
const INTEGER_SUFFIX = /[uU][lL]?|[lL][uU]?/y
const REAL_SUFFIX = /[fFdDmM]/y

/** A separator stands between two digits; behind the `x` of `0x_1` only from C# 7.2. */
const MISPLACED_SEPARATOR = /_$|_[.eE]|[.xXbB]_|^[\d_.]*[eE][+-]?_/

const take = (pattern: RegExp, source: string, at: number): string => {
  pattern.lastIndex = at
  return pattern.exec(source)?.[0] ?? ''
}

interface Value {
  readonly type: LiteralType
  readonly value: ConstantValue
}

/** Reads the number that begins at `start`. */
export function readNumber(source: string, start: number, diagnostics: Diagnostics): Token {
  const radix = take(HEX, source, start) || take(BINARY, source, start)
  const digits = radix || take(DECIMAL, source, start)
  const afterDigits = start + digits.length
  const real = radix ? '' : take(REAL_SUFFIX, source, afterDigits)
  const isWhole = radix !== '' || !/[.eE]/.test(digits)
  const suffix = real || (isWhole ? take(INTEGER_SUFFIX, source, afterDigits) : '')
  const end = afterDigits + suffix.length
  const text = source.slice(start, end)
  const report = (code: string, message: string): void => diagnostics.report(code, { start, end }, message)
  if (MISPLACED_SEPARATOR.test(digits) || (radix && digits.length === 2)) report('CS1013', 'Invalid number')
  const open = !radix && /[eE][+-]?$/.test(digits)
  if (open) report('CS0595', 'Invalid real literal.')
  const plain = digits.replaceAll('_', '') + (open ? '0' : '')
  const isReal = real !== '' || !isWhole
  const literal = isReal
    ? realValue(plain, real.toLowerCase(), report)
    : integerValue(plain, suffix.toLowerCase(), report)
  return { kind: 'literal', text, start, end, literal }
}

type Report = (code: string, message: string) => void

const INT_MAX = 2n ** 31n - 1n
const UINT_MAX = 2n ** 32n - 1n
const LONG_MAX = 2n ** 63n - 1n
const ULONG_MAX = 2n ** 64n - 1n

/** The first of int, uint, long, ulong that the suffix allows and the value fits. */
function integerValue(digits: string, suffix: string, report: Report): Value {
  const value = /^0[xXbB]$/.test(digits) ? 0n : BigInt(digits)
  const unsigned = suffix.includes('u')
  const long = suffix.includes('l')
  if (value > ULONG_MAX) report('CS1021', 'Integral constant is too large')
  if (!long && !unsigned && value <= INT_MAX) return { type: 'int', value: Number(value) }
  if (!long && value <= UINT_MAX) return { type: 'uint', value: Number(value) }
  if (!unsigned && value <= LONG_MAX) return { type: 'long', value }
  return { type: 'ulong', value: BigInt.asUintN(64, value) }
}

function realValue(digits: string, suffix: string, report: Report): Value {
  if (suffix === 'm') return { type: 'decimal', value: decimalValue(digits, report) }
  const value = suffix === 'f' ? Math.fround(Number(digits)) : Number(digits)
  const type = suffix === 'f' ? 'float' : 'double'
  if (!Number.isFinite(value)) report('CS0594', `Floating-point constant is outside the range of type '${type}'`)
  return { type, value }
}

const DECIMAL_MAX = 2n ** 96n - 1n

/** Keeps the places as written (1.50m has two), at most 28 of them; what is beyond is rounded half to even. */
function decimalValue(digits: string, report: Report): DecimalDigits {
  const [mantissa = '', exponent = '0'] = digits.toLowerCase().split('e')
  const [whole = '', fraction = ''] = mantissa.split('.')
  let unscaled = BigInt(whole + fraction || '0')
  let scale = fraction.length - Number(exponent)
  if (scale < 0) {
    // 10 ** 400m would only be a way to use up memory: everything above 29 digits is too large.
    if (unscaled !== 0n && -scale > 30) unscaled = DECIMAL_MAX + 1n
    else unscaled *= 10n ** BigInt(unscaled === 0n ? 0 : -scale)
    scale = 0
  }
  let remainder = false
  while (scale > 28 || (scale > 0 && unscaled > DECIMAL_MAX)) {
    if (scale > 28 + fraction.length + 60) return { unscaled: 0n, scale: 28 }
    const last = unscaled % 10n
    unscaled /= 10n
    scale--
    const isLastStep = scale <= 28 && unscaled <= DECIMAL_MAX
    if (isLastStep && (last > 5n || (last === 5n && (remainder || unscaled % 2n === 1n)))) unscaled++
    remainder ||= last !== 0n
  }
  if (unscaled > DECIMAL_MAX) report('CS0594', "Floating-point constant is outside the range of type 'decimal'")
  return { unscaled, scale }
}
