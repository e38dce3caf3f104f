import { keyOf, secretsOf, type Stack } from '@apim-kit/core'
import { expect } from 'vitest'
import { deployTo, type ApplyResult, type Deployment } from '../src/index.js'
import { fingerprint, ownershipMark, placeTag } from '../src/fingerprints.js'
import { limit } from '../src/limit.js'
import { chunkCount, fingerprintsOf, marksOf, parseState } from '../src/state.js'
import type { Habits } from './arm-stub/habits.js'
import type { Answer, Request, Response } from './arm-stub/messages.js'
import { startArmStub, writesOf, type ArmStub } from './arm-stub/server.js'
import type { Kept, Snapshot } from './arm-stub/store.js'

/*
 * A deployment in which one request goes wrong, every one in its turn and in every way; then the same once more, undisturbed.
 * It has to end as one does that nothing went wrong in: the whole service is compared, and what is remembered with it.
 */

const refused = (status: number, code: string, headers: Record<string, string> = {}): Response => ({
  status,
  headers,
  body: { error: { code, message: 'Not now.' } },
})

/** What goes wrong with one request. */
type Fault = (send: () => Response) => Answer

/** What a service refuses. */
export const refusals = {
  '429 with Retry-After': () => refused(429, 'TooManyRequests', { 'Retry-After': '1' }),
  '500': () => refused(500, 'InternalServerError'),
  '409 for a busy parent': () => refused(409, 'PessimisticConcurrencyConflict'),
  '409': () => refused(409, 'Conflict'),
  '412': () => refused(412, 'PreconditionFailed'),
} as const satisfies Readonly<Record<string, Fault>>

/** What a network loses. */
export const losses = {
  'a cut before the effect': () => 'hang up',
  'a cut after the effect': (send) => {
    send()
    return 'hang up'
  },
  'a cut in the middle of the answer': (send) => ({ ...send(), cut: true }),
} as const satisfies Readonly<Record<string, Fault>>

/** The process is gone after that request: nothing that it sends is heard any more. */
export const death = { 'a killed process': 'killed' } as const

/** One thing to do, from one state of a service to another. */
export interface Scenario {
  readonly stack: Stack
  /** What the service has before. Default: what every service has. */
  readonly from?: Snapshot
  readonly habits?: Partial<Habits>
  readonly run: (deployment: Deployment) => Promise<ApplyResult>
}

/** Enough for the pauses between retries to overlap. */
const places = 24

/** A name for a request that does not depend on the order in which several come. */
function counted(): (request: Request) => string {
  const counts = new Map<string, number>()
  return ({ method, path, query }) => {
    const name = `${method} ${path}${query.get('$skip') ?? ''}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    return `${name} #${count}`
  }
}

/** @param prefix - tells the requests of one run from what is left of another that has ended */
export const deploymentOf = (stub: ArmStub, prefix = ''): Deployment =>
  deployTo({ ...stub.address, endpoint: `${stub.url}${prefix}`, environment: {} })

/** Runs a scenario undisturbed, and again, when there is nothing left to do: the requests it takes, and the end. */
export async function undisturbed(
  scenario: Scenario,
): Promise<{ readonly requests: string[]; readonly end: string; readonly snapshot: Snapshot }> {
  const stub = await startArmStub(scenario.habits)
  begin(stub, scenario)
  const requests: string[] = []
  const nameOf = counted()
  stub.interpose = (request, send) => {
    requests.push(nameOf(request))
    return send()
  }
  const { results } = await scenario.run(deploymentOf(stub))
  expect(results.filter(({ outcome }) => outcome !== 'done')).toEqual([])
  stub.interpose = undefined
  stub.requests.length = 0
  expect([(await scenario.run(deploymentOf(stub))).results, writesOf(stub)]).toEqual([[], []])
  await stub.close()
  return { requests, end: await stateOf(stub, scenario.stack), snapshot: stub.store.snapshot() }
}

function begin(stub: ArmStub, { from }: Scenario): void {
  if (from === undefined) stub.store.clear()
  else stub.store.restore(from)
  stub.store.creations.clear()
}

/** What became of one case. */
interface End {
  readonly at: string
  readonly fault: string
  /** Whether the run itself went wrong; most get over it. */
  readonly failed: boolean
  readonly end: string
  readonly createdTwice: readonly string[]
}

/** Runs a scenario once for every request and fault, each followed by an undisturbed run; expects all of them to end alike. */
export async function expectToConverge(
  scenario: Scenario,
  faults: Readonly<Record<string, Fault | 'killed'>>,
  among: (request: string) => boolean = () => true,
): Promise<{ readonly cases: number; readonly survived: readonly string[] }> {
  const { requests, end } = await undisturbed(scenario)
  const cases = requests
    .filter(among)
    .flatMap((at) => Object.entries(faults).map(([name, fault]) => ({ at, name, fault })))
  const stubs = await Promise.all(Array.from({ length: places }, async () => startArmStub(scenario.habits)))
  const again = new Map<string, Promise<string>>()
  const bounded = limit(places)
  const ends = await Promise.all(
    cases.map(async ({ at, name, fault }) =>
      bounded(async (): Promise<End> => {
        const stub = stubs.pop()
        if (stub === undefined) throw new Error('there are as many stubs as places')
        const disturbed = await disturb(stub, scenario, at, fault)
        const { store } = stub
        const state = await stateOf(stub, scenario.stack)
        const createdTwice = [...store.creations].filter(([, count]) => count > 1).map(([key]) => key)
        // What a run does follows from what the service has: from one state it is run once.
        const repeated = again.get(state) ?? repeat(stub, scenario)
        again.set(state, repeated)
        const ended = await repeated
        stubs.push(stub)
        return { at, fault: name, failed: disturbed, end: ended, createdTwice }
      }),
    ),
  )
  await Promise.all(stubs.map(async (stub) => stub.close()))
  expect(ends.filter((each) => each.createdTwice.length > 0)).toEqual([])
  expect(ends.filter((each) => each.end !== end).map(({ at, fault }) => `${fault}: ${at}`)).toEqual([])
  return { cases: cases.length, survived: ends.filter(({ failed }) => !failed).map(({ at }) => at) }
}

let runs = 0

/** Runs a scenario in which one request goes wrong; says whether the run did. */
async function disturb(stub: ArmStub, scenario: Scenario, at: string, fault: Fault | 'killed'): Promise<boolean> {
  begin(stub, scenario)
  const nameOf = counted()
  let dead = false
  const prefix = `/run-${++runs}`
  stub.interpose = (request, send) => {
    if (request.prefix !== prefix) return 'hang up'
    // Whatever a dead process would have asked for has no effect; 401 ends what is left of it here.
    if (dead) return refused(401, 'Gone')
    if (nameOf(request) !== at) return send()
    if (fault !== 'killed') return fault(send)
    send()
    dead = true
    return refused(401, 'Gone')
  }
  const ended = await scenario.run(deploymentOf(stub, prefix)).catch(() => undefined)
  return ended === undefined || ended.results.some(({ outcome }) => outcome !== 'done')
}

async function repeat(stub: ArmStub, { stack, run }: Scenario): Promise<string> {
  const prefix = `/run-${++runs}`
  stub.interpose = (request, send) => (request.prefix === prefix ? send() : 'hang up')
  await run(deploymentOf(stub, prefix))
  return stateOf(stub, stack)
}

/**
 * All that a service has, as one text. What a stack remembers is written with a key of its own in every run, so it stands here
 * as what it says: whose resources are the stack's own, which secrets are those that it has.
 */
export async function stateOf({ store }: ArmStub, stack: Stack): Promise<string> {
  const all = [...store.snapshot()]
  const isMemory = ([key]: [string, Kept]): boolean => key.startsWith('namedvalues/apim-kit.')
  const resources = all.filter((each) => !isMemory(each)).map(([key, { sent }]): [string, unknown] => [key, sent])
  const texts = new Map(all.filter(isMemory).map(([key, { sent }]) => [key, String(sent['value'])]))
  return JSON.stringify([resources.toSorted(([a], [b]) => (a < b ? -1 : 1)), await remembered(texts, stack)], null, 1)
}

async function remembered(texts: ReadonlyMap<string, string>, stack: Stack): Promise<unknown> {
  const name = `namedvalues/apim-kit.${stack.name}`
  const first = texts.get(name)
  if (first === undefined) return null
  const rest = Array.from({ length: chunkCount(first) - 1 }, (_, index) => texts.get(`${name}.${index + 1}`))
  const state = parseState([first, ...rest])
  const { key } = state
  const marks = new Map(stack.resources.map((resource) => [ownershipMark(key, keyOf(resource)), keyOf(resource)]))
  const created = marksOf(state).map((mark) => marks.get(mark) ?? 'something else')
  const places = await Promise.all(
    stack.resources.flatMap((resource) => secretsIn(resource.properties, keyOf(resource))),
  )
  const secrets = [...fingerprintsOf(state)].map(([tag, mac]) => {
    const found = places.find(({ place }) => placeTag(key, place) === tag)
    if (found === undefined) return 'something else'
    const { place, value } = found
    return `${place.resource} ${place.path} ${fingerprint(key, place, value) === mac ? 'as sent' : 'another'}`
  })
  return { created: created.toSorted(), secrets: secrets.toSorted() }
}

type Place = { readonly place: { readonly resource: string; readonly path: string }; readonly value: string }

function secretsIn(properties: Readonly<Record<string, unknown>>, resource: string): Promise<Place>[] {
  return secretsOf(properties).map(async ({ path, reference }) => {
    const nowhere = async (): Promise<string> => Promise.reject(new Error('only given values'))
    const value = await reference.resolve({ keyVault: nowhere, environment: () => undefined })
    return { place: { resource, path }, value }
  })
}
