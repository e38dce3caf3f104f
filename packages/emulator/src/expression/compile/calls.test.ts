import { describe, expect, it } from 'vitest'
import { evaluateExpression } from '../evaluate-batch.js'

const textOf = (body: string): string => {
  const row = evaluateExpression(`@{ ${body} }`)
  return row.ok ? row.text : row.error.code
}

describe('a call on null', () => {
  it.each([
    // The arguments are evaluated first.
    ['string s = null; return s.IndexOf(int.Parse("x").ToString());', 'FormatException'],
    ['JObject o = null; return o[int.Parse("x").ToString()];', 'FormatException'],
    ['string s = null; return s.Replace("a", int.Parse("x").ToString());', 'FormatException'],
    ['string s = null; return s.IndexOf("a");', 'NullReferenceException'],
    ['string s = null; return s.Length;', 'NullReferenceException'],
    ['string s = null; return s.Insert(0, "a");', 'NullReferenceException'],
  ])('%s', (body, text) => expect(textOf(body)).toBe(text))
})
