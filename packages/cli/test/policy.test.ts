import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { apimKit, folderWith } from './run.js'
import { validateSarif } from './sarif-schema.js'

const good = `<policies>
    <inbound>
        <base />
        <set-header name="X-Id" exists-action="override">
            <value>@(context.RequestId.ToString())</value>
        </set-header>
    </inbound>
    <backend>
        <base />
    </backend>
    <outbound>
        <base />
    </outbound>
    <on-error>
        <base />
    </on-error>
</policies>
`
const unformatted = good.replace('    <inbound>\n        <base />', '<inbound><!-- stays --><base/>')
const wrong = good.replace('exists-action', 'exist-action')
const torn = good.replace('</inbound>', '')

describe('policy check', () => {
  it('is silent about documents without problems', async () => {
    const folder = folderWith({ 'good.xml': good })
    expect(await apimKit(['policy', 'check', folder])).toEqual({ code: 0, out: '', err: 'no problems in 1 file\n' })
  })

  it('prints every problem with its place', async () => {
    const folder = folderWith({ 'a/good.xml': good, 'b/wrong.xml': wrong, 'notes.txt': 'no document' })
    const { code, out, err } = await apimKit(['policy', 'check', folder])
    expect(code).toBe(1)
    expect(out).toMatch(/b\/wrong\.xml:4:\d+ error .*exists-action.* \[policy\/unknown-attribute\]/)
    expect(err).toContain('in 2 files')
  })

  it('checks every file though one of them cannot be read', async () => {
    const folder = folderWith({ 'a.xml': wrong, 'c.xml': wrong })
    writeFileSync(join(folder, 'b.xml'), Buffer.from([0x3c, 0xff, 0xfe]))
    const { code, out, err } = await apimKit(['policy', 'check', folder, '--json'])
    expect(code).toBe(2)
    expect((JSON.parse(out) as { files: unknown[] }).files).toHaveLength(2)
    expect(err).toMatch(/^error: cannot read .*b\.xml: it is not UTF-8/)
  })

  it('tells of an expression that does not end once, and all problems in the order of the text', async () => {
    const folder = folderWith({
      'open.xml': good.replace('RequestId.ToString())', 'RequestId').replace('<base />', '<bas />'),
    })
    const { out } = await apimKit(['policy', 'check', join(folder, 'open.xml')])
    const places = out.split('\n').flatMap((each) => /open\.xml:(\d+):/.exec(each)?.[1] ?? [])
    expect(places.map(Number)).toEqual(places.map(Number).toSorted((a, b) => a - b))
    expect(out.match(/\[policy\/expression\]/g)).toHaveLength(1)
  })

  it('takes fragments beside documents, and checks both for the scope', async () => {
    const folder = folderWith({
      'good.xml': good,
      'fragments/good.xml': '<fragment><set-method>GET</set-method></fragment>',
      'fragments/quota.xml': '<fragment><quota calls="1" renewal-period="3600" /></fragment>',
    })
    const { code, out } = await apimKit(['policy', 'check', folder, '--scope', 'operation', '--tier', 'basicv2'])
    expect(code).toBe(1)
    expect(out.trim().split('\n')).toEqual([expect.stringMatching(/quota\.xml:1:11 error .*\[policy\/wrong-scope\]/)])
  })

  it('gives one JSON document of the agreed form', async () => {
    const file = join(folderWith({ 'wrong.xml': wrong }), 'wrong.xml')
    const { code, out, err } = await apimKit(['policy', 'check', file, '--json'])
    expect([code, err]).toEqual([1, ''])
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          file,
          problems: [
            {
              rule: 'policy/unknown-attribute',
              severity: 'error',
              message: expect.any(String) as string,
              line: 4,
              column: expect.any(Number) as number,
              path: 'inbound/set-header[1]',
            },
          ],
        },
      ],
      errors: 1,
      warnings: 0,
    })
  })

  it('gives SARIF 2.1.0', async () => {
    const file = join(folderWith({ 'wrong.xml': wrong }), 'wrong.xml')
    const { code, out } = await apimKit(['policy', 'check', file, '--sarif'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          results: [
            {
              ruleId: 'policy/unknown-attribute',
              level: 'error',
              locations: [{ physicalLocation: { region: { startLine: 4 } } }],
            },
          ],
        },
      ],
    })
  })

  it('gives SARIF that validates against its schema, rules explained', async () => {
    const folder = folderWith({
      'good.xml': good,
      'torn ü.xml': torn,
      'secret.xml': good.replace('<base />', '<base /><authentication-basic username="a" password="Tr0ub4dor" />'),
    })
    const { out } = await apimKit(['policy', 'check', folder, '--sarif'])
    const log: unknown = JSON.parse(out)
    expect(validateSarif(log)).toEqual([])
    expect(out).not.toContain('Tr0ub4dor')
    expect(log).toMatchObject({
      runs: [
        {
          tool: {
            driver: {
              rules: expect.arrayContaining([
                expect.objectContaining({
                  id: 'policy/literal-secret',
                  fullDescription: { text: expect.stringContaining('named value') as string },
                  help: { text: expect.any(String) as string, markdown: expect.stringContaining('Good:') as string },
                }),
              ]) as unknown,
            },
          },
        },
      ],
    })
    expect(validateSarif({ version: '2.1.0', runs: [{ results: [] }] })).toEqual([expect.stringContaining('tool')])
  })

  it('goes on behind a document that cannot be read, and counts it', async () => {
    const folder = folderWith({ 'a.xml': torn, 'b.xml': good })
    const { code, out } = await apimKit(['policy', 'check', folder, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      files: [
        { problems: expect.arrayContaining([expect.objectContaining({ rule: 'policy/not-well-formed' })]) as unknown },
        { problems: [] },
      ],
    })
  })
})

describe('policy format', () => {
  it('prints the house layout and keeps comments', async () => {
    const folder = folderWith({ 'a.xml': unformatted })
    const { code, out } = await apimKit(['policy', 'format', folder])
    expect(code).toBe(0)
    expect(out).toContain('<!-- stays -->')
    const again = await apimKit(['policy', 'format', folderWith({ 'b.xml': out })])
    expect(again.out).toBe(out)
  })

  it('escapes expressions for --to xml', async () => {
    const document = good.replace('context.RequestId.ToString()', 'context.Request.Method == "GET" && true ? "a" : "b"')
    const { out } = await apimKit(['policy', 'format', folderWith({ 'a.xml': document }), '--to', 'xml'])
    expect(out).toContain('&amp;&amp; true')
  })

  it('--check names the files that are not in it, and changes nothing', async () => {
    const folder = folderWith({ 'a.xml': unformatted, 'b.xml': good })
    expect(await apimKit(['policy', 'format', folder, '--check'])).toMatchObject({
      code: 1,
      out: `${join(folder, 'a.xml')}\n`,
    })
    expect(readFileSync(join(folder, 'a.xml'), 'utf8')).toBe(unformatted)
  })

  it('--write writes files back, but never one that it cannot read', async () => {
    const folder = folderWith({ 'a.xml': unformatted, 'b.xml': torn })
    const { code, err } = await apimKit(['policy', 'format', folder, '--write'])
    expect(code).toBe(1)
    expect(err).toContain('b.xml:')
    expect(readFileSync(join(folder, 'b.xml'), 'utf8')).toBe(torn)
    expect(await apimKit(['policy', 'format', join(folder, 'a.xml'), '--check'])).toMatchObject({ code: 0 })
  })

  it('--out writes every readable document at its relative path', async () => {
    const folder = folderWith({ 'x/a.xml': unformatted, 'x/y/b.xml': good, 'x/c.xml': torn })
    const target = join(folder, 'out')
    const { code, out } = await apimKit(['policy', 'format', join(folder, 'x'), '--out', target])
    expect([code, out]).toEqual([1, ''])
    expect(readFileSync(join(target, 'y/b.xml'), 'utf8')).toBe(good)
    expect([existsSync(join(target, 'a.xml')), existsSync(join(target, 'c.xml'))]).toEqual([true, false])
  })
})

describe('policy format --out', () => {
  it('never lets two documents share a file', async () => {
    const folder = folderWith({ 'a/x.xml': good, 'b/x.xml': unformatted })
    const target = join(folder, 'out')
    const paths = [join(folder, 'a/x.xml'), join(folder, 'b/x.xml')]
    const { code, err } = await apimKit(['policy', 'format', ...paths, '--out', target])
    expect([code, err]).toEqual([2, expect.stringContaining('several documents would be written to')])
    expect(existsSync(target)).toBe(false)
  })

  it('reports a file that is no text, and goes on', async () => {
    const folder = folderWith({ 'x/a.xml': '', 'x/b.xml': good })
    writeFileSync(join(folder, 'x/a.xml'), Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))
    const { code, err } = await apimKit(['policy', 'format', join(folder, 'x'), '--out', join(folder, 'out')])
    expect([code, err]).toEqual([1, expect.stringContaining('it is not UTF-8')])
    expect(readFileSync(join(folder, 'out/b.xml'), 'utf8')).toBe(good)
  })
})

describe('policy render', () => {
  const module = `
    import { base, policies, setHeader } from '@apim-kit/policy-dsl'
    export const named = policies({ inbound: [base(), setHeader({ name: 'X-Id', value: 'a<b' })] })
    export default policies({})
    export const other = 5
  `

  it('prints the document that a module builds', async () => {
    const { code, out } = await apimKit(['policy', 'render', moduleIn(module), '--export', 'named'])
    expect(code).toBe(0)
    expect(out).toContain('<value>a&lt;b</value>')
  })

  it('takes the default export', async () => {
    expect((await apimKit(['policy', 'render', moduleIn(module)])).out).toContain('<base />')
  })

  it.each([
    ['missing', 'its export missing is missing'],
    ['other', 'its export other is no policy document'],
  ])('says what is wrong with export %s', async (name, message) => {
    const { code, err } = await apimKit(['policy', 'render', moduleIn(module), '--export', name])
    expect([code, err]).toEqual([2, expect.stringContaining(message)])
  })
})

/** The module has to stand where the packages can be found from. */
function moduleIn(text: string): string {
  const folder = mkdtempSync(join(import.meta.dirname, 'module-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'module.ts'), text)
  return join(folder, 'module.ts')
}

describe('policy import', () => {
  it('prints the module of a document', async () => {
    const file = join(folderWith({ 'good.xml': good }), 'good.xml')
    expect(await apimKit(['policy', 'import', file])).toEqual({
      code: 0,
      err: '',
      out: [
        "import { base, expr, policies, setHeader } from '@apim-kit/policy-dsl'",
        '',
        'export default policies({',
        "  inbound: [base(), setHeader({ name: 'X-Id', existsAction: 'override', value: expr`context.RequestId.ToString()` })],",
        '})',
        '',
      ].join('\n'),
    })
  })

  it('writes one module a document, which renders that document; what cannot be read is reported', async () => {
    const folder = folderWith({
      'a/good.xml': unformatted,
      'b/fragment.XML': '<fragment><!-- x --></fragment>',
      'c/torn.xml': torn,
    })
    const out = join(folder, 'out')
    const { code, err } = await apimKit(['policy', 'import', folder, '--out', out])
    expect(code).toBe(1)
    expect(err).toContain('torn.xml:')
    expect(existsSync(join(out, 'c/torn.ts'))).toBe(false)
    const rendered = await apimKit(['policy', 'render', join(out, 'a/good.ts')])
    expect(rendered.out).toBe((await apimKit(['policy', 'format', join(folder, 'a/good.xml')])).out)
    expect(rendered.out).toContain('<!-- stays -->')
    expect((await apimKit(['policy', 'render', join(out, 'b/fragment.ts')])).out).toContain('<!-- x -->')
  })

  it('writes one document to a file', async () => {
    const folder = folderWith({ 'good.xml': good, 'other/good.xml': good })
    const out = join(folder, 'new/imported.ts')
    expect(await apimKit(['policy', 'import', join(folder, 'good.xml'), '--out', out])).toEqual({
      code: 0,
      out: '',
      err: '',
    })
    expect(readFileSync(out, 'utf8')).toContain('export default policies(')
    const both = [join(folder, 'good.xml'), join(folder, 'other/good.xml')]
    expect(await apimKit(['policy', 'import', ...both, '--out', out])).toMatchObject({
      code: 2,
      err: expect.stringContaining('give --out a folder') as string,
    })
    expect(await apimKit(['policy', 'import', ...both, '--out', folder])).toMatchObject({
      code: 2,
      err: expect.stringContaining('several documents') as string,
    })
  })
})
