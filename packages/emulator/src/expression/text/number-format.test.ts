import { describe, expect, it } from 'vitest'
import { Decimal } from '../values/decimal.js'
import { formatDecimal, formatDouble, formatInteger, formatSingle } from './number-format.js'
import { parseDecimal, parseDouble, parseInteger } from './number-parse.js'

const decimal = (text: string): Decimal => parseDecimal(text)

describe('doubles', () => {
  it.each([
    [1, '1', '1'],
    [1e14, '100000000000000', '100000000000000'],
    [1e15, '1E+15', '1000000000000000'],
    [1e20, '1E+20', '1E+20'],
    [1e-5, '1E-05', '1E-05'],
    [0.0001, '0.0001', '0.0001'],
    [0.1 + 0.2, '0.3', '0.30000000000000004'],
    [1 / 3, '0.333333333333333', '0.3333333333333333'],
    [Math.PI, '3.14159265358979', '3.141592653589793'],
    [-0, '0', '-0'],
    [Number.NaN, 'NaN', 'NaN'],
    [-1 / 0, '-Infinity', '-Infinity'],
    [123456.75, '123456.75', '123456.75'],
  ])('%d prints as %s on .NET Framework, as %s on .NET Core', (value, framework, core) => {
    expect(formatDouble(value, null, 'framework')).toBe(framework)
    expect(formatDouble(value, null, 'core')).toBe(core)
  })

  it.each([
    [0.1 + 0.2, 'R', '0.30000000000000004'],
    [0.256, 'P1', '25.6 %'],
    [0.5, 'P0', '50 %'],
    [1234567.891, 'N', '1,234,567.89'],
    [1234.5, 'C', '¤1,234.50'],
    [-1234.5, 'C', '(¤1,234.50)'],
    [1e10, 'E2', '1.00E+010'],
    [1234.5, '#,##0.00', '1,234.50'],
    [2.5, 'F0', '3'],
    [0, '#', ''],
    [-0.4, 'F0', '0'],
    [12.345, '0.0', '12.3'],
    [0.126, '0.##%', '12.6%'],
    [1234567, '#,#,', '1,235'],
    [5, '000', '005'],
    [-5, '0;(0);zero', '(5)'],
    [0, '0;(0);zero', 'zero'],
    [1234, '0.00E+0', '1.23E+3'],
    [42, "'n='0", 'n=42'],
    [1234.5678, 'G3', '1.23E+03'],
    [0.5, '.00', '.50'],
    [12, '\\#0', '#12'],
  ])('%d with %s prints as %s', (value, format, text) => {
    expect(formatDouble(value, format, 'framework')).toBe(text)
  })

  it('rounds from 15 digits on .NET Framework and from the exact value on .NET Core', () => {
    expect(formatDouble(2.675, 'F2', 'framework')).toBe('2.68')
    expect(formatDouble(2.675, 'F2', 'core')).toBe('2.67')
  })

  it('prints floats with 7 digits', () => {
    expect(formatSingle(Math.fround(0.1), null, 'framework')).toBe('0.1')
    expect(formatSingle(Math.fround(1 / 3), null, 'framework')).toBe('0.3333333')
    expect(formatSingle(Math.fround(1 / 3), null, 'core')).toBe('0.33333334')
  })
})

describe('integers', () => {
  it.each([
    [255, 'x2', 'ff'],
    [255, 'X4', '00FF'],
    [5, 'D3', '005'],
    [-5, 'D3', '-005'],
    [-1, 'x', 'ffffffff'],
    [1234567, 'N0', '1,234,567'],
    [1234, 'G2', '1.2E+03'],
    [1234, 'E2', '1.23E+003'],
    [0, '#', ''],
    [1234567890, '#,##0', '1,234,567,890'],
  ])('%d with %s prints as %s', (value, format, text) => {
    expect(formatInteger(value, format, 32)).toBe(text)
  })
})

describe('decimals', () => {
  it.each([
    ['1.10', null, '1.10'],
    ['12.345', '0.0', '12.3'],
    ['1.10', 'G', '1.10'],
    ['2.5', 'F0', '3'],
    ['1234.5', 'N2', '1,234.50'],
    ['-0.005', 'N2', '-0.01'],
  ])('%s with %s prints as %s', (value, format, text) => {
    expect(formatDecimal(decimal(value), format)).toBe(text)
  })

  it.each([
    ['1.0', 'add', '2', '3.0'],
    ['1.10', 'multiply', '1', '1.10'],
    ['7', 'divide', '2', '3.5'],
    ['1', 'divide', '3', '0.3333333333333333333333333333'],
    ['2', 'divide', '3', '0.6666666666666666666666666667'],
    ['10', 'divide', '4', '2.5'],
    ['100', 'multiply', '1.1', '110.0'],
    ['5.5', 'remainder', '2', '1.5'],
    ['79228162514264337593543950335', 'multiply', '0.1', '7922816251426433759354395033.5'],
  ] as const)('%s %s %s is %s', (left, operation, right, text) => {
    expect(decimal(left)[operation](decimal(right)).toString()).toBe(text)
  })

  it('overflows at 96 bits', () => {
    expect(() => Decimal.maxValue.add(Decimal.one)).toThrow('Value was either too large or too small for a Decimal.')
  })

  it('takes 15 digits of a double', () => {
    expect(Decimal.ofDouble(0.1).toString()).toBe('0.1')
    expect(Decimal.ofDouble(1 / 3).toString()).toBe('0.333333333333333')
    expect(Decimal.ofDouble(1e20).toString()).toBe('100000000000000000000')
  })
})

describe('parsing', () => {
  it.each([
    [' 42 ', 42n],
    ['+5', 5n],
    ['007', 7n],
  ])('reads the int %s', (text, value) => expect(parseInteger(text, 'int')).toBe(value))

  it.each(['4.2', '1,234', '0x1F', '', 'x'])('refuses the int %s', (text) => {
    expect(() => parseInteger(text, 'int')).toThrow('Input string was not in a correct format.')
  })

  it('says which type overflows', () => {
    expect(() => parseInteger('2147483648', 'int')).toThrow('Value was either too large or too small for an Int32.')
  })

  it('reads doubles with group separators and exponents', () => {
    expect(parseDouble('1,234.5')).toBe(1234.5)
    expect(parseDouble('1e3')).toBe(1000)
    expect(() => parseDouble('abc')).toThrow('Input string was not in a correct format.')
  })

  it('keeps the scale of a decimal', () => expect(parseDecimal('1.50').toString()).toBe('1.50'))
})
