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

  it('applies the list of the service only when asked to', async () => {
    const source = '@(Regex.Escape("a.b"))'
    expect(await apimKit(['expression', 'eval', source])).toMatchObject({ code: 0, out: 'a\\.b\n' })
    const refused = await apimKit(['expression', 'eval', source, '--allow-list', '--json'])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject([{ ok: false, error: { code: 'APIM0002', line: 1, column: 3 } }])
  })

  it('runs what the list refuses although published policies use it', async () => {
    const args = ['expression', 'eval', '@(((object)5).ToString())', '--allow-list']
    expect(await apimKit(args)).toMatchObject({ code: 0, out: '5\n' })
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

describe('expression check', () => {
  it('says the type of what is fine', async () => {
    expect(await apimKit(['expression', 'check', '@(1 + 1)'])).toEqual({
      code: 0,
      out: 'expression: System.Int32\n',
      err: '',
    })
  })

  it('gives a row for each entry of a batch', async () => {
    const batch = [
      { id: 'fine', expression: '@(context.Request.Method)' },
      { id: 'wrong', expression: '@{\n  return x;\n}' },
      { id: 'refused', expression: '@(Regex.Escape("a"))' },
      { id: 'warned', expression: '@(context.Variables["a"].ToString())' },
    ]
    const folder = folderWith({ 'batch.json': JSON.stringify(batch) })
    const { code, out } = await apimKit(['expression', 'check', '--file', join(folder, 'batch.json'), '--json'])
    expect(code).toBe(1)
    const unknown = {
      code: 'CS0103',
      message: "The name 'x' does not exist in the current context",
      line: 2,
      column: 10,
    }
    expect(JSON.parse(out)).toMatchObject([
      { id: 'fine', ok: true, type: 'System.String', problems: [] },
      { id: 'wrong', ok: false, error: unknown, problems: [{ ...unknown, severity: 'error' }] },
      { id: 'refused', ok: false, error: { code: 'APIM0002' }, problems: [{ severity: 'error' }] },
      { id: 'warned', ok: true, problems: [{ code: 'APIM0002', severity: 'warning' }] },
    ])
  })

  it('prints problems as compilers do', async () => {
    expect(await apimKit(['expression', 'check', '@(1 +)'])).toEqual({
      code: 1,
      out: 'expression:1:6 error Expected expression [CS1733]\n',
      err: '',
    })
  })

  it('wants an expression or a file', async () => {
    expect(await apimKit(['expression', 'check'])).toMatchObject({ code: 2 })
  })
})
