import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packages, packAll, tarballOf } from './pack.js'

// What a release would upload, seen by the tools that know how Node, TypeScript and bundlers will look at it.
describe('a packed package', { timeout: 60_000 }, () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apim-kit-packages-'))
    await packAll(folder)
  }, 60_000)
  afterAll(async () => rm(folder, { recursive: true }))

  it.each(packages)('is clean for publint: $name', async (item) => {
    const tarball = new Uint8Array(await readFile(tarballOf(item, folder))).buffer
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it.each(packages)('has types that fit every way to import it: $name', async (item) => {
    const result = await checkPackage(createPackageFromTarballData(await readFile(tarballOf(item, folder))))
    expect(result).toMatchObject({ types: { kind: 'included' }, problems: [] })
  })

  it.each(packages)('ships its licence and its README: $name', async (item) => {
    const contents = createPackageFromTarballData(await readFile(tarballOf(item, folder)))
    const files = contents.listFiles().map((file) => file.slice(`/node_modules/${item.name}/`.length))
    expect(files.filter((file) => !file.includes('/')).sort()).toEqual(['LICENSE', 'README.md', 'package.json'])
  })
})
