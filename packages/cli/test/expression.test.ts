import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apimKit, folderWith } from './run.js'

describe('expression eval', () => {
  it('prints the text that the gateway would insert', async () => {
    expect(await apimKit(['expression', 'eval', '@("a" + 1)'])).toEqual({ code: 0, out: 'a1\n', err: '' })
  })

  it('gives one row with --json', async () => {
    const { out } = await apimKit(['expression', 'eval', '@(1+1)', '--json'])
    expect(JSON.parse(out)).toEqual([{ id: 'expression', ok: true, type: 'System.Int32', text: '2' }])
  })

  it('runs a batch, each entry with its context or the shared one', async () => {
    const folder = folderWith({
      'batch.json': JSON.stringify([
        { id: 'a', expression: '@((string)context.Variables["s"])' },
        {
          id: 'b',
          expression: '@((string)context.Variables["s"])',
          context: { variables: { s: { type: 'string', value: 'own' } } },
        },
        { id: 'c', expression: '@(nothing)' },
        { id: 'd', expression: '@(int.Parse("x"))' },
      ]),
      'context.json': JSON.stringify({ variables: { s: { type: 'string', value: 'shared' } } }),
    })
    const args = ['--file', join(folder, 'batch.json'), '--context', join(folder, 'context.json'), '--json']
    const { code, out, err } = await apimKit(['expression', 'eval', ...args])
    expect([code, err]).toEqual([1, ''])
    expect(JSON.parse(out)).toMatchObject([
      { id: 'a', ok: true, type: 'System.String', text: 'shared' },
      { id: 'b', ok: true, text: 'own' },
      { id: 'c', ok: false, error: { code: 'CS0103', line: 1, column: 3 } },
      { id: 'd', ok: false, error: { code: 'FormatException' } },
    ])
  })

  it('prints doubles as the runtime that is asked for', async () => {
    const texts = await Promise.all(
      ['framework', 'core'].map(
        async (runtime) => (await apimKit(['expression', 'eval', '@(0.1+0.2)', '--runtime', runtime])).out,
      ),
    )
    expect(texts).toEqual(['0.3\n', '0.30000000000000004\n'])
  })

  it.each([
    ['no JSON', '{', 'is no JSON'],
    ['no list', '{}', 'is no batch'],
    ['an entry without id', '[{"expression":"@(1)"}]', 'is no batch'],
  ])('refuses a batch that is %s', async (_, text, message) => {
    const folder = folderWith({ 'batch.json': text })
    expect(await apimKit(['expression', 'eval', '--file', join(folder, 'batch.json')])).toMatchObject({
      code: 2,
      err: expect.stringContaining(message) as string,
    })
  })
})
