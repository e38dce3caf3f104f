import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const textOf = (body: string): string => {
  const row = evaluateExpression(`@{ ${body} }`)
  return row.ok ? row.text : row.error.code
}

describe('a for statement that counts', () => {
  it.each([
    ['int n = 0; for (int i = 0; i < 5; i++) n += i; return n;', '10'],
    ['int n = 0; for (int i = 0; i <= 5; i++) n += i; return n;', '15'],
    ['int n = 0; for (int i = 0; i < 10; i += 3) n += i; return n;', '18'],
    // The body moves the counter and the limit.
    ['int n = 0; for (int i = 0; i < 10; i++) { n++; i++; } return n;', '5'],
    ['int n = 0; int end = 10; for (int i = 0; i < end; i++) { n++; end--; } return n;', '5'],
    [
      'int n = 0; var list = new List<int> { 1 }; for (int i = 0; i < list.Count; i++) { if (i < 3) list.Add(i); n++; } return n;',
      '4',
    ],
    ['int n = 0; for (int i = 0; i < 10; i++) { if (i == 2) continue; if (i == 5) break; n += i; } return n;', '8'],
    ['for (int i = 0; i < 10; i++) { if (i == 3) return i; } return -1;', '3'],
    // Past the largest number it goes on from the smallest.
    [
      'int n = 0; for (int i = int.MaxValue - 1; i <= int.MaxValue; i++) { if (++n > 3) return i; } return 0;',
      '-2147483647',
    ],
    ['int i = 7; for (; i < 9; i++) { } return i;', '9'],
    // Each lambda sees the one counter.
    ['var f = new List<Func<int>>(); for (int i = 0; i < 3; i++) f.Add(() => i); return f.Sum(x => x());', '9'],
    ['int n = 0; for (int i = 0; i < 3; i++) for (int j = 0; j < i; j++) n += 10 * i + j; return n;', '51'],
  ])('%s', (body, text) => expect(textOf(body)).toBe(text))
})
