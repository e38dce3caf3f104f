import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { send } from '../test/azure-clients.js'
import { startEmulator, type Emulator } from './index.js'

let emulator: Emulator
beforeEach(async () => {
  emulator = await startEmulator({ startAt: Date.UTC(2026, 0, 2) })
})
afterEach(() => emulator.close())

const clock = (body?: unknown): Promise<Response> =>
  fetch(`${emulator.arm}/emulator/clock`, body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })

describe('/emulator/clock', () => {
  it('tells and moves the time', async () => {
    expect(await (await clock()).json()).toEqual({ now: expect.stringMatching(/^2026-01-02T00:00:/) as string })
    expect(await (await clock({ advance: 3600 })).json()).toEqual({
      now: expect.stringMatching(/^2026-01-02T01:00:/) as string,
    })
    expect(new Date(emulator.clock.now()).toISOString()).toMatch(/^2026-01-02T01:00:/)
  })

  it.each([[{}], [{ advance: '1h' }], [null], [[]]])('refuses %j', async (body) => {
    const answer = await clock(body)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('{\\"advance\\": <seconds>}')
  })
})

describe('/emulator/requests', () => {
  it('counts and forgets', async () => {
    await send(emulator, 'GET', '/apis')
    await send(emulator, 'PUT', '/namedValues/x', { body: { properties: { displayName: 'x', value: 'planted' } } })
    const answer = await fetch(`${emulator.arm}/emulator/requests`)
    const text = await answer.text()
    expect(JSON.parse(text)).toMatchObject({
      reads: 1,
      writes: 1,
      entries: [{ method: 'GET' }, { method: 'PUT', status: 201 }],
    })
    expect(text).not.toContain('planted')
    await fetch(`${emulator.arm}/emulator/requests`, { method: 'DELETE' })
    expect(await (await fetch(`${emulator.arm}/emulator/requests`)).json()).toEqual({
      reads: 0,
      writes: 0,
      entries: [],
    })
  })
})
