import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apimKit, folderWith } from './run.js'

describe('usage', () => {
  it.each<[string, string[], string]>([
    ['an unknown command', ['deploy'], "unknown command 'deploy'"],
    ['an unknown option', ['policy', 'check', 'x', '--jsn'], "unknown option '--jsn'"],
    ['a missing argument', ['plan'], "missing required argument 'module'"],
    ['a word that is no choice', ['policy', 'format', 'x', '--to', 'yaml'], 'rawxml, xml'],
    ['options that exclude each other', ['policy', 'check', 'x', '--json', '--sarif'], 'cannot be used with option'],
    ['a port that is none', ['emulator', '--port', '70000'], 'write a port from 0 to 65535'],
    ['a file that is not there', ['policy', 'check', 'nowhere.xml'], 'there is no such file or folder'],
    ['a module that is not there', ['plan', 'nowhere.ts'], 'there is no such file'],
    ['an expression and a file', ['expression', 'eval', '@(1)', '--file', 'x.json'], 'give an expression, or --file'],
  ])('ends with 2 for %s', async (_, args, message) => {
    const { code, out, err } = await apimKit(args)
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(message)])
    expect(err).not.toMatch(/^\s+at /m)
  })

  it('shows help and ends with 0', async () => {
    const { code, out } = await apimKit(['--help'])
    expect(code).toBe(0)
    for (const command of ['plan', 'apply', 'status', 'emulator', 'policy', 'expression'])
      expect(out).toContain(command)
  })

  it('shows a stack trace only with --debug', async () => {
    const broken = join(folderWith({ 'broken.mjs': 'throw new Error("on purpose")' }), 'broken.mjs')
    const plain = await apimKit(['plan', broken])
    expect([plain.code, plain.err]).toEqual([1, expect.stringContaining('on purpose')])
    expect(plain.err).not.toMatch(/^\s+at /m)
    expect((await apimKit(['plan', broken, '--debug'])).err).toMatch(/^\s+at /m)
  })
})
