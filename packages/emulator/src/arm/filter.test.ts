import { assert, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter } from './filter.js'

const item = { name: 'Order-API', displayName: `It's here`, enabled: true, parts: ['a'], nothing: null }

describe('compileFilter', () => {
  it.each([
    [`name eq 'order-api'`, true],
    [`name ne 'order-api'`, false],
    [`NAME gt 'a' and name lt 'p' and name ge 'order-api' and name le 'order-api'`, true],
    [`contains(name,'api')`, true],
    [`startswith(name, 'api')`, false],
    [`endswith( name , 'API' )`, true],
    [`substringof('der',name)`, true],
    [`properties/displayName eq 'it''s here'`, true],
    [`properties.enabled eq 'true'`, true],
    [`nothing eq ''`, true],
    [`contains(parts,'a')`, false],
  ])('%s: %s', (filter, expected) => {
    expect(compileFilter(filter)(item)).toBe(expected)
  })

  it.each([
    '',
    'name',
    `name eq order`,
    `name eq 'a' or name eq 'b'`,
    `name eq 'a' and`,
    `length(name) eq '3'`,
    `name like 'a'`,
    `(name eq 'a')`,
    `name eq 'a'x`,
  ])('refuses %j', (filter) => {
    expect(() => compileFilter(filter)).toThrow(/is not emulated/)
  })

  it('names a field that is not there, and what is', () => {
    expect(() => compileFilter(`nam eq 'x'`)(item)).toThrow(`$filter names 'nam'; did you mean "name"?`)
  })

  it('finds every text by itself, quotes doubled', () => {
    assert(
      property(string(), (text) => {
        const quoted = text.replaceAll(`'`, `''`)
        expect(compileFilter(`name eq '${quoted}' and contains(name,'${quoted}')`)({ name: text })).toBe(true)
      }),
    )
  })
})
