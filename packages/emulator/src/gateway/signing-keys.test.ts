import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClock, type Clock } from '../clock.js'
import { listen, type Listener } from '../listener.js'
import { createOutbound, type Outbound } from '../outbound.js'
import { SigningKeys } from './signing-keys.js'

/** An issuer that counts how often it is asked, and changes its keys. */
describe('SigningKeys', () => {
  let issuer: Listener
  let outbound: Outbound
  let clock: Clock
  let keys: SigningKeys
  let published: JWK[]
  let fetches: number
  let isBroken: boolean
  let address: string

  beforeEach(async () => {
    published = []
    fetches = 0
    isBroken = false
    issuer = await listen(
      ({ url }, response) => {
        if (isBroken) {
          response.writeHead(503).end()
        } else if (url === '/keys') {
          fetches++
          response.end(JSON.stringify({ keys: published }))
        } else {
          response.end(JSON.stringify({ issuer: 'https://issuer.example', jwks_uri: `${issuer.url}/keys` }))
        }
      },
      0,
      'port',
    )
    address = `${issuer.url}/.well-known/openid-configuration`
    outbound = createOutbound({ hosts: {} })
    clock = createClock()
    keys = new SigningKeys(outbound, clock)
  })
  afterEach(async () => {
    outbound.close()
    await issuer.close()
  })

  async function publish(kid: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair('RS256')
    published.push({ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' })
    return privateKey
  }
  const sign = (key: CryptoKey, kid: string, sub = 'somebody') =>
    new SignJWT({ sub }).setProtectedHeader({ alg: 'RS256', kid }).sign(key)

  it('verifies with the published keys and says whose they are', async () => {
    const token = await sign(await publish('one'), 'one')
    const { header, payload, issuers } = await keys.verify(token, [address])
    expect([header['kid'], payload.sub, issuers]).toEqual(['one', 'somebody', ['https://issuer.example']])
  })

  it('asks once for requests that come at once, and once an hour', async () => {
    const key = await publish('one')
    const tokens = await Promise.all(Array.from({ length: 10 }, (_, index) => sign(key, 'one', String(index))))
    await Promise.all(tokens.map((token) => keys.verify(token, [address])))
    clock.advance({ minutes: 59 })
    await keys.verify(await sign(key, 'one', 'later'), [address])
    expect(fetches).toBe(1)
    clock.advance({ minutes: 2 })
    await keys.verify(await sign(key, 'one', 'later'), [address])
    expect(fetches).toBe(2)
  })

  it('asks again for a key that it does not know, at most once in five minutes', async () => {
    const first = await publish('one')
    await keys.verify(await sign(first, 'one'), [address])
    const second = await publish('two')
    const token = await sign(second, 'two')
    await expect(keys.verify(token, [address])).rejects.toMatchObject({
      reason: 'TokenSignatureKeyNotFound',
      status: 401,
    })
    expect(fetches).toBe(1)
    clock.advance({ minutes: 6 })
    expect((await keys.verify(token, [address])).payload.sub).toBe('somebody')
    expect(fetches).toBe(2)
  })

  it('refuses a signature by another key', async () => {
    await publish('one')
    const { privateKey } = await generateKeyPair('RS256')
    const token = await sign(privateKey, 'one')
    await expect(keys.verify(token, [address])).rejects.toMatchObject({ reason: 'TokenSignatureInvalid', status: 401 })
  })

  it('refuses a token that is signed with the public key as a secret', async () => {
    await publish('one')
    const secret = new TextEncoder().encode(JSON.stringify(published[0]))
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret)
    await expect(keys.verify(token, [address])).rejects.toMatchObject({ status: 401 })
  })

  it('forgets a verified token with the keys it was verified with', async () => {
    const key = await publish('one')
    const token = await sign(key, 'one')
    await keys.verify(token, [address])
    published.length = 0
    await keys.verify(token, [address])
    clock.advance({ hours: 2 })
    await expect(keys.verify(token, [address])).rejects.toMatchObject({ reason: 'TokenSignatureKeyNotFound' })
  })

  it('tries again after an issuer did not answer', async () => {
    const token = await sign(await publish('one'), 'one')
    isBroken = true
    await expect(keys.verify(token, [address])).rejects.toMatchObject({ status: 500 })
    isBroken = false
    expect((await keys.verify(token, [address])).payload.sub).toBe('somebody')
  })
})
