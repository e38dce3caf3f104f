import type { ApplyResult, Deployment, Engine, Plan } from '@apim-kit/deploy'
import { isBroken, printConnections } from './connections.js'
import { exitCode, type ExitCode } from './exit-codes.js'
import type { Target } from './target.js'
import { waitForPeople } from './wait.js'
import { startProgress } from './progress.js'
import { json, line, paint, type Terminal } from './terminal.js'

/** How a command that changes a service was asked to go about it. */
export interface CarryOutOptions {
  readonly yes?: boolean
  readonly json?: boolean
  readonly concurrency?: number
  readonly engine?: Engine
  /** Seconds to wait for people to sign in; `true` for the usual time. Default: not at all. */
  readonly wait?: number | true
}

interface Question {
  /** What a person is asked before anything is changed. */
  readonly question: string
}

/** Shows a plan, asks where somebody can answer, carries it out and prints what became of it. */
export async function carryOutPlan(
  terminal: Terminal,
  { stack, deployment }: Target,
  plan: Plan,
  options: CarryOutOptions & Question,
): Promise<ExitCode> {
  if (!(await agreed(terminal, plan, options))) {
    line(terminal.err, 'nothing was changed')
    return exitCode.problems
  }
  const applied = await carryOut(terminal, deployment, plan, options)
  const { wait } = options
  const waiting = wait !== undefined && applied.connections.some(({ loginLink }) => loginLink !== null)
  const result = waiting
    ? { ...applied, connections: await waitForPeople(terminal, deployment, stack, applied.connections, wait) }
    : applied
  if (options.json === true) json(terminal, result)
  else printResult(terminal, result)
  const failed = result.results.some(({ outcome }) => outcome !== 'done') || result.connections.some(isBroken)
  return failed ? exitCode.problems : exitCode.clean
}

/** Shows the plan and asks, where there is something to ask and somebody to answer. */
async function agreed(
  terminal: Terminal,
  plan: Plan,
  { yes, json: asJson, question }: CarryOutOptions & Question,
): Promise<boolean> {
  const { formatPlan } = await import('@apim-kit/deploy')
  if (asJson !== true)
    line(
      terminal.err,
      formatPlan(plan, (style, text) => paint(terminal, terminal.err, style, text)),
    )
  if (yes === true || plan.changes.every(({ action }) => action === 'none')) return true
  if (!terminal.interactive) return mayGoAhead(terminal, plan)
  const { confirm } = await import('@clack/prompts')
  return (await confirm({ message: question, initialValue: false, output: process.stderr })) === true
}

/** Where nobody can answer, nothing is deleted that nobody agreed to. */
function mayGoAhead(terminal: Terminal, { summary }: Plan): boolean {
  if (summary.delete === 0) return true
  line(terminal.err, `${summary.delete} would be deleted, and there is nobody to ask; add --yes to agree`)
  return false
}

async function carryOut(
  terminal: Terminal,
  deployment: Deployment,
  plan: Plan,
  { concurrency, engine }: CarryOutOptions,
): Promise<ApplyResult> {
  const progress = await startProgress(terminal, plan)
  const stop = new AbortController()
  const interrupt = (): void => {
    line(terminal.err, 'stopping: what has begun is finished, nothing new begins')
    stop.abort()
  }
  process.once('SIGINT', interrupt)
  try {
    return await deployment.apply(plan, { concurrency, engine, onEvent: progress.onEvent, signal: stop.signal })
  } finally {
    process.off('SIGINT', interrupt)
    await progress.close()
  }
}

function printResult(terminal: Terminal, { results, connections }: ApplyResult): void {
  const count = (outcome: string): number => results.filter((result) => result.outcome === outcome).length
  const [failed, skipped] = [count('failed'), count('skipped')]
  const rest = failed + skipped === 0 ? '' : `, ${failed} failed, ${skipped} skipped`
  line(terminal.out, results.length === 0 ? 'nothing to do' : `${count('done')} done${rest}`)
  printConnections(terminal, connections)
}
