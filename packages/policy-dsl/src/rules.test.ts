import { expect, test } from 'vitest'
import { definePolicy } from './define-policy.js'
import { integer, text } from './fields.js'
import { check, policies } from './index.js'
import { everyGateway, everyScope, everySection } from './places.js'
import { atMost, between, form, lessThan, needs, noEffect } from './rules.js'
import { child } from './shape.js'
import { namedValueReference } from './value.js'
import { expression } from './written-expression.js'

const sample = definePolicy('sample', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: { name: text(), value: text(), period: integer() },
  children: { part: child({ text: text() }, { many: true }) },
  rules: [
    needs('value', { unless: { name: ['API ID', 'User ID'] }, severity: 'warning', because: 'it has no default' }),
    between('period', { min: 300, max: 900, or: [0], severity: 'warning' }),
    atMost('part', 2, { severity: 'warning' }),
  ],
  examples: [],
})

const messagesOf = (policy: ReturnType<typeof sample>): string[] =>
  check(policies({ inbound: [policy] }), { scope: 'global' }).map(({ rule, message }) => `${rule}: ${message}`)

test('needs: any value of a list fulfils the condition', () => {
  expect(messagesOf(sample({ name: 'User ID' }))).toEqual([])
  expect(messagesOf(sample({ name: 'Team' }))).toEqual([
    'policy/needs: @value is missing; it is needed unless @name is API ID or User ID (it has no default)',
  ])
  expect(messagesOf(sample({ name: namedValueReference('dimension') }))).toEqual([])
})

test('needs: a property may need another one', () => {
  const pair = definePolicy('pair', {
    ...sample.definition.description,
    attributes: { modulus: text(), exponent: text() },
    children: {},
    rules: [needs('modulus', { with: 'exponent' })],
  })
  expect(() => pair({ exponent: 'AQAB' })).toThrow('@modulus is missing; it is needed with @exponent')
  expect(messagesOf(pair({ modulus: 'x', exponent: 'AQAB' }))).toEqual([])
  expect(messagesOf(pair({ modulus: 'x' }))).toEqual([])
})

test('between: literals outside of the range are named, what only the gateway knows is not', () => {
  for (const period of [0, 300, 900, expression('@(5)'), namedValueReference('period')]) {
    expect(messagesOf(sample({ value: 'x', period }))).toEqual([])
  }
  expect(messagesOf(sample({ value: 'x', period: 5 }))).toEqual([
    'policy/between: @period is 5; expected 0 or 300 to 900',
  ])
})

test('at most: children are counted', () => {
  expect(messagesOf(sample({ value: 'x', part: ['a', 'b'] }))).toEqual([])
  expect(messagesOf(sample({ value: 'x', part: ['a', 'b', 'c'] }))).toEqual([
    'policy/at-most: <part> stands 3 times; at most 2 are taken',
  ])
})

const more = definePolicy('more', {
  ...sample.definition.description,
  attributes: { header: text({ caseInsensitive: true }), scheme: text(), from: integer(), to: integer() },
  children: { part: child({ attributes: { name: text() } }, { many: true }) },
  rules: [
    noEffect({ property: 'scheme', unless: { header: 'Authorization' }, because: 'other headers have none' }),
    noEffect({ when: { header: 'Connection' } }),
    lessThan('from', 'to', { severity: 'warning' }),
    form('header', { pattern: /^[\w-]+$/, expected: 'a name', severity: 'warning', without: 'scheme' }),
    atMost('part', 1, { except: { name: ['own', 'other'] }, severity: 'warning' }),
  ],
})

test('no effect: a property, or the whole policy, that nothing looks at', () => {
  expect(messagesOf(more({ header: 'authorization', scheme: 'Bearer' }))).toEqual([])
  expect(messagesOf(more({ header: namedValueReference('header'), scheme: 'Bearer' }))).toEqual([])
  expect(messagesOf(more({ header: 'X-Token', scheme: 'Bearer' }))).toEqual([
    'policy/no-effect: @scheme changes nothing unless @header is Authorization; leave it out (other headers have none)',
  ])
  expect(messagesOf(more({ header: 'connection' }))).toEqual([
    'policy/no-effect: <more> changes nothing when @header is Connection; leave it out',
  ])
})

test('less than: literals are compared, what only the gateway knows is not', () => {
  for (const to of [2, expression('@(1)'), namedValueReference('to'), undefined])
    expect(messagesOf(more({ from: 1, ...(to === undefined ? {} : { to }) }))).toEqual([])
  expect(messagesOf(more({ from: 2, to: 2 }))).toEqual(['policy/less-than: @from is 2, which is not less than @to, 2'])
})

test('form: a text that looks otherwise, where the other property is not given', () => {
  for (const header of ['X-Token', expression('@("a b")'), namedValueReference('header')])
    expect(messagesOf(more({ header }))).toEqual([])
  expect(messagesOf(more({ header: 'a b' }))).toEqual(['policy/form: @header is "a b"; expected a name'])
})

test('at most: some children are not counted', () => {
  const own = [{ name: 'own' }, { name: 'other' }]
  expect(messagesOf(more({ part: [...own, { name: 'a' }] }))).toEqual([])
  expect(messagesOf(more({ part: [...own, { name: 'a' }, { name: 'b' }] }))).toEqual([
    'policy/at-most: <part> but those whose @name is own or other stands 2 times; at most 1 are taken',
  ])
})
