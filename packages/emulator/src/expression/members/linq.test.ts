import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const textOf = (expression: string, json?: unknown): string => {
  const context = { variables: { items: { type: 'JArray', value: json ?? [] } } }
  const row = evaluateExpression(expression, context)
  return row.ok ? row.text : row.error.code
}

/** Links of a chain over ints, with what JavaScript's arrays do. */
const links: readonly (readonly [text: string, apply: (items: readonly number[]) => number[]])[] = [
  ['.Where(x => x % 2 == 0)', (items) => items.filter((x) => x % 2 === 0)],
  ['.Where((x, i) => i % 2 == 0)', (items) => items.filter((_, i) => i % 2 === 0)],
  ['.Select(x => x + 1)', (items) => items.map((x) => x + 1)],
  ['.Select((x, i) => x * i)', (items) => items.map((x, i) => x * i)],
  ['.Skip(2)', (items) => items.slice(2)],
  ['.Take(3)', (items) => items.slice(0, 3)],
  ['.Take(0)', () => []],
  [
    '.SkipWhile(x => x < 5)',
    (items) =>
      items.slice(
        Math.max(
          0,
          findOr(items, (x) => x >= 5),
        ),
      ),
  ],
  [
    '.TakeWhile(x => x < 7)',
    (items) =>
      items.slice(
        0,
        findOr(items, (x) => x >= 7),
      ),
  ],
  ['.Distinct()', (items) => [...new Set(items)]],
  ['.Concat(new[] { 4, 5 })', (items) => [...items, 4, 5]],
  ['.OrderByDescending(x => x)', (items) => items.toSorted((a, b) => b - a)],
  ['.Reverse()', (items) => items.toReversed()],
  ['.SelectMany(x => new[] { x, x })', (items) => items.flatMap((x) => [x, x])],
]

const findOr = (items: readonly number[], test: (x: number) => boolean): number => {
  const index = items.findIndex(test)
  return index < 0 ? items.length : index
}

describe('a chain', { timeout: 30_000 }, () => {
  const chain = fc.array(fc.constantFrom(...links), { maxLength: 5 })
  const numbers = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 8 })

  it('gives the same to foreach, which pulls, as to those that take all', () => {
    fc.assert(
      fc.property(chain, numbers, (parts, items) => {
        const wanted = parts.reduce<readonly number[]>((all, [, apply]) => apply(all), items)
        const source = `context.Variables.GetValueOrDefault<JArray>("items").Select(t => (int)t)${parts.map(([text]) => text).join('')}`
        const pulled = `@{ var text = ""; foreach (var x in ${source}) text += x + ";"; return text; }`
        expect(textOf(pulled, items)).toBe(wanted.map((x) => `${x};`).join(''))
        expect(textOf(`@(string.Join(",", ${source}.ToList()))`, items)).toBe(wanted.join(','))
        expect(textOf(`@(${source}.Count())`, items)).toBe(String(wanted.length))
        expect(textOf(`@(${source}.Sum())`, items)).toBe(String(wanted.reduce((a, b) => a + b, 0)))
        expect(textOf(`@(${source}.FirstOrDefault(x => x > 3))`, items)).toBe(String(wanted.find((x) => x > 3) ?? 0))
      }),
      { numRuns: 30 },
    )
  })
})

describe('a chain runs', () => {
  const log = 'var log = ""; Func<string, int, int> note = (s, x) => { log += s + x; return x; };'
  const source = 'new[] { 1, 2, 3 }.Where(x => note("w", x) != 2).Select(x => note("s", x))'

  it.each([
    ['only when it is walked', `var q = ${source}; return log;`, ''],
    ['element by element', `var q = ${source}.ToList(); return log;`, 'w1s1w2w3s3'],
    ['no further than it is asked', `var q = ${source}.First(); return log;`, 'w1s1'],
    ['no further than Take', `var q = ${source}.Take(1).ToList(); return log;`, 'w1s1'],
    ['again with each walk', `var q = ${source}.Take(1); q.Sum(); q.Sum(); return log;`, 'w1s1w1s1'],
    ['no further than Take in a foreach', `foreach (var x in ${source}.Take(1)) { } return log;`, 'w1s1'],
    ['no further than foreach', `foreach (var x in ${source}) break; return log;`, 'w1s1'],
  ])('%s', (_name, body, text) => expect(textOf(`@{ ${log} ${body} }`)).toBe(text))

  it('and notices that its list changes', () => {
    expect(textOf('@{ var l = new List<int> { 1, 2 }; return l.Select(x => { l.Add(x); return x; }).Sum(); }')).toBe(
      'InvalidOperationException',
    )
  })

  it('and checks its lambda at once', () => {
    expect(textOf('@{ Func<int, bool> f = null; var q = new[] { 1 }.Where(f); return "late"; }')).toBe(
      'ArgumentNullException',
    )
  })
})
