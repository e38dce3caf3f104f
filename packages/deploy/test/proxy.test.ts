import { namedValue, stack } from '@apim-kit/core'
import { startEmulator } from '@apim-kit/emulator'
import { afterEach, expect, it, vi } from 'vitest'
import { assertDeployed, deployTo, fromKeyVault } from '../src/index.js'

afterEach(() => vi.unstubAllEnvs())

it('reaches an emulator on this machine also where the environment names a proxy', async () => {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy']) vi.stubEnv(name, 'http://127.0.0.1:9')
  for (const name of ['NO_PROXY', 'no_proxy']) vi.stubEnv(name, '')
  const emulator = await startEmulator({ keyVaults: { vault: { key: 'from the vault' } } })
  try {
    const deployment = deployTo({ ...emulator.service, endpoint: emulator.arm })
    const secret = stack({ name: 's', resources: [namedValue('key', { value: fromKeyVault('vault', 'key') })] })
    assertDeployed(await deployment.apply(secret))
    expect((await deployment.plan(secret)).summary).toMatchObject({ create: 0, update: 0, none: 1 })
  } finally {
    await emulator.close()
  }
})
