import { flag, group, list, map, oneOf, text } from '@apim-kit/core/fields'
import { describe, expect, it } from 'vitest'
import { readProperties, withDefaults } from './read-properties.js'

const fields = {
  displayName: text({ required: true }),
  kindOf: oneOf(['OAuth2', 'Other'], { default: 'Other' }),
  flags: list(group({ on: flag(), mode: oneOf(['A', 'B']) })),
  nested: group({ inner: text(), status: text({ computed: true }) }),
  parameters: map({ secretKeys: ['clientSecret'] }),
  status: text({ computed: true }),
}

describe('readProperties', () => {
  it('gives names and enumerations our spelling, however deep', () => {
    const sent = {
      DISPLAYNAME: 'Kept As It Is',
      kindof: 'oauth2',
      Flags: [{ On: true, MODE: 'b' }],
      nested: { INNER: 'x' },
    }
    expect(readProperties(fields, sent)).toEqual({
      displayName: 'Kept As It Is',
      kindOf: 'OAuth2',
      flags: [{ on: true, mode: 'B' }],
      nested: { inner: 'x' },
    })
  })

  it('ignores what only the service sets, and takes null for left out', () => {
    expect(
      readProperties(fields, { status: 'Connected', nested: { status: 'x', inner: null }, displayName: null }),
    ).toEqual({
      nested: {},
    })
  })

  it('keeps the keys of a map, null and truth values in it, but finds its secrets', () => {
    const parameters = { anyKey: 'x', scopes: null, usePkce: true, CLIENTSECRET: 's' }
    expect(readProperties(fields, { parameters })).toEqual({
      parameters: { anyKey: 'x', scopes: null, usePkce: true, clientSecret: 's' },
    })
  })

  it('leaves values of a wrong type to validation', () => {
    const sent = { kindOf: 1, flags: 'x', nested: [], parameters: 'y' }
    expect(readProperties(fields, sent)).toEqual(sent)
  })

  it.each([
    [{ other: 1 }, `property 'other'`],
    [{ nested: { other: 1 } }, `property 'nested.other'`],
  ])('refuses %j by name', (sent, name) => {
    expect(() => readProperties(fields, sent)).toThrow(name)
  })

  it('takes no property of every object for one of a kind', () => {
    expect(() => readProperties(fields, { constructor: 1 })).toThrow(`property 'constructor'`)
  })
})

it('withDefaults fills in what was left out', () => {
  expect(withDefaults(fields, { displayName: 'x' })).toEqual({ displayName: 'x', kindOf: 'Other' })
  expect(withDefaults(fields, { kindOf: 'OAuth2' })).toEqual({ kindOf: 'OAuth2' })
})
