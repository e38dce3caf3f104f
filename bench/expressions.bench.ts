import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compileExpression, contextFromJson } from '@apim-kit/emulator/expression'
import { checkExpression, parse } from '@apim-kit/policy-dsl/expression'
import { corpus } from '../packages/emulator/fuzz/corpus.js'
import { compare, median, rate, type Row } from './measure.js'

const bearer = '@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)'

/** What `contextFromJson` gives. */
type Context = ReturnType<typeof contextFromJson>

/**
 * The contexts that both sides are given, in turn: what an expression reads differs from one evaluation to the next, so nothing can be
 * worked out once and kept.
 */
const contexts: readonly Context[] = [0, 1, 2, 3].map((index) =>
  contextFromJson({
    request: {
      method: index === 1 ? 'GET' : 'POST',
      url: `https://${index === 2 ? 'internal' : 'contoso'}.azure-api.net/echo/items-${index}/${index}?q=${index}`,
      headers: index === 3 ? {} : { 'X-Request-Id': [`request-${index}`] },
    },
    variables: {
      'auth-context': { type: 'Authorization', value: { accessToken: `token-${index}` } },
      name: { type: 'string', value: `name-${index}` },
      count: { type: 'int', value: 50 + index },
      json: { type: 'string', value: `{"a":{"b":[1,2,${index}]},"c":"text-${index}"}` },
    },
  }),
)

const integer = (context: Context, name: string): number => (context.variables.get(name) as { value: number }).value

/**
 * Ten typical expressions and the article's, each with the same logic by hand: a closure over the same context, as somebody would write
 * it who knows JavaScript and has no C#. It does what the expression does for these contexts and no more: no overflow, no null checks
 * that nothing asks for, no limits.
 */
const pairs: readonly (readonly [name: string, source: string, byHand: (context: Context) => unknown])[] = [
  [
    'Bearer',
    bearer,
    ({ variables }) =>
      `Bearer ${(variables.get('auth-context') as { accessToken?: string } | undefined)?.accessToken ?? ''}`,
  ],
  [
    'header with default',
    '@(context.Request.Headers.GetValueOrDefault("X-Request-Id", "none"))',
    ({ request }) => request.headers.get('X-Request-Id')?.join(',') ?? 'none',
  ],
  [
    'condition',
    '@(context.Request.Method == "POST" && context.Request.Url.Host != "internal.azure-api.net")',
    ({ request }) => request.method === 'POST' && request.url.host !== 'internal.azure-api.net',
  ],
  [
    'variable cast',
    '@((string)context.Variables["name"] + "-" + ((int)context.Variables["count"] + 1))',
    (context) => `${context.variables.get('name') as string}-${integer(context, 'count') + 1}`,
  ],
  [
    'query',
    '@(context.Request.Url.Query.GetValueOrDefault("q", "") == "1")',
    ({ request }) => (request.url.query.get('q')?.join(',') ?? '') === '1',
  ],
  [
    'path segment',
    "@(context.Request.Url.Path.Split('/')[2].ToUpper())",
    ({ request }) => request.url.path.split('/')[2]?.toUpperCase(),
  ],
  [
    'interpolation',
    '@($"{context.Request.Method} {context.Request.Url.Path}")',
    ({ request }) => `${request.method} ${request.url.path}`,
  ],
  [
    'Base64',
    '@("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("user:" + (string)context.Variables["name"])))',
    ({ variables }) => `Basic ${Buffer.from(`user:${variables.get('name') as string}`, 'utf8').toString('base64')}`,
  ],
  [
    'JSON read',
    '@((string)JObject.Parse((string)context.Variables["json"])["c"])',
    ({ variables }) => (JSON.parse(variables.get('json') as string) as { c: string }).c,
  ],
  [
    'LINQ',
    '@(new[] { 3, 1, (int)context.Variables["count"] }.Where(x => x > 1).Select(x => x * 2).Sum())',
    (context) =>
      [3, 1, integer(context, 'count')]
        .filter((x) => x > 1)
        .map((x) => x * 2)
        .reduce((a, b) => a + b, 0),
  ],
  [
    'loop',
    '@{ int sum = 0; for (int i = 0; i < (int)context.Variables["count"]; i++) { sum += i % 7; } return sum; }',
    (context) => {
      let sum = 0
      for (let i = 0; i < integer(context, 'count'); i++) sum += i % 7
      return sum
    },
  ],
]

/** Compiling expressions, running compiled ones against closures by hand, and the evaluator's start in a fresh process. */
export async function benchmark(): Promise<readonly Row[]> {
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
    for (const context of contexts) assert.equal(unboxed(compiled.evaluate(context)), byHand(context), name)
    rows.push(
      await compare(
        `evaluate ${name} (rival: by hand)`,
        () => many((context) => compiled.evaluate(context)),
        () => many((context) => byHand(context)),
      ),
    )
  }
  return [...rows, await coldStart()]
}

async function perExpression(work: (source: string) => unknown): Promise<number> {
  return corpus.length * (await rate(() => corpus.forEach((source) => work(source))))
}

/** A value type comes boxed. */
const unboxed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'value' in value ? value.value : value

/** Many runs to one look at the clock, as one run takes less than the look. */
async function many(work: (context: Context) => unknown): Promise<number> {
  const batch = 2000
  const batches = await rate(() => {
    // There always are four contexts.
    for (let i = 0; i < batch; i++) kept = work(contexts[i & 3] as Context)
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
