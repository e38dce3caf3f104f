import { Command } from 'commander'
import { carryOutPlan, type CarryOutOptions } from '../carry-out.js'
import type { Finish } from '../program.js'
import { openTarget, withTarget, type TargetOptions } from '../target.js'
import type { Terminal } from '../terminal.js'

/** `apim-kit destroy`. */
export function destroyCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('destroy'))
    .description('delete what the stack created, in reverse order, and what is remembered about it')
    .argument('<module>', 'a module whose default export is a stack')
    .option('--yes', 'do not ask')
    .option('--json', 'one JSON document')
    .action(async (module: string, options: TargetOptions & CarryOutOptions) => {
      const target = await openTarget(module, options, terminal)
      const plan = await target.deployment.planDestroy(target.stack)
      const question = `Delete this from ${plan.service}?`
      finish(await carryOutPlan(terminal, target, plan, { ...options, question }))
    })
}
