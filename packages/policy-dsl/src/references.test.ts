import { expect, test } from 'vitest'
import { read } from './index.js'

const named = (xml: string) => read(`<policies><inbound>${xml}</inbound></policies>`).document?.references

test('named values are found in attributes, texts and expressions, each with its place', () => {
  expect(
    named('<set-header name="{{a}}"><value>@("{{b}}" + {{c}})</value><value>x{{d}}y{{e}}</value></set-header>'),
  ).toEqual([
    { kind: 'namedValue', name: 'a', path: 'inbound/set-header[1]/@name', line: 1, column: 38 },
    { kind: 'namedValue', name: 'b', path: 'inbound/set-header[1]/value[1]', line: 1, column: 52 },
    { kind: 'namedValue', name: 'c', path: 'inbound/set-header[1]/value[1]', line: 1, column: 52 },
    { kind: 'namedValue', name: 'd', path: 'inbound/set-header[1]/value[2]', line: 1, column: 85 },
    { kind: 'namedValue', name: 'e', path: 'inbound/set-header[1]/value[2]', line: 1, column: 85 },
  ])
})

test('braces of a Liquid template are its own', () => {
  expect(named('<set-body template="liquid">{{body.a}}</set-body>')).toEqual([])
  expect(named('<publish-to-dapr topic="a" template="Liquid">{{body.a}}</publish-to-dapr>')).toEqual([])
  const binding = '<invoke-dapr-binding name="a" template="liquid"><data>{{body.a}}</data></invoke-dapr-binding>'
  expect(named(binding)).toEqual([])
  expect(named(binding.replace('liquid', '{{b}}'))?.map(({ name }) => name)).toEqual(['b', 'body.a'])
  expect(named('<set-body template="none">{{body.a}}</set-body>')).toHaveLength(1)
})

test('policies that nothing describes name named values all the same', () => {
  expect(named('<my-policy a="{{b}}"><c>{{d}}</c></my-policy>')?.map(({ name }) => name)).toEqual(['b', 'd'])
})

test('resources are named by literals only, children with their parent', () => {
  expect(
    named('<get-authorization-context provider-id="p" authorization-id="c" context-variable-name="v" />'),
  ).toMatchObject([
    { kind: 'credentialProvider', name: 'p' },
    { kind: 'connection', name: 'c', parent: 'p' },
  ])
  expect(
    named('<get-authorization-context provider-id="@(p)" authorization-id="c" context-variable-name="v" />'),
  ).toEqual([])
  expect(
    named('<get-authorization-context provider-id="{{p}}" authorization-id="c" context-variable-name="v" />'),
  ).toMatchObject([{ kind: 'namedValue', name: 'p' }])
  expect(named('<set-backend-service backend-id="orders" />')).toMatchObject([{ kind: 'backend', name: 'orders' }])
  expect(named('<set-backend-service backend-id="dapr" dapr-app-id="a" dapr-method="b" />')).toEqual([])
})
