import { Command } from 'commander'
import { exitCode } from '../exit-codes.js'
import type { Finish } from '../program.js'
import { openTarget, withTarget, type TargetOptions } from '../target.js'
import { json, line, paint, type Terminal } from '../terminal.js'

/** `apim-kit drift`. */
export function driftCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('drift'))
    .description('show what the stack created and the service has no longer as the stack says')
    .argument('<module>', 'a module whose default export is a stack')
    .option('--json', 'one JSON document')
    .action(async (module: string, options: TargetOptions & { readonly json?: boolean }) => {
      const { stack, deployment } = await openTarget(module, options, terminal)
      const drift = await deployment.drift(stack)
      if (options.json === true) json(terminal, drift)
      else {
        const { formatDrift } = await import('@apim-kit/deploy')
        line(
          terminal.out,
          formatDrift(drift, (style, text) => paint(terminal, terminal.out, style, text)),
        )
      }
      finish(drift.changes.some(({ action }) => action !== 'none') ? exitCode.problems : exitCode.clean)
    })
}
