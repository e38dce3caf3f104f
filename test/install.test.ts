import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packages, packAll, root, tarballOf } from './pack.js'

/** Our own TypeScript, and the last of the generation before, which most teams still have: folders in node_modules. */
const compilers = ['typescript', 'typescript-5']

/*
 * What another team does: npm installs the packed packages into an empty project outside of this repository (the programs
 * in test/install), and there nothing but the published names, declarations and files is to be had.
 */
describe('in an empty project, with npm', { timeout: 120_000 }, () => {
  let project: string

  /** Runs a command there and gives what it printed; fails with that text when the command does. */
  const run = async (command: string, ...parameters: string[]): Promise<string> => {
    // Without what this vitest run leaves in the environment, which would tell an inner vitest that it is a worker of it.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV)/.test(name)))
    const { stdout } = await promisify(execFile)(command, parameters, { cwd: project, env }).catch((error: unknown) => {
      const { stdout, stderr } = error as { stdout: string; stderr: string }
      return expect.fail(`${command} ${parameters.join(' ')}\n${stdout}\n${stderr}`)
    })
    return stdout
  }
  const bin = (name: string): string => join(project, 'node_modules/.bin', name)

  beforeAll(async () => {
    project = await mkdtemp(join(tmpdir(), 'apim-kit-install-'))
    await cp(join(root, 'test/install'), project, { recursive: true })
    await mkdir(join(project, 'tarballs'))
    await packAll(join(project, 'tarballs'))
    const { devDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const tools = ['typescript', 'vitest', '@types/node'].map((name) => `${name}@${devDependencies[name]}`)
    const tarballs = packages.map((item) => tarballOf(item, join(project, 'tarballs')))
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    await run('npm', 'install', ...options, ...tarballs, ...tools, 'typescript-5@npm:typescript@~5.9.0')
  }, 240_000)
  afterAll(async () => rm(project, { recursive: true }))

  it.each(compilers)('compiles with %s for a bundler, and for Node as it runs', async (compiler) => {
    const tsc = join(project, 'node_modules', compiler, 'bin/tsc')
    await run(process.execPath, tsc, '-p', 'tsconfig.bundler.json')
    await run(process.execPath, tsc, '-p', 'tsconfig.nodenext.json', '--outDir', `out/${compiler}`)
    expect(await run(process.execPath, `out/${compiler}/deploy.js`)).toBe(
      'changes of the second plan: 0\nthe gateway answers: 200 with a token\n',
    )
  })

  it('tests the XML of a policy with vitest', async () => {
    expect(await run(bin('vitest'), 'run', 'policy.test.ts')).toContain('3 passed')
  })

  it('loads every package with require(), and runs the emulator', async () => {
    // Node 20.19 and later can require() an ES module; the oldest Node of `engines` cannot, so that is switched off.
    const flag = '--no-experimental-require-module'
    const flags = process.allowedNodeEnvironmentFlags.has(flag) ? [flag] : []
    expect(await run(process.execPath, ...flags, 'require.cjs')).toBe('deployed; keys of the identity provider: 200\n')
  })
})
