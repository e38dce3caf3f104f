import { expect, it } from 'vitest'
import { parameterNames, templateFaults, withoutNames } from './url-template.js'

it.each(['/', '/orders', '/orders/{id}', '/a-{x}.{y}/b', '/files/{*path}', '/files/{*path}?v={v}', '*', ''])(
  'reads %j',
  (template) => {
    expect(templateFaults(template)).toEqual([])
  },
)

it.each([
  ['/{a', 'brace without its other half'],
  ['/a}', 'brace without its other half'],
  ['/{a{b}}', 'brace without its other half'],
  ['/{}', 'without a proper name'],
  ['/{*}', 'without a proper name'],
  ['/{a b}', 'without a proper name'],
  ['/{a/b}', 'without a proper name'],
  ['/{id}/{ID}', 'has the parameter {ID} twice'],
])('refuses %j', (template, fault) => {
  expect(templateFaults(template).join()).toContain(fault)
})

it('knows the names, and what is left without them', () => {
  expect(parameterNames('/{id}/{*rest}?why={why}')).toEqual(['id', 'rest', 'why'])
  expect(withoutNames('/{id}/{*rest}')).toBe(withoutNames('/{other}/{*all}'))
  expect(withoutNames('/{id}')).not.toBe(withoutNames('/{*id}'))
})
