import { spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { beforeAll, expect, it } from 'vitest'
import { startArmStub, writesOf } from './arm-stub/server.js'
import { everyKind } from './every-kind.js'
import { death, deploymentOf, expectToConverge, losses, stateOf, undisturbed } from './fault-matrix.js'

const shop = everyKind()

it.each(Object.entries({ ...losses, ...death }))(
  'every kind is deployed, whichever request meets %s',
  async (name, fault) => {
    const { cases } = await expectToConverge({ stack: shop, run: async (to) => to.apply(shop) }, { [name]: fault })
    expect(cases).toBeGreaterThan(shop.resources.length + 20)
  },
  120_000,
)

/*
 * The same with processes that the system kills: what a test in this process cannot show is that nothing is needed of what a
 * dying process might still do.
 */

const program = fileURLToPath(new URL('../node_modules/.cache/deploy-every-kind.cjs', import.meta.url))

beforeAll(async () => {
  const source = (name: string): string => fileURLToPath(new URL(`../../${name}/src`, import.meta.url))
  await mkdir(fileURLToPath(new URL('.', `file://${program}`)), { recursive: true })
  await build({
    entryPoints: [fileURLToPath(new URL('every-kind-program.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // The SDK loads faster than it is bundled.
    external: ['@azure/*'],
    logLevel: 'error',
    alias: {
      '@apim-kit/core/fields': `${source('core')}/fields.ts`,
      '@apim-kit/core': `${source('core')}/index.ts`,
      '@apim-kit/policy-dsl/xml': `${source('policy-dsl')}/xml.ts`,
      '@apim-kit/policy-dsl': `${source('policy-dsl')}/index.ts`,
    },
  })
}, 60_000)

it.each([1, 2, 9, 17, 30])(
  'every kind is deployed, though its process is killed at write %i',
  async (write) => {
    const { end } = await undisturbed({ stack: shop, run: async (to) => to.apply(shop) })
    const stub = await startArmStub()
    const child = spawn(process.execPath, [program, stub.url], { stdio: ['ignore', 'inherit', 'inherit'] })
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal)))
    stub.interpose = (_request, send) => {
      const answer = send()
      if (writesOf(stub).length + 1 < write) return answer
      child.kill('SIGKILL')
      return 'hang up'
    }
    expect(await ended).toBe('SIGKILL')
    stub.interpose = undefined
    await deploymentOf(stub).apply(shop)
    expect(await stateOf(stub, shop)).toBe(end)
    expect([...stub.store.creations.values()].filter((count) => count > 1)).toEqual([])
    await stub.close()
  },
  120_000,
)
