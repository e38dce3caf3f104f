import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compileExpression } from '@apim-kit/emulator/expression'
import { checkExpression, parse } from '@apim-kit/policy-dsl/expression'
import { corpus } from '../packages/emulator/fuzz/corpus.js'
import { bearer, type Context, contexts, pairs, untypical } from './expressions-by-hand.js'
import { compare, median, processorRate, type Row } from './measure.js'

/** Compiling expressions, running compiled ones against closures by hand, and the evaluator's start in a fresh process. */
export async function benchmark(): Promise<readonly Row[]> {
  // A compiler of hundreds of functions has to be compiled itself first.
  for (let round = 0; round < 200; round++) corpus.forEach((source) => compileExpression(source))
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
  for (const [name, source, byHand] of [...pairs, ...untypical]) {
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
  return corpus.length * processorRate(() => corpus.forEach((source) => work(source)))
}

/** A value type comes boxed. */
const unboxed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'value' in value ? value.value : value

/** Many runs to one look at the clock, as one run takes less than the look. */
async function many(work: (context: Context) => unknown): Promise<number> {
  const batch = 2000
  // At hand, as reading an import in every turn would be most of what is measured.
  const given = contexts
  const batches = processorRate(() => {
    // There always are four contexts.
    for (let i = 0; i < batch; i++) kept = work(given[i & 3] as Context)
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
