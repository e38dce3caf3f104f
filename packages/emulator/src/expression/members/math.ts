import type { Cell } from '../compile/frame.js'
import { Decimal, type Midpoint } from '../values/decimal.js'
import { exactExp, exactLog, exactLog10, exactPow } from '../values/exact-math.js'
import {
  argumentException,
  argumentNull,
  argumentOutOfRange,
  arithmeticException,
  divideByZero,
  overflowException,
} from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf, type Implementation, type TypeMembers } from './members.js'

/** The lowest value of a signed type has no positive counterpart. */
const lowest: Readonly<Record<string, number | bigint>> = {
  'System.SByte': -128,
  'System.Int16': -32768,
  'System.Int32': -2147483648,
  'System.Int64': -(2n ** 63n),
}

/** A function that decimals have as a method and other numbers as an operation. */
const numeric =
  (onDecimal: (value: Decimal) => unknown, onNumber: (value: number) => unknown): Implementation =>
  (value: ClrValue) =>
    value instanceof Decimal ? onDecimal(value) : onNumber(value as number)

function compare(a: ClrValue, b: ClrValue): number {
  if (a instanceof Decimal && b instanceof Decimal) return a.compare(b)
  return (a as number) < (b as number) ? -1 : a === b ? 0 : 1
}

const isNaN = (value: ClrValue): boolean => Number.isNaN(value)

/** Rounds a double; a half goes to the even neighbour unless the mode says away from zero. */
export function roundDouble(value: number, digits: number, midpoint: Midpoint): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e16) return value
  const power = 10 ** digits
  const scaled = value * power
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  const tie = rest === 0.5
  const away = midpoint === 'away' ? value > 0 : floor % 2 !== 0
  const rounded = tie ? floor + (away ? 1 : 0) : Math.round(scaled)
  const result = digits === 0 ? rounded : rounded / power
  return Object.is(value, -0) || (result === 0 && value < 0) ? -0 : result
}

/** `Round` in all its overloads: the digits and the mode are found by their types. */
export const roundNumber = bound(({ member: { parameters } }) => {
  const digitsIndex = parameters.findIndex(({ type }, index) => index > 0 && type.id === 'System.Int32')
  const modeIndex = parameters.findIndex(({ type }) => type.id === 'System.MidpointRounding')
  const isDecimal = parameters[0]?.type.id === 'System.Decimal'
  return (value: ClrValue, ...rest: number[]) => {
    const digits = digitsIndex < 0 ? 0 : (rest[digitsIndex - 1] ?? 0)
    if (isDecimal) checkDecimalPlaces(digits)
    else if (digits < 0 || digits > 15)
      throw argumentOutOfRange('digits', 'Rounding digits must be between 0 and 15, inclusive.')
    const midpoint = midpointOf(modeIndex < 0 ? 0 : (rest[modeIndex - 1] ?? 0))
    return value instanceof Decimal ? value.round(digits, midpoint) : roundDouble(value as number, digits, midpoint)
  }
})

/** @throws DotNetException ArgumentOutOfRangeException for more than a decimal has */
function checkDecimalPlaces(digits: number): void {
  if (digits < 0 || digits > 28)
    throw argumentOutOfRange('decimals', 'Decimal can only round to between 0 and 28 digits of precision.')
}

/** @throws DotNetException ArgumentException for a number that is no MidpointRounding */
function midpointOf(mode: number): Midpoint {
  if (mode !== 0 && mode !== 1)
    throw argumentException(`The value '${mode}' is not valid for this usage of the type MidpointRounding.`, 'mode')
  return mode === 1 ? 'away' : 'even'
}

function divRem(a: ClrValue, b: ClrValue, result: Cell): ClrValue {
  if (b === 0 || b === 0n) throw divideByZero()
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    if (b === -1n && a === lowest['System.Int64']) throw overflowException()
    result.value = a % b
    return a / b
  }
  const quotient = Math.trunc((a as number) / (b as number))
  if (quotient === 2147483648) throw overflowException()
  result.value = ((a as number) % (b as number)) | 0
  return quotient
}

/** What is left of the nearest multiple, of the even one between two, as IEEE 754 says. */
function ieeeRemainder(x: number, y: number): number {
  const rest = x % y
  if (rest === 0 || Number.isNaN(rest)) return rest
  const other = rest - Math.abs(y) * Math.sign(x)
  const [near, far] = [Math.abs(rest), Math.abs(other)]
  if (near !== far) return near < far ? rest : other
  const quotient = x / y
  return Math.abs(roundDouble(quotient, 0, 'even')) > Math.abs(quotient) ? other : rest
}

/** A logarithm to a base; what has none is no number. */
function logarithm(value: number, base: number): number {
  if (Number.isNaN(value) || Number.isNaN(base)) return Number.NaN
  if (base === 1 || (value !== 1 && (base === 0 || base === Number.POSITIVE_INFINITY))) return Number.NaN
  return exactLog(value) / exactLog(base)
}

type Comparable = number | bigint | Decimal

function clamp(value: Comparable, minimum: Comparable, maximum: Comparable): Comparable {
  if (compare(minimum, maximum) > 0)
    throw argumentException(`'${String(minimum)}' cannot be greater than ${String(maximum)}.`)
  if (isNaN(value)) return value
  return compare(value, minimum) < 0 ? minimum : compare(value, maximum) > 0 ? maximum : value
}

export const mathMembers: readonly TypeMembers[] = [
  membersOf('System.Math', () => ({
    E: () => Math.E,
    PI: () => Math.PI,
    Abs: bound(({ member }) => {
      const minimum = lowest[member.parameters[0]?.type.id ?? '']
      return (value: ClrValue) => {
        if (value === minimum)
          throw overflowException('Negating the minimum value of a twos complement number is invalid.')
        if (value instanceof Decimal) return value.abs()
        return typeof value === 'bigint' ? (value < 0n ? -value : value) : Math.abs(value as number)
      }
    }),
    Sign: (value: ClrValue) => {
      if (isNaN(value)) throw arithmeticException('Function does not accept floating point Not-a-Number values.')
      return value instanceof Decimal ? value.compare(Decimal.zero) : compare(value, typeof value === 'bigint' ? 0n : 0)
    },
    Max: (a: ClrValue, b: ClrValue) => (isNaN(a) || isNaN(b) ? Number.NaN : compare(a, b) >= 0 ? a : b),
    Min: (a: ClrValue, b: ClrValue) => (isNaN(a) || isNaN(b) ? Number.NaN : compare(a, b) <= 0 ? a : b),
    Ceiling: numeric((value) => value.ceiling(), Math.ceil),
    Floor: numeric((value) => value.floor(), Math.floor),
    Truncate: numeric((value) => value.truncate(), Math.trunc),
    Round: roundNumber,
    Clamp: clamp,
    Acos: Math.acos,
    Acosh: Math.acosh,
    Asin: Math.asin,
    Asinh: Math.asinh,
    Atan: Math.atan,
    Atanh: Math.atanh,
    Cbrt: Math.cbrt,
    Cos: Math.cos,
    Cosh: Math.cosh,
    Exp: exactExp,
    'Log(double)': exactLog,
    'Log(double,double)': logarithm,
    Log10: exactLog10,
    Sin: Math.sin,
    Sinh: Math.sinh,
    Sqrt: Math.sqrt,
    Tan: Math.tan,
    Tanh: Math.tanh,
    Atan2: Math.atan2,
    Pow: exactPow,
    IEEERemainder: ieeeRemainder,
    BigMul: (a: number, b: number) => BigInt(a) * BigInt(b),
    DivRem: divRem,
  })),
]

/** A generator by Knuth's subtractive method, as `System.Random` has it since its first version: equal seeds give equal numbers. */
export class ClrRandom {
  static readonly clrName = 'System.Random'
  readonly #seeds = new Int32Array(56)
  #next = 0
  #nextOffset = 21

  constructor(seed: number) {
    const maximum = 2147483647
    let current = 161803398 - (seed === -2147483648 ? maximum : Math.abs(seed))
    this.#seeds[55] = current
    let following = 1
    for (let index = 1; index < 55; index++) {
      const place = (21 * index) % 55
      this.#seeds[place] = following
      following = current - following
      if (following < 0) following += maximum
      current = this.#seeds[place] ?? 0
    }
    for (let turn = 1; turn < 5; turn++) {
      for (let index = 1; index < 56; index++) {
        let value = ((this.#seeds[index] ?? 0) - (this.#seeds[1 + ((index + 30) % 55)] ?? 0)) | 0
        if (value < 0) value += maximum
        this.#seeds[index] = value
      }
    }
  }

  /** A number from 0 to one below 2147483647. */
  sample(): number {
    this.#next = this.#next >= 55 ? 1 : this.#next + 1
    this.#nextOffset = this.#nextOffset >= 55 ? 1 : this.#nextOffset + 1
    let value = ((this.#seeds[this.#next] ?? 0) - (this.#seeds[this.#nextOffset] ?? 0)) | 0
    if (value === 2147483647) value--
    if (value < 0) value += 2147483647
    this.#seeds[this.#next] = value
    return value
  }

  nextDouble(): number {
    return this.sample() * (1 / 2147483647)
  }

  between(minimum: number, maximum: number): number {
    if (minimum > maximum) throw argumentOutOfRange('minValue', "'minValue' cannot be greater than maxValue.")
    const range = maximum - minimum
    if (range <= 2147483647) return Math.trunc(this.nextDouble() * range) + minimum
    return Math.trunc(this.#wideSample() * range) + minimum
  }

  /** Two samples for a range wider than one holds. */
  #wideSample(): number {
    const size = this.sample()
    const value = this.sample() % 2 === 0 ? -size : size
    return (value + 2147483646) / 4294967293
  }
}

export const randomMembers: readonly TypeMembers[] = [
  membersOf('System.Random', () => ({
    '.ctor()': () => new ClrRandom(Math.trunc(Math.random() * 2147483647)),
    '.ctor(int)': (seed: number) => new ClrRandom(seed),
    'Next()': (random: ClrRandom) => random.sample(),
    'Next(int)': (random: ClrRandom, maximum: number) => {
      if (maximum < 0) throw argumentOutOfRange('maxValue', "'maxValue' must be greater than zero.")
      return Math.trunc(random.nextDouble() * maximum)
    },
    'Next(int,int)': (random: ClrRandom, minimum: number, maximum: number) => random.between(minimum, maximum),
    NextDouble: (random: ClrRandom) => random.nextDouble(),
    NextBytes: (random: ClrRandom, bytes: Uint8Array | null) => {
      if (bytes === null) throw argumentNull('buffer')
      for (let index = 0; index < bytes.length; index++) bytes[index] = random.sample() % 256
    },
  })),
]
