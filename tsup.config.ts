import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'

/*
 * One configuration builds every package, to dist/esm and, where its package.json exports have a `require`, dist/cjs.
 * A package has no configuration of its own: a new entry point is a new entry of `exports` and nothing else.
 *
 * - One output file per source file. A bundler drops what nobody imports by `sideEffects: false`, and that works on files:
 *   in one big file every `definePolicy(...)` would have to stay, since a call at top level might have an effect.
 * - Declarations come from `tsc --build`, which `npm run build` runs first: tsup's own need the compiler API, which
 *   TypeScript 7 does not have. They serve both formats: `./x.js` means CommonJS where the nearest package.json says so.
 */
interface Manifest {
  readonly version: string
  readonly exports?: Readonly<Record<string, { readonly require?: object }>>
}

const packageOptions = (name: string): Options[] => {
  const folder = join('packages', name)
  const { exports = {}, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const shared: Options = {
    entry: ['**/*.ts', '!**/*.test.ts', '!**/*.test-d.ts'].map((glob) => glob.replace('**', `${folder}/src/**`)),
    bundle: false,
    target: 'node20',
    platform: 'node',
    sourcemap: true,
    silent: true,
    outExtension: () => ({ js: '.js' }),
    define: { 'process.env.APIM_KIT_VERSION': JSON.stringify(version) },
  }
  const esm = join(folder, 'dist/esm')
  const cjs = join(folder, 'dist/cjs')
  const options: Options[] = [
    { ...shared, format: 'esm', outDir: esm, onSuccess: async () => removeStale(folder, esm) },
  ]
  if (Object.values(exports).some((entry) => entry.require !== undefined)) {
    options.push({ ...shared, format: 'cjs', outDir: cjs, onSuccess: async () => finishCommonJs(folder, esm, cjs) })
  }
  return options
}

/** Makes dist/cjs a CommonJS island in a package of type "module", with the declarations beside the code. */
const finishCommonJs = (folder: string, esm: string, cjs: string): void => {
  writeFileSync(join(cjs, 'package.json'), '{ "type": "commonjs" }\n')
  cpSync(esm, cjs, { recursive: true, filter: (file) => statSync(file).isDirectory() || file.endsWith('.d.ts') })
  removeStale(folder, cjs)
}

/** Removes what an earlier build made of a source that is gone: neither tsc nor tsup does, and a package would ship it. */
const removeStale = (folder: string, output: string): void => {
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const source = file.replace(/\.(d\.ts|js|js\.map)$/, '.ts')
    if (source !== file && !existsSync(join(folder, 'src', source))) rmSync(join(output, file))
  }
}

export default defineConfig(readdirSync('packages').flatMap(packageOptions))
