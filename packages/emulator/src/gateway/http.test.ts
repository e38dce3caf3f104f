import fc from 'fast-check'
import type { IncomingMessage } from 'node:http'
import { describe, expect, it } from 'vitest'
import { readRequest } from './http.js'

const message = (url: string, host = 'contoso.azure-api.net'): IncomingMessage =>
  ({ method: 'GET', url, headers: { host }, rawHeaders: ['Host', host], socket: {} }) as unknown as IncomingMessage

describe('readRequest', () => {
  it.each([
    ['/shop/1?a=b', '/shop/1', '?a=b'],
    ['/shop?', '/shop', ''],
    ['/shop/a%2Fb?x=%2F', '/shop/a%2Fb', '?x=%2F'],
    ['/shop/../other', '/other', ''],
    ['/shop/%2E%2e/other?a=..', '/other', '?a=..'],
    ['/shop\\..\\other', '/other', ''],
    ['http://elsewhere.example/shop?a=b', '/shop', '?a=b'],
    ['*', '/*', ''],
  ])('reads %s', (target, path, queryString) => {
    expect(readRequest(message(target)).url).toMatchObject({ path, queryString })
  })

  it.each([
    ['contoso.azure-api.net', 'https://contoso.azure-api.net/x'],
    ['127.0.0.1:4280', 'http://127.0.0.1:4280/x'],
    ['[::1]:4280', 'http://[::1]:4280/x'],
  ])('takes the host %s for %s', (host, url) => {
    expect(readRequest(message('/x', host)).originalUrl.toString()).toBe(url)
  })

  it('gives every target a path without dot segments', () => {
    const part = fc.oneof(
      fc.constantFrom('/', '//', '.', '..', '%2e', '%2E', '\\', '?', '#', '%', '%2f', ':', '@'),
      fc.webPath(),
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const { path, queryString } = readRequest(message(`/${parts.join('')}`)).url
        expect(path.startsWith('/')).toBe(true)
        expect(path.split('/').some((segment) => /^(\.|%2e){1,2}$/i.test(segment))).toBe(false)
        expect(queryString === '' || queryString.startsWith('?')).toBe(true)
      }),
    )
  })
})
