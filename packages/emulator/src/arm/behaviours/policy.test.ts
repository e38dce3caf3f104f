import { read } from '@apim-kit/policy-dsl'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiManagementClient, scopeOf, send } from '../../../test/azure-clients.js'
import { startEmulator, type Emulator } from '../../index.js'

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator()
  await send(emulator, 'PUT', '/apis/a', { body: { properties: { displayName: 'A', path: 'a' } } })
  const operation = { displayName: 'O', method: 'GET', urlTemplate: '/' }
  await send(emulator, 'PUT', '/apis/a/operations/o', { body: { properties: operation } })
})
afterEach(() => emulator.close())

const path = '/apis/a/policies/policy'
const rawxml = `<policies>
  <inbound>
    <base />
    <!-- kept -->
    <set-header name="x" exists-action="override">
      <value>@("a" + context.Request.Headers.GetValueOrDefault("b","c") + (1 < 2 && true ? "<" : ">"))</value>
    </set-header>
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`
const put = (value: string, format?: string): Promise<Response> =>
  send(emulator, 'PUT', path, { body: { properties: { value, ...(format === undefined ? {} : { format }) } } })
const get = async (query: string): Promise<{ format: string; value: string }> => {
  const answer = (await (await send(emulator, 'GET', `${path}${query}`)).json()) as { properties: never }
  return answer.properties
}
const faults = async (
  answer: Promise<Response>,
): Promise<{ status: number; details: { target: string; message: string }[] }> => {
  const { error } = (await (await answer).json()) as { error: { details: [] } }
  return { status: (await answer).status, details: error.details }
}
const inbound = (text: string): string =>
  `<policies>\n  <inbound>\n    <base />\n    ${text}\n  </inbound>\n  <backend><base /></backend>\n  <outbound><base /></outbound>\n  <on-error><base /></on-error>\n</policies>`

describe('a policy document', () => {
  it('comes back in the format that is asked for, laid out anew, and means the same', async () => {
    expect((await put(rawxml, 'rawxml')).status).toBe(201)
    const { document } = read(rawxml, { format: 'rawxml' })
    for (const [query, format] of [
      ['', 'xml'],
      ['?format=xml', 'xml'],
      ['?format=rawxml', 'rawxml'],
    ] as const) {
      const answer = await get(query)
      expect(answer.format).toBe(format)
      expect(answer.value).not.toBe(rawxml)
      expect(answer.value).toContain('\r\n')
      expect(answer.value).toContain('<!-- kept -->')
      expect(answer.value.includes('&amp;&amp;')).toBe(format === 'xml')
      expect(document?.difference(answer.value)).toBeUndefined()
    }
  })

  it('is xml unless the request says otherwise', async () => {
    expect((await put(rawxml)).status).toBe(400)
    expect(
      (await put(inbound('<set-header name="x"><value>@(1 &lt; 2 ? "a" : "b")</value></set-header>'))).status,
    ).toBe(201)
  })

  it('is listed with its text', async () => {
    await put(rawxml, 'rawxml')
    const { value = [] } = await apiManagementClient(emulator).apiPolicy.listByApi(...scopeOf(emulator), 'a')
    expect(value).toMatchObject([{ name: 'policy', value: expect.stringContaining('<set-header') as string }])
  })

  it('has one name', async () => {
    const answer = await send(emulator, 'PUT', '/apis/a/policies/other', { body: { properties: { value: rawxml } } })
    expect(answer.status).toBe(400)
  })
})

describe('a save is refused', () => {
  it.each([
    ['text that does not read', '<policies', 'representation', /line 1/],
    [
      'an unknown policy',
      inbound('<set-heade name="x" />'),
      'set-heade',
      /^Error in element 'set-heade' on line 4, column \d+: /,
    ],
    ['a misplaced policy', inbound('<forward-request />'), 'forward-request', /on line 4/],
    ['a missing attribute', inbound('<set-variable value="x" />'), 'set-variable', /on line 4.*name/],
    [
      'an expression that does not compile',
      inbound('<set-variable name="x" value="@(1 + )" />'),
      'set-variable',
      /on line 4/,
    ],
    [
      'a named value that is not there',
      inbound('<set-variable name="x" value="{{nobody}}" />'),
      'set-variable',
      /Cannot find a property 'nobody'/,
    ],
  ])('for %s', async (_, text, target, message) => {
    const { status, details } = await faults(put(text, 'rawxml'))
    expect(status).toBe(400)
    expect(details[0]?.target).toBe(target)
    expect(details[0]?.message).toMatch(message)
    expect((await send(emulator, 'GET', path)).status).toBe(404)
  })

  it('by name for a format that is not emulated', async () => {
    const answer = await put('https://x.example/policy.xml', 'xml-link')
    expect(answer.status).toBe(501)
    expect(await answer.text()).toContain('xml-link')
  })
})
