/**
 * Powers, exponentials and logarithms rounded to the nearest double, as C's library gives them and so .NET: those of JavaScript are
 * one place off now and then (`Math.pow(10, -5)` is not 0.00001 there). Numbers are fixed point with 160 bits behind the point.
 */
const BITS = 160n
const ONE = 1n << BITS

/** A double as `digits * 2^exponent`. */
interface Binary {
  readonly digits: bigint
  readonly exponent: number
}

function binaryOf(value: number): Binary {
  const bits = new BigUint64Array(Float64Array.of(value).buffer)[0] ?? 0n
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  return biased === 0
    ? { digits: fraction, exponent: -1074 }
    : { digits: fraction | 0x10000000000000n, exponent: biased - 1075 }
}

/** `2^shift` times a number, what is below its last bit dropped. */
const scaled = (value: bigint, shift: number): bigint => (shift >= 0 ? value << BigInt(shift) : value >> BigInt(-shift))

/** The normal double nearest to `digits * 2^exponent`; undefined where there is none. */
function nearest(digits: bigint, exponent: number): number | undefined {
  const length = digits.toString(2).length
  const drop = length - 53
  const power = exponent + drop
  if (power + 52 > 1022 || power + 52 < -1022) return undefined
  if (drop <= 0) return Number(digits) * 2 ** exponent
  const kept = digits >> BigInt(drop)
  const rest = digits - (kept << BigInt(drop))
  const half = 1n << BigInt(drop - 1)
  const up = rest > half || (rest === half && (kept & 1n) === 1n)
  return Number(up ? kept + 1n : kept) * 2 ** power
}

let ln2: bigint | undefined

/** `ln 2 = 2 atanh(1/3)`. */
const naturalOfTwo = (): bigint => (ln2 ??= 2n * inverseTangent(ONE / 3n))

/** `atanh z = z + z³/3 + z⁵/5 + …` */
function inverseTangent(z: bigint): bigint {
  const square = (z * z) >> BITS
  let [sum, term] = [z, z]
  for (let odd = 3n; term !== 0n; odd += 2n) {
    term = (term * square) >> BITS
    sum += term / odd
    if (term === -1n) break
  }
  return sum
}

/** The natural logarithm of a positive finite number. */
function logarithmOf(value: number): bigint {
  const { digits, exponent } = binaryOf(value)
  const length = digits.toString(2).length
  const mantissa = scaled(digits, Number(BITS) - length + 1)
  return (
    BigInt(exponent + length - 1) * naturalOfTwo() + 2n * inverseTangent(((mantissa - ONE) << BITS) / (mantissa + ONE))
  )
}

/** `e^x` as a double. */
function exponentialOf(x: bigint): number | undefined {
  const turns = (x + naturalOfTwo() / 2n) / naturalOfTwo()
  const rest = x - turns * naturalOfTwo()
  let [sum, term] = [ONE, ONE]
  for (let count = 1n; term !== 0n && term !== -1n; count++) {
    term = (term * rest) / (ONE * count)
    sum += term
  }
  return nearest(sum, Number(turns) - Number(BITS))
}

const signedNearest = (value: bigint): number | undefined => {
  const size = nearest(value < 0n ? -value : value, -Number(BITS))
  return size !== undefined && value < 0n ? -size : size
}

/** `Math.Exp`. */
export function exactExp(x: number): number {
  if (!Number.isFinite(x) || x === 0 || Math.abs(x) > 800 || Math.abs(x) < 1e-20) return Math.exp(x)
  const { digits, exponent } = binaryOf(x)
  const fixed = scaled(digits, exponent + Number(BITS))
  return exponentialOf(x < 0 ? -fixed : fixed) ?? Math.exp(x)
}

/** `Math.Log`. */
export function exactLog(x: number): number {
  if (!(x > 0) || !Number.isFinite(x) || x === 1) return Math.log(x)
  return signedNearest(logarithmOf(x)) ?? Math.log(x)
}

/** `Math.Log10`. */
export function exactLog10(x: number): number {
  if (!(x > 0) || !Number.isFinite(x) || x === 1) return Math.log10(x)
  return signedNearest((logarithmOf(x) << BITS) / logarithmOf(10)) ?? Math.log10(x)
}

/** `Math.Pow`: one to any power, and minus one to an infinite one, are one. */
export function exactPow(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY)) return 1
  const rough = x ** y
  if (!Number.isFinite(rough) || rough === 0 || !Number.isFinite(x) || !Number.isFinite(y) || y === 0 || y === 1)
    return rough
  // A whole number is at most a place off.
  if (Number.isInteger(x) && Number.isInteger(y) && y > 0 && Math.abs(rough) < 2 ** 51) return Math.round(rough)
  const size = Number.isInteger(y) && Math.abs(y) <= 64 ? wholePower(Math.abs(x), y) : realPower(Math.abs(x), y)
  return size === undefined ? rough : Math.sign(rough) * size
}

function wholePower(x: number, y: number): number | undefined {
  const { digits, exponent } = binaryOf(x)
  const count = Math.abs(y)
  const power = digits ** BigInt(count)
  if (y > 0) return nearest(power, exponent * count)
  const shift = power.toString(2).length + 120
  // The last bit says that there was more.
  return nearest(((1n << BigInt(shift)) / power) | 1n, -shift - exponent * count)
}

function realPower(x: number, y: number): number | undefined {
  const { digits, exponent } = binaryOf(y)
  const product = scaled(logarithmOf(x) * digits, exponent)
  return exponentialOf(y < 0 ? -product : product)
}
