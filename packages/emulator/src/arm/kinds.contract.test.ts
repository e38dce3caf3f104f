import { kinds, type Kind, type KindName } from '@apim-kit/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { all, apiManagementClient, scopeOf, send } from '../../test/azure-clients.js'
import { startEmulator, type Application, type Emulator } from '../index.js'

/*
 * What every kind does, through Azure's own client. A new kind needs a row of samples here and nothing else.
 */
interface Sample {
  readonly names: readonly string[]
  /** In the form of the SDK's model. */
  readonly input: object
  readonly change: object
  /** A secret that stands in the input and must never come back. */
  readonly secret?: string
  /** A tie: the SDK's method that reads it, where there is one; there is nothing to change or to get wrong about it. */
  readonly link?: { readonly get?: string }
}

/** A case that a kind does not have is no test of it, and is not counted as one. */
function itWhere(applies: boolean, title: string, test: () => Promise<void>): void {
  if (applies) it(title, test)
}

const tenantId = '11111111-1111-1111-1111-111111111111'
const clientIds = ['55555555-5555-5555-5555-555555555555', '66666666-6666-6666-6666-666666666666'] as const

const applications: readonly Application[] = [
  { appId: '77777777-7777-7777-7777-777777777777', identifierUris: ['api://backend'] },
  { appId: clientIds[0], clientSecrets: ['planted-5'] },
  { appId: clientIds[1], clientSecrets: ['planted-6'] },
]

const document = (header: string): string =>
  `<policies><inbound><base /><set-header name="${header}"><value>1</value></set-header></inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`

const fragment = (header: string): string =>
  `<fragment><set-header name="${header}"><value>1</value></set-header></fragment>`

const dataSource = (path: string): string =>
  `<http-data-source><http-request><set-method>GET</set-method><set-url>https://orders.example/${path}</set-url></http-request></http-data-source>`

const samples: Readonly<Record<KindName, Sample>> = {
  namedValue: {
    names: ['token'],
    input: { displayName: 'token', secret: true, value: 'planted-1', tags: ['a'] },
    change: { displayName: 'token', secret: true, value: 'planted-2', tags: ['b'] },
    secret: 'planted-',
  },
  credentialProvider: {
    names: ['entra'],
    input: {
      displayName: 'Entra',
      identityProvider: 'aad',
      oauth2: {
        grantTypes: { clientCredentials: { resourceUri: 'api://backend', tenantId, clientSecret: 'planted-3' } },
      },
    },
    change: {
      displayName: 'Entra ID',
      identityProvider: 'aad',
      oauth2: {
        grantTypes: { clientCredentials: { resourceUri: 'api://backend', tenantId, clientSecret: 'planted-4' } },
      },
    },
    secret: 'planted-',
  },
  connection: {
    names: ['entra', 'client'],
    input: {
      authorizationType: 'OAuth2',
      oAuth2GrantType: 'ClientCredentials',
      parameters: { clientId: clientIds[0], clientSecret: 'planted-5' },
    },
    change: {
      authorizationType: 'OAuth2',
      oAuth2GrantType: 'ClientCredentials',
      parameters: { clientId: clientIds[1], clientSecret: 'planted-6' },
    },
    secret: 'planted-',
  },
  accessPolicy: {
    names: ['entra', 'client', 'identity'],
    input: { tenantId, objectId: '33333333-3333-3333-3333-333333333333' },
    change: { tenantId, objectId: '44444444-4444-4444-4444-444444444444' },
  },
  certificate: {
    names: ['client'],
    input: { data: 'planted-data-1', password: 'planted-7' },
    change: { keyVault: { secretIdentifier: 'https://shop.vault.azure.net/secrets/certificate' } },
    secret: 'planted-',
  },
  backend: {
    names: ['east'],
    input: {
      url: 'https://east.example',
      credentials: { header: { 'x-key': ['{{token}}'] }, authorization: { scheme: 'Basic', parameter: '{{token}}' } },
      circuitBreaker: {
        rules: [{ name: 'down', tripDuration: 'PT1M', failureCondition: { count: 3, interval: 'PT5M' } }],
      },
    },
    change: { url: 'https://east.example', protocol: 'http', tls: { validateCertificateChain: false } },
  },
  logger: {
    names: ['insights'],
    input: { loggerType: 'applicationInsights', credentials: { connectionString: 'planted-8' } },
    change: { loggerType: 'applicationInsights', credentials: { connectionString: '{{token}}' }, isBuffered: false },
    secret: 'planted-',
  },
  cache: {
    names: ['default'],
    input: { connectionString: 'planted-9', useFromLocation: 'default' },
    change: { connectionString: 'planted-10', useFromLocation: 'East US' },
    secret: 'planted-',
  },
  schema: {
    names: ['order'],
    input: { schemaType: 'json', document: { type: 'object' } },
    change: { schemaType: 'xml', value: '<schema />', description: 'Orders' },
  },
  policyFragment: {
    names: ['sign-in'],
    input: { value: fragment('x-one'), format: 'rawxml', description: 'One' },
    change: { value: fragment('x-two'), format: 'xml' },
  },
  globalPolicy: {
    names: ['policy'],
    input: { value: document('x-one').replaceAll('<base />', ''), format: 'rawxml' },
    change: { value: document('x-two').replaceAll('<base />', ''), format: 'xml' },
  },
  diagnostic: {
    names: ['applicationinsights'],
    input: { loggerId: '/loggers/insights', sampling: { samplingType: 'fixed', percentage: 50 } },
    change: { loggerId: '/loggers/insights', verbosity: 'verbose' },
  },
  tag: { names: ['sales'], input: { displayName: 'Sales' }, change: { displayName: 'All sales' } },
  group: {
    names: ['partners'],
    input: { displayName: 'Partners', type: 'custom' },
    change: { displayName: 'Our partners', description: 'Of the shop' },
  },
  apiVersionSet: {
    names: ['versions'],
    input: { displayName: 'Orders', versioningScheme: 'Segment' },
    change: { displayName: 'Orders', versioningScheme: 'Query', versionQueryName: 'v' },
  },
  api: {
    names: ['orders'],
    input: { displayName: 'Orders', path: 'orders', protocols: ['https'], serviceUrl: 'https://orders.example' },
    change: {
      displayName: 'All orders',
      path: 'orders',
      protocols: ['https', 'http'],
      apiVersionSetId: '/apiVersionSets/versions',
      apiVersion: 'v1',
    },
  },
  apiTag: { names: ['orders', 'sales'], input: {}, change: {}, link: { get: 'getByApi' } },
  apiDiagnostic: {
    names: ['orders', 'applicationinsights'],
    input: { loggerId: '/loggers/insights' },
    change: { loggerId: '/loggers/insights', alwaysLog: 'allErrors' },
  },
  apiSchema: {
    names: ['orders', 'order'],
    input: {
      contentType: 'application/vnd.oai.openapi.components+json',
      components: { schemas: { order: { type: 'object' } } },
    },
    change: { contentType: 'application/vnd.ms-azure-apim.graphql.schema', value: 'type Query { a: String }' },
  },
  apiRelease: {
    names: ['orders', 'first'],
    input: { apiId: '/apis/orders', notes: 'First' },
    change: { apiId: '/apis/orders', notes: 'The first' },
  },
  resolver: {
    names: ['orders', 'all'],
    input: { displayName: 'All', path: 'Query/orders' },
    change: { displayName: 'All', path: 'Query/allOrders', description: 'Every order' },
  },
  resolverPolicy: {
    names: ['orders', 'all', 'policy'],
    input: { value: dataSource('one'), format: 'rawxml' },
    change: { value: dataSource('two'), format: 'xml' },
  },
  product: {
    names: ['shop'],
    input: { displayName: 'Shop', approvalRequired: true },
    change: { displayName: 'The shop', state: 'published' },
  },
  productApi: { names: ['shop', 'orders'], input: {}, change: {}, link: {} },
  productGroup: { names: ['shop', 'partners'], input: {}, change: {}, link: {} },
  productTag: { names: ['shop', 'sales'], input: {}, change: {}, link: { get: 'getByProduct' } },
  productPolicy: {
    names: ['shop', 'policy'],
    input: { value: document('x-one'), format: 'rawxml' },
    change: { value: document('x-two'), format: 'xml' },
  },
  subscription: {
    names: ['storefront'],
    input: { displayName: 'Storefront', scope: '/products/shop', primaryKey: 'planted-11' },
    change: { displayName: 'Storefront', scope: '/apis', state: 'suspended', primaryKey: 'planted-12' },
    secret: 'planted-',
  },
  operationTag: { names: ['orders', 'get', 'sales'], input: {}, change: {}, link: { get: 'getByOperation' } },
  apiPolicy: {
    names: ['orders', 'policy'],
    input: { value: document('x-one'), format: 'rawxml' },
    change: { value: document('x-two'), format: 'xml' },
  },
  operation: {
    names: ['orders', 'get'],
    input: { displayName: 'Get', method: 'GET', urlTemplate: '/' },
    change: { displayName: 'Get all', method: 'GET', urlTemplate: '/all' },
  },
  operationPolicy: {
    names: ['orders', 'get', 'policy'],
    input: { value: document('x-one'), format: 'rawxml' },
    change: { value: document('x-two'), format: 'xml' },
  },
}

function pathOf(kind: Kind): string {
  const { names } = samples[kind.kind as KindName]
  const segments: string[] = []
  for (let each: Kind | undefined = kind; each?.parent !== undefined; each = each.parent) segments.unshift(each.segment)
  return segments.map((segment, depth) => `/${segment}/${names[depth]}`).join('')
}

type Method = (...args: readonly unknown[]) => unknown

/** What the SDK answered, as far as the tests ask. */
type Answer = Readonly<Record<string, unknown>>

describe.each(['immediate', 'accepted'] as const)('with long-running operations %s', (longRunning) => {
  let emulator: Emulator
  const group = ({ sdk }: Kind): Readonly<Record<string, Method>> =>
    Reflect.get(apiManagementClient(emulator), sdk.group) as Record<string, Method>
  const call = async (kind: Kind, method: string, ...args: unknown[]): Promise<Answer> => {
    const operations = group(kind)
    return (await operations[method]?.(...scopeOf(emulator), ...args)) as Answer
  }
  const listOf = async (kind: Kind, parents: readonly string[]): Promise<Answer[]> => {
    const result: unknown = await group(kind)[kind.sdk.list]?.(...scopeOf(emulator), ...parents)
    return Symbol.asyncIterator in Object(result)
      ? all(result as AsyncIterable<Answer>)
      : [...(result as { value: Answer[] }).value]
  }

  beforeAll(async () => {
    emulator = await startEmulator({ longRunning, applications, keyVaults: { shop: { certificate: 'planted-pfx' } } })
  })
  afterAll(() => emulator.close())

  describe.each(Object.values<Kind>(kinds))('$kind', (kind) => {
    const { names, input, change, secret, link } = samples[kind.kind as KindName]
    const body = link === undefined ? [input] : []
    const changedBody = link === undefined ? [change] : []
    const read = async (): Promise<Answer> => {
      const method = link === undefined ? 'get' : link.get
      if (method !== undefined) return call(kind, method, ...names)
      const found = (await listOf(kind, parents)).find(({ name }) => name === names.at(-1))
      if (found === undefined)
        throw Object.assign(new Error('not listed'), { statusCode: 404, code: 'ResourceNotFound' })
      return found
    }
    const parents = names.slice(0, -1)
    const path = (): string => pathOf(kind)

    it('is not there at first', async () => {
      await expect(read()).rejects.toMatchObject({ statusCode: 404, code: 'ResourceNotFound' })
    })

    itWhere(parents.length > 0, 'needs its parent', async () => {
      const orphan = [...parents.slice(0, -1), 'nobody', names.at(-1)]
      await expect(call(kind, kind.sdk.put, ...orphan, ...body)).rejects.toMatchObject({
        statusCode: 404,
        message: expect.stringContaining(`'nobody' not found`) as string,
      })
    })

    it('is created and read back', async () => {
      const created = await call(kind, kind.sdk.put, ...names, ...body)
      expect(created).toMatchObject({ name: names.at(-1), type: kind.armType })
      expect(String(created['id'])).toMatch(new RegExp(`${path()}$`))
      expect(await read()).toMatchObject({ id: created['id'] })
      // Not from get: the SDK reads an API's policy by the rules for XML and loses the document (azure-sdk-for-js issue 31566).
      const listed = (await listOf(kind, parents)).find(({ name }) => name === names.at(-1))
      const { eTag: _eTag, ...written } = created
      expect(listed).toEqual(written)
    })

    itWhere(link === undefined || link.get !== undefined, 'is found whatever the case of its address', async () => {
      const answer = await send(emulator, 'GET', path().toUpperCase())
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ name: names.at(-1) })
    })

    it('stands in its list, once', async () => {
      const found = (await listOf(kind, parents)).filter(({ name }) => name === names.at(-1))
      expect(found).toHaveLength(1)
    })

    it('is replaced, and a put of the same again changes nothing', async () => {
      const before = await read()
      const changed = await call(kind, kind.sdk.put, ...names, ...changedBody)
      if (link === undefined) expect(changed).not.toEqual(before)
      const { eTag: _first, ...once } = changed
      const { eTag: _second, ...twice } = await call(kind, kind.sdk.put, ...names, ...changedBody)
      expect(twice).toEqual(once)
    })

    itWhere(kind.protocol.entityTag && link === undefined, 'has an entity tag that guards it', async () => {
      const { eTag } = await call(kind, 'get', ...names)
      expect(eTag).toMatch(/^"[A-Za-z0-9+/]{11}="$/)
      const stale = { ifMatch: '"AAAAAAAAAAA="' }
      const refused = { statusCode: 412, code: 'PreconditionFailed' }
      await expect(call(kind, kind.sdk.put, ...names, change, stale)).rejects.toMatchObject(refused)
      await expect(call(kind, kind.sdk.delete, ...names, stale.ifMatch)).rejects.toMatchObject(refused)
      await call(kind, kind.sdk.put, ...names, change, { ifMatch: eTag })
      expect((await send(emulator, 'DELETE', path())).status).toBe(400)
      expect((await send(emulator, 'HEAD', path())).headers.get('etag')).toMatch(/^"/)
    })

    itWhere(link !== undefined, 'is cut without an entity tag, and tells by HEAD whether it is there', async () => {
      expect((await send(emulator, 'HEAD', path())).status).toBe(kind.protocol.entityTag ? 200 : 204)
      expect((await send(emulator, 'HEAD', path().replace(/[^/]+$/, 'nothing'))).status).toBe(404)
      expect((await send(emulator, 'GET', path())).status).toBe(link?.get === undefined ? 405 : 200)
      await expect(call(kind, kind.sdk.put, ...parents, 'nothing')).rejects.toMatchObject({ statusCode: 404 })
    })

    itWhere(!kind.protocol.entityTag && link === undefined, 'has no entity tag and no HEAD', async () => {
      expect((await send(emulator, 'GET', path())).headers.get('etag')).toBeNull()
      expect((await send(emulator, 'HEAD', path())).status).toBe(405)
      await call(kind, kind.sdk.put, ...names, change, { ifMatch: '"whatever"' })
    })

    itWhere(secret !== undefined, 'never shows its secret', async () => {
      for (const [method, address, body] of [
        ['GET', path()],
        ['GET', path().replace(/\/[^/]+$/, '')],
        ['PUT', path(), { properties: { displayName: 7 } }],
      ] as const)
        expect(await (await send(emulator, method, address, { body })).text()).not.toContain(secret)
      expect(JSON.stringify(emulator.requests.entries)).not.toContain(secret)
    })

    it('has PATCH exactly where the SDK has it', async () => {
      const has = ['update', 'beginUpdateAndWait'].some((method) => method in group(kind)) && link === undefined
      const answer = await send(emulator, 'PATCH', path(), { body: { properties: {} }, headers: { 'If-Match': '*' } })
      expect(answer.status).toBe(has ? 200 : 405)
    })

    itWhere(link === undefined, 'refuses properties that do not fit, and keeps what was there', async () => {
      const before = await call(kind, 'get', ...names)
      const answer = await send(emulator, 'PUT', path(), { body: { properties: {} } })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({
        error: { code: 'ValidationError', message: 'One or more fields contain incorrect values:' },
      })
      expect(await call(kind, 'get', ...names)).toEqual(before)
    })

    it('says by name which property it does not know', async () => {
      const answer = await send(emulator, 'PUT', path(), { body: { properties: { somethingElse: 1 } } })
      expect(answer.status).toBe(501)
      expect(await answer.text()).toContain('somethingElse')
    })
  })

  it('deletes children first, then parents, each once', async () => {
    for (const kind of Object.values<Kind>(kinds).toReversed()) {
      const { names } = samples[kind.kind as KindName]
      const ifMatch = kind.links === undefined ? ['*'] : []
      await call(kind, kind.sdk.delete, ...names, ...ifMatch)
      expect((await send(emulator, 'HEAD', pathOf(kind))).status).toBe(
        kind.protocol.entityTag || kind.links ? 404 : 405,
      )
      await call(kind, kind.sdk.delete, ...names, ...ifMatch)
    }
  })
})
