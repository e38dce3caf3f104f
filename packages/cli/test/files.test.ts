import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apimKit, folderWith } from './run.js'

const fragment = '<fragment>\n    <set-variable name="é" value="1" />\n</fragment>\n'

test('bytes that are no UTF-8 are refused, and the file stays as it is', async () => {
  const path = join(folderWith({}), 'latin1.xml')
  const bytes = Buffer.from(fragment.replace('\n', ' '), 'latin1')
  writeFileSync(path, bytes)
  const { code, err } = await apimKit(['policy', 'format', path, '--write'])
  expect(code).toBe(2)
  expect(err).toBe(`error: cannot read ${path}: it is not UTF-8; save it as UTF-8\n`)
  expect(readFileSync(path)).toEqual(bytes)
})

test.each([
  ['utf-8', Buffer.from(`\ufeff${fragment}`)],
  ['utf-16le', Buffer.from(`\ufeff${fragment}`, 'utf16le')],
  ['utf-16be', Buffer.from(`\ufeff${fragment}`, 'utf16le').swap16()],
])('a byte order mark of %s is understood', async (_, bytes) => {
  const path = join(folderWith({}), 'bom.xml')
  writeFileSync(path, bytes)
  expect(await apimKit(['policy', 'format', path])).toMatchObject({ code: 0, out: fragment, err: '' })
})

test('a folder that is called as a document is, is none', async () => {
  const folder = folderWith({ 'a.xml': fragment })
  mkdirSync(join(folder, 'b.xml'))
  expect(await apimKit(['policy', 'format', folder])).toMatchObject({ code: 0, out: fragment })
})
