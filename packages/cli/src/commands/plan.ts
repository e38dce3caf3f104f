import { Command } from 'commander'
import { exitCode } from '../exit-codes.js'
import type { Finish } from '../program.js'
import { openTarget, withTarget, type TargetOptions } from '../target.js'
import { json, line, paint, type Terminal } from '../terminal.js'

interface PlanOptions extends TargetOptions {
  readonly json?: boolean
  readonly detailedExitcode?: boolean
  readonly prune?: boolean
}

/** `apim-kit plan`. */
export function planCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('plan'))
    .description('show what apply would do, field by field')
    .argument('<module>', 'a module whose default export is a stack')
    .option('--json', 'one JSON document')
    .option('--prune', 'delete what the stack created and declares no longer')
    .option('--detailed-exitcode', 'exit with 3 when changes are pending')
    .action(async (module: string, options: PlanOptions) => {
      const { stack, deployment } = await openTarget(module, options, terminal)
      const plan = await deployment.plan(stack, { prune: options.prune })
      if (options.json === true) json(terminal, plan)
      else {
        const { formatPlan } = await import('@apim-kit/deploy')
        line(
          terminal.out,
          formatPlan(plan, (style, text) => paint(terminal, terminal.out, style, text)),
        )
      }
      const pending = plan.changes.some(({ action }) => action !== 'none')
      finish(pending && options.detailedExitcode === true ? exitCode.pending : exitCode.clean)
    })
}
