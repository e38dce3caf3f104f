import { conversionOverflow, divideByZero } from './exceptions.js'

const maximum = (1n << 96n) - 1n
const maximumScale = 28

/** How a half is rounded: `MidpointRounding`. */
export type Midpoint = 'even' | 'away'

/** `System.Decimal`: a 96-bit coefficient and a scale of 0 to 28 that arithmetic keeps, so that `1.10m` prints as `1.10`. */
export class Decimal {
  private constructor(
    /** The digits with their sign; the value is `coefficient / 10^scale`. */
    readonly coefficient: bigint,
    readonly scale: number,
  ) {}

  static readonly zero = new Decimal(0n, 0)
  static readonly one = new Decimal(1n, 0)
  static readonly minusOne = new Decimal(-1n, 0)
  static readonly maxValue = new Decimal(maximum, 0)
  static readonly minValue = new Decimal(-maximum, 0)

  /** @throws DotNetException OverflowException when no decimal is near enough. */
  static of(coefficient: bigint, scale = 0): Decimal {
    return fit(coefficient, scale, (c, s) => new Decimal(c, s))
  }

  static ofInteger(value: number | bigint): Decimal {
    return new Decimal(BigInt(value), 0)
  }

  /** .NET keeps 15 significant digits of a double and 7 of a float, and drops trailing zeros. */
  static ofDouble(value: number, significant = 15): Decimal {
    if (!(Math.abs(value) < 2 ** 96)) throw conversionOverflow('a Decimal')
    const [mantissa = '0', exponent = '0'] = value.toExponential(significant - 1).split('e')
    const digits = BigInt(mantissa.replace('.', ''))
    return Decimal.#ofScaled(digits, significant - 1 - Number(exponent)).#withoutTrailingZeros(0)
  }

  static #ofScaled(digits: bigint, scale: number): Decimal {
    if (scale < 0) return Decimal.of(digits * 10n ** BigInt(-scale))
    return Decimal.of(digits, scale)
  }

  /** Reads digits with an optional sign, point and exponent; undefined for anything else. The caller trims and removes group separators. */
  static tryParse(text: string): Decimal | undefined {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/.exec(text)
    const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? []
    if (match === null || whole + fraction === '') return undefined
    return Decimal.#ofScaled(
      BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`),
      fraction.length - Number(exponent),
    )
  }

  add(other: Decimal): Decimal {
    const [a, b, scale] = align(this, other)
    return Decimal.of(a + b, scale)
  }

  subtract(other: Decimal): Decimal {
    const [a, b, scale] = align(this, other)
    return Decimal.of(a - b, scale)
  }

  multiply(other: Decimal): Decimal {
    const product = this.coefficient * other.coefficient
    const scale = this.scale + other.scale
    // Zero keeps its places only where both are short, and there are not too many.
    const isShort = !isLong(this.coefficient) && !isLong(other.coefficient)
    if (isShort ? scale > maximumScale + 19 : product === 0n) return Decimal.zero
    return Decimal.of(product, scale)
  }

  /** The scale of a quotient is the smallest that holds it exactly, but not below the difference of the scales. */
  divide(other: Decimal): Decimal {
    if (other.coefficient === 0n) throw divideByZero()
    const wanted = Math.max(0, this.scale - other.scale)
    // One digit more than 28 and a sticky one for what follows decide the rounding to even.
    const shift = BigInt(maximumScale + 2 - (this.scale - other.scale))
    const numerator = shift >= 0n ? this.coefficient * 10n ** shift : this.coefficient
    const denominator = shift >= 0n ? other.coefficient : other.coefficient * 10n ** -shift
    const quotient = numerator / denominator
    const sticky = numerator % denominator === 0n ? 0n : sign(numerator) * sign(denominator)
    const result = Decimal.of(quotient * 10n + sticky, maximumScale + 3)
    // What had to be rounded loses all zeros at its end.
    const product = result.coefficient * other.coefficient * 10n ** BigInt(this.scale)
    const isExact = product === this.coefficient * 10n ** BigInt(result.scale + other.scale)
    return result.#withoutTrailingZeros(isExact ? wanted : 0)
  }

  remainder(other: Decimal): Decimal {
    if (other.coefficient === 0n) throw divideByZero()
    const [a, b, scale] = align(this, other)
    // What is smaller than the divisor is left as it is.
    return a < abs(b) && -a < abs(b) ? this : Decimal.of(a % b, scale)
  }

  negate(): Decimal {
    return new Decimal(-this.coefficient, this.scale)
  }

  abs(): Decimal {
    return this.coefficient < 0n ? this.negate() : this
  }

  compare(other: Decimal): number {
    const [a, b] = align(this, other)
    return a < b ? -1 : a > b ? 1 : 0
  }

  equals(other: Decimal): boolean {
    return this.compare(other) === 0
  }

  /** Rounds to at most `digits` decimals. */
  round(digits = 0, midpoint: Midpoint = 'even'): Decimal {
    return this.scale <= digits
      ? this
      : new Decimal(divideRounded(this.coefficient, 10n ** BigInt(this.scale - digits), midpoint), digits)
  }

  truncate(): Decimal {
    return new Decimal(this.coefficient / 10n ** BigInt(this.scale), 0)
  }

  floor(): Decimal {
    const whole = this.truncate()
    return this.coefficient < 0n && !whole.equals(this) ? whole.subtract(Decimal.one) : whole
  }

  ceiling(): Decimal {
    return this.negate().floor().negate()
  }

  /** The integer part. */
  toBigInt(): bigint {
    return this.coefficient / 10n ** BigInt(this.scale)
  }

  toNumber(): number {
    return Number(this.toString())
  }

  toString(): string {
    const digits = (this.coefficient < 0n ? -this.coefficient : this.coefficient)
      .toString()
      .padStart(this.scale + 1, '0')
    const point = digits.length - this.scale
    const fraction = this.scale === 0 ? '' : `.${digits.slice(point)}`
    return `${this.coefficient < 0n ? '-' : ''}${digits.slice(0, point)}${fraction}`
  }

  /** The same for equal values of different scales: a key for dictionaries. */
  get key(): string {
    return this.#withoutTrailingZeros(0).toString()
  }

  #withoutTrailingZeros(downTo: number): Decimal {
    let { coefficient, scale } = this
    while (scale > downTo && coefficient % 10n === 0n) {
      coefficient /= 10n
      scale--
    }
    return new Decimal(coefficient, scale)
  }
}

function align(a: Decimal, b: Decimal): [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.coefficient, b.coefficient, a.scale]
  return a.scale > b.scale
    ? [a.coefficient, b.coefficient * 10n ** BigInt(a.scale - b.scale), a.scale]
    : [a.coefficient * 10n ** BigInt(b.scale - a.scale), b.coefficient, b.scale]
}

/** Takes digits away until coefficient and scale are in range, with one rounding to even over all of them. */
function fit<T>(coefficient: bigint, scale: number, make: (coefficient: bigint, scale: number) => T): T {
  let drop = Math.max(0, scale - maximumScale)
  for (;;) {
    if (drop > scale) throw conversionOverflow('a Decimal')
    const rounded = drop === 0 ? coefficient : divideRounded(coefficient, 10n ** BigInt(drop), 'even')
    if (rounded <= maximum && rounded >= -maximum) return make(rounded, scale - drop)
    drop++
  }
}

function divideRounded(value: bigint, divisor: bigint, midpoint: Midpoint): bigint {
  const quotient = value / divisor
  const twice = 2n * (value % divisor)
  const half = twice < 0n ? -twice : twice
  const up = half > divisor || (half === divisor && (midpoint === 'away' || quotient % 2n !== 0n))
  return up ? quotient + sign(value) : quotient
}

const isLong = (coefficient: bigint): boolean => abs(coefficient) > 0xffffffffn

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}

function sign(value: bigint): bigint {
  return value < 0n ? -1n : 1n
}
