import type { Problem } from '@apim-kit/core'
import type { BatchEntry } from '@apim-kit/emulator/expression'
import type { CheckedExpression, ExpressionProblem } from '@apim-kit/policy-dsl/expression'
import { Command, Option } from 'commander'
import { exitCode } from '../exit-codes.js'
import { readText } from '../files.js'
import { printProblems } from '../problems.js'
import type { Finish } from '../program.js'
import { json, line, paint, type Terminal } from '../terminal.js'
import { UsageError } from '../usage-error.js'

/** `apim-kit expression check|eval`. */
export function expressionCommand(terminal: Terminal, finish: Finish): Command {
  const expression = new Command('expression').description('check and run policy expressions')
  expression
    .command('check')
    .description('parse expressions, and check types and members against what API Management allows')
    .argument('[expression]', 'an expression with its @( ) or @{ }')
    .option('--file <batch.json>', 'check a batch: [{"id","expression"}]')
    .option('--json', 'one JSON document')
    .action((source: string | undefined, options: BatchOptions) => check(terminal, finish, source, options))
  expression
    .command('eval')
    .description('evaluate expressions; the text is what the gateway would insert')
    .argument('[expression]', 'an expression with its @( ) or @{ }')
    .option('--file <batch.json>', 'evaluate a batch: [{"id","expression","context"?}]')
    .option('--context <context.json>', 'the context of every expression that has none of its own')
    .option('--json', 'one JSON document')
    .option('--allow-list', 'refuse types and members that API Management does not allow')
    .addOption(
      new Option('--runtime <runtime>', 'how doubles print: 15 digits, or the shortest exact digits')
        .choices(['framework', 'core'])
        .default('framework'),
    )
    .action((source: string | undefined, options: EvalOptions) => evaluate(terminal, finish, source, options))
  return expression
}

interface BatchOptions {
  readonly file?: string
  readonly json?: boolean
}

interface EvalOptions extends BatchOptions {
  readonly context?: string
  readonly allowList?: boolean
  readonly runtime: 'framework' | 'core'
}

async function check(
  terminal: Terminal,
  finish: Finish,
  source: string | undefined,
  { file, json: asJson }: BatchOptions,
): Promise<void> {
  const { checkExpression } = await import('@apim-kit/policy-dsl/expression')
  const entries = await entriesOf(source, file)
  const rows = entries.map(({ id, expression }) => checkRow(id, checkExpression(expression)))
  if (asJson === true) json(terminal, rows)
  else
    for (const row of rows) {
      const label = entries.length > 1 ? row.id : 'expression'
      printProblems(terminal, { file: label, problems: row.problems.map(toProblem) })
      if (row.ok) line(terminal.out, `${label}: ${row.type}`)
    }
  finish(rows.every(({ ok }) => ok) ? exitCode.clean : exitCode.problems)
}

/** A row of `check --json`: like a row of `eval`, with everything that was found beside the first error. */
type CheckRow = { readonly id: string; readonly error?: Omit<ExpressionProblem, 'severity'> } & CheckedExpression

function checkRow(id: string, checked: CheckedExpression): CheckRow {
  const first = checked.problems.find(({ severity }) => severity === 'error')
  if (first === undefined) return { id, ...checked }
  const { code, message, line: at, column } = first
  return { id, error: { code, message, line: at, column }, ...checked }
}

function toProblem({ code, ...rest }: ExpressionProblem): Problem {
  return { rule: code, path: '', ...rest }
}

async function evaluate(
  terminal: Terminal,
  finish: Finish,
  source: string | undefined,
  { file, context, json: asJson, allowList = false, runtime }: EvalOptions,
): Promise<void> {
  const { evaluateBatch } = await import('@apim-kit/emulator/expression')
  const entries = await entriesOf(source, file)
  const shared = context === undefined ? undefined : await readJson(context)
  const rows = evaluateBatch(entries, shared, { runtime, allowList })
  if (asJson === true) json(terminal, rows)
  else
    for (const row of rows) {
      const label = entries.length > 1 ? `${row.id}: ` : ''
      if (row.ok) line(terminal.out, `${label}${row.text}`)
      else {
        const { code, message, line: at, column } = row.error
        const place = at === undefined ? '' : ` (line ${at}, column ${column ?? 1})`
        line(terminal.err, `${label}${paint(terminal, terminal.err, 'red', code)}: ${message}${place}`)
      }
    }
  finish(rows.every(({ ok }) => ok) ? exitCode.clean : exitCode.problems)
}

/** The batch that a command line means; an expression alone is a batch of one. */
async function entriesOf(source: string | undefined, file: string | undefined): Promise<readonly BatchEntry[]> {
  if ((source === undefined) === (file === undefined))
    throw new UsageError('give an expression, or --file with a batch of them')
  if (file === undefined) return [{ id: 'expression', expression: source ?? '' }]
  const batch = await readJson(file)
  if (Array.isArray(batch) && batch.every(isEntry)) return batch
  throw new UsageError(
    `${file}: is no batch; write [{"id":"a","expression":"@(1+1)"}], each entry with a text as id and as expression`,
  )
}

function isEntry(value: unknown): value is BatchEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'id') === 'string' &&
    typeof Reflect.get(value, 'expression') === 'string'
  )
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path)
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    throw new UsageError(`${path}: is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}
