import { namedValue } from '@apim-kit/core'
import { describe, expect, test } from 'vitest'
import {
  base,
  choose,
  cors,
  expr,
  policies,
  returnResponse,
  sendRequest,
  setBody,
  setHeader,
  setMethod,
  setVariable,
  validateJwt,
  variable,
} from './index.js'
import { policyMatchers } from './vitest.js'

expect.extend(policyMatchers)

const tenant = namedValue('tenant-id', { value: 'x' })
const document = policies({
  inbound: [
    base(),
    setHeader({ name: 'Authorization', value: expr`"Bearer " + context.RequestId` }),
    sendRequest({
      responseVariableName: 'r',
      timeout: 10,
      setUrl: 'https://x.example',
      setMethod: 'GET',
      setHeader: { name: 'X-Inner', value: 'a' },
    }),
    setVariable({ name: 'tenant', value: tenant }),
    setVariable({ name: 'computed', value: expr`1 + 1` }),
    setBody('hello'),
  ],
})

const failureOf = (run: () => void): string => {
  try {
    run()
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  return 'no failure'
}

test('toEqualPolicy compares documents, not texts', () => {
  expect(document).toEqualPolicy(document.toXml())
  expect(document.toXml()).toEqualPolicy(document)
  expect(document.toRawXml()).toEqualPolicy(document.toXml())
  expect(document).not.toEqualPolicy(policies())
})

test('toEqualPolicy says where and how they differ, and what is no document', () => {
  expect(failureOf(() => expect(document).toEqualPolicy(document.toXml().replace('X-Inner', 'X-Outer')))).toBe(
    'expected the documents to say the same; they differ at inbound/send-request[1]/set-header[1]/@name: "X-Inner" here, "X-Outer" there',
  )
  expect(failureOf(() => expect(document).toEqualPolicy('<policies>'))).toContain(
    'the expected text is no policy document',
  )
  expect(failureOf(() => expect(document).not.toEqualPolicy(document))).toContain('they say the same')
})

test('toHavePolicy finds policies by name, attributes and text, also inside of others', () => {
  expect(document).toHavePolicy('base')
  expect(document).toHavePolicy('set-header', { name: 'X-Inner' })
  expect(document).toHavePolicy('set-header', { name: 'Authorization', existsAction: 'override' })
  expect(document).toHavePolicy('send-request', { timeout: 10 })
  expect(document).toHavePolicy('set-variable', { name: 'tenant', value: tenant })
  expect(document).toHavePolicy('set-variable', { value: expr`1 + 1` })
  expect(document).toHavePolicy('set-variable', { value: expect.stringContaining('1 +') as string })
  expect(document).toHavePolicy('set-body', { text: 'hello' })
  expect(document).toHavePolicy('set-method', { text: 'GET' })
  expect(document.toXml()).toHavePolicy('set-body')
  expect(document).not.toHavePolicy('set-variable', { value: '@(1 + 1)' })
  expect(document).not.toHavePolicy('set-header', { name: 'X-Inner', existsAction: 'skip' })
  expect(document).not.toHavePolicy('cors')
})

describe('toHavePolicy looks at children', () => {
  const token = variable('token', 'IResponse')
  const nested = policies({
    inbound: [
      validateJwt({
        headerName: 'Authorization',
        openidConfig: { url: 'https://login.example.com' },
        audiences: ['api://a', 'api://b'],
        requiredClaims: [{ name: 'roles', match: 'any', value: ['Read', 'Write'] }],
      }),
      choose({
        when: [
          { condition: expr`context.Request.Method == "GET"`, policies: [setMethod('POST')] },
          {
            condition: expr`${token.exists}`,
            policies: [base(), returnResponse({ setStatus: { code: 401 }, setBody: 'no' })],
          },
        ],
        otherwise: [setHeader({ name: 'X-A', value: ['a', 'b', 'c'] })],
      }),
      sendRequest({ responseVariableName: token, setUrl: 'https://x.example', setMethod: 'GET', timeout: 5 }),
    ],
  })

  test('of one element, of several, in lists, and in children of children', () => {
    expect(document).toHavePolicy('set-header', { name: 'Authorization', value: expr`"Bearer " + context.RequestId` })
    expect(document).toHavePolicy('send-request', { setMethod: 'GET', setHeader: { name: 'X-Inner', value: 'a' } })
    expect(document).toHavePolicy('set-header', { value: expect.stringContaining('Bearer') as string })
    expect(nested).toHavePolicy('set-header', { value: ['a', 'c'] })
    expect(nested).toHavePolicy('set-header', { value: 'b' })
    expect(nested).toHavePolicy('validate-jwt', { audiences: ['api://b'] })
    expect(nested).toHavePolicy('validate-jwt', { requiredClaims: [{ name: 'roles', value: ['Write'] }] })
    expect(nested).toHavePolicy('send-request', { responseVariableName: token, setHeader: [] })
    expect(nested).toHavePolicy('return-response', { setStatus: { code: 401 }, setBody: 'no' })
  })

  test('and at the policies inside', () => {
    expect(nested).toHavePolicy('choose', { when: { policies: [setMethod('POST')] } })
    expect(nested).toHavePolicy('choose', {
      when: [{}, { condition: token.exists, policies: [returnResponse({ setStatus: { code: 401 }, setBody: 'no' })] }],
      otherwise: [setHeader({ name: 'X-A', value: ['a', 'b', 'c'] })],
    })
  })

  test('and misses what is not there', () => {
    expect(nested).not.toHavePolicy('set-header', { value: ['c', 'a'] })
    expect(nested).not.toHavePolicy('set-header', { value: ['a', 'a'] })
    expect(nested).not.toHavePolicy('set-header', { value: [] })
    expect(nested).not.toHavePolicy('validate-jwt', { audiences: ['api://c'] })
    expect(nested).not.toHavePolicy('validate-jwt', { issuers: ['x'] })
    expect(nested).not.toHavePolicy('choose', { when: { condition: token.exists, policies: [setMethod('POST')] } })
    expect(nested).not.toHavePolicy('choose', { otherwise: [setMethod('POST')] })
    expect(nested).not.toHavePolicy('return-response', { setStatus: { code: 403 } })
    expect(nested).not.toHavePolicy('set-header', { name: 'X-A', value: expr`"a"` })
  })
})

test('toHavePolicy says what there is', () => {
  const failure = failureOf(() => expect(document).toHavePolicy('set-header', { name: 'X-Other' }))
  expect(failure).toContain('expected <set-header> with {"name": "X-Other"}; there is only\n')
  expect(failure).toContain('inbound/set-header[1]: <set-header name="Authorization">')
  expect(failure).toContain('inbound/send-request[1]/set-header[1]: <set-header name="X-Inner">')
  expect(failureOf(() => expect(document).toHavePolicy('cors'))).toBe('expected <cors>; there is no <cors>')
  expect(failureOf(() => expect(document).not.toHavePolicy('base'))).toContain(
    'expected no <base>; there is\n  inbound/base[1]',
  )
})

test('toHavePolicy knows the names and their attributes', () => {
  // @ts-expect-error no policy has this name
  expect(document).not.toHavePolicy('set-headers')
  // @ts-expect-error set-header has no such attribute
  expect(document).not.toHavePolicy('set-header', { nam: 'X' })
  // @ts-expect-error the attribute has no such value
  expect(document).not.toHavePolicy('set-header', { existsAction: 'replace' })
  // @ts-expect-error nor such a child
  expect(document).not.toHavePolicy('set-header', { values: 'a' })
  // @ts-expect-error the child has no such attribute
  expect(document).not.toHavePolicy('return-response', { setStatus: { coded: 200 } })
  // @ts-expect-error a list of texts
  expect(document).not.toHavePolicy('validate-jwt', { audiences: [{ name: 'a' }] })
  // @ts-expect-error not a policy
  expect(document).not.toHavePolicy('choose', { otherwise: ['set-method'] })
})

test('toPassCheck finds faults at a place', () => {
  const twice = policies({ inbound: [base(), cors({ allowedOrigins: ['*'], allowedHeaders: ['*'] })], onError: [] })
  expect(twice).toPassCheck()
  expect(twice).toPassCheck({ scope: 'api', tier: 'basicv2' })
  expect(twice).not.toPassCheck({ severity: 'warning' })
  expect('<policies><inbound><base /></policies>').not.toPassCheck()
  const failure = failureOf(() => expect('<policies><inbound><basis /></inbound></policies>').toPassCheck())
  expect(failure).toMatch(/it finds\n {2}1:20 inbound\/basis\[1\] error policy\/unknown-policy: /)
  expect(failureOf(() => expect(twice).not.toPassCheck())).toContain('it finds none')
})
