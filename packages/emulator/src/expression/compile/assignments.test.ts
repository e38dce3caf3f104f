import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const textOf = (body: string): string => {
  const row = evaluateExpression(`@{ ${body} }`)
  return row.ok ? row.text : row.error.code
}

describe('an addition to a local', () => {
  it.each([
    ['int a = 2147483647; a++; return a;', '-2147483648'],
    // The old value is read before the right side changes it.
    ['int a = 1; a += (a = 5) + a; return a;', '11'],
    ['int a = 1; a += a++ + a; return a;', '4'],
    ['int a = 1; Func<int> f = () => { a = 10; return 1; }; a += f(); return a;', '2'],
    ['checked { int a = 2147483647; a++; return a; }', 'OverflowException'],
    ['int a = 1; int b = a++; return b * 10 + a;', '12'],
    ['int? a = 1; a += null; return a == null;', 'True'],
    ['short s = 32767; s++; return s;', '-32768'],
  ])('%s', (body, text) => expect(textOf(body)).toBe(text))
})
