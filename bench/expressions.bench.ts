import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compileExpression, contextFromJson } from '@apim-kit/emulator/expression'
import { checkExpression, parse } from '@apim-kit/policy-dsl/expression'
import { corpus } from '../packages/emulator/fuzz/corpus.js'
import { compare, median, rate, type Row } from './measure.js'

const bearer = '@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)'

const variables = new Map<string, unknown>([
  ['auth-context', { accessToken: 'token' }],
  ['name', 'x'],
  ['count', 5],
])
const headers = new Map([['x-request-id', ['a']]])
const url = { path: '/echo/items/5', host: 'contoso.azure-api.net', query: new Map([['q', ['1']]]) }
const request = { method: 'POST', headers, url }

/** Expressions with the same logic by hand, as somebody would write it who knows JavaScript only. */
const pairs: readonly (readonly [name: string, source: string, byHand: () => unknown])[] = [
  [
    'Bearer',
    bearer,
    () => `Bearer ${(variables.get('auth-context') as { accessToken?: string } | undefined)?.accessToken ?? ''}`,
  ],
  [
    'header with default',
    '@(context.Request.Headers.GetValueOrDefault("X-Request-Id", "none"))',
    () => headers.get('X-Request-Id'.toLowerCase())?.join(',') ?? 'none',
  ],
  [
    'condition',
    '@(context.Request.Method == "POST" && context.Request.Url.Host != "x")',
    () => request.method === 'POST' && request.url.host !== 'x',
  ],
  [
    'variable cast',
    '@((string)context.Variables["name"] + "-" + ((int)context.Variables["count"] + 1))',
    () => `${variables.get('name') as string}-${(variables.get('count') as number) + 1}`,
  ],
  [
    'query',
    '@(context.Request.Url.Query.GetValueOrDefault("q", "") == "1")',
    () => (url.query.get('q')?.join(',') ?? '') === '1',
  ],
  ['path segment', "@(context.Request.Url.Path.Split('/')[2].ToUpper())", () => url.path.split('/')[2]?.toUpperCase()],
  [
    'interpolation',
    '@($"{context.Request.Method} {context.Request.Url.Path}")',
    () => `${request.method} ${request.url.path}`,
  ],
  [
    'Base64',
    '@(Convert.ToBase64String(Encoding.UTF8.GetBytes("user:password")))',
    () => Buffer.from('user:password', 'utf8').toString('base64'),
  ],
  [
    'JSON read',
    '@((string)JObject.Parse("{\\"a\\":{\\"b\\":[1,2,3]},\\"c\\":\\"x\\"}")["c"])',
    () => (JSON.parse('{"a":{"b":[1,2,3]},"c":"x"}') as { c: string }).c,
  ],
  [
    'LINQ',
    '@(new[] { 3, 1, 2 }.Where(x => x > 1).Select(x => x * 2).Sum())',
    () =>
      [3, 1, 2]
        .filter((x) => x > 1)
        .map((x) => x * 2)
        .reduce((a, b) => a + b, 0),
  ],
  ['loop', '@{ int sum = 0; for (int i = 0; i < 100; i++) { sum += i % 7; } return sum; }', loopByHand],
]

function loopByHand(): number {
  let sum = 0
  for (let i = 0; i < 100; i++) sum += i % 7
  return sum
}

/** Compiling expressions, running compiled ones against closures by hand, and the evaluator's start in a fresh process. */
export async function benchmark(): Promise<readonly Row[]> {
  const context = contextFromJson({
    request: {
      method: 'POST',
      url: 'https://contoso.azure-api.net/echo/items/5?q=1',
      headers: { 'X-Request-Id': ['a'] },
    },
    variables: {
      'auth-context': { type: 'Authorization', value: { accessToken: 'token' } },
      name: { type: 'string', value: 'x' },
      count: { type: 'int', value: 5 },
    },
  })
  const rows = [
    await compare(
      'expressions parsed, checked, compiled (rival: parsed)',
      () => perExpression((source) => compileExpression(source)),
      () => perExpression(parse),
    ),
    await compare(
      'expressions checked (rival: parsed)',
      () => perExpression(checkExpression),
      () => perExpression(parse),
    ),
  ]
  for (const [name, source, byHand] of pairs) {
    const compiled = compileExpression(source)
    rows.push(
      await compare(
        `evaluate ${name} (rival: by hand)`,
        () => many(() => compiled.evaluate(context)),
        () => many(byHand),
        { rounds: 3 },
      ),
    )
  }
  return [...rows, await coldStart()]
}

async function perExpression(work: (source: string) => unknown): Promise<number> {
  return corpus.length * (await rate(() => corpus.forEach((source) => work(source))))
}

/** Many runs to one look at the clock, as one run takes less than the look. */
async function many(work: () => unknown): Promise<number> {
  const batch = 2000
  const batches = await rate(() => {
    for (let i = 0; i < batch; i++) kept = work()
  }, 100)
  return batches * batch
}

/** The results are kept, so that no compiler finds out that nobody wants them. */
let kept: unknown

/** Import, first compilation and first evaluation in a new process, beyond what node itself takes to start. */
async function coldStart(): Promise<Row> {
  const entry = import.meta.resolve('@apim-kit/emulator/expression')
  const code = `
    const start = performance.now()
    const { compileExpression, contextFromJson } = await import(${JSON.stringify(entry)})
    const context = contextFromJson({ variables: { 'auth-context': { type: 'Authorization', value: { accessToken: 't' } } } })
    compileExpression(${JSON.stringify(bearer)}).evaluateText(context)
    console.log(performance.now() - start)`
  const times: number[] = []
  const node: number[] = []
  for (let round = 0; round < 7; round++) {
    times.push(Number(await output(code)))
    node.push(Number(await output('console.log(performance.now())')))
  }
  const [subject, rival] = [median(times), median(node)]
  return {
    name: 'cold start of the evaluator (rival: node alone)',
    subject: `${subject.toFixed(1)} ms`,
    rival: `${rival.toFixed(1)} ms`,
    ratio: rival / subject,
  }
}

async function output(code: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code])
  return stdout
}

/** The last result of a benchmark: reading it keeps the work alive. */
export const lastResult = (): unknown => kept
