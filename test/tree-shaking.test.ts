import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { root } from './pack.js'

interface Bundle {
  readonly code: string
  /** What the bundler kept of each file, the largest first. */
  readonly files: readonly { readonly file: string; readonly bytes: number }[]
}

/** What a bundler makes of the built packages for a module of this text. */
const bundle = async (contents: string, format: 'esm' | 'cjs' = 'esm'): Promise<Bundle> => {
  const { metafile, outputFiles } = await build({
    stdin: { contents, resolveDir: join(root, 'examples/credential-manager') },
    bundle: true,
    minify: true,
    format,
    platform: 'node',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const inputs = Object.entries(Object.values(metafile.outputs)[0]?.inputs ?? {})
  const files = inputs.flatMap(([path, { bytesInOutput: bytes }]) =>
    bytes === 0 ? [] : [{ file: path.replace(/^.*node_modules\/(?=[^.])/, '').replace(/^packages\//, ''), bytes }],
  )
  return { code: outputFiles[0]?.text ?? '', files: files.toSorted((a, b) => b.bytes - a.bytes) }
}

const names = ({ files }: Bundle): string[] => files.map(({ file }) => file)

/** Runs a bundle where nothing is installed. */
const run = async ({ code }: Bundle, name = 'bundle.mjs'): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'apim-kit-bundle-'))
  try {
    await writeFile(join(folder, name), code)
    // pnpm leaves its folder of packages in NODE_PATH.
    const env = { ...process.env, NODE_PATH: '' }
    return (await promisify(execFile)(process.execPath, [join(folder, name)], { env })).stdout
  } finally {
    await rm(folder, { recursive: true })
  }
}

const article = `
  import { base, getAuthorizationContext, policies, setHeader } from '@apim-kit/policy-dsl'
  const context = getAuthorizationContext({ providerId: 'aad', authorizationId: 'client', contextVariableName: 'auth' })
  const document = policies({ inbound: [base(), context.setBearerHeader(), setHeader({ name: 'X-Team', value: 'orders' })] })
  console.log(document.toRawXml())`

/** What these policies need: everything else in their bundle is an intruder. */
const expected = [
  /^core\/dist\/esm\/(errors|expected|fields|problems|resource)\.js$/,
  // Of zod what checks a text, a word and a flag: no language, no JSON Schema, nothing of the large interface.
  /^zod\/v4\/(core\/(api|checks|core|errors|parse|regexes|schemas|util|versions)|mini\/schemas)\.js$/,
  /^policy-dsl\/dist\/esm\/policies\/(base|get-authorization-context|set-header)\.js$/,
  // The end of an expression is found and shown without knowing what it says.
  /^policy-dsl\/dist\/esm\/expression\/(scan|position)\.js$/,
  // What builds, writes, compares and checks any document; no list of policies, no rules, no importer, no recipes.
  /^policy-dsl\/dist\/esm\/(?!(index|read|check|context|expr|xml|format|vitest|find-policies|expression-faults)\.js)[a-z-]+\.js$/,
  /^<stdin>$/,
]

describe('a bundle of the policies of the article', () => {
  it.each([
    ['as a person writes them', article],
    ['with a call of toXml()', `${article}\nexport const xml = () => document.toXml()`],
  ])('is less than 30 kB, gzipped: %s', async (_, contents) => {
    const made = await bundle(contents)
    const largest = made.files.slice(0, 12).map(({ file, bytes }) => `${bytes} ${file}`)
    expect(gzipSync(made.code).byteLength, `the largest in it:\n${largest.join('\n')}`).toBeLessThan(30_000)
  })

  it('holds nothing else', async () => {
    expect(names(await bundle(article)).filter((file) => !expected.some((pattern) => pattern.test(file)))).toEqual([])
  })

  it('runs where nothing is installed', async () => {
    expect(await run(await bundle(article))).toContain('<get-authorization-context provider-id="aad"')
  })

  it('says what to call where toXml() does not find xmlbuilder2', async () => {
    const made = await bundle(
      `${article}\ntry { document.toXml() } catch ({ code, message }) { console.log(code, message) }`,
    )
    expect(await run(made)).toMatch(/^not-supported .*call toXml\(document\) of @apim-kit\/policy-dsl\/xml/m)
  })

  it('brings xmlbuilder2 along where toXml of the entry for it is imported', async () => {
    const made = await bundle(
      `${article}\nimport { toXml } from '@apim-kit/policy-dsl/xml'\nconsole.log(toXml(document))`,
      // As a module it would need a `require` for the parts of Node that xmlbuilder2 asks for.
      'cjs',
    )
    expect(await run(made, 'bundle.cjs')).toContain('<value>@(&quot;Bearer &quot;')
  })
})

it('leaves out the policies, the reader and the expression compiler that a document does not use', async () => {
  const files = names(
    await bundle(`
    import { setHeader } from '@apim-kit/policy-dsl'
    console.log(setHeader)`),
  )
  const all = await readdir(join(root, 'packages/policy-dsl/src/policies'))
  expect(all.length).toBeGreaterThan(10)
  expect(files.filter((file) => /policies|expression\/(parse|bind|types)|read/.test(file))).toEqual([
    'policy-dsl/dist/esm/policies/set-header.js',
  ])
})

it('loads the rules only with check, and the binder of expressions with it or with an expression', async () => {
  const rules = (made: Bundle): string[] =>
    names(made).filter((file) => /policy-dsl\/dist\/esm\/(?:rules\/|check\.js)/.test(file))
  const binder = (made: Bundle): string[] =>
    names(made).filter((file) => /policy-dsl\/dist\/esm\/expression\/(?:bind|types)/.test(file))
  const plain = await bundle(`
    import { base, policies, setHeader } from '@apim-kit/policy-dsl'
    console.log(policies({ inbound: [base(), setHeader({ name: 'a' })] }).toRawXml())`)
  const written = await bundle(`
    import { base, expr, policies, setBody } from '@apim-kit/policy-dsl'
    console.log(policies({ inbound: [base(), setBody(expr\`context.RequestId\`)] }).toRawXml())`)
  const checking = await bundle(`
    import { check } from '@apim-kit/policy-dsl'
    console.log(check)`)
  expect([rules(plain), binder(plain)]).toEqual([[], []])
  expect(binder(written).length).toBeGreaterThan(10)
  expect(rules(written).filter((file) => !/rules\/(binding|variables|expression-result)\.js$/.test(file))).toEqual([])
  expect(rules(checking).length).toBeGreaterThan(10)
  expect(binder(checking).length).toBeGreaterThan(10)
})
