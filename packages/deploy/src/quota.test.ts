import { namedValue, kinds } from '@apim-kit/core'
import { expect, it } from 'vitest'
import { clientOf, startStub } from '../test/stub.js'
import { get, put } from './sdk.js'

const { properties } = namedValue('a', { value: 'x' })
const body = { name: 'a', properties }

it('goes no faster than the quota fills once little of it is left', async () => {
  const times: number[] = []
  const stub = await startStub(() => {
    times.push(performance.now())
    return { body, headers: { 'x-ms-ratelimit-remaining-subscription-writes': '3' } }
  })
  const service = clientOf(stub)
  await put(service, kinds.namedValue, ['a'], properties)
  await Promise.all(Array.from({ length: 4 }, async () => put(service, kinds.namedValue, ['a'], properties)))
  const [, second = 0, , , last = 0] = times
  // Three intervals of 100 ms; timers may come a little early.
  expect(last - second).toBeGreaterThan(270)
  const before = performance.now()
  await Promise.all(Array.from({ length: 10 }, async () => get(service, kinds.namedValue, ['a'])))
  expect(performance.now() - before).toBeLessThan(250)
})

it('reads what is left for one resource provider too', async () => {
  const times: number[] = []
  const stub = await startStub(() => {
    times.push(performance.now())
    return {
      body,
      headers: {
        'x-ms-ratelimit-remaining-resource': 'Microsoft.ApiManagement/Put3Min;46,Microsoft.ApiManagement/Put1Min;2',
      },
    }
  })
  const service = clientOf(stub)
  for (let count = 0; count < 3; count++) await put(service, kinds.namedValue, ['a'], properties)
  expect((times[2] ?? 0) - (times[1] ?? 0)).toBeGreaterThan(80)
})

it('holds back every request of a kind once one was told to wait', async () => {
  const begin = performance.now()
  const times: number[] = []
  const stub = await startStub(() => {
    times.push(performance.now() - begin)
    return times.length === 1 ? { status: 429, headers: { 'retry-after': '1' }, body: {} } : { body }
  })
  const service = clientOf(stub)
  const first = put(service, kinds.namedValue, ['a'], properties)
  await expect.poll(() => times.length).toBe(1)
  await new Promise((resolve) => setTimeout(resolve, 50))
  await Promise.all([first, put(service, kinds.namedValue, ['a'], properties)])
  expect(times.slice(1).every((time) => time > 950)).toBe(true)
})
