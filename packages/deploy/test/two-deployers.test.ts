import { setTimeout as sleep } from 'node:timers/promises'
import { api, credentialProvider, namedValue, stack, type Stack } from '@apim-kit/core'
import { base, namedValueReference, policies, setHeader } from '@apim-kit/policy-dsl'
import { expect, it } from 'vitest'
import { assertDeployed, fromValue } from '../src/index.js'
import type { Habits } from './arm-stub/habits.js'
import { startArmStub, type ArmStub } from './arm-stub/server.js'
import { everyKind } from './every-kind.js'
import { deploymentOf, stateOf, undisturbed } from './fault-matrix.js'

/*
 * Two at once, each seeing whatever the other has done by then. Answers take times drawn from a seed, so that every run is
 * another meeting of the two, and the same at the next test.
 */

/** Numbers from 0 up to 1 (mulberry32). */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

async function slowStub(seed: number, habits: Partial<Habits> = {}): Promise<ArmStub> {
  const stub = await startArmStub(habits)
  const draw = random(seed)
  stub.interpose = async (_request, send) => {
    await sleep(draw() * 6)
    const answer = send()
    await sleep(draw() * 6)
    return answer
  }
  return stub
}

/** A promise that a test keeps when it is time. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { opened, open: () => open() }
}

const seeds = Array.from({ length: 12 }, (_, index) => index + 1)

const small = (name: string, value = 'a', secret = 'pl4nted-1'): Stack =>
  stack({
    name,
    resources: [
      namedValue(`${name}-token`, { value: fromValue(secret) }),
      credentialProvider.github(name, {
        authorizationCode: { clientId: 'Iv1', clientSecret: fromValue(`${secret}-too`), scopes: 'repo' },
      }),
      namedValue(`${name}-audience`, { value }),
      api(name, {
        path: name,
        policy: policies({ inbound: [base(), setHeader({ name: 'X', value: namedValueReference(`${name}-token`) })] }),
      }),
    ],
  })

it.each([{}, { entityTags: 'none' }, { longRunning: 'location' }] satisfies Partial<Habits>[])(
  'deploy the same stack, and it is as if one had: %o',
  async (habits) => {
    const what = small('shop')
    const { end } = await undisturbed({ stack: what, run: async (to) => to.apply(what) })
    for (const seed of seeds) {
      const stub = await slowStub(seed, habits)
      const results = await Promise.all([deploymentOf(stub).apply(what), deploymentOf(stub).apply(what)])
      for (const result of results) assertDeployed(result)
      expect(await stateOf(stub, what), `seed ${seed}`).toBe(end)
      expect([...stub.store.creations.values()].filter((count) => count > 1)).toEqual([])
      await stub.close()
    }
  },
  60_000,
)

it('deploy every kind, and it is as if one had', async () => {
  const what = everyKind()
  const { end } = await undisturbed({ stack: what, run: async (to) => to.apply(what) })
  for (const seed of [1, 2, 3]) {
    const stub = await slowStub(seed)
    const results = await Promise.all([deploymentOf(stub).apply(what), deploymentOf(stub).apply(what)])
    for (const result of results) assertDeployed(result)
    expect(await stateOf(stub, what), `seed ${seed}`).toBe(end)
    await stub.close()
  }
}, 60_000)

it('deploy two stacks to one service, and neither loses anything', async () => {
  const [one, two] = [small('one'), small('two')]
  for (const seed of seeds) {
    const stub = await slowStub(seed)
    for (const result of await Promise.all([deploymentOf(stub).apply(one), deploymentOf(stub).apply(two)]))
      assertDeployed(result)
    for (const each of [one, two]) {
      expect((await deploymentOf(stub).plan(each, { prune: true })).summary).toMatchObject({ create: 0, update: 0 })
      expect((await deploymentOf(stub).drift(each)).summary.none).toBe(each.resources.length)
    }
    const both = [deploymentOf(stub).destroy(one), deploymentOf(stub).destroy(two)]
    for (const result of await Promise.all(both)) assertDeployed(result)
    expect([...stub.store.snapshot().keys()].filter((key) => !key.startsWith('groups/'))).toEqual([])
    await stub.close()
  }
}, 60_000)

it('rotate one secret at once, and it is remembered', async () => {
  const [before, after] = [small('shop'), small('shop', 'b', 'pl4nted-2')]
  const start = await undisturbed({ stack: before, run: async (to) => to.apply(before) })
  const { end } = await undisturbed({ stack: after, from: start.snapshot, run: async (to) => to.apply(after) })
  for (const seed of seeds) {
    const stub = await slowStub(seed)
    stub.store.restore(start.snapshot)
    const results = await Promise.all([deploymentOf(stub).apply(after), deploymentOf(stub).apply(after)])
    for (const result of results) assertDeployed(result)
    expect(await stateOf(stub, after), `seed ${seed}`).toBe(end)
    await stub.close()
  }
}, 60_000)

it('want different things, and whoever comes second is told or has its way; the next run ends it', async () => {
  const [first, one, two] = [small('shop'), small('shop', 'b', 'pl4nted-2'), small('shop', 'c', 'pl4nted-3')]
  const start = await undisturbed({ stack: first, run: async (to) => to.apply(first) })
  const { end } = await undisturbed({ stack: two, from: start.snapshot, run: async (to) => to.apply(two) })
  let told = 0
  for (const seed of seeds) {
    const stub = await slowStub(seed)
    stub.store.restore(start.snapshot)
    const both = await Promise.all([deploymentOf(stub).apply(one), deploymentOf(stub).apply(two)])
    for (const { error } of both.flatMap(({ results }) => results)) {
      if (error === undefined) continue
      told++
      expect(error).toMatchObject({
        code: 'concurrent-change',
        message: expect.stringContaining('make a new plan') as string,
      })
    }
    assertDeployed(await deploymentOf(stub).apply(two))
    expect(await stateOf(stub, two), `seed ${seed}`).toBe(end)
    expect((await deploymentOf(stub).plan(two)).summary).toMatchObject({ create: 0, update: 0 })
    await stub.close()
  }
  expect(told).toBeGreaterThan(0)
}, 60_000)

it('send two secrets to one place, and none is remembered, since nobody knows which the service has', async () => {
  const [first, one, two] = [small('shop'), small('shop', 'a', 'pl4nted-2'), small('shop', 'a', 'pl4nted-3')]
  const stub = await startArmStub()
  await deploymentOf(stub).apply(first)
  const [secondSent, firstEnded] = [gate(), gate()]
  stub.interpose = async ({ method, path, text }, send) => {
    if (method !== 'PUT' || path !== 'authorizationProviders/shop') return send()
    if (text.includes('pl4nted-2')) await secondSent.opened
    const answer = send()
    secondSent.open()
    // The second's word comes last, though its secret came first.
    if (text.includes('pl4nted-3')) await firstEnded.opened
    return answer
  }
  const both = [deploymentOf(stub).apply(one).finally(firstEnded.open), deploymentOf(stub).apply(two)]
  for (const { results } of await Promise.all(both))
    expect(results.find(({ id }) => id.endsWith('authorizationProviders/shop'))).toMatchObject({ outcome: 'done' })
  expect(JSON.stringify(stub.store.get('authorizationProviders/shop')?.sent)).toContain('pl4nted-2')
  for (const each of [one, two]) {
    const { changes } = await deploymentOf(stub).plan(each)
    expect(changes.find(({ kind }) => kind === 'credentialProvider')).toMatchObject({ action: 'update' })
  }
  await stub.close()
})
