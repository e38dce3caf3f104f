import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { defineConfig, type Plugin, type RolldownOptions } from 'rolldown'
import { minify } from 'rolldown/utils'

/*
 * What Node loads, of every package: dist/node. Node would spend more time on finding hundreds of files than on running them, so the
 * sources are bundled here. Bundlers take the single files of dist/esm, which tsup.config.ts makes. Of the two no process loads both.
 *
 * - CommonJS, since Node can load it in the middle of a function: whatever few programs need is a piece of its own, loaded by the first
 *   that does. Reading takes a millisecond for every 70 kB, and a policy that reads a token must not wait for XML.
 * - `import` and `require` get the same: the `.mjs` of an entry names the exports of its `.cjs`. A process has one copy of a package,
 *   however it is asked for.
 * - Declarations lie beside the code, for `require`; the nearest package.json says that they describe CommonJS.
 */

/**
 * The expression language by its sources' folders, and what of it the simplest expressions need, by paths below: that is one piece,
 * `language`. Each other source there is a piece of its own. What is not of these folders is in the file of its entry, or in one that
 * entries share.
 *
 * The sources of a piece are free to use those of another, but not while they load. Tests load every piece by itself, and hold down
 * what a simple expression loads.
 */
const language: Readonly<Record<string, readonly RegExp[]>> = {
  'policy-dsl/src/expression/': [
    /^(bind|depth|diagnostic|escapes|index|lexer|parse|position|scan|token)\./,
    /^bind\/(binder|calls|concatenation|conversions|declared-operators|delegate-operators|expressions|inference)\./,
    /^bind\/(members|operand|operators|overloads|relations|scope|tuples|types)\./,
    /^parse\/(cursor|expressions|lambdas|predefined|primary|starts|terminators|type-parameters|types)\./,
    /^types\/(collections|context|declare|definition|index|member-map|primitives|rare|refused|signature|string|table|type)\./,
  ],
  'emulator/src/expression/': [
    /^(evaluate|evaluate-batch|index|run|types)\./,
    /^compile\/(calls|constants|context-reads|conversions|expressions|frame|functions|index|operands|places|text)\./,
    /^context\/(authorization|body|context-json|headers|json-part|message|url|views)\./,
    /^members\/(context|index|members)\./,
    /^values\/(boxed|defaults|exception)\./,
  ],
}

/** Names are shortened in these: processes that evaluate one expression wait for them. Elsewhere people look at a stack or an object. */
const shortened = /\/(emulator|policy-dsl\/src\/expression)\//

interface Manifest {
  readonly version: string
  readonly bin?: object
  readonly exports: Readonly<Record<string, { readonly import: { readonly node: string } }>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

const packageOptions = (name: string): RolldownOptions => {
  const folder = join('packages', name)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  return {
    // The plugin below adds the entries.
    input: {},
    platform: 'node',
    external: externals(manifest),
    treeshake: { moduleSideEffects: false },
    transform: { target: 'node20', define: { 'process.env.APIM_KIT_VERSION': JSON.stringify(manifest.version) } },
    // Asked for where pieces are cut by hand; the entries themselves are strict.
    preserveEntrySignatures: 'allow-extension',
    plugins: [entries(folder, entryNames(manifest)), loadAtFirstUse, declarations(folder)],
    output: {
      dir: join(folder, 'dist/node'),
      cleanDir: true,
      format: 'cjs',
      strict: true,
      esModule: true,
      sourcemap: true,
      minify: false,
      comments: { legal: true, jsdoc: false, annotation: false },
      banner: licence,
      chunkFileNames: 'pieces/[name].cjs',
      codeSplitting: {
        includeDependenciesRecursively: false,
        groups: [{ name: (id) => pieceOf(relative('packages', id)), debugName: 'pieces' }],
      },
    },
    logLevel: 'warn',
  }
}

/**
 * What a package leaves to be loaded: everything that is installed, but for zod. Its entry loads the messages of fifty languages,
 * which takes longer than all of core; a bundle holds the tenth of it that is used.
 */
const externals = ({ dependencies, peerDependencies }: Manifest): RegExp[] =>
  Object.keys({ ...dependencies, ...peerDependencies })
    .filter((name) => name !== 'zod')
    .map((name) => new RegExp(`^${name}($|/)`))

const licence = ({ moduleIds }: { readonly moduleIds: readonly string[] }): string =>
  moduleIds.some((id) => id.includes('/node_modules/zod/'))
    ? '/*! zod: MIT License, Copyright (c) Colin McDonnell */'
    : ''

const pieceOf = (path: string): string | null => {
  const [folder, hot] = Object.entries(language).find(([start]) => path.startsWith(start)) ?? []
  if (folder === undefined || hot === undefined) return null
  const below = path.slice(folder.length)
  return hot.some((pattern) => pattern.test(below)) ? 'language' : below.replace('.ts', '').replaceAll('/', '-')
}

/** What `exports` has, and the program of a command. */
const entryNames = ({ bin, exports }: Manifest): string[] => [
  ...Object.values(exports).map((entry) => basename(entry.import.node, '.mjs')),
  ...(bin === undefined ? [] : ['main']),
]

/** The entries, each with an ES module that hands on what it exports. */
const entries = (folder: string, names: readonly string[]): Plugin => ({
  name: 'entries',
  buildStart() {
    for (const name of names) {
      const id = join(folder, 'src', `${name}.ts`)
      this.emitFile({ type: 'chunk', id, fileName: `${name}.cjs`, preserveSignature: 'strict' })
    }
  },
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk' || !file.isEntry || file.exports.length === 0) continue
      const source = `import { createRequire } from 'node:module'
export const { ${file.exports.join(', ')} } = createRequire(import.meta.url)('./${file.fileName}')
`
      this.emitFile({ type: 'asset', fileName: file.fileName.replace('.cjs', '.mjs'), source })
    }
  },
})

/**
 * Makes a piece wait for its first use: `require_xml` starts as an object that asks for the piece when one of its exports is read,
 * and is the piece from then on. Nothing happens when our modules load, so nobody can tell when they do.
 */
const loadAtFirstUse: Plugin = {
  name: 'load at first use',
  renderChunk: (code, { fileName, moduleIds }) => {
    const lazy = code
      .replace(
        /^(?:const|let) (\w+) = (require\("(?:\.|@apim-kit\/)[^"]+"\));$/gm,
        (eager, variable: string, load: string) =>
          // A namespace that is passed on as a whole has to be there.
          code.includes(`__toESM(${variable}`)
            ? eager
            : `let ${variable} = new Proxy({}, { get: (_, name) => (${variable} = ${load})[name] });`,
      )
      // No source changes what it exports: a value serves where a getter stands.
      .replace(
        /^Object\.defineProperty\(exports, "(\w+)", \{\s+enumerable: true,\s+get: function \(\) \{\s+return (\w+);\s+\}\s+\}\);$/gm,
        'exports.$1 = $2;',
      )
      // What an entry only hands on.
      .replace(
        /^exports\.(\w+) = (require_\w+\.\w+);$/gm,
        'Object.defineProperty(exports, "$1", { enumerable: true, get: () => $2 });',
      )
    return minify(fileName, lazy, {
      module: false,
      compress: false,
      mangle: moduleIds.some((id) => shortened.test(id)) && {
        toplevel: true,
        keepNames: { class: true, function: false },
      },
      // A statement stays a line: an error that nobody catches is printed with the line that threw it. One letter beyond ASCII would
      // make Node decode and scan the whole file in the slow way.
      codegen: { removeWhitespace: false, asciiOnly: true },
      sourcemap: true,
    })
  },
}

/** `tsc --build` made the declarations for dist/esm. */
const declarations = (folder: string): Plugin => ({
  name: 'declarations',
  writeBundle: () => {
    const filter = (file: string): boolean => statSync(file).isDirectory() || file.endsWith('.d.ts')
    cpSync(join(folder, 'dist/esm'), join(folder, 'dist/node'), { recursive: true, filter })
    writeFileSync(join(folder, 'dist/node/package.json'), '{ "type": "commonjs" }\n')
  },
})

export default defineConfig(readdirSync('packages').map(packageOptions))
