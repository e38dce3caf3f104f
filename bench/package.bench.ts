import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { compare, type CompareOptions, type Row } from './measure.js'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))
const here = join(root, 'bench')

/** What the packages cost who uses them: the size of a bundle, the time to load them, the time to check a file that uses them. */
export async function benchmark(): Promise<readonly Row[]> {
  return [...(await bundles()), ...(await imports()), ...(await typeChecks())]
}

const article = `
  import { base, getAuthorizationContext, policies, setHeader } from '@apim-kit/policy-dsl'
  const context = getAuthorizationContext({ providerId: 'aad', authorizationId: 'client', contextVariableName: 'auth' })
  const document = policies({ inbound: [base(), context.setBearerHeader(), setHeader({ name: 'X-Team', value: 'orders' })] })
  console.log(document.toRawXml(), document.toXml())`

/** The goal for the policies of the article, in kB, minified and gzipped. */
const goal = 30

/** Sizes do not change from one round to the next. */
async function bundles(): Promise<Row[]> {
  const options: CompareOptions = { rounds: 1, unit: 'kB', lessIsBetter: true }
  const ours = (): Promise<number> => gzipped(article)
  const xmlbuilder2 = "import { create } from 'xmlbuilder2'\nconsole.log(create())"
  return [
    await compare("bundle of the article's policies (rival: the goal)", ours, () => Promise.resolve(goal), options),
    await compare("bundle of the article's policies (rival: xmlbuilder2)", ours, () => gzipped(xmlbuilder2), options),
  ]
}

async function gzipped(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '').byteLength / 1000
}

async function imports(): Promise<Row[]> {
  const options: CompareOptions = { rounds: 11, unit: 'ms', lessIsBetter: true }
  const compared = (subject: string, rival: string, from = here): Promise<Row> =>
    compare(
      `import ${subject} (rival: ${rival})`,
      () => importTime(subject),
      () => importTime(rival, from),
      options,
    )
  return [
    await compared('@apim-kit/core', 'zod', join(root, 'packages/core')),
    await compared('@apim-kit/policy-dsl', 'xmlbuilder2'),
  ]
}

/** How long a new process takes to load a package, its own start not counted. */
async function importTime(name: string, from = here): Promise<number> {
  const program = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: from })
  return Number(stdout)
}

async function typeChecks(): Promise<Row[]> {
  const options: CompareOptions = { rounds: 5, unit: 'ms', lessIsBetter: true }
  const policies = (): Promise<number> => typeCheckTime(twoHundredPolicies)
  return [
    await compare(
      'type-check 200 policies (rival: 200 object literals)',
      policies,
      () => typeCheckTime(literals),
      options,
    ),
    await compare(
      'type-check 200 policies (rival: the import alone)',
      policies,
      () => typeCheckTime(importAlone),
      options,
    ),
  ]
}

/** Thirteen policies as people mix them: plain ones, expressions, handles of variables, policies in policies. */
const thirteenPolicies = `
  setHeader({ name: 'X-Team', value: 'orders', existsAction: 'override' }),
  setHeader({ name: 'X-Id', value: expr\`context.RequestId.ToString()\` }),
  setVariable({ name: attempt, value: expr\`(\${attempt.orNull} ?? 0) + 1\` }),
  rateLimitByKey({ calls: 10, renewalPeriod: 60, counterKey: expr\`context.Request.IpAddress\` }),
  cacheLookupValue({ key: 'token', variableName: 'token', cachingType: 'internal' }),
  sendRequest({ responseVariableName: answer, timeout: 10, setUrl: 'https://login.example.com', setMethod: 'GET' }),
  choose({
    when: [{ condition: expr\`\${answer}.StatusCode != 200\`, policies: [returnResponse({ setStatus: { code: 502 } })] }],
    otherwise: [setBody({ template: 'liquid', text: liquid('{{body.id}}') })],
  }),
  getAuthorizationContext({ providerId: 'a', authorizationId: 'b', contextVariableName: 'c' }).setBearerHeader(),
  validateJwt({ headerName: 'Authorization', audiences: ['api://orders'], openidConfig: { url: 'https://login.example.com' } }),
  rewriteUri({ template: '/orders/{id}', copyUnmatchedParams: false }),`

const imported = `import { base, cacheLookupValue, choose, expr, getAuthorizationContext, liquid, policies, rateLimitByKey, returnResponse,
  rewriteUri, sendRequest, setBody, setHeader, setVariable, validateJwt, variable } from '@apim-kit/policy-dsl'
const attempt = variable('attempt', 'int')
const answer = variable('answer', 'IResponse')
`
const twoHundredPolicies = `${imported}
${Array.from({ length: 16 }, (_, index) => `export const document${index} = policies({ inbound: [base(), ${thirteenPolicies}] })`).join('\n')}`

const importAlone = `${imported}
export const used = [base, cacheLookupValue, choose, expr, getAuthorizationContext, liquid, policies, rateLimitByKey, returnResponse,
  rewriteUri, sendRequest, setBody, setHeader, setVariable, validateJwt, attempt, answer]`

/** As much text, and nothing to infer. */
const literals = `export const documents: object[] = [
${`  { name: 'set-header', attributes: { name: 'X-Team', existsAction: 'override' }, children: [{ name: 'value', text: 'orders' }] },\n`.repeat(200)}]`

/** How long the compiler takes for a project of this one file. */
async function typeCheckTime(text: string): Promise<number> {
  // In this folder, where the packages are found.
  const folder = await mkdtemp(join(here, '.type-check-'))
  try {
    await writeFile(join(folder, 'file.ts'), text)
    const options = { module: 'nodenext', target: 'es2022', strict: true, skipLibCheck: true, noEmit: true, types: [] }
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['file.ts'] }))
    const start = performance.now()
    await run(join(root, 'node_modules/.bin/tsc'), ['-p', folder])
    return performance.now() - start
  } finally {
    await rm(folder, { recursive: true })
  }
}
