import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileTemplate } from './url-template.js'

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/)

describe('compileTemplate', () => {
  it('gives back the values that a template was filled with', () => {
    const segment = fc.oneof(
      word.map((text) => ({ template: text, value: text, name: undefined })),
      word.map((value) => ({ template: '{}', value, name: '' })),
    )
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 6 }), (segments) => {
        const named = segments.map((each, index) => (each.name === undefined ? each : { ...each, name: `p${index}` }))
        const template = named.map(({ template: text, name }) => `/${name === undefined ? text : `{${name}}`}`).join('')
        const path = named.map(({ value }) => `/${value}`).join('')
        const expected = named.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value]]))
        expect([...(compileTemplate(template).matchPath(path) ?? [])]).toEqual(expected)
      }),
    )
  })

  it('ends for any template and path', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '*', '/', 'a', '-', '?') }),
        fc.webPath(),
        (template, path) => {
          compileTemplate(template).matchPath(path)
        },
      ),
    )
  })

  it.each([
    ['/files/{*path}', '/files/a/b', { path: 'a/b' }],
    ['/files/{*path}', '/files/', { path: '' }],
    ['/{*path}/sync', '/a/sync/b/sync', { path: 'a/sync/b' }],
    ['/{name}.{type}', '/a.b.json', { name: 'a', type: 'b.json' }],
    ['/users({id})', '/users(7)', { id: '7' }],
    ['/{id}', '/', undefined],
    ['/{id}/x', '/1/2/x', undefined],
    ['/a', '/ab', undefined],
  ])('compares %s with %s', (template, path, expected) => {
    const found = compileTemplate(template).matchPath(path)
    expect(found && Object.fromEntries(found)).toEqual(expected)
  })
})
