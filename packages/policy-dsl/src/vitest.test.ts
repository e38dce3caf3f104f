import { namedValue } from '@apim-kit/core'
import { expect, test } from 'vitest'
import { base, cors, expr, policies, sendRequest, setBody, setHeader, setVariable } from './index.js'
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
