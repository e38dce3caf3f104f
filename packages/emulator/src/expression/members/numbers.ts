import type { Cell } from '../compile/frame.js'
import { numericConversion } from '../compile/numeric.js'
import {
  checkStyle,
  decimalStyle,
  floatStyle,
  integerStyle,
  parseDecimal,
  parseDouble,
  parseInteger,
  parseSingle,
  tryParseDecimal,
  tryParseDouble,
  tryParseInteger,
  tryParseSingle,
  type IntegerType,
} from '../text/number-parse.js'
import { argumentException, argumentNull, argumentOutOfRange, conversionOverflow } from '../values/exceptions.js'
import { ClrArray } from '../values/collections.js'
import { types } from '../types.js'
import { Decimal } from '../values/decimal.js'
import type { ClrValue } from '../values/value.js'
import { roundNumber } from './math.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

/** How a number of a type is read. */
interface Reader {
  parse(text: string | null, style: number): ClrValue
  /** The value, or a `ParseFailure`. */
  tryParse(text: string, style: number): ClrValue
  readonly style: number
  readonly isInteger: boolean
  readonly zero: ClrValue
}

/** `Parse` and `TryParse` in all their overloads: a style is the parameter of that type, a provider is ignored. */
function parsing(reader: Reader): MemberTable {
  return {
    Parse: bound(({ member }) => {
      const styled = member.parameters[1]?.type.id === 'System.Globalization.NumberStyles'
      if (!styled) return (text: string | null) => reader.parse(text, reader.style)
      return (text: string | null, style: number) => {
        checkStyle(style, reader.isInteger)
        return reader.parse(text, style)
      }
    }),
    TryParse: bound(({ member }) => {
      const read = (text: string | null, style: number, result: Cell): boolean => {
        const value = text === null ? 'format' : reader.tryParse(text, style)
        const failed = value === 'format' || value === 'overflow'
        result.value = failed ? reader.zero : value
        return !failed
      }
      if (member.parameters.length === 2) return (text: string | null, result: Cell) => read(text, reader.style, result)
      return (text: string | null, style: number, _provider: ClrValue, result: Cell) => {
        checkStyle(style, reader.isInteger)
        return read(text, style, result)
      }
    }),
  }
}

function integer(type: string, keyword: IntegerType): TypeMembers {
  const big = keyword === 'long' || keyword === 'ulong'
  const fit = (value: bigint): ClrValue => (big ? value : Number(value))
  return membersOf(type, () =>
    parsing({
      parse: (text, style) => fit(parseInteger(text, keyword, style)),
      tryParse: (text, style) => {
        const value = tryParseInteger(text, keyword, style)
        return typeof value === 'bigint' ? fit(value) : value
      },
      style: integerStyle,
      isInteger: true,
      zero: fit(0n),
    }),
  )
}

const realConstants = (epsilon: number, maximum: number, smallestNormal: number): MemberTable => ({
  IsNaN: (value: number) => Number.isNaN(value),
  IsInfinity: (value: number) => Math.abs(value) === Number.POSITIVE_INFINITY,
  IsPositiveInfinity: (value: number) => value === Number.POSITIVE_INFINITY,
  IsNegativeInfinity: (value: number) => value === Number.NEGATIVE_INFINITY,
  IsFinite: (value: number) => Number.isFinite(value),
  // .NET looks at the bit alone, and its NaN has it.
  IsNegative: (value: number) => value < 0 || Object.is(value, -0) || Number.isNaN(value),
  IsNormal: (value: number) => Number.isFinite(value) && Math.abs(value) >= smallestNormal,
  IsSubnormal: (value: number) => value !== 0 && Math.abs(value) < smallestNormal,
  NaN: () => Number.NaN,
  PositiveInfinity: () => Number.POSITIVE_INFINITY,
  NegativeInfinity: () => Number.NEGATIVE_INFINITY,
  Epsilon: () => epsilon,
  MaxValue: () => maximum,
  MinValue: () => -maximum,
})

const double = membersOf('System.Double', () => ({
  ...realConstants(Number.MIN_VALUE, Number.MAX_VALUE, 2 ** -1022),
  ...parsing({
    parse: parseDouble,
    tryParse: tryParseDouble,
    style: floatStyle,
    isInteger: false,
    zero: 0,
  }),
}))

const single = membersOf('System.Single', () => ({
  ...realConstants(2 ** -149, 3.4028234663852886e38, 2 ** -126),
  ...parsing({
    parse: parseSingle,
    tryParse: tryParseSingle,
    style: floatStyle,
    isInteger: false,
    zero: 0,
  }),
}))

const toInt = numericConversion('decimal', 'int', true)
const toLong = numericConversion('decimal', 'long', true)

/** A decimal of the three words of its digits. */
function ofWords(lo: number, mid: number, hi: number, negative: boolean, scale: number): Decimal {
  const [high, middle, low] = [hi, mid, lo].map((part) => BigInt(part >>> 0)) as [bigint, bigint, bigint]
  const digits = (high << 64n) | (middle << 32n) | low
  return Decimal.of(negative ? -digits : digits, scale)
}

const maximumCurrency = Decimal.of(2n ** 63n - 1n, 4)

const decimal = membersOf('System.Decimal', () => ({
  ...parsing({
    parse: parseDecimal,
    tryParse: tryParseDecimal,
    style: decimalStyle,
    isInteger: false,
    zero: Decimal.zero,
  }),
  MaxValue: () => Decimal.maxValue,
  MinValue: () => Decimal.minValue,
  Zero: () => Decimal.zero,
  One: () => Decimal.one,
  MinusOne: () => Decimal.minusOne,
  '.ctor(float)': (value: number) => Decimal.ofDouble(value, 7),
  '.ctor(double)': (value: number) => Decimal.ofDouble(value),
  '.ctor(int[])': (bits: ClrArray | null) => {
    if (bits === null) throw argumentNull('bits')
    const [lo = 0, mid = 0, hi = 0, flags = 0] = bits.items as number[]
    const scale = (flags >> 16) & 0xff
    if (bits.items.length !== 4 || (flags & 0x7f00ffff) !== 0 || scale > 28)
      throw argumentException(
        'Decimal byte array constructor requires an array of length four containing valid decimal bytes.',
      )
    return ofWords(lo, mid, hi, flags < 0, scale)
  },
  '.ctor(int,int,int,bool,byte)': (lo: number, mid: number, hi: number, negative: boolean, scale: number) => {
    if (scale > 28) throw argumentOutOfRange('scale', "Decimal's scale value must be between 0 and 28, inclusive.")
    return ofWords(lo, mid, hi, negative, scale)
  },
  '.ctor': (value: number | bigint) => Decimal.ofInteger(value),
  FromOACurrency: (amount: bigint) => Decimal.of(amount, 4),
  ToOACurrency: (value: Decimal) => {
    const amount =
      value.abs().compare(maximumCurrency) > 0 ? undefined : value.multiply(Decimal.ofInteger(10000)).round()
    if (amount === undefined) throw conversionOverflow('a Currency')
    return toLong(amount)
  },
  Add: (a: Decimal, b: Decimal) => a.add(b),
  Subtract: (a: Decimal, b: Decimal) => a.subtract(b),
  Multiply: (a: Decimal, b: Decimal) => a.multiply(b),
  Divide: (a: Decimal, b: Decimal) => a.divide(b),
  Remainder: (a: Decimal, b: Decimal) => a.remainder(b),
  Negate: (value: Decimal) => value.negate(),
  Ceiling: (value: Decimal) => value.ceiling(),
  Floor: (value: Decimal) => value.floor(),
  Truncate: (value: Decimal) => value.truncate(),
  Round: roundNumber,
  ToInt32: toInt,
  ToInt64: toLong,
  ToUInt32: numericConversion('decimal', 'uint', true),
  ToUInt64: numericConversion('decimal', 'ulong', true),
  ToInt16: numericConversion('decimal', 'short', true),
  ToUInt16: numericConversion('decimal', 'ushort', true),
  ToByte: numericConversion('decimal', 'byte', true),
  ToSByte: numericConversion('decimal', 'sbyte', true),
  ToSingle: numericConversion('decimal', 'float', true),
  ToDouble: (value: Decimal) => value.toNumber(),
  GetBits: (value: Decimal) => {
    const coefficient = value.abs().coefficient
    const words = [0n, 32n, 64n].map((shift) => Number(BigInt.asIntN(32, coefficient >> shift)))
    const flags = (value.scale << 16) | (value.coefficient < 0n ? -2147483648 : 0)
    return new ClrArray(types().special.int, [...words, flags])
  },
}))

export const numberMembers: readonly TypeMembers[] = [
  integer('System.SByte', 'sbyte'),
  integer('System.Byte', 'byte'),
  integer('System.Int16', 'short'),
  integer('System.UInt16', 'ushort'),
  integer('System.Int32', 'int'),
  integer('System.UInt32', 'uint'),
  integer('System.Int64', 'long'),
  integer('System.UInt64', 'ulong'),
  double,
  single,
  decimal,
]
