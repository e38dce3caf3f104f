import { describe, expect, it } from 'vitest'
import { diff } from './diff.js'
import { connectionKind } from './kinds/connection.js'
import { credentialProviderKind } from './kinds/credential-provider.js'
import { apiKind, apiPolicyKind } from './kinds/api.js'
import { backendKind } from './kinds/backend.js'
import { namedValueKind } from './kinds/named-value.js'
import { operationKind } from './kinds/operation.js'
import type { Kind } from './kind.js'
import { SecretReference } from './secrets.js'

const secret = new SecretReference('test', () => Promise.resolve('planted'))

function changes(
  kind: Kind,
  desired: Record<string, unknown>,
  observed?: Record<string, unknown>,
  secretChanged = false,
): unknown[] {
  return diff(kind.fields, desired, observed, () => secretChanged)
}

describe('diff', () => {
  it.each<[string, Kind, Record<string, unknown>, Record<string, unknown>]>([
    [
      'null for absent',
      namedValueKind,
      { displayName: 'n', value: 'v' },
      { displayName: 'n', value: 'v', keyVault: null, tags: null },
    ],
    ['a default', apiKind, { path: 'p' }, { path: 'p', protocols: ['https'], subscriptionRequired: true }],
    [
      'what the service fills in',
      apiKind,
      { path: 'p' },
      { path: 'p', isCurrent: true, apiRevision: '1', subscriptionKeyParameterNames: { header: 'h' } },
    ],
    [
      'no list and an empty one',
      backendKind,
      { url: 'https://b', credentials: { header: {} } },
      { url: 'https://b', type: 'Single', credentials: { certificate: [], query: {}, header: null }, tls: null },
    ],
    [
      'whole ids and short ones, in any case',
      apiKind,
      { path: 'p', apiVersionSetId: '/apiVersionSets/v' },
      {
        path: 'p',
        apiVersionSetId:
          '/subscriptions/s/resourceGroups/g/providers/microsoft.apimanagement/service/x/apiversionsets/V',
      },
    ],
    ['the case of an enumeration', connectionKind, { authorizationType: 'OAuth2' }, { authorizationType: 'oauth2' }],
    [
      'spans of time of one length',
      backendKind,
      { circuitBreaker: { rules: [{ tripDuration: 'PT60S', failureCondition: { interval: 'P1DT30M' } }] } },
      { circuitBreaker: { rules: [{ tripDuration: 'PT1M', failureCondition: { interval: 'PT24H30M0S' } }] } },
    ],
    ['the order of words', apiKind, { protocols: ['http', 'https'] }, { protocols: ['https', 'http'] }],
    [
      'parameters that an answer leaves out as a whole',
      connectionKind,
      { parameters: { clientId: 'c', clientSecret: secret } },
      { status: 'Connected', parameters: null },
    ],
    ['status and error', connectionKind, {}, { status: 'Error', error: { code: 'Unauthorized', message: 'm' } }],
    [
      'parameters that the service fills in',
      credentialProviderKind,
      { oauth2: { grantTypes: { clientCredentials: { resourceUri: 'r' } } } },
      {
        oauth2: {
          redirectUrl: 'u',
          grantTypes: { clientCredentials: { resourceUri: 'r', scopes: null, loginUri: 'l', tenantId: 'common' } },
        },
      },
    ],
    ['the format of a document', apiPolicyKind, { format: 'rawxml' }, { format: 'xml' }],
  ])('does not count %s', (_, kind, desired, observed) => {
    expect(changes(kind, desired, observed)).toEqual([])
  })

  it('gives path, before and after of every field that differs', () => {
    expect(changes(namedValueKind, { displayName: 'n', value: 'new' }, { displayName: 'o', tags: ['x'] })).toEqual([
      { path: 'properties.displayName', before: 'o', after: 'n' },
      { path: 'properties.value', before: null, after: 'new' },
      { path: 'properties.tags', before: ['x'], after: [] },
    ])
  })

  it('goes into maps and groups', () => {
    const grant = (parameters: object): Record<string, unknown> => ({
      oauth2: { grantTypes: { clientCredentials: parameters } },
    })
    expect(
      changes(credentialProviderKind, grant({ resourceUri: 'a' }), grant({ resourceUri: 'b', scopes: 's' })),
    ).toEqual([
      { path: 'properties.oauth2.grantTypes.clientCredentials.resourceUri', before: 'b', after: 'a' },
      { path: 'properties.oauth2.grantTypes.clientCredentials.scopes', before: 's', after: null },
    ])
  })

  it('tells spans of time apart by their length', () => {
    const of = (tripDuration: string): Record<string, unknown> => ({ circuitBreaker: { rules: [{ tripDuration }] } })
    expect(changes(backendKind, of('PT2M'), of('PT60S'))).toEqual([
      { path: 'properties.circuitBreaker.rules[0].tripDuration', before: 'PT60S', after: 'PT2M' },
    ])
    expect(changes(backendKind, of('PT1M'), of('a minute'))).toHaveLength(1)
  })

  it('compares parameter lists in order, as what they say', () => {
    const templateParameters = [{ name: 'id', type: 'string', required: true }]
    expect(
      changes(
        operationKind,
        { templateParameters },
        { templateParameters: [{ type: 'string', name: 'id', required: true, values: [] }] },
      ),
    ).toEqual([])
    expect(changes(operationKind, { templateParameters }, { templateParameters: [] })).toHaveLength(1)
  })

  it('asks for secrets and never shows them', () => {
    const desired = { parameters: { clientId: 'c', clientSecret: secret } }
    expect(changes(connectionKind, desired, { parameters: { clientId: 'c' } }, false)).toEqual([])
    expect(changes(connectionKind, desired, { parameters: { clientId: 'c' } }, true)).toEqual([
      { path: 'properties.parameters.clientSecret', before: '[secret]', after: '[secret]' },
    ])
    expect(changes(connectionKind, { parameters: { clientSecret: secret } }, undefined, true)).toEqual([
      { path: 'properties.parameters.clientSecret', before: null, after: '[secret]' },
    ])
  })

  it('lets a document compare itself', () => {
    const value = {
      toXml: () => '<a/>',
      toRawXml: () => '<a/>',
      references: [],
      equals: (text: string) => text.trim() === '<a/>',
      problems: () => [],
    }
    expect(changes(apiPolicyKind, { value }, { value: '\r\n<a/>' })).toEqual([])
    expect(changes(apiPolicyKind, { value }, { value: '<b/>' })).toEqual([
      { path: 'properties.value', before: '<b/>', after: '<a/>' },
    ])
  })
})
