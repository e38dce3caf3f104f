import {
  accessPolicy,
  certificate,
  connection,
  credentialProvider,
  namedValue,
  product,
  service,
  stack,
  subscription,
  type Resource,
  type Stack,
} from '@apim-kit/core'
import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deployTo, formatPlan, fromValue, type Deployment } from '../src/index.js'
import { forward, startStub } from './stub.js'

/*
 * A rotated secret is one write to the resource that holds it. Where the service tells secrets on request that is all; elsewhere
 * what is remembered is written before and after, so that no run that ends in between leaves something untrue.
 */
let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
})
afterEach(async () => emulator.close())

const at = (endpoint: string): Deployment => deployTo({ ...emulator.service, endpoint, environment: {} })

const provider = (secret: string): ReturnType<typeof credentialProvider.github> =>
  credentialProvider.github('github', { authorizationCode: { clientId: 'id', clientSecret: fromValue(secret) } })
const shop = product('shop', {})

/** A stack with one secret, and what must not be written because of it. */
const subjects: Readonly<Record<string, { readonly path: string; readonly stackOf: (secret: string) => Resource[] }>> =
  {
    'named value': {
      path: '/namedValues/token',
      stackOf: (secret) => [namedValue('token', { value: fromValue(secret) }), namedValue('other', { value: 'x' })],
    },
    subscription: {
      path: '/subscriptions/storefront',
      stackOf: (secret) => [shop, subscription('storefront', { scope: shop, primaryKey: fromValue(secret) })],
    },
    connection: {
      path: '/authorizationProviders/entra/authorizations/client',
      stackOf: (secret) => {
        const entra = credentialProvider.aad('entra', { clientCredentials: { resourceUri: 'api://backend' } })
        const client = connection('client', { provider: entra, clientId: 'id', clientSecret: fromValue(secret) })
        return [entra, client, accessPolicy('identity', { connection: client, principal: service.managedIdentity })]
      },
    },
    'credential provider': {
      path: '/authorizationProviders/github',
      stackOf: (secret) => {
        const github = provider(secret)
        return [github, connection('octocat', { provider: github })]
      },
    },
    certificate: {
      path: '/certificates/client',
      stackOf: (secret) => [certificate('client', { data: fromValue(Buffer.from(secret).toString('base64')) })],
    },
  }

const gone = { status: 401, body: { error: { code: 'Gone', message: 'The process has ended.' } } }

const memory = '/namedValues/apim-kit.rotated'

function writes(): string[] {
  return emulator.requests.entries
    .filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method))
    .map(({ path }) => path.replace(/^.*\/service\/[^/]+/, ''))
}

describe.each(Object.entries(subjects))('the secret of a %s', (name, { path, stackOf }) => {
  const rotated = (secret: string): Stack => stack({ name: 'rotated', resources: stackOf(secret) })
  const isTold = ['named value', 'subscription'].includes(name)

  it('is one write to what holds it', async () => {
    await at(emulator.arm).apply(rotated('pl4nted-one'))
    const plan = await at(emulator.arm).plan(rotated('pl4nted-two'))
    expect(plan.changes.filter(({ action }) => action !== 'none')).toMatchObject([{ reason: 'its secret has changed' }])
    expect(formatPlan(plan)).toContain('1 to update')
    emulator.requests.clear()
    await at(emulator.arm).apply(plan)
    expect(writes()).toEqual(isTold ? [path] : [memory, path, memory])
    emulator.requests.clear()
    expect((await at(emulator.arm).apply(rotated('pl4nted-two'))).results).toEqual([])
    expect(writes()).toEqual([])
  })

  it.each([
    ['goes back to the old one', 'pl4nted-one'],
    ['stays with the new one', 'pl4nted-two'],
    ['takes a third', 'pl4nted-three'],
  ])('is right though a run was killed, whenever that was, and the next %s', async (_what, next) => {
    for (const cut of [1, 2, 3])
      for (const effect of [false, true]) {
        let held = ''
        /** Deploys, and ends with a write: before its effect or after it. */
        const apply = async (secret: string, end = Infinity): Promise<void> => {
          let count = 0
          const stub = await startStub(async (heard) => {
            if (heard.method === 'PUT') count++
            const isEnd = count === end && heard.method === 'PUT'
            if (count > end || (count === end && !(isEnd && effect))) return gone
            if (heard.method === 'PUT' && heard.path === path) held = heard.text
            const answer = await forward(heard, emulator.arm)
            return isEnd ? gone : answer
          })
          await at(stub.url)
            .apply(rotated(secret), { concurrency: 1 })
            .catch((error: unknown) => error)
        }
        await apply('pl4nted-one')
        await apply('pl4nted-two', cut)
        await apply(next)
        const sent = name === 'certificate' ? Buffer.from(next).toString('base64') : next
        expect(held, `cut at write ${cut}, ${effect ? 'after' : 'before'} its effect`).toContain(sent)
        expect((await at(emulator.arm).apply(rotated(next))).results).toEqual([])
      }
  })
})

it('is taken over without a write where the service tells that it is the same', async () => {
  const one = stack({ name: 'one', resources: subjects['named value']?.stackOf('pl4nted') ?? [] })
  await at(emulator.arm).apply(one)
  emulator.requests.clear()
  expect((await at(emulator.arm).apply(stack({ name: 'two', resources: one.resources }))).summary).toMatchObject({
    none: 2,
  })
  expect(writes()).toEqual([])
})

it('is put right where somebody else changed it, as far as the service tells', async () => {
  const mine = stack({ name: 'mine', resources: subjects['named value']?.stackOf('pl4nted') ?? [] })
  await at(emulator.arm).apply(mine)
  await at(emulator.arm).apply(stack({ name: 'b', resources: subjects['named value']?.stackOf('by hand') ?? [] }))
  expect((await at(emulator.arm).plan(mine)).summary).toMatchObject({ update: 1, none: 1 })
})
