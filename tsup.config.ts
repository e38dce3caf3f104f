import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'

/*
 * What bundlers load, of every package: dist/esm, one file for each source. A bundler drops what nobody imports by
 * `sideEffects: false`, and that works on files: in one big file every `definePolicy(...)` would have to stay, since a call at top
 * level might have an effect. What Node loads is made by rolldown.config.ts.
 *
 * Declarations come from `tsc --build`, which `npm run build` runs first: tsup's own need the compiler API, which TypeScript 7 does
 * not have.
 */
const packageOptions = (name: string): Options => {
  const folder = join('packages', name)
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { readonly version: string }
  return {
    entry: ['**/*.ts', '!**/*.test.ts', '!**/*.test-d.ts'].map((glob) => glob.replace('**', `${folder}/src/**`)),
    outDir: join(folder, 'dist/esm'),
    format: 'esm',
    bundle: false,
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    silent: true,
    outExtension: () => ({ js: '.js' }),
    define: { 'process.env.APIM_KIT_VERSION': JSON.stringify(version) },
    onSuccess: async () => removeStale(folder),
  }
}

/** Removes what an earlier build made of a source that is gone: neither tsc nor tsup does, and a package would ship it. */
const removeStale = (folder: string): void => {
  const output = join(folder, 'dist/esm')
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const source = file.replace(/\.(d\.ts|js|js\.map)$/, '.ts')
    if (source !== file && !existsSync(join(folder, 'src', source))) rmSync(join(output, file))
  }
}

export default defineConfig(readdirSync('packages').map(packageOptions))
