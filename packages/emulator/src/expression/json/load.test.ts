import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { load, parseJson } from './load.js'
import { readPlainJson } from './plain-reader.js'
import { deepEquals } from './scalar.js'
import { JTokenReader } from './token-reader.js'
import { JsonTextReader } from './text-reader.js'
import { JContainer, type JToken } from './token.js'

const everything = (token: JToken): JToken[] => [
  token,
  ...(token instanceof JContainer ? Array.from(token.descendants()) : []),
]

/** Type, value and place of every token. */
const shape = (token: JToken): unknown[] =>
  everything(token).map(({ tokenType, path, line, linePosition }) => [tokenType, path, line, linePosition])

const outcome = (text: string): unknown => {
  try {
    return shape(load(new JsonTextReader(text)))
  } catch (error) {
    return error instanceof Error ? error.message : error
  }
}

/** JSON with line ends, blanks and escapes in unusual places. */
const documents = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t', ' \r\n'), fc.nat(3))
  .map(([value, indent, blanks]) => ' '.repeat(blanks) + JSON.stringify(value, null, indent) + '\n'.repeat(blanks))

describe('reading JSON', () => {
  it('makes the same tokens in one piece and token by token', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const plain = readPlainJson(text)
        if (plain !== undefined) expect(shape(plain)).toEqual(outcome(text))
      }),
    )
  })

  it('is left to the reader where the text is no plain JSON', () => {
    const letters = fc.constantFrom(...Array.from('{}[]:,"\'\\/*0123456789.eE+-truefalsn u\n\r'))
    fc.assert(
      fc.property(fc.string({ unit: letters }), (text) => {
        const plain = readPlainJson(text)
        if (plain !== undefined) expect(shape(plain)).toEqual(outcome(text))
      }),
      { numRuns: 1000 },
    )
  })

  it('reads plain JSON in one piece', () => {
    expect(readPlainJson('{"a":[1,-2.5e3,"x\\n\\u00e9",true,false,null,{}]}')).toBeDefined()
    for (const text of ["{'a':1}", '[1,]', '[01]', '"\\ud800"', '[1] 2', '{"a":1', '"a\nb"', '1e999']) {
      expect(readPlainJson(text), text).toBeUndefined()
    }
  })

  it('reads a tree as the text that it was read from', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const token = parseJson(text)
        expect(deepEquals(load(new JTokenReader(token)), token)).toBe(true)
      }),
    )
  })
})
