import type { ApplyResult, Deployment, Plan } from '@apim-kit/deploy'
import { Command, InvalidArgumentError } from 'commander'
import { isBroken, printConnections } from '../connections.js'
import { exitCode } from '../exit-codes.js'
import type { Finish } from '../program.js'
import { startProgress } from '../progress.js'
import { openTarget, withTarget, type TargetOptions } from '../target.js'
import { json, line, paint, type Terminal } from '../terminal.js'

interface ApplyOptions extends TargetOptions {
  readonly yes?: boolean
  readonly json?: boolean
  readonly concurrency?: number
}

/** `apim-kit apply`. */
export function applyCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('apply'))
    .description('plan, ask on a terminal, and carry the plan out')
    .argument('<module>', 'a module whose default export is a stack')
    .option('--yes', 'do not ask')
    .option('--concurrency <n>', 'how many resources are written at once', wholeNumber)
    .option('--json', 'one JSON document')
    .action(async (module: string, options: ApplyOptions) => {
      const { stack, deployment } = await openTarget(module, options, terminal)
      const plan = await deployment.plan(stack)
      if (!(await agreed(terminal, plan, options))) {
        line(terminal.err, 'nothing was changed')
        return finish(exitCode.problems)
      }
      const result = await carryOut(terminal, deployment, plan, options)
      if (options.json === true) json(terminal, result)
      else printResult(terminal, result)
      const failed = result.results.some(({ outcome }) => outcome !== 'done') || result.connections.some(isBroken)
      finish(failed ? exitCode.problems : exitCode.clean)
    })
}

/** Shows the plan and asks, where there is something to ask and somebody to answer. */
async function agreed(terminal: Terminal, plan: Plan, { yes, json: asJson }: ApplyOptions): Promise<boolean> {
  const { formatPlan } = await import('@apim-kit/deploy')
  if (asJson !== true)
    line(
      terminal.err,
      formatPlan(plan, (style, text) => paint(terminal, terminal.err, style, text)),
    )
  if (yes === true || !terminal.interactive || plan.changes.every(({ action }) => action === 'none')) return true
  const { confirm } = await import('@clack/prompts')
  return (
    (await confirm({ message: `Apply this to ${plan.service}?`, initialValue: false, output: process.stderr })) === true
  )
}

async function carryOut(
  terminal: Terminal,
  deployment: Deployment,
  plan: Plan,
  { concurrency }: ApplyOptions,
): Promise<ApplyResult> {
  const progress = await startProgress(terminal, plan)
  const stop = new AbortController()
  const interrupt = (): void => {
    line(terminal.err, 'stopping: what has begun is finished, nothing new begins')
    stop.abort()
  }
  process.once('SIGINT', interrupt)
  try {
    return await deployment.apply(plan, { concurrency, onEvent: progress.onEvent, signal: stop.signal })
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

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('write a whole number from 1')
  return value
}
