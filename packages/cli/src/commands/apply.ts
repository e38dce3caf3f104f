import { Command, InvalidArgumentError, Option } from 'commander'
import { carryOutPlan, type CarryOutOptions } from '../carry-out.js'
import type { Finish } from '../program.js'
import { openTarget, withTarget, type TargetOptions } from '../target.js'
import type { Terminal } from '../terminal.js'
import { seconds } from '../wait.js'

interface ApplyOptions extends TargetOptions, CarryOutOptions {
  readonly prune?: boolean
}

/** `apim-kit apply`. */
export function applyCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('apply'))
    .description('plan, ask on a terminal, and carry the plan out')
    .argument('<module>', 'a module whose default export is a stack')
    .option('--yes', 'do not ask')
    .option('--prune', 'delete what the stack created and declares no longer')
    .option('--concurrency <n>', 'how many resources are written at once', wholeNumber)
    .addOption(new Option('--engine <name>', 'who writes: this program, or ARM by templates').choices(['sdk', 'arm']))
    .option('--wait [seconds]', 'wait until people have signed in to the connections that need it', seconds)
    .option('--json', 'one JSON document')
    .action(async (module: string, options: ApplyOptions) => {
      const target = await openTarget(module, options, terminal)
      const plan = await target.deployment.plan(target.stack, { prune: options.prune })
      finish(await carryOutPlan(terminal, target, plan, { ...options, question: `Apply this to ${plan.service}?` }))
    })
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('write a whole number from 1')
  return value
}
