import { expect, it } from 'vitest'
import { accessPolicy, connection, namedValue, operation } from './index.js'

const principal = { objectId: 'o', tenantId: 't' }

it.each([
  [
    'an operation without its API',
    () => operation('o', { method: 'GET', urlTemplate: '/' } as never),
    /^operation o is not valid:\n {2}API: is missing; give the API/,
  ],
  ['a connection without its provider', () => connection('c', {} as never), /credential provider: is missing/],
  [
    'a connection below the name of a provider',
    () => connection('c', { provider: 'p' } as never),
    /credential provider: is something else/,
  ],
  [
    'a connection below another kind',
    () => connection('c', { provider: namedValue('n', { value: '1' }) } as never),
    /credential provider: is something else/,
  ],
  [
    'an access policy without its connection',
    () => accessPolicy('a', { principal } as never),
    /connection: is missing/,
  ],
  ['a named value without a text', () => namedValue('n', {} as never), /value: is missing; give value or keyVault/],
])('untyped code is told of %s', (_, declare, message) => {
  expect(declare).toThrow(
    expect.objectContaining({ code: 'invalid-input', message: expect.stringMatching(message) as string }),
  )
})
