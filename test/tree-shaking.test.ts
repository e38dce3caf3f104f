import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { root } from './pack.js'

/** What a bundler keeps of the built packages for a module of this text. */
const bundle = async (contents: string): Promise<{ files: string[]; bytes: number }> => {
  const { metafile } = await build({
    stdin: { contents, resolveDir: join(root, 'examples/credential-manager') },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const output = Object.values(metafile.outputs)[0]
  const files = Object.entries(output?.inputs ?? {}).flatMap(([file, { bytesInOutput }]) => (bytesInOutput ? file : []))
  return { files, bytes: output?.bytes ?? 0 }
}

it('leaves out the policies, the reader and the expression compiler that a document does not use', async () => {
  const { files, bytes } = await bundle(`
    import { setHeader } from '@apim-kit/policy-dsl'
    console.log(setHeader)`)
  const policies = readdirSync(join(root, 'packages/policy-dsl/src/policies')).filter((file) => !file.includes('test'))
  expect(policies.length).toBeGreaterThan(10)
  expect(files.filter((file) => /policies|expression\/(parse|bind|types)|read/.test(file))).toEqual([
    'packages/policy-dsl/dist/esm/policies/set-header.js',
  ])
  expect(bytes).toBeLessThan(50_000)
})

it('loads the rules and the binder of expressions only with check', async () => {
  const meaning = (files: readonly string[]): string[] =>
    files.filter((file) => /policy-dsl\/dist\/esm\/(?:rules\/|expression\/(?:bind|types)|check\.js)/.test(file))
  const building = await bundle(`
    import { base, policies, setHeader } from '@apim-kit/policy-dsl'
    console.log(policies({ inbound: [base(), setHeader({ name: 'a' })] }).toRawXml())`)
  const checking = await bundle(`
    import { check } from '@apim-kit/policy-dsl'
    console.log(check)`)
  expect(meaning(building.files)).toEqual([])
  expect(meaning(checking.files).length).toBeGreaterThan(20)
})
