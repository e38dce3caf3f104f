import {
  api,
  backend,
  connection,
  credentialProvider,
  namedValue,
  operation,
  policyFragment,
  stack,
  type Resource,
  type Stack,
} from '@apim-kit/core'
import { base, expr, fragment, namedValueReference, policies, setHeader } from '@apim-kit/policy-dsl'
import { afterEach, describe, expect, it } from 'vitest'
import { assertDeployed, deployTo, fromValue, needSignIn, type Deployment, type Plan } from '../src/index.js'
import type { Habits } from './arm-stub/habits.js'
import { startArmStub, writesOf, type ArmStub } from './arm-stub/server.js'
import { everyKind } from './every-kind.js'

/*
 * What a team does every day, against a Resource Manager that was written apart from the emulator, in all the ways in which
 * such a service may answer.
 */

const variations: Readonly<Record<string, Partial<Habits>>> = {
  'as observed': {},
  'pages of two, absolute links, the last with an empty link': { pageSize: 2, lastPage: 'empty' },
  'pages of one, relative links, the last with null': { pageSize: 1, nextLink: 'relative', lastPage: 'null' },
  'lists in another order, keys too': { listOrder: 'reversed', keyOrder: 'reversed', pageSize: 3 },
  'ids in lower case': { idCase: 'lower' },
  'ids in upper case': { idCase: 'upper' },
  'no ETags': { entityTags: 'none' },
  'ETags everywhere, which updates have to name': { entityTags: 'all', demandsIfMatch: true },
  'no ETags, though updates have to name one': { entityTags: 'none', demandsIfMatch: true },
  '201 for everything new': { created: { credentialManager: 201, others: 201 } },
  '200 for everything new': { created: { credentialManager: 200, others: 200 } },
  '202 without a body, then Location': { longRunning: 'location', deletesLater: true },
  '201 with Azure-AsyncOperation': { longRunning: 'operation', deletesLater: true },
  'null for what is not there': { nothing: 'null' },
  'empty texts and lists for what is not there': { nothing: 'empty' },
  'members that no model knows': { unknownMembers: true, nothing: 'null', keyOrder: 'reversed' },
  'the defaults of the specification’s examples': { aadDefaults: true, enums: 'as sent' },
  'documents always escaped': { policyFormat: 'xml' },
  'credentials kept with what they are for': { ownNamedValues: false },
  '404 for a deletion of nothing': { deleteMissing: 404 },
  'bare errors': { errorShape: 'bare' },
  'errors of API Management itself': { errorShape: 'apim' },
  'pages of HTML as errors': { errorShape: 'text' },
  'errors without a body': { errorShape: 'empty' },
  'an empty object as answer to every write': { putAnswers: 'empty object' },
  'nothing as answer to every write': { putAnswers: 'nothing', created: { credentialManager: 201, others: 201 } },
  'null for a list without items': { emptyList: 'null' },
  'no value in a list without items': { emptyList: 'absent' },
  'null where credential manager has nothing to say': { notApplicable: 'null', nothing: 'null' },
  'a byte order mark before documents': { byteOrderMark: true },
  'a byte order mark before escaped documents': { byteOrderMark: true, policyFormat: 'xml' },
  'hardly any quota': { remaining: 25 },
  'every seventh request refused': { throttleEvery: 7 },
  'everything at once': {
    pageSize: 2,
    nextLink: 'relative',
    lastPage: 'empty',
    listOrder: 'reversed',
    created: { credentialManager: 201, others: 200 },
    entityTags: 'all',
    demandsIfMatch: true,
    longRunning: 'location',
    deletesLater: true,
    deleteMissing: 404,
    idCase: 'upper',
    keyOrder: 'reversed',
    nothing: 'empty',
    unknownMembers: true,
    aadDefaults: true,
    policyFormat: 'xml',
    errorShape: 'bare',
    throttleEvery: 11,
  },
}

let stub: ArmStub
afterEach(async () => stub.close())

const deployment = (): Deployment => deployTo({ ...stub.address, endpoint: stub.url, environment: {} })

/** What a deployer remembers is left out. */
const writes = (): string[] => writesOf(stub).filter((write) => !write.includes('apim-kit.'))

const pending = (plan: Plan): string[] =>
  plan.changes.filter(({ action }) => action !== 'none').map((change) => JSON.stringify(change))

/** Puts things on the service that no stack of ours has to do with. */
function plant(): void {
  stub.store.put('namedValues/theirs', { displayName: 'theirs', value: 'x' })
  stub.store.put('authorizationProviders/theirs', {
    identityProvider: 'github',
    oauth2: { grantTypes: { authorizationCode: { clientId: 'x', clientSecret: 'y' } } },
  })
  stub.store.put('authorizationProviders/theirs/authorizations/theirs', {
    authorizationType: 'OAuth2',
    oauth2grantType: 'authorizationCode',
  })
  stub.store.put('apis/their-api', { displayName: 'their-api', path: 'theirs', protocols: ['https'] })
}

const github = credentialProvider.github('github', {
  authorizationCode: { clientId: 'Iv1', clientSecret: fromValue('pl4nted-github'), scopes: 'repo' },
})
const graph = credentialProvider.aad('graph', {
  authorizationCode: {
    clientId: '44444444-4444-4444-4444-444444444444',
    clientSecret: fromValue('pl4nted-graph'),
    resourceUri: 'https://graph.microsoft.com',
  },
})
const open = [
  namedValue('audience', { value: 'api://backend' }),
  api('orders', {
    path: 'orders',
    policy: policies({
      inbound: [
        base(),
        setHeader({ name: 'Audience', value: namedValueReference('audience') }),
        setHeader({ name: 'X-Path', value: expr`context.Request.Url.Path + "<&>" + "\t"` }),
      ],
    }),
  }),
]
const pool = (timeout: string, ...more: readonly Resource[]): Stack =>
  stack({
    name: 'daily',
    resources: [
      ...open,
      ...more,
      namedValue('token', { value: fromValue('pl4nted-token') }),
      github,
      graph,
      connection('octocat', { provider: github }),
      backend('east', {
        url: 'https://east.example',
        circuitBreaker: {
          rules: [
            {
              name: 'down',
              tripDuration: timeout,
              failureCondition: { count: 3, interval: 'PT5M', statusCodeRanges: [{ min: 500, max: 599 }] },
            },
          ],
        },
      }),
    ],
  })

/** Lists that grow are compared as a whole, as a list of the service shows them and as a GET does. */
const growing = (responses: number): Stack => {
  const orders = api('growing', { path: 'growing' })
  const rules = Array.from({ length: responses }, (_, index) => ({
    name: `rule-${index}`,
    tripDuration: 'PT1M',
    failureCondition: { count: 3, interval: 'PT5M', statusCodeRanges: [{ min: 500, max: 599 }] },
  }))
  const answers = Array.from({ length: responses }, (_, index) => ({
    statusCode: 200 + index,
    representations: [{ contentType: 'application/json' }],
  }))
  return stack({
    name: 'growing',
    resources: [
      orders,
      operation('get', { api: orders, method: 'GET', urlTemplate: '/', responses: answers }),
      backend('growing', { url: 'https://growing.example', circuitBreaker: { rules } }),
    ],
  })
}

describe.each(Object.entries(variations))('with %s', { timeout: 30_000 }, (_title, habits) => {
  it('deploys every kind, then writes nothing, and leaves nothing behind', async () => {
    stub = await startArmStub(habits)
    plant()
    const before = stub.store.snapshot()
    const shop = everyKind()
    assertDeployed(await deployment().apply(shop))
    expect(pending(await deployment().plan(shop))).toEqual([])
    stub.requests.length = 0
    const again = await deployment().apply(shop)
    expect([again.results, writesOf(stub)]).toEqual([[], []])
    expect((await deployment().drift(shop)).summary).toMatchObject({
      create: 0,
      update: 0,
      none: shop.resources.length,
    })
    expect((await deployment().plan(shop, { prune: true })).summary.delete).toBe(0)
    assertDeployed(await deployment().destroy(shop))
    expect(stub.store.snapshot()).toEqual(before)
  })

  it('changes what changed, repairs what drifted, prunes what is its own, takes over what matches', async () => {
    stub = await startArmStub(habits)
    plant()
    const foreign = stub.store.snapshot()
    const first = await deployment().apply(pool('PT1M'))
    assertDeployed(first)
    // Nobody has signed in yet, which is no failure, and no reason to write the connection again.
    expect(needSignIn(first.connections)).toMatchObject([{ loginLink: expect.stringContaining('https://') as string }])
    expect(needSignIn(await deployment().status(pool('PT1M')))).toHaveLength(1)

    const writesFor = async (what: Stack, options = {}): Promise<string[]> => {
      stub.requests.length = 0
      assertDeployed(await deployment().apply(what, options))
      expect(pending(await deployment().plan(what, options))).toEqual([])
      return writes()
    }
    expect(await writesFor(pool('PT1M'))).toEqual([])
    expect(await writesFor(pool('PT2M'))).toEqual(['PUT backends/east'])
    const rotated = namedValue('token-two', { value: fromValue('pl4nted-2') })
    expect(await writesFor(pool('PT2M', rotated))).toEqual(['PUT namedValues/token-two'])
    const again = namedValue('token-two', { value: fromValue('pl4nted-3') })
    expect(await writesFor(pool('PT2M', again))).toEqual(['PUT namedValues/token-two'])
    expect(stub.store.get('namedValues/token-two')?.sent).toMatchObject({ value: 'pl4nted-3' })

    stub.store.put('namedValues/audience', { displayName: 'audience', value: 'api://other' })
    stub.store.delete('backends/east')
    const drift = await deployment().drift(pool('PT2M', again))
    expect(drift.summary).toMatchObject({ create: 1, update: 1 })
    expect((await writesFor(pool('PT2M', again))).toSorted()).toEqual(['PUT backends/east', 'PUT namedValues/audience'])

    expect(await writesFor(pool('PT2M'), { prune: true })).toEqual(['DELETE namedValues/token-two'])
    expect(await writesFor(stack({ name: 'other', resources: open }))).toEqual([])
    assertDeployed(await deployment().destroy(stack({ name: 'other', resources: open })))
    expect(stub.store.get('apis/orders')).toBeDefined()
    assertDeployed(await deployment().destroy(pool('PT2M')))
    expect(stub.store.snapshot()).toEqual(foreign)

    assertDeployed(await deployment().apply(growing(1)))
    const grown = await writesFor(growing(2))
    expect(grown.toSorted()).toEqual(['PUT apis/growing/operations/get', 'PUT backends/growing'])
  })

  it('says what the service refuses, in whatever shape', async () => {
    stub = await startArmStub(habits)
    const other = stack({ name: 'other', resources: [namedValue('taken', { value: 'x', displayName: 'name' })] })
    assertDeployed(await deployment().apply(other))
    const twice = stack({ name: 'twice', resources: [namedValue('mine', { value: 'x', displayName: 'name' })] })
    const { results } = await deployment().apply(twice)
    const said = habits.errorShape === 'empty' ? /said nothing more/ : /taken by|incorrect values/
    expect(results).toMatchObject([{ outcome: 'failed', error: { message: expect.stringMatching(said) as string } }])
  })
})

it.each(['none', 'location', 'operation'] as const)(
  'says where a document is wrong, whenever that is found: %s',
  async (longRunning) => {
    stub = await startArmStub({ longRunning })
    const token = namedValue('token', { value: 'x' })
    const header = setHeader({ name: 'X', value: namedValueReference('token') })
    const what = stack({
      name: 'shop',
      resources: [token, policyFragment('sign-in', { value: fragment([header]) })],
    })
    await deployment().apply(stack({ name: 'shop', resources: [token] }))
    const plan = await deployment().plan(what)
    stub.store.delete('namedValues/token')
    const { results } = await deployment().apply(plan)
    const message = expect.stringContaining(`Cannot find a property 'token'`) as string
    expect(results).toMatchObject([
      { outcome: 'failed', error: { code: 'ValidationError', message, line: 3, column: 16, details: [{ message }] } },
    ])
  },
)

it.each(['pricing tier', 'method', 'implementation'] as const)(
  'prunes and destroys on a service that lacks other kinds: %s',
  { timeout: 30_000 },
  async (lacks) => {
    stub = await startArmStub({ lacks })
    const before = stub.store.snapshot()
    assertDeployed(await deployment().apply(pool('PT1M')))
    assertDeployed(await deployment().apply(stack({ name: 'daily', resources: open }), { prune: true }))
    expect(stub.store.get('authorizationProviders/github')).toBeUndefined()
    assertDeployed(await deployment().destroy(pool('PT1M')))
    expect(stub.store.snapshot()).toEqual(before)
  },
)

it('takes no list for whole whose next page is not to be had', async () => {
  stub = await startArmStub({ pageSize: 1 })
  assertDeployed(await deployment().apply(pool('PT1M')))
  stub.interpose = ({ path, query }, send) =>
    path === 'namedValues' && query.has('$skip') ? { status: 404, body: { error: { code: 'NotFound' } } } : send()
  await expect(deployment().plan(pool('PT1M'))).rejects.toMatchObject({
    code: 'request-failed',
    message: expect.stringContaining('list every named value') as string,
  })
})
