import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { send } from '../test/azure-clients.js'
import { startEmulator, type Emulator, type EmulatorOptions } from './index.js'

const running: Emulator[] = []
const start = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const emulator = await startEmulator(options)
  running.push(emulator)
  return emulator
}
afterEach(async () => {
  await Promise.all(running.splice(0).map((emulator) => emulator.close().catch(() => undefined)))
})
const listening = async (): Promise<[Server, number]> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return [server, (server.address() as AddressInfo).port]
}
const refused = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => false,
    () => true,
  )

describe('startEmulator', () => {
  it('listens on this machine only, twice', async () => {
    const emulator = await start()
    expect(emulator.arm).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(emulator.gateway).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(emulator.gateway).not.toBe(emulator.arm)
    expect([emulator.identity, emulator.keyVault]).toEqual([emulator.arm, emulator.arm])
  })

  it('runs as often as it is asked to, each by itself', async () => {
    const [one, two] = [await start(), await start()]
    await send(one, 'PUT', '/namedValues/x', { body: { properties: { displayName: 'x', value: 'v' } } })
    expect((await send(two, 'GET', '/namedValues/x')).status).toBe(404)
  })

  it.each(['port', 'gatewayPort'] as const)('says which %s is taken, and leaves nothing behind', async (option) => {
    const [server, port] = await listening()
    const [free, other] = await listening()
    await new Promise((resolve) => free.close(resolve))
    const rest = option === 'port' ? { gatewayPort: other } : { port: other }
    await expect(startEmulator({ ...rest, [option]: port })).rejects.toMatchObject({
      code: 'port-in-use',
      message: `port ${port} of 127.0.0.1 is in use; stop what listens there, or give another ${option} (0 takes a free one)`,
    })
    expect(await refused(`http://127.0.0.1:${other}`)).toBe(true)
    server.close()
  })

  it.each<[EmulatorOptions, RegExp]>([
    [{ service: { subscriptionId: 'x' } }, /subscriptionId has to be a GUID/],
    [{ service: { service: '-x' } }, /service.service has to be 1 to 50/],
    [{ service: { resourceGroup: 'a/b' } }, /resourceGroup/],
    [{ tenantId: 'contoso' }, /tenantId has to be a GUID, not 'contoso'/],
    [{ principalId: '' }, /principalId/],
    [{ pageSize: 0 }, /pageSize/],
    [{ port: 70_000 }, /port has to be 0 to 65535/],
    [{ gatewayPort: 1.5 }, /gatewayPort/],
    [{ gatewayport: 1 } as EmulatorOptions, /gatewayport: there is no such option; did you mean "gatewayPort"/],
  ])('refuses %j', async (options, message) => {
    await expect(startEmulator(options)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(message) as string,
    })
  })

  it('closes at once, also with connections that are kept alive', async () => {
    const emulator = await start()
    await send(emulator, 'GET', '/apis')
    const { hostname, port } = new URL(emulator.gateway)
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    const ended = once(socket, 'close')
    await emulator.close()
    await ended
    expect(await refused(emulator.arm)).toBe(true)
    expect(await refused(emulator.gateway)).toBe(true)
  })

  it('may be closed twice, and disposed', async () => {
    const emulator = await start()
    await emulator[Symbol.asyncDispose]()
    await expect(emulator.close()).resolves.toBeUndefined()
  })

  it('leaves the globals as they are', async () => {
    const [{ Request: request, Response: response }] = [globalThis]
    await send(await start(), 'GET', '/apis')
    expect([globalThis.Request, globalThis.Response]).toEqual([request, response])
  })

  it('starts within milliseconds', async () => {
    await start()
    const before = performance.now()
    await start()
    // Measured: 2 to 4 ms. The rest is for a machine that does other things too.
    expect(performance.now() - before).toBeLessThan(100)
  })
})

describe('the parts know each other', () => {
  const clientId = '55555555-5555-5555-5555-555555555555'
  const options: EmulatorOptions = {
    applications: [
      { appId: '77777777-7777-7777-7777-777777777777', identifierUris: ['api://backend'], appRoles: ['Sample.Read'] },
      {
        appId: clientId,
        clientSecrets: ['s'],
        appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }],
      },
    ],
  }

  it('gives tokens that are valid by its clock', async () => {
    const emulator = await start({ ...options, startAt: Date.UTC(2030, 0, 1) })
    emulator.clock.advance({ hours: 1 })
    const token = await emulator.issueToken({ appId: clientId, resource: 'api://backend' })
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { iat: number }
    expect(new Date(claims.iat * 1000).toISOString()).toMatch(/^2030-01-01T01:0/)
    expect(claims).toMatchObject({ roles: ['Sample.Read'], tid: emulator.tenantId })
  })

  it('sends what goes to a host of the options there', async () => {
    const backend = createServer((request, response) => response.end(`backend ${request.headers.host} ${request.url}`))
    await once(backend.listen(0, '127.0.0.1'), 'listening')
    const url = `http://127.0.0.1:${(backend.address() as AddressInfo).port}`
    const emulator = await start({ hosts: { 'orders.example': url } })
    const properties = {
      displayName: 'Orders',
      path: 'orders',
      serviceUrl: 'https://orders.example/v1',
      protocols: ['http', 'https'],
      subscriptionRequired: false,
    }
    await send(emulator, 'PUT', '/apis/orders', { body: { properties } })
    const operation = { displayName: 'Get', method: 'GET', urlTemplate: '/all' }
    await send(emulator, 'PUT', '/apis/orders/operations/get', { body: { properties: operation } })
    expect(await (await fetch(`${emulator.gateway}/orders/all`)).text()).toBe('backend orders.example /v1/all')
    expect(emulator.traces).toMatchObject([{ api: 'orders', operation: 'get', status: 200 }])
    backend.closeAllConnections()
    backend.close()
  })

  it('answers Entra at the same address', async () => {
    const emulator = await start()
    const answer = await fetch(`${emulator.identity}/${emulator.tenantId}/.well-known/openid-configuration`)
    expect(await answer.json()).toHaveProperty('token_endpoint')
  })
})
