import { cpSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
 * - The expression language of the emulator is bundled for everybody, since it is never used in part.
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

interface BundledEntry {
  /** The entry in `src`, its output in `dist/esm`. */
  readonly entry: string
  /** The folder that is in the bundle and nowhere else; without one its files stay beside it, for other modules of the package. */
  readonly folder?: string
}

const bundledEntries: Readonly<Record<string, BundledEntry>> = {
  emulator: { entry: 'expression/index', folder: 'expression' },
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
  const bundled = bundledEntries[name]
  const options: Options[] = [
    {
      ...shared,
      entry: [...sources(folder), ...bundledFiles(bundled).map((glob) => `!${folder}/src/${glob}`)],
      format: 'esm',
      outDir: esm,
      onSuccess: async () => removeStale(folder, esm, bundled?.folder),
    },
  ]
  if (bundled !== undefined) {
    const { entry } = bundled
    options.push({ ...shared, ...bundle, format: 'esm', entry: { [entry]: `${folder}/src/${entry}.ts` }, outDir: esm })
  }
  const node = join(folder, 'dist/node')
  const forNode = nodeEntries(folder, manifest)
  if (Object.keys(forNode).length > 0) {
    const external = nodeExternals(manifest)
    const onSuccess = async (): Promise<void> => removeOlder(node, started)
    options.push({ ...shared, ...nodeBundle, format: 'esm', entry: forNode, outDir: node, external, onSuccess })
  }
  if (Object.values(exports).some((entry) => entry.require !== undefined)) {
    options.push({ ...shared, format: 'cjs', outDir: cjs, onSuccess: async () => finishCommonJs(folder, esm, cjs) })
  }
  return options
}

const sources = (folder: string): string[] =>
  ['**/*.ts', '!**/*.test.ts', '!**/*.test-d.ts'].map((glob) => glob.replace('**', `${folder}/src/**`))

/** What the bundle of a package takes the place of. */
const bundledFiles = (bundled: BundledEntry | undefined): string[] => {
  if (bundled === undefined) return []
  return bundled.folder === undefined ? [`${bundled.entry}.ts`] : [`${bundled.folder}/**`]
}

/** Of core a bundle holds the error class only, which knows its kin of other copies; the types of expressions have to be shared. */
const bundle: Options = {
  bundle: true,
  splitting: false,
  // Half the text is half the time to load it; what people read in a stack are the source maps.
  minify: true,
  external: [/^@apim-kit\/policy-dsl/],
  esbuildOptions: (options) => {
    options.alias = {
      '@apim-kit/core/errors': './packages/core/src/errors.ts',
      '@apim-kit/core': './packages/core/src/index.ts',
    }
  },
}

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

const nodeBundle: Options = {
  bundle: true,
  splitting: true,
  // Names are kept, for people who look at a stack or at an object; the rest of the text is half of the time to load it.
  esbuildOptions: (options) => {
    options.minifyWhitespace = true
    options.minifySyntax = true
    options.chunkNames = 'chunk-[hash]'
  },
  esbuildPlugins: [
    {
      name: 'licence of zod',
      setup: (build) => {
        build.onLoad({ filter: /\/zod\/v4\/core\/core\.js$/ }, ({ path }) => ({
          contents: `/*! zod: MIT License, Copyright (c) Colin McDonnell */\n${readFileSync(path, 'utf8')}`,
        }))
      },
    },
  ],
}

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
const removeStale = (folder: string, output: string, bundledFolder?: string): void => {
  for (const file of readdirSync(output, { recursive: true, encoding: 'utf8' })) {
    const source = file.replace(/\.(d\.ts|js|js\.map)$/, '.ts')
    const isGone = source !== file && !existsSync(join(folder, 'src', source))
    if (isGone || isInBundle(file, bundledFolder)) rmSync(join(output, file))
  }
}

/** Code, not declarations, that an earlier build wrote for a file which is part of a bundle now. */
const isInBundle = (file: string, bundledFolder: string | undefined): boolean =>
  bundledFolder !== undefined &&
  file.startsWith(join(bundledFolder, '/')) &&
  /\.js(\.map)?$/.test(file) &&
  !file.startsWith(join(bundledFolder, 'index.'))

export default defineConfig(readdirSync('packages').flatMap(packageOptions))
