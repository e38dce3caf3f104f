import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { packages, root } from './pack.js'

/*
 * Every ```ts block of a README is a complete module, and this test runs it, against the sources, and checks its types.
 * Only a block that says why is left out, as in: ```ts no-run (needs a subscription)
 * A block that imports vitest is a test file of its own: its tests run as part of this one.
 */
interface Block {
  readonly title: string
  readonly code: string
  readonly file: string
}

// Inside the repository, so that the modules resolve, and not in node_modules, whose files vitest leaves as they are.
mkdirSync(join(root, 'test/.readme'), { recursive: true })
const folder = mkdtempSync(join(root, 'test/.readme/'))
afterAll(() => rmSync(folder, { recursive: true }))

const blocksOf = (readme: string): Block[] => {
  const name = relative(root, readme)
  const lines = readFileSync(readme, 'utf8').split('\n')
  return lines.flatMap((line, index) => {
    if (!/^```(ts|typescript|js|javascript)\b/.test(line) || /^```ts no-run \(.+\)$/.test(line)) return []
    const title = `${name}:${index + 1}`
    if (line !== '```ts') throw new Error(`${title}: write \`\`\`ts, or \`\`\`ts no-run (the reason), not ${line}`)
    // The blank lines in front give errors the line numbers of the README.
    const code = '\n'.repeat(index + 1) + lines.slice(index + 1, lines.indexOf('```', index)).join('\n')
    return [{ title, code, file: join(folder, `${name.replaceAll('/', '-')}-${index + 1}.ts`) }]
  })
}

// That every package has one is a test of packages.test.ts.
const readmes = [root, ...packages.map((item) => item.folder)].map((path) => join(path, 'README.md')).filter(existsSync)

describe.each(readmes)('%s', (readme) => {
  for (const { title, code, file } of blocksOf(readme)) {
    writeFileSync(file, code)
    const run = async (): Promise<void> => void (await import(file))
    if (code.includes(`from 'vitest'`)) describe(title, run)
    else it(title, run, 30_000)
  }
})

it('has types that are right', { timeout: 60_000 }, async () => {
  const options = { incremental: false, noUnusedLocals: false }
  const config = { extends: join(root, 'tsconfig.tests.json'), compilerOptions: options, include: ['*.ts'] }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const tsc = promisify(execFile)(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { cwd: folder })
  const failure = await tsc.then(
    () => '',
    (error: unknown) => (error as { stdout: string }).stdout,
  )
  expect(failure).toBe('')
})
