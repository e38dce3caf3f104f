import { expect, it } from 'vitest'
import { SecretReference } from '../secrets.js'
import { apiVersionSet } from './api-version-set.js'
import { backend } from './backend.js'
import { certificate } from './certificate.js'
import { logger } from './logger.js'
import { namedValue } from './named-value.js'
import { schema } from './schema.js'

const secret = new SecretReference('test', () => Promise.resolve('planted'))
const keyVault = { secretIdentifier: 'https://shop.vault.azure.net/secrets/s' }
const east = backend('east', { url: 'https://east.example' })
const insights = 'applicationInsights'

// Every line is wrong for the compiler, too; a program without types shall hear the same.
it.each<[string, () => unknown, string]>([
  // @ts-expect-error: either of them
  ['a text and a Key Vault', () => namedValue('n', { value: 'x', keyVault }), 'keyVault: stands beside value; give'],
  // @ts-expect-error: one of them
  ['neither', () => namedValue('n', {}), 'value: is missing; give value or keyVault'],
  // @ts-expect-error: either of them
  ['a file and a Key Vault', () => certificate('c', { data: secret, keyVault }), 'data: stands beside keyVault; give'],
  // @ts-expect-error: one of them
  ['no certificate', () => certificate('c', {}), 'keyVault: is missing; give keyVault or data'],
  // @ts-expect-error: the password is the file's
  ['a password of no file', () => certificate('c', { keyVault, password: secret }), 'password: goes with data'],
  // @ts-expect-error: either of them
  ['two schemas', () => schema('s', { json: {}, xml: '<schema/>' }), 'xml: stands beside json; give one'],
  // @ts-expect-error: one of them
  ['no schema', () => schema('s', {}), 'json: is missing; give json or xml'],
  // @ts-expect-error: the header's name is missing
  ['no header', () => apiVersionSet('v', { versioningScheme: 'Header' }), 'versionHeaderName: is missing'],
  [
    'a header for a path',
    // @ts-expect-error: there is no header
    () => apiVersionSet('v', { versioningScheme: 'Segment', versionHeaderName: 'X' }),
    'versionHeaderName: has no place with the scheme Segment',
  ],
  // @ts-expect-error: the address stands at the backends
  ['a pool with an address', () => backend('b', { pool: [east], url: 'https://x.example' }), 'url: a pool has none'],
  // @ts-expect-error: a list
  ['a pool that is no list', () => backend('b', { pool: {} }), 'backend b: pool: expected a list'],
  // @ts-expect-error: nothing to sign in with
  ['no credentials', () => logger('l', { loggerType: insights }), 'credentials.connectionString: is missing; give'],
  [
    'two credentials',
    // @ts-expect-error: either of them
    () => logger('l', { loggerType: insights, credentials: { connectionString: secret, instrumentationKey: secret } }),
    'credentials.instrumentationKey: stands beside connectionString',
  ],
  [
    'credentials of another type',
    // @ts-expect-error: they are those of Application Insights
    () => logger('l', { loggerType: 'azureEventHub', credentials: { instrumentationKey: secret } }),
    'credentials.name: is missing; give name\n  credentials.instrumentationKey: is none of its credentials; azureEventHub',
  ],
  [
    'credentials of Azure Monitor',
    // @ts-expect-error: it takes none
    () => logger('l', { loggerType: 'azureMonitor', credentials: { name: 'x' } }),
    'credentials.name: is none of its credentials; azureMonitor has none',
  ],
])('refuses %s', (_, declare, message) => {
  expect(declare).toThrow(message)
})
