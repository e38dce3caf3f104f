import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const text = (expression: string, context: unknown = {}): string => {
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

describe('Convert', () => {
  it.each([
    ['@(Convert.ToInt32(2.5))', '2'],
    ['@(Convert.ToInt32(3.5))', '4'],
    ['@(Convert.ToInt32((string)null))', '0'],
    ['@(Convert.ToInt32(""))', 'FormatException'],
    ['@(Convert.ToByte(256))', 'OverflowException'],
    ['@(Convert.ToInt32("ff", 16))', '255'],
    ['@(Convert.ToInt32("ffffffff", 16))', '-1'],
    ['@(Convert.ToString(255, 2))', '11111111'],
    ['@(Convert.ToString(-1, 16))', 'ffffffff'],
    ['@(Convert.ToBoolean("yes"))', 'FormatException'],
    ['@(Convert.ToBoolean(2))', 'True'],
    ['@(Convert.ToString((string)null) == null)', 'True'],
    ['@(Convert.ToString((object)null) == "")', 'True'],
    ['@(Convert.ToChar(65))', 'A'],
    ['@(Convert.ToDouble("1.5"))', '1.5'],
    ['@(Convert.ToDecimal(0.1))', '0.1'],
    ['@(Convert.ToInt64((object)5))', '5'],
    ['@(Convert.ToInt32(new DateTime(2024, 1, 1)))', 'InvalidCastException'],
    ['@(Convert.ChangeType("5", typeof(int)))', '5'],
    ['@((int)Convert.ChangeType(5L, typeof(int)) + 1)', '6'],
    ['@(Convert.ToDateTime("2024-02-29").Day)', '29'],
    ['@(Convert.FromBase64String("abc"))', 'FormatException'],
    ['@(Convert.FromBase64String("a-_b"))', 'FormatException'],
    ['@(Convert.FromBase64String(" A Q I D ").Length)', '3'],
    ['@(Convert.ToBase64String(new byte[] { 1, 2, 3 }))', 'AQID'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('numbers', () => {
  it.each([
    ['@(int.Parse(null))', 'ArgumentNullException'],
    ['@(int.Parse("2147483648"))', 'OverflowException'],
    ['@(int.Parse("ff", System.Globalization.NumberStyles.HexNumber))', '255'],
    ['@{ int n; return int.TryParse("12", out n) ? n : -1; }', '12'],
    ['@(double.TryParse("abc", out var d) ? d : -1)', '-1'],
    ['@(decimal.Parse("1.50"))', '1.50'],
    ['@(5.ToString("D3"))', '005'],
    ['@((0.1+0.2).ToString("R"))', '0.30000000000000004'],
    ['@(1.0.Equals(1))', 'True'],
    ['@(5.Equals(5L))', 'False'],
    ['@(3.CompareTo(5))', '-1'],
    ['@(double.NaN.Equals(double.NaN))', 'True'],
    ['@(double.NaN == double.NaN)', 'False'],
    ['@(int.MaxValue + "" + long.MinValue)', '2147483647-9223372036854775808'],
    ['@(float.MaxValue)', '3.402823E+38'],
    ['@((float)0.1)', '0.1'],
    ['@((double)0.1f)', '0.100000001490116'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('Math', () => {
  it.each([
    ['@(Math.Round(2.5))', '2'],
    ['@(Math.Round(-2.5))', '-2'],
    ['@(Math.Round(2.5, MidpointRounding.AwayFromZero))', '3'],
    ['@(Math.Round(2.345m, 2))', '2.34'],
    ['@(Math.Floor(-1.5))', '-2'],
    ['@(Math.Truncate(-1.9))', '-1'],
    ['@(Math.Abs(int.MinValue))', 'OverflowException'],
    ['@(Math.Max(1, 2L))', '2'],
    ['@(Math.Min(1.5m, 2))', '1.5'],
    ['@(Math.Sign(-3.5))', '-1'],
    ['@{ int r; int q = Math.DivRem(17, 5, out r); return q + "/" + r; }', '3/2'],
    ['@(Math.Pow(2, 10))', '1024'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('Random', () => {
  it.each([
    ['@(new Random(5).Next(1, 100))', '34'],
    ['@(new Random(1).Next(10) < 10)', 'True'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('enums', () => {
  it.each([
    ['@(Enum.Parse(typeof(StringComparison), "ordinal", true))', 'Ordinal'],
    ['@(Enum.Parse(typeof(StringComparison), "Nope"))', 'ArgumentException'],
    ['@(Enum.TryParse<DayOfWeek>("Friday", out var d) ? (int)d : -1)', '5'],
    ['@(StringComparison.Ordinal.ToString() + (int)StringComparison.Ordinal)', 'Ordinal4'],
    ['@(RegexOptions.IgnoreCase | RegexOptions.Multiline)', 'IgnoreCase, Multiline'],
    ['@((RegexOptions.IgnoreCase & RegexOptions.Multiline) == 0)', 'True'],
    ['@(string.Join(",", Enum.GetNames(typeof(DateTimeKind))))', 'Unspecified,Utc,Local'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})

describe('objects', () => {
  it.each([
    ['@(Tuple.Create(1, "a"))', '(1, a)'],
    ['@(Tuple.Create(1, "a").Equals(Tuple.Create(1, "a")))', 'True'],
    ['@(new { a = 1, b = "x" })', '{ a = 1, b = x }'],
    ['@(new { a = 1 }.Equals(new { a = 1 }))', 'True'],
    ['@(5.GetType().Name + typeof(List<int>).FullName)', 'Int32System.Collections.Generic.List`1[System.Int32]'],
    ['@(((object)5).Equals(5))', 'True'],
    ['@((object)"a" == (object)"a")', 'True'],
    ['@(new Version("1.10.0") > new Version("1.9"))', 'True'],
    ['@(default(Guid))', '00000000-0000-0000-0000-000000000000'],
    ['@(Guid.Parse("6F9619FF-8B86-D011-B42D-00CF4FC964FF").ToString("N"))', '6f9619ff8b86d011b42d00cf4fc964ff'],
    [
      '@(BitConverter.ToString(new Guid("6F9619FF-8B86-D011-B42D-00CF4FC964FF").ToByteArray()))',
      'FF-19-96-6F-86-8B-11-D0-B4-2D-00-CF-4F-C9-64-FF',
    ],
    ['@(Guid.NewGuid() != Guid.NewGuid())', 'True'],
    ['@(Guid.Parse("x"))', 'FormatException'],
  ])('%s', (expression, expected) => expect(text(expression)).toBe(expected))
})
