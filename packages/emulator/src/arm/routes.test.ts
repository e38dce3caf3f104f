import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { all, apiManagementClient, scopeOf, send } from '../../test/azure-clients.js'
import { startEmulator, type Emulator, type EmulatorOptions } from '../index.js'

let emulator: Emulator
const start = async (options: EmulatorOptions = {}): Promise<void> => {
  await emulator.close()
  emulator = await startEmulator(options)
}
beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(() => emulator.close())

const service = (): string =>
  `/subscriptions/${emulator.service.subscriptionId}/resourceGroups/apim-kit/providers/Microsoft.ApiManagement/service/emulator`
const put = (path: string, properties: object, headers: Record<string, string> = {}): Promise<Response> =>
  send(emulator, 'PUT', path, { body: { properties }, headers })
const error = async (pending: Promise<Response>): Promise<[status: number, code: string, message: string]> => {
  const answer = await pending
  const { error } = (await answer.json()) as { error: { code: string; message: string } }
  return [answer.status, error.code, error.message]
}
const provider = {
  displayName: 'Entra',
  identityProvider: 'aad',
  oauth2: { grantTypes: { authorizationCode: { clientId: '0', clientSecret: 'planted', resourceUri: 'no-scheme' } } },
}

describe('the service', () => {
  it('shows its identity, its region and the address of its gateway', async () => {
    const client = apiManagementClient(emulator)
    expect(await client.apiManagementService.get(...scopeOf(emulator))).toMatchObject({
      name: 'emulator',
      location: 'East US',
      gatewayUrl: emulator.gateway,
      identity: { type: 'SystemAssigned', principalId: emulator.principalId, tenantId: emulator.tenantId },
    })
  })

  it('is not written', async () => {
    expect(await error(send(emulator, 'DELETE', ''))).toEqual([
      501,
      'NotSupportedByEmulator',
      'DELETE of Microsoft.ApiManagement/service is not emulated; use a real service for it',
    ])
  })

  it('is the only one, and another address says so', async () => {
    const other = service().replace('service/emulator', 'service/contoso')
    expect(await error(send(emulator, 'GET', `${other}/apis`))).toEqual([
      404,
      'ResourceNotFound',
      `The Resource '${other}/apis' was not found: this emulator has one service, ${service()}.`,
    ])
  })

  it('stands where the options say', async () => {
    await start({ service: { resourceGroup: 'Shop', service: 'shop-apim' }, location: 'West Europe' })
    expect(await apiManagementClient(emulator).apiManagementService.get('shop', 'SHOP-apim')).toMatchObject({
      location: 'West Europe',
    })
  })
})

describe('what is refused', () => {
  it.each([
    ['', 400, 'MissingApiVersionParameter'],
    ['2020-12-01', 400, 'InvalidApiVersionParameter'],
    ['latest', 400, 'InvalidApiVersionParameter'],
    ['2021-08-01', 200, undefined],
    ['2024-06-01-preview', 200, undefined],
  ])('api-version %j answers %d', async (version, status, code) => {
    const answer = await send(emulator, 'GET', `/apis?api-version=${version}`)
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject(code === undefined ? {} : { error: { code } })
  })

  it.each([
    ['GET', '/gateways/g', 501, 'Microsoft.ApiManagement/service/gateways'],
    ['PUT', '/apis/a/wikis/default', 501, 'Microsoft.ApiManagement/service/apis/wikis'],
    ['GET', '/users', 501, 'Microsoft.ApiManagement/service/users'],
    ['GET', '/nonsense/x', 404, 'nonsense'],
    ['GET', '/apis/a/nonsense', 404, 'apis/nonsense'],
    ['POST', '/apis/a/doSomething', 501, 'doSomething'],
    ['POST', '/apis', 405, 'POST'],
    ['PATCH', '/authorizationProviders/p', 405, 'PATCH'],
    ['GET', '/apis/%E0%A4%A', 404, '%E0%A4%A'],
  ])('%s %s: %d', async (method, path, status, part) => {
    const [found, , message] = await error(send(emulator, method, path))
    expect(found).toBe(status)
    expect(message).toContain(part)
  })

  it.each([
    ['{"properties":{"displayName":"secret-in-broken-json"', 'InvalidRequestContent'],
    ['[]', 'ValidationError'],
    ['', 'ValidationError'],
    ['null', 'ValidationError'],
  ])('the body %j', async (body, code) => {
    const answer = await fetch(`${emulator.arm}${service()}/namedValues/x?api-version=2024-05-01`, {
      method: 'PUT',
      body,
    })
    const text = await answer.text()
    expect(answer.status).toBe(400)
    expect(text).toContain(code)
    expect(text).not.toContain('secret-in-broken-json')
  })

  it('properties that do not fit, all of them at once and without their values', async () => {
    const answer = await put('/namedValues/x', { displayName: 'not allowed', secret: 'planted', tags: 'planted' })
    expect(await answer.json()).toEqual({
      error: {
        code: 'ValidationError',
        message: 'One or more fields contain incorrect values:',
        details: [
          {
            code: 'ValidationError',
            target: 'displayName',
            message: `'displayName' has to match /^[A-Za-z0-9-._]+$/.`,
          },
          { code: 'ValidationError', target: 'secret', message: `'secret' has to be of type boolean.` },
          { code: 'ValidationError', target: 'tags', message: `'tags' has to be of type array.` },
        ],
      },
    })
  })

  it.each(['a*b', 'a#b', 'a:b', 'x'.repeat(257)])('the name %j', async (name) => {
    const answer = put(`/namedValues/${encodeURIComponent(name)}`, { displayName: 'x', value: 'x' })
    expect(await error(answer)).toEqual([400, 'ValidationError', 'One or more fields contain incorrect values:'])
  })
})

describe('wire shapes', () => {
  it('of credential manager: compact, region, no entity tag, 200 for created', async () => {
    const answer = await put('/authorizationProviders/p', provider)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('etag')).toBeNull()
    expect([answer.headers.get('cache-control'), answer.headers.get('pragma'), answer.headers.get('expires')]).toEqual([
      'no-cache',
      'no-cache',
      '-1',
    ])
    expect(await answer.text()).toBe(
      `{"id":"${service()}/authorizationProviders/p","name":"p","type":"Microsoft.ApiManagement/service/authorizationProviders",` +
        '"location":"East US","properties":{"displayName":"Entra","identityProvider":"aad","oauth2":{"redirectUrl":' +
        '"https://authorization-manager.consent.azure-apim.net/redirect/apim/emulator","grantTypes":{"authorizationCode":' +
        '{"scopes":null,"clientId":"0","resourceUri":"no-scheme"}}}}}',
    )
  })

  it('of the others: several lines with CRLF, entity tag, 201 for created and 200 for replaced', async () => {
    const value = { displayName: 'x', value: 'line one\nline two' }
    const answer = await put('/namedValues/x', value)
    expect(answer.status).toBe(201)
    expect(answer.headers.get('etag')).toMatch(/^"AAAAAAAAAA\w="$/)
    expect((await answer.text()).split('\r\n').slice(0, 4)).toEqual([
      '{',
      `  "id": "${service()}/namedValues/x",`,
      '  "type": "Microsoft.ApiManagement/service/namedValues",',
      '  "name": "x",',
    ])
    expect((await put('/namedValues/x', value)).status).toBe(200)
  })

  it('of an access policy: the slash behind its type, null for app registrations that were left out', async () => {
    await put('/authorizationProviders/p', provider)
    await put('/authorizationProviders/p/authorizations/c', {
      authorizationType: 'OAuth2',
      oauth2grantType: 'AuthorizationCode',
    })
    const answer = await put('/authorizationproviders/P/authorizations/C/accesspolicies/X', {
      objectid: 'o',
      tenantid: 't',
    })
    expect(await answer.json()).toMatchObject({
      id: `${service()}/authorizationProviders/p/authorizations/c/accessPolicies/X`,
      type: 'Microsoft.ApiManagement/service/authorizationProviders/authorizations/accessPolicies/',
      properties: { tenantId: 't', objectId: 'o', appIds: null },
    })
  })

  it('reads enumerations and names without case and gives them back as Azure writes them', async () => {
    await put('/authorizationProviders/p', provider)
    const answer = await put('/authorizationProviders/p/authorizations/c', {
      AuthorizationType: 'oauth2',
      oauth2GrantType: 'authorizationCode',
      status: 'Connected',
      error: { code: 'x' },
    })
    expect(await answer.json()).toMatchObject({
      properties: {
        authorizationType: 'OAuth2',
        oauth2grantType: 'AuthorizationCode',
        status: 'Error',
        error: { code: 'Unauthenticated', message: 'This connection is not authenticated.' },
      },
    })
  })

  it('lets unknown parameters of a provider through, truth values too', async () => {
    const grantTypes = { clientCredentials: { tokenUrl: 'https://x.example', usePkce: true, scopes: null } }
    const answer = await put('/authorizationProviders/p', { identityProvider: 'unheard-of', oauth2: { grantTypes } })
    expect(await answer.json()).toMatchObject({ properties: { displayName: null, oauth2: { grantTypes } } })
  })

  it('never shows a secret under another spelling of its key', async () => {
    const grantTypes = { authorizationCode: { clientID: '0', ClientSecret: 'planted' } }
    const answer = await put('/authorizationProviders/p', { ...provider, oauth2: { grantTypes } })
    expect(await answer.text()).not.toContain('planted')
  })
})

describe('lists', () => {
  const names = Array.from({ length: 7 }, (_, index) => `value-${index}`)
  beforeEach(async () => {
    await start({ pageSize: 3 })
    for (const [index, name] of names.entries())
      await put(`/namedValues/${name}`, { displayName: name, value: `v${index}`, secret: index === 0 })
  })
  const list = async (query: string): Promise<{ value: { name: string }[]; count?: number; nextLink?: string }> =>
    (await send(emulator, 'GET', `/namedValues${query}`)).json() as never

  it('come page by page to the SDK', async () => {
    const client = apiManagementClient(emulator)
    const found = await all(client.namedValue.listByService(...scopeOf(emulator)))
    expect(found.map(({ name }) => name)).toEqual(names)
    expect(emulator.requests.reads).toHaveLength(3)
  })

  it.each([
    ['?$top=2', ['value-0', 'value-1'], true],
    ['?$top=100', ['value-0', 'value-1', 'value-2'], true],
    ['?$skip=5', ['value-5', 'value-6'], false],
    ['?$top=2&$skip=5', ['value-5', 'value-6'], false],
    ['?$skip=50', [], false],
    [`?$filter=name eq 'VALUE-3'`, ['value-3'], false],
    [`?$filter=contains(displayName,'5') and startswith(name,'value')`, ['value-5'], false],
    [`?$filter=value eq 'v0'`, [], false],
  ])('%s', async (query, expected, more) => {
    const { value, nextLink } = await list(query)
    expect(value.map(({ name }) => name)).toEqual(expected)
    expect(nextLink !== undefined).toBe(more)
  })

  it('keep the rest of the query in the link, and count everything that fits', async () => {
    const { count, nextLink = '' } = await list(`?$top=2&$filter=name ne 'value-0'`)
    expect(count).toBe(6)
    const next = (await (await fetch(nextLink)).json()) as { value: { name: string }[] }
    expect(next.value.map(({ name }) => name)).toEqual(['value-3', 'value-4'])
  })

  it.each([
    '$top=0',
    '$top=x',
    '$skip=-1',
    '$filter=name',
    '$filter=length(name) eq 1',
    `$filter=nam eq 'x'`,
    `$filter=name constructor 'x'`,
  ])('refuse %s', async (query) => {
    expect((await send(emulator, 'GET', `/namedValues?${query}`)).status).toBe(400)
  })

  it('of providers have no count, and end with an empty link', async () => {
    await put('/authorizationProviders/p', provider)
    const body = await (await send(emulator, 'GET', '/authorizationProviders')).json()
    expect(body).toMatchObject({ value: [{ name: 'p' }], nextLink: '' })
    expect(body).not.toHaveProperty('count')
  })

  it('need the parent', async () => {
    expect((await send(emulator, 'GET', '/apis/nobody/operations')).status).toBe(404)
  })
})

describe('deletes', () => {
  it('take everything below along', async () => {
    await put('/apis/a', { displayName: 'A', path: 'a' })
    await put('/apis/ab', { displayName: 'AB', path: 'ab' })
    for (const api of ['a', 'ab'])
      await put(`/apis/${api}/operations/o`, { displayName: 'O', method: 'GET', urlTemplate: '/' })
    expect((await send(emulator, 'DELETE', '/apis/A', { headers: { 'If-Match': '*' } })).status).toBe(200)
    await put('/apis/a', { displayName: 'A', path: 'a' })
    expect((await send(emulator, 'GET', '/apis/a/operations/o')).status).toBe(404)
    expect((await send(emulator, 'GET', '/apis/ab/operations/o')).status).toBe(200)
  })

  it('of what is not there answer 204', async () => {
    expect((await send(emulator, 'DELETE', '/authorizationProviders/p')).status).toBe(204)
  })
})

describe('PATCH', () => {
  beforeEach(() => put('/apis/a', { displayName: 'A', path: 'a', serviceUrl: 'https://a.example' }))

  it('changes what it names and leaves the rest', async () => {
    const client = apiManagementClient(emulator)
    const patched = await client.api.update(...scopeOf(emulator), 'a', '*', {
      displayName: 'B',
      subscriptionKeyParameterNames: { query: 'key' },
    })
    expect(patched).toMatchObject({
      displayName: 'B',
      serviceUrl: 'https://a.example',
      subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'key' },
    })
  })

  it('keeps the secret of a named value', async () => {
    const client = apiManagementClient(emulator)
    await put('/namedValues/x', { displayName: 'x', secret: true, value: 'planted' })
    await client.namedValue.beginUpdateAndWait(...scopeOf(emulator), 'x', '*', { tags: ['a'] })
    expect(await client.namedValue.listValue(...scopeOf(emulator), 'x')).toMatchObject({ value: 'planted' })
  })

  it('wants If-Match', async () => {
    expect((await send(emulator, 'PATCH', '/apis/a', { body: { properties: {} } })).status).toBe(400)
  })
})

describe('long-running operations, when accepted first', () => {
  beforeEach(() => start({ longRunning: 'accepted' }))

  it('answer 202 with an address to poll, and are done only there', async () => {
    const accepted = await put('/apis/a', { displayName: 'A', path: 'a' })
    expect([accepted.status, await accepted.text()]).toEqual([202, ''])
    const location = accepted.headers.get('location') ?? ''
    expect(location).toMatch(/\/apis\/a\?.*api-version=2024-05-01&asyncId=[0-9a-f]{24}&asyncCode=201$/)
    expect((await send(emulator, 'GET', '/apis/a')).status).toBe(404)
    const polled = []
    for (let poll = 0; poll < 3; poll++) polled.push((await fetch(location)).status)
    expect(polled).toEqual([202, 201, 201])
    expect((await send(emulator, 'GET', '/apis/a')).status).toBe(200)
  })

  it('fail at the address of the operation where they cannot be done any more', async () => {
    const [first, second] = [
      await put('/apis/a', { displayName: 'A', path: 'a' }),
      await put('/apis/b', { displayName: 'B', path: 'a' }),
    ]
    const poll = async (answer: Response): Promise<Response> => {
      const location = answer.headers.get('location') ?? ''
      const polled = await fetch(location)
      return polled.status === 202 ? fetch(location) : polled
    }
    expect((await poll(first)).status).toBe(201)
    const failed = await poll(second)
    expect(failed.status).toBe(400)
    expect(await failed.text()).toContain(`The API 'a' has this path and version already.`)
  })

  it('refuse bad properties at once', async () => {
    expect((await put('/apis/a', { displayName: 'A' })).status).toBe(400)
  })

  it('are unknown once they are', async () => {
    expect((await send(emulator, 'GET', '/apis/a?asyncId=0123')).status).toBe(404)
  })
})

it('remembers what was asked, without bodies and queries', async () => {
  await put('/namedValues/x', { displayName: 'x', value: 'planted' })
  await send(emulator, 'GET', '/namedValues/x?code=planted')
  const path = `${service()}/namedValues/x`
  expect(emulator.requests.entries).toEqual([
    { method: 'PUT', path, status: 201 },
    { method: 'GET', path, status: 200 },
  ])
  expect(emulator.requests.writes).toHaveLength(1)
  emulator.requests.clear()
  expect(emulator.requests.entries).toEqual([])
})
