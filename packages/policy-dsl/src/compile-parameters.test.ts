import { describe, expect, expectTypeOf, test } from 'vitest'
import {
  childElements,
  choose,
  compileParameters,
  expression,
  forwardRequest,
  Literal,
  namedValueReference,
  parseLiteral,
  policies,
  read,
  sendRequest,
  setHeader,
  setVariable,
  validateAzureAdToken,
  type Element,
  type ParameterCompiler,
  type ParametersOf,
} from './index.js'

/** Evaluates an expression to its source and the context, a literal to what its field makes of it. */
const compiler: ParameterCompiler<number, string[]> = {
  value: (value, { field }) =>
    value instanceof Literal ? () => parseLiteral(field, value) : (context) => `${value.source} in ${context}`,
  policies: (elements) => elements.map(({ name }) => name),
}

test('attributes by property, with defaults and evaluated expressions', () => {
  const parameters = compileParameters(
    setHeader,
    setHeader({ name: expression('@(n)'), value: ['a', expression('@(b)')] }),
    compiler,
  )
  expect(parameters(1)).toEqual({ name: '@(n) in 1', existsAction: 'override', value: ['a', '@(b) in 1'] })
  expect(parameters(2).name).toBe('@(n) in 2')
})

test('literals have the type of their field', () => {
  const element = forwardRequest({ timeout: 5, followRedirects: true })
  expect(compileParameters(forwardRequest, element, compiler)(0)).toEqual({
    timeout: 5,
    httpVersion: '1',
    followRedirects: true,
    bufferRequestBody: false,
    bufferResponse: true,
    failOnErrorStatusCode: false,
  })
})

test('nested policies and lists are arrays of their parameters', () => {
  const request = sendRequest({
    responseVariableName: 'r',
    setUrl: 'https://example.com',
    setMethod: 'GET',
    setHeader: { name: 'a', value: 'b' },
    setBody: 'c',
  })
  expect(compileParameters(sendRequest, request, compiler)(0)).toEqual({
    mode: 'new',
    responseVariableName: 'r',
    timeout: 60,
    ignoreError: false,
    setUrl: 'https://example.com',
    setMethod: { text: 'GET' },
    setHeader: [{ name: 'a', existsAction: 'override', value: ['b'] }],
    setBody: { xsiNil: 'blank', parseDate: true, text: 'c' },
  })
  const token = validateAzureAdToken({
    tenantId: 't',
    audiences: ['a', 'b'],
    requiredClaims: [{ name: 'roles', value: 'r' }],
  })
  expect(compileParameters(validateAzureAdToken, token, compiler)(0)).toMatchObject({
    audiences: ['a', 'b'],
    requiredClaims: [{ name: 'roles', match: 'all', value: ['r'] }],
  })
})

test('what is evaluated later is a function, and policies are what the gateway made of them', () => {
  const element = choose({
    when: [
      { condition: expression('@(c)'), policies: [setVariable({ name: 'a', value: 'b' })] },
      { condition: true, policies: [] },
    ],
    otherwise: [setHeader({ name: 'x', existsAction: 'delete' })],
  })
  const { when, otherwise } = compileParameters(choose, element, compiler)(7)
  expect(when.map(({ condition }) => condition())).toEqual(['@(c) in 7', true])
  expect(when.map((branch) => branch.policies)).toEqual([['set-variable'], []])
  expect(otherwise).toEqual(['set-header'])
})

test('an element that lacks what is required is refused before it runs', () => {
  const [policy] = childElements(
    read('<policies><inbound><set-header /></inbound></policies>').document?.section('inbound') as Element,
  )
  expect(() => compileParameters(setHeader, policy as Element, compiler)).toThrow(/set-header: name is missing/)
})

describe('literals', () => {
  const { followRedirects, timeout, httpVersion } = forwardRequest.definition.shape.attributes
  test.each([
    [followRedirects, 'True', true],
    [followRedirects, ' 0 ', false],
    [followRedirects, 'yes', undefined],
    [timeout, ' 12 ', 12],
    [timeout, '1.5', undefined],
    [timeout, '', undefined],
    [httpVersion, '2or1', '2or1'],
    [httpVersion, '3', undefined],
  ])('%#: %j', (field, text, value) => expect(parseLiteral(field, text)).toBe(value))
})

test('the types of parameters follow from the description', () => {
  expectTypeOf<ParametersOf<typeof setHeader>['existsAction']>().toEqualTypeOf<
    'override' | 'skip' | 'append' | 'delete'
  >()
  expectTypeOf<ParametersOf<typeof setHeader>['value']>().toEqualTypeOf<readonly string[]>()
  expectTypeOf<ParametersOf<typeof sendRequest>['timeout']>().toEqualTypeOf<number>()
  expectTypeOf<ParametersOf<typeof sendRequest>['timeoutMs']>().toEqualTypeOf<number | undefined>()
  expectTypeOf<ParametersOf<typeof setVariable>['value']>().toEqualTypeOf<unknown>()
  expectTypeOf<ParametersOf<typeof choose, () => void>['when'][number]['condition']>().toEqualTypeOf<() => boolean>()
  expectTypeOf<ParametersOf<typeof validateAzureAdToken>['audiences']>().toEqualTypeOf<readonly string[] | undefined>()
})

test('a named value stands for a typed value until it is filled in', () => {
  const element = forwardRequest({ timeout: namedValueReference('seconds') })
  expect(policies({ backend: [element] }).toRawXml()).toContain('timeout="{{seconds}}"')
})
