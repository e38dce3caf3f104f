import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { evaluateExpression } from '@apim-kit/emulator/expression'
import { describe, expect, it } from 'vitest'
import { readAnswers } from '../packages/emulator/test/answer-table.js'
import { packages, root } from './pack.js'

/*
 * dist/node as Node loads it: the files that rolldown.config.ts cuts. Every program here is a new process, since what one expression
 * has loaded the next one finds.
 */
const run = async (code: string, input = '', flags: readonly string[] = []): Promise<string> => {
  const program = promisify(execFile)(process.execPath, [...flags, '--input-type=module', '--eval', code])
  // What ends before it has read all says why itself.
  program.child.stdin?.on('error', () => undefined).end(input)
  return (await program).stdout
}

const built = (path: string): string => join(root, 'packages', path)

/** A start for programs: `require` as in a package, and the files of ours that are loaded. */
const prelude = `
  import { createRequire } from 'node:module'
  const require = createRequire(${JSON.stringify(built('cli/package.json'))})
  const files = () => Object.keys(require.cache).filter((file) => file.includes('/dist/node/'))`

const evaluator = {
  import: `await import(${JSON.stringify(pathToFileURL(built('emulator/dist/node/expression.mjs')).href)})`,
  require: `require('@apim-kit/emulator/expression')`,
}

const context = {
  variables: { 'auth-context': { type: 'Authorization', value: { accessToken: 'abc' } } },
  request: { headers: { Accept: ['text/plain'] }, body: '{"a":[1,2]}' },
}

/** The text of an expression, and what was loaded for it: `emulator/expression`, `emulator/pieces/xml`. */
const evaluated = async (
  expression: string,
  way: keyof typeof evaluator,
): Promise<{ readonly text: string; readonly files: readonly string[] }> => {
  const printed = await run(`${prelude}
    const { compileExpression, contextFromJson } = ${evaluator[way]}
    const text = compileExpression(${JSON.stringify(expression)}).evaluateText(contextFromJson(${JSON.stringify(context)}))
    console.log(JSON.stringify({ text, files: files() }))`)
  const { text, files } = JSON.parse(printed) as { readonly text: string; readonly files: readonly string[] }
  return { text, files: files.map((file) => relative(built(''), file).replace('dist/node/', '').replace('.cjs', '')) }
}

const ways = ['import', 'require'] as const

describe('an expression that reads a token', () => {
  const bearer = '@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)'

  it.each(ways)('loads nothing but the language, with %s', async (way) => {
    const { text, files } = await evaluated(bearer, way)
    expect(text).toBe('Bearer abc')
    expect(files.toSorted()).toEqual([
      'emulator/expression',
      'emulator/pieces/language',
      'policy-dsl/expression',
      'policy-dsl/pieces/language',
    ])
  })

  it('reads less than 350 kB', async () => {
    const { files } = await evaluated(bearer, 'require')
    const sizes = files.map((file) => statSync(built(`${file.replace('/', '/dist/node/')}.cjs`)).size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(350_000)
  })
})

describe('a part of the library', () => {
  /** An expression that needs it, and the piece that it lies in. */
  const parts = [
    ['@(new List<int> { 3, 1, 2 }.OrderBy(n => n).First())', 'members-linq'],
    ['@(Convert.ToBase64String(SHA256.Create().ComputeHash(new byte[] { 1, 2, 3 })))', 'crypto-hash'],
    ['@(DateTime.Parse("2026-01-02T03:04:05Z").ToUniversalTime().AddDays(1).ToString("R"))', 'text-date-format'],
    ['@(context.Request.Body.As<JObject>()["a"].Sum(n => (int)n))', 'json-token'],
    ['@(context.Request.Headers["Accept"][0].ToUpper().PadLeft(12))', 'members-string'],
    ['@(string.Format("{0:N2} {1:X}", 1234.5m, 255))', 'text-number-format'],
    ['@(Regex.Replace("v1.22", "[0-9]+", m => "<" + m.Value + ">"))', 'regex-matcher'],
    ['@(XElement.Parse("<a><b>t</b></a>").Element("b").Value)', 'xml-nodes'],
    [
      '@{ foreach (var n in new[] { 1, 2 }) { try { return 1 / (n - n); } catch { return n; } } return 0; }',
      'compile-exceptions',
    ],
  ] as const

  it.each(parts.flatMap((row) => ways.map((way) => [...row, way] as const)))(
    'is loaded by an expression that needs it: %s, %s with %s',
    async (expression, piece, way) => {
      const { text, files } = await evaluated(expression, way)
      expect(files).toContain(`emulator/pieces/${piece}`)
      expect(evaluateExpression(expression, context)).toMatchObject({ ok: true, text })
    },
  )
})

it('answers what the sources answer', { timeout: 60_000 }, async () => {
  const rows = readAnswers('observed').flatMap(({ groups }) => groups.flatMap((group) => group.rows))
  const answers = await run(
    `${prelude}
    const { evaluateExpression } = ${evaluator.import}
    const rows = JSON.parse(require('node:fs').readFileSync(0, 'utf8'))
    console.log(JSON.stringify(rows.map(({ expression, context, runtime }) => evaluateExpression(expression, context, { runtime }))))`,
    JSON.stringify(rows),
  )
  const expected = rows.map(({ expression, context: given, runtime }) =>
    evaluateExpression(expression, given, { runtime }),
  )
  expect(rows.length).toBeGreaterThan(900)
  expect(JSON.parse(answers)).toEqual(expected)
})

describe.each(packages)('$name', ({ folder }) => {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, Readonly<Record<'import' | 'require', Readonly<Record<string, string>>>>>>
  }

  it.each(Object.entries(exports))('has the same exports for bundlers, import and require: %s', async (_, entry) => {
    const file = (path = ''): string => JSON.stringify(join(folder, path))
    const [forBundlers, imported, required, same] = JSON.parse(
      await run(`${prelude}
        const [esm, node] = await Promise.all([import(${file(entry.import['module'])}), import(${file(entry.import['node'])})])
        const cjs = require(${file(entry.require['default'])})
        const names = (module) => Object.keys(module).toSorted()
        console.log(JSON.stringify([names(esm), names(node), names(cjs), names(cjs).every((name) => node[name] === cjs[name])]))`),
    ) as unknown[]
    expect(imported).toEqual(forBundlers)
    expect(required).toEqual(forBundlers)
    expect(same).toBe(true)
  })

  it('is strict, as its sources are', () => {
    const folders = ['dist/node', 'dist/node/pieces'].map((path) => join(folder, path))
    const files = folders.flatMap((path) => readdirSync(path).map((name) => join(path, name)))
    const sloppy = files.filter(
      (file) => file.endsWith('.cjs') && !/^(\/\*.*\*\/\s*)?["']use strict/.test(readFileSync(file, 'utf8')),
    )
    expect(sloppy).toEqual([])
  })

  it('has pieces of which each can be the first to load', async () => {
    const pieces = join(folder, 'dist/node/pieces')
    await run(`${prelude}
      for (const file of require('node:fs').readdirSync(${JSON.stringify(pieces)}).filter((file) => file.endsWith('.cjs'))) {
        for (const loaded of files()) delete require.cache[loaded]
        try { require(${JSON.stringify(pieces)} + '/' + file) } catch (cause) { throw new Error(file, { cause }) }
      }`)
  })
})

describe('an error that nobody catches', () => {
  const failing = (flags: readonly string[]): Promise<string> =>
    run(`(${evaluator.import}).compileExpression('@(1 +)')`, '', flags).catch(
      (error: unknown) => (error as { readonly stderr: string }).stderr,
    )

  it('is shown with its name and a line of the code, not with all of it', async () => {
    const shown = await failing([])
    expect(shown).toMatch(/^ApimKitError: The expression does not compile/m)
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThan(500)
  })

  it('points to the sources where Node reads source maps', async () => {
    expect(await failing(['--enable-source-maps'])).toMatch(/packages\/emulator\/src\/expression\/evaluate\.ts:\d+/)
  })
})
