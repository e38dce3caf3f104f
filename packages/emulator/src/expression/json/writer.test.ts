import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './load.js'
import { deepEquals } from './scalar.js'
import { writeJson } from './writer.js'

const withoutDates = { dateParseHandling: 0, dateTimeZoneHandling: 3, floatParseHandling: 0 }

describe('JSON', () => {
  it('is read by JSON.parse as what was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.boolean(), (value, indented) => {
        const source = JSON.stringify(value)
        expect(JSON.parse(writeJson(parseJson(source, 'JToken', withoutDates), indented))).toEqual(JSON.parse(source))
      }),
    )
  })

  it('reads its own text back as an equal token', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const token = parseJson(JSON.stringify(value))
        expect(deepEquals(parseJson(writeJson(token, true)), token)).toBe(true)
      }),
    )
  })

  it('refuses other text with a JsonReaderException and nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('{}[]:,"\'\\/*0123456789.eE+-truefalsn u\n')) }),
        (text) => {
          try {
            parseJson(text)
          } catch (error) {
            expect(error).toMatchObject({ typeName: 'Newtonsoft.Json.JsonReaderException' })
          }
        },
      ),
    )
  })
})
