import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

it('the demo runs to its good end', { timeout: 60_000 }, async () => {
  const demo = fileURLToPath(new URL('demo.ts', import.meta.url))
  const jiti = fileURLToPath(new URL('../../node_modules/jiti/lib/jiti-cli.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [jiti, demo])
  expect(stdout).toContain('Everything is as the article says')
  expect(stdout).not.toContain('the-emulator-knows-this-secret')
})
