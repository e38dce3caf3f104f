import { ApimKitError } from '@apim-kit/core'
import { describe, expect, test } from 'vitest'
import * as dsl from './index.js'

const document = dsl.policies()
const { check, format, read } = dsl as unknown as Record<'check' | 'format' | 'read', (...given: unknown[]) => unknown>

describe('says what an option can be', () => {
  test.each([
    ['check', () => check(document, { tier: 'basicv3' }), 'tier: expected "consumption" or "developer"'],
    ['check', () => check(document, { tier: 5 }), 'got 5'],
    ['check', () => check(document, { scope: 'operations' }), 'did you mean "operation"?'],
    ['check', () => check(document, { gateway: 'selfHosted' }), 'did you mean "self-hosted"?'],
    ['check', () => check(document, { form: 'policy' }), 'form: expected "policies" or "fragment" or "resolver"'],
    ['check', () => check(document, { suppressions: 'heed' }), 'suppressions: expected "ignore"'],
    [
      'read',
      () => read('<policies />', { format: 'yaml' }),
      'format: expected "auto" or "xml" or "rawxml", got "yaml"',
    ],
    ['format', () => format('<policies />', { to: 'raw-xml' }), 'to: expected "xml" or "rawxml", got "raw-xml"'],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(ApimKitError)
    expect(call).toThrow(message)
  })
})

test('what is left out may be left out', () => {
  expect(check(document, { tier: undefined, scope: 'api' })).toEqual([])
  expect(read('<policies />', { format: undefined })).toMatchObject({ format: 'rawxml' })
})
