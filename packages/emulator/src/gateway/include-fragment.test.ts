import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { document, startTestGateway, type TestDeployment, type TestGateway } from '../../test/test-gateway.js'

const include = '<include-fragment fragment-id="mark" />'
const mark = (value: string) => `<set-header name="X-Mark"><value>${value}</value></set-header>`

describe('include-fragment', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  beforeEach(() => gateway.received.splice(0))
  afterAll(() => gateway.close())

  const deploy = (inbound: string, fragment?: string, more: TestDeployment = {}) =>
    gateway.deploy({
      policy: document({ backend: '<forward-request />', onError: '<base />' }),
      apis: {
        shop: { operations: { 'GET /': document({ inbound: `<base />${inbound}`, outbound: '<base />' }) } },
      },
      ...(fragment === undefined ? {} : { fragments: { mark: `<fragment>${fragment}</fragment>` } }),
      ...more,
    })
  const marks = () => gateway.received.map(({ headers }) => headers.find(([name]) => name === 'X-Mark')?.[1])
  const problems = (text: string, scope?: 'operation') =>
    gateway.gateway
      .check({ text, format: 'rawxml' }, scope === undefined ? {} : { scope })
      .filter(({ severity }) => severity === 'error')

  it('runs the policies of the fragment in its place, with named values and variables', async () => {
    deploy(
      `<set-variable name="v" value="b" />${include}<choose><when condition="true">${include}</when></choose>`,
      '<set-header name="X-Mark" exists-action="append"><value>@("{{a}}" + context.Variables["v"])</value></set-header>',
      { namedValues: { a: 'a' } },
    )
    expect((await gateway.call('/shop')).status).toBe(200)
    expect(marks()).toEqual(['ab, ab'])
  })

  it('lets a fragment end the request', async () => {
    deploy(include, '<return-response><set-status code="418" /></return-response>')
    expect((await gateway.call('/shop')).status).toBe(418)
    expect(gateway.received).toEqual([])
  })

  it('runs what the fragment and its named values are at the time of the request', async () => {
    deploy(include, mark('{{v}}'), { namedValues: { v: '1' } })
    await gateway.call('/shop')
    deploy(include, mark('{{v}}'), { namedValues: { v: '2' } })
    await gateway.call('/shop')
    deploy(include, mark('3'))
    await gateway.call('/shop')
    expect(marks()).toEqual(['1', '2', '3'])
  })

  it('tells where an error happened: in the document, then in the fragment', async () => {
    const onError = '<set-header name="X-Path"><value>@(context.LastError.Path)</value></set-header>'
    deploy(include, '<set-backend-service base-url="nonsense" />', {
      policy: document({ backend: '<forward-request />', onError }),
    })
    expect((await gateway.call('/shop')).headers.get('X-Path')).toBe('include-fragment/set-backend-service')
  })

  it.each([
    ['is not there', undefined, "Fragment with id 'mark' could not be found."],
    ['includes another', '<include-fragment fragment-id="mark" />', 'a fragment includes no other one'],
    ['holds what cannot run', '<ip-filter action="allow"><address>1.2.3.4</address></ip-filter>', 'ip-filter'],
    ['does not read', '<set-header', 'cannot be read'],
  ])('is refused by name when the fragment %s', async (_, fragment, message) => {
    deploy(include, fragment)
    const answer = await gateway.call('/shop')
    expect(answer.status).toBe(500)
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining(message) })
  })

  describe('when it is saved', () => {
    it('is compiled with its fragment, whose problems are told at its place', () => {
      deploy('', `<set-variable name="v" value="@(nothing)" />${mark('{{nobody}}')}`)
      expect(problems(document({ inbound: `<base />\n${include}` }), 'operation')).toEqual([
        expect.objectContaining({ message: expect.stringMatching(/^Fragment 'mark': .*nothing/), line: 2, column: 1 }),
        expect.objectContaining({ message: "Fragment 'mark': Cannot find a property 'nobody'", line: 2 }),
      ])
    })

    it('is refused where a policy of the fragment may not stand', () => {
      deploy('', '<rewrite-uri template="/x" />')
      expect(problems(document({ inbound: include }), 'operation')).toEqual([])
      expect(problems(document({ outbound: include }), 'operation')).toEqual([
        expect.objectContaining({
          message: expect.stringContaining('rewrite-uri cannot be run: it may not stand in outbound'),
        }),
      ])
    })
  })

  it('finds what is wrong with a fragment when that is saved', () => {
    expect(problems(`<fragment>${mark('x')}</fragment>`)).toEqual([])
    expect(problems('<fragment><cors /></fragment>').length).toBeGreaterThan(0)
    expect(problems(`<fragment>${mark('{{nobody}}')}</fragment>`)).toEqual([
      expect.objectContaining({
        message: "Cannot find a property 'nobody'",
        path: expect.stringMatching(/^set-header/),
      }),
    ])
    expect(problems('<fragment><find-and-replace from="a" to="b" /></fragment>')).toEqual([
      expect.objectContaining({ rule: 'emulator/not-supported', path: 'find-and-replace' }),
    ])
  })
})
