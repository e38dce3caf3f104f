import { startEmulator, type Emulator } from '@apim-kit/emulator'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { connect, type Service } from '../src/client.js'
import { chunkName, readState, writeState } from '../src/state-store.js'
import { fingerprintAt, isCreated } from '../src/state.js'

let emulator: Emulator
let service: Service
beforeEach(async () => {
  emulator = await startEmulator()
  service = connect({ address: emulator.service, endpoint: emulator.arm, local: true }, undefined)
})
afterEach(async () => emulator.close())

const secrets = (...tags: string[]): ReadonlyMap<string, string> =>
  new Map(tags.map((tag) => [tag.padEnd(8), 'f'.repeat(16)]))

it('reads what another wrote', async () => {
  expect(await readState(service, 'shop')).toBeUndefined()
  const written = await writeState(service, 'shop', undefined, () => ({
    secrets: secrets('a'),
    created: ['m'.repeat(16)],
  }))
  const read = await readState(service, 'shop')
  expect(read?.state).toEqual(written.state)
  expect(read !== undefined && isCreated(read.state, 'm'.repeat(16))).toBe(true)
})

it('writes nothing that is there already', async () => {
  const written = await writeState(service, 'shop', undefined, () => ({ secrets: secrets('a') }))
  emulator.requests.clear()
  await writeState(service, 'shop', written, () => ({ secrets: secrets('a') }))
  expect(emulator.requests.entries).toEqual([])
})

it('keeps what two deployers write at once', async () => {
  await writeState(service, 'shop', undefined, () => ({ secrets: secrets('a') }))
  const one = await readState(service, 'shop')
  const other = await readState(service, 'shop')
  await writeState(service, 'shop', one, () => ({ secrets: secrets('b') }))
  await writeState(service, 'shop', other, () => ({ secrets: secrets('c') }))
  const read = await readState(service, 'shop')
  expect(['a', 'b', 'c'].map((tag) => read && fingerprintAt(read.state, tag.padEnd(8)))).toEqual(
    Array(3).fill('f'.repeat(16)),
  )
})

it('spreads what is long over several named values', async () => {
  const many = Array.from({ length: 400 }, (_, index) => `t${index}`)
  await writeState(service, 'shop', undefined, () => ({ secrets: secrets(...many) }))
  expect(emulator.requests.entries.filter(({ method }) => method === 'PUT')).toHaveLength(4)
  const read = await readState(service, 'shop')
  expect(read && fingerprintAt(read.state, 't399'.padEnd(8))).toBe('f'.repeat(16))
  expect([chunkName('shop', 0), chunkName('shop', 2)]).toEqual(['apim-kit.shop', 'apim-kit.shop.2'])
})
