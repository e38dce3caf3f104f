import { api, backend, credentialProvider, namedValue, stack, type Stack } from '@apim-kit/core'
import { base, namedValueReference, policies, setHeader } from '@apim-kit/policy-dsl'
import { expect, it } from 'vitest'
import { fromValue } from '../src/index.js'
import type { Snapshot } from './arm-stub/store.js'
import { everyKind } from './every-kind.js'
import { death, expectToConverge, losses, refusals, undisturbed, type Scenario } from './fault-matrix.js'

/*
 * Not only what creates has to bear any fault: changed resources, rotated secrets, deletions, and operations that take longer
 * than a request.
 */

const faults = { ...refusals, ...losses, ...death }

/** Of those that a run gets over by asking again one is enough here; those that end something all leave other states. */
const few = {
  '409': refusals['409'],
  '412': refusals['412'],
  'a cut after the effect': losses['a cut after the effect'],
  ...death,
}

/** A stack in one of two states that differ in everything that can: fields, documents, secrets, what there is at all. */
const changing = (second: boolean): Stack =>
  stack({
    name: 'changing',
    resources: [
      namedValue('token', { value: fromValue(second ? 'pl4nted-2' : 'pl4nted-1') }),
      namedValue('audience', { value: second ? 'b' : 'a' }),
      credentialProvider.github('github', {
        authorizationCode: {
          clientId: 'Iv1',
          clientSecret: fromValue(second ? 'pl4nted-4' : 'pl4nted-3'),
          scopes: 'repo',
        },
      }),
      api('orders', {
        path: 'orders',
        policy: policies({
          inbound: [base(), setHeader({ name: second ? 'X-B' : 'X-A', value: namedValueReference('token') })],
        }),
      }),
      second ? backend('new', { url: 'https://new.example' }) : backend('old', { url: 'https://old.example' }),
    ],
  })

const deployed = async (what: Stack): Promise<Snapshot> =>
  (await undisturbed({ stack: what, run: async (to) => to.apply(what) })).snapshot

it('a stack is changed, and what it lacks is pruned, whichever request goes wrong', async () => {
  const what = changing(true)
  const scenario: Scenario = {
    stack: what,
    from: await deployed(changing(false)),
    run: async (to) => to.apply(what, { prune: true }),
  }
  const { cases } = await expectToConverge(scenario, faults)
  expect(cases).toBeGreaterThan(200)
}, 120_000)

it('every kind is destroyed, whichever deletion goes wrong', async () => {
  const shop = everyKind()
  const habits = { deleteMissing: 404 } as const
  const scenario: Scenario = { stack: shop, habits, from: await deployed(shop), run: async (to) => to.destroy(shop) }
  const isDeletion = (request: string): boolean => /^(?:DELETE|PUT) /.test(request)
  const some = { '409': refusals['409'], 'a cut after the effect': losses['a cut after the effect'], ...death }
  const deletions = await expectToConverge(scenario, some, isDeletion)
  expect(deletions.cases).toBeGreaterThan(80)
}, 120_000)

it.each(['location', 'operation'] as const)(
  'writes that take longer are waited for, page by page, whichever request goes wrong: %s',
  async (longRunning) => {
    const what = changing(true)
    const scenario: Scenario = {
      stack: what,
      habits: { longRunning, deletesLater: true, pageSize: 2 },
      from: await deployed(changing(false)),
      run: async (to) => to.apply(what, { prune: true }),
    }
    const { cases } = await expectToConverge(scenario, few)
    expect(cases).toBeGreaterThan(100)
  },
  120_000,
)
