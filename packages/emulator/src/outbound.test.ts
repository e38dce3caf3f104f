import { serve, type ServerType } from '@hono/node-server'
import { Hono } from 'hono'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createNetServer, type AddressInfo, type Server as NetServer } from 'node:net'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createOutbound, type Outbound } from './outbound.js'

const app = new Hono()
  .all('/echo', async (c) => {
    const body = await c.req.text()
    return c.json({ method: c.req.method, url: c.req.url, headers: c.req.header(), body })
  })
  .get('/moved', (c) => c.redirect('/echo'))
  .get('/cookies', (c) => {
    c.header('Set-Cookie', 'a=1', { append: true })
    c.header('Set-Cookie', 'b=2', { append: true })
    return c.text('', 404)
  })
  .get('/gzip', (c) => c.body(gzipSync('packed'), 200, { 'Content-Encoding': 'gzip' }))
  .get('/never', () => new Promise<Response>(() => undefined))

let server: ServerType
let base: string
const hosts: Record<string, string> = {}
let outbound: Outbound

beforeEach(async () => {
  outbound = createOutbound({ hosts })
  server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  base = baseOf(server)
  hosts['login.microsoftonline.com'] = base
  hosts['*.vault.azure.net'] = base
})

afterEach(async () => {
  outbound.close()
  ;(server as Server).closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const baseOf = (listener: NetServer): string => `http://127.0.0.1:${(listener.address() as AddressInfo).port}`
const get = (url: string) => outbound.send({ method: 'GET', url, headers: [] })
const json = (body: Uint8Array): unknown => JSON.parse(Buffer.from(body).toString())

describe('createOutbound', () => {
  it.each([
    ['https://login.microsoftonline.com/echo?a=1', 'login.microsoftonline.com'],
    ['https://shop.vault.azure.net/echo?a=1', 'shop.vault.azure.net'],
    ['https://shop.vault.azure.net:443/echo?a=1', 'shop.vault.azure.net'],
  ])('sends %s to the listener of the emulator and keeps the name in Host', async (url, host) => {
    const answer = await get(url)
    expect(json(answer.body)).toMatchObject({ url: `http://${host}/echo?a=1`, headers: { host } })
  })

  it('takes no part of a path for a host', async () => {
    const answer = await get('https://login.microsoftonline.com//127.0.0.1:1/echo')
    expect(answer.status).toBe(404)
  })

  it('leaves other hosts alone', async () => {
    expect(json((await get(`${base}/echo`)).body)).toMatchObject({ headers: { host: base.slice('http://'.length) } })
  })

  it('sends header fields in their order, a Host that was asked for, the body as bytes and its length', async () => {
    const answer = await outbound.send({
      method: 'POST',
      url: `${base}/echo`,
      headers: [
        ['Host', 'backend.example'],
        ['X-Two', 'a'],
        ['X-Two', 'b'],
        ['Connection', 'close'],
        ['Transfer-Encoding', 'chunked'],
        ['Content-Length', '999'],
      ],
      body: Buffer.from('grüße'),
    })
    expect(json(answer.body)).toMatchObject({
      method: 'POST',
      url: 'http://backend.example/echo',
      body: 'grüße',
      headers: { 'x-two': 'a, b', 'content-length': '7', connection: 'keep-alive' },
    })
  })

  it('says that a POST without body has none', async () => {
    const answer = await outbound.send({ method: 'POST', url: `${base}/echo`, headers: [] })
    expect(json(answer.body)).toMatchObject({ headers: { 'content-length': '0' }, body: '' })
  })

  it('hands back status, reason and every field that came twice', async () => {
    const answer = await get(`${base}/cookies`)
    expect([answer.status, answer.reason]).toEqual([404, 'Not Found'])
    const cookies = answer.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value)
    expect(cookies).toEqual(['a=1', 'b=2'])
    expect(answer.headers.map(([name]) => name.toLowerCase())).not.toContain('connection')
  })

  it('follows no redirect and unpacks nothing', async () => {
    expect((await get(`${base}/moved`)).status).toBe(302)
    expect(Buffer.from((await get(`${base}/gzip`)).body)).toEqual(gzipSync('packed'))
  })

  it('rejects with the reason of the signal', async () => {
    const timeout = outbound.send({ method: 'GET', url: `${base}/never`, headers: [], signal: AbortSignal.timeout(20) })
    await expect(timeout).rejects.toMatchObject({ name: 'TimeoutError' })
    const reason = new Error('enough')
    const aborted = outbound.send({
      method: 'GET',
      url: `${base}/echo`,
      headers: [],
      signal: AbortSignal.abort(reason),
    })
    await expect(aborted).rejects.toBe(reason)
  })

  it('says who gave no answer', async () => {
    const closed = createServer()
    closed.listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const url = baseOf(closed)
    await new Promise((resolve) => closed.close(resolve))
    const failed = get(`${url}/path?code=secret`)
    await expect(failed).rejects.toMatchObject({ code: 'service-unreachable' })
    await expect(failed).rejects.toThrow(/^GET http:\/\/127\.0\.0\.1:\d+ got no answer: connect ECONNREFUSED [\d.:]+$/)
  })

  it('refuses what is no http URL', async () => {
    await expect(get('file:///etc/passwd')).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(get('/relative')).rejects.toMatchObject({ code: 'invalid-input' })
  })

  describe('when a kept connection closes under a request', () => {
    const rude = createNetServer((socket) => {
      let seen = 0
      socket.on('error', () => undefined)
      socket.on('data', () => {
        if (++seen === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
        else socket.resetAndDestroy()
      })
    })
    const send = (method: string) => outbound.send({ method, url: baseOf(rude), headers: [] })

    beforeAll(async () => {
      rude.listen(0, '127.0.0.1')
      await once(rude, 'listening')
    })
    afterAll(() => rude.close())

    it.each(['GET', 'PUT', 'DELETE'])('sends a %s again', async (method) => {
      await send('GET')
      expect(Buffer.from((await send(method)).body).toString()).toBe('ok')
    })

    it.each(['POST', 'PATCH'])('never sends a %s twice', async (method) => {
      await send('GET')
      await expect(send(method)).rejects.toMatchObject({ code: 'service-unreachable' })
    })
  })

  it('sends a stream as it comes', async () => {
    const body = Readable.from([Buffer.from('one '), Buffer.from('two')])
    const answer = await outbound.send({ method: 'POST', url: `${base}/echo`, headers: [], body })
    expect(json(answer.body)).toMatchObject({ body: 'one two', headers: { 'transfer-encoding': 'chunked' } })
  })

  it('opens an answer before its body has ended', async () => {
    const slow = createServer((_, response) => response.writeHead(200, { 'X-Head': 'yes' }).write('begin'))
    slow.listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const { status, headers, body } = await outbound.open({ method: 'GET', url: baseOf(slow), headers: [] })
    expect(status).toBe(200)
    expect(headers).toContainEqual(['X-Head', 'yes'])
    expect(String((await once(body, 'data'))[0])).toBe('begin')
    body.destroy()
    slow.closeAllConnections()
    slow.close()
  })
})
