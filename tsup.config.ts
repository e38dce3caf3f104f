import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { defineConfig, type Options } from 'tsup'

/*
 * One configuration builds every package, to dist/esm and, where its package.json exports have a `require`, dist/cjs.
 * A package has no configuration of its own: a new entry point is a new entry of `exports` and nothing else.
 *
 * - One output file per source file. A bundler drops what nobody imports by `sideEffects: false`, and that works on files:
 *   in one big file every `definePolicy(...)` would have to stay, since a call at top level might have an effect.
 * - Node would spend more time on finding three hundred files than on running them. Where the exports of a package name `dist/node`,
 *   its ES modules are there a second time, bundled: a file for each entry, and what entries share. Node takes those, and bundlers
 *   the single files, which they ask for by the condition `module`. Of the two no process loads both.
 * - Declarations come from `tsc --build`, which `npm run build` runs first: tsup's own need the compiler API, which
 *   TypeScript 7 does not have. They serve both formats: `./x.js` means CommonJS where the nearest package.json says so.
 */
interface Manifest {
  readonly version: string
  readonly exports?: Readonly<
    Record<string, { readonly import?: { readonly default?: string }; readonly require?: object }>
  >
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const packageOptions = (name: string): Options[] => {
  const folder = join('packages', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const { exports = {}, version } = manifest
  const shared: Options = {
    entry: sources(folder),
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
    {
      ...shared,
      format: 'esm',
      outDir: esm,
      onSuccess: async () => removeStale(folder, esm),
    },
  ]
  const node = join(folder, 'dist/node')
  const forNode = nodeEntries(folder, manifest)
  if (Object.keys(forNode).length > 0) {
    const external = nodeExternals(manifest)
    const onSuccess = async (): Promise<void> => removeOlder(node, started)
    options.push({ ...shared, ...nodeBundle(name), format: 'esm', entry: forNode, outDir: node, external, onSuccess })
  }
  if (Object.values(exports).some((entry) => entry.require !== undefined)) {
    options.push({ ...shared, format: 'cjs', outDir: cjs, onSuccess: async () => finishCommonJs(folder, esm, cjs) })
  }
  return options
}

const sources = (folder: string): string[] =>
  ['**/*.ts', '!**/*.test.ts', '!**/*.test-d.ts'].map((glob) => glob.replace('**', `${folder}/src/**`))

const started = Date.now()

/** The entries that Node finds in dist/node, by name, with their sources. */
const nodeEntries = (folder: string, { exports = {} }: Manifest): Record<string, string> =>
  Object.fromEntries(
    Object.values(exports).flatMap((entry) => {
      const [, name] = /^\.\/dist\/node\/(.+)\.js$/.exec(entry.import?.default ?? '') ?? []
      return name === undefined ? [] : [[name, `${folder}/src/${name}.ts`] as const]
    }),
  )

/**
 * What such a bundle leaves to be imported: everything that is installed, but for zod. Its entry loads the messages of fifty
 * languages, which takes longer than all of core; a bundle holds the tenth of it that is used.
 */
const nodeExternals = ({ dependencies, peerDependencies }: Manifest): RegExp[] =>
  Object.keys({ ...dependencies, ...peerDependencies })
    .filter((name) => name !== 'zod')
    .map((name) => new RegExp(`^${name}($|/)`))

const nodeBundle = (name: string): Options => ({
  bundle: true,
  splitting: true,
  // The text is half of the time to load it. Names are kept for people who look at an object or a stack, but not in the emulator:
  // processes that evaluate one expression wait for it, and nobody looks at its objects.
  esbuildOptions: (options) => {
    options.minifyWhitespace = true
    options.minifySyntax = true
    options.minifyIdentifiers = name === 'emulator'
    options.chunkNames = 'chunk-[hash]'
  },
  esbuildPlugins: [
    {
      // The names that no other file sees are shortened file by file: the language is most of what an evaluator loads, and its
      // exported names stay readable.
      name: 'short names within the expression language',
      setup: (build) => {
        build.onLoad({ filter: /\/policy-dsl\/src\/expression\/.*\.ts$/ }, async ({ path }) => {
          const options = {
            loader: 'ts',
            target: 'node20',
            minify: true,
            sourcemap: 'inline',
            sourcefile: path,
          } as const
          const { code } = await transform(readFileSync(path, 'utf8'), options)
          return { contents: code, loader: 'js' }
        })
      },
    },
    {
      name: 'licence of zod',
      setup: (build) => {
        build.onLoad({ filter: /\/zod\/v4\/core\/core\.js$/ }, ({ path }) => ({
          contents: `/*! zod: MIT License, Copyright (c) Colin McDonnell */\n${readFileSync(path, 'utf8')}`,
        }))
      },
    },
  ],
})

/** Removes the pieces of an earlier build: their names tell what was in them. */
const removeOlder = (folder: string, time: number): void => {
  for (const file of readdirSync(folder)) if (statSync(join(folder, file)).mtimeMs < time) rmSync(join(folder, file))
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
