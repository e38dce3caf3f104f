import { kinds } from '@apim-kit/core'
import { startEmulator } from '@apim-kit/emulator'
import { expect, it } from 'vitest'
import { assertDeployed, deployTo, exportStack, type ApplyOptions } from '../src/index.js'
import { everyKind, everyKindOptions } from './every-kind.js'
import { readBicep } from './bicep-reader.js'

it('has every kind', () => {
  expect(new Set(everyKind().resources.map(({ kind }) => kind))).toEqual(new Set(Object.keys(kinds)))
})

const none = { create: 0, update: 0, delete: 0 }

it.each<ApplyOptions>([{ engine: 'sdk' }, { engine: 'arm' }])(
  'is deployed, unchanged, without drift, and destroyed: %o',
  async (options) => {
    const emulator = await startEmulator(everyKindOptions)
    const deployment = deployTo({ ...emulator.service, endpoint: emulator.arm, environment: {} })
    const shop = everyKind()
    assertDeployed(await deployment.apply(shop, options))
    const again = await deployment.plan(shop)
    expect(again.changes.filter(({ action }) => action !== 'none')).toEqual([])
    expect((await deployment.plan(shop, { prune: true })).summary).toMatchObject(none)
    expect((await deployment.drift(shop)).summary).toEqual({ ...none, none: shop.resources.length })
    const plan = await deployment.planDestroy(shop)
    // A release has made this revision the API itself, under the API's name.
    expect(plan.changes.filter(({ action }) => action === 'none').map(({ name }) => name)).toEqual(['stock;rev=2'])
    expect(plan.summary.delete).toBe(shop.resources.length - 1)
    assertDeployed(await deployment.apply(plan))
    expect((await deployment.plan(shop)).summary).toMatchObject({ create: shop.resources.length, none: 0 })
    await emulator.close()
  },
)

it('is exported', async () => {
  const [template] = await exportStack(everyKind(), { to: 'arm-template' })
  const { resources } = JSON.parse(template?.text ?? '') as { resources: object[] }
  const [bicep] = await exportStack(everyKind(), { to: 'bicep' })
  const declared = readBicep(bicep?.text ?? '').filter(({ keyword, existing }) => keyword === 'resource' && !existing)
  expect(resources).toHaveLength(everyKind().resources.length)
  expect(declared).toHaveLength(everyKind().resources.length)
  expect(`${template?.text}${bicep?.text}`).not.toContain('pl4nted')
})
