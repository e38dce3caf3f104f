import { Command } from 'commander'
import { isBroken, printConnections } from '../connections.js'
import { exitCode } from '../exit-codes.js'
import type { Finish } from '../program.js'
import { openTarget, withTarget, type TargetOptions } from '../target.js'
import { json, line, type Terminal } from '../terminal.js'
import { seconds, waitForPeople } from '../wait.js'

interface StatusOptions extends TargetOptions {
  readonly json?: boolean
  readonly wait?: number | true
}

/** `apim-kit status`. */
export function statusCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('status'))
    .description('show the state of every connection, its error, and its login link where a person has to sign in')
    .argument('<module>', 'a module whose default export is a stack')
    .option('--wait [seconds]', 'wait until people have signed in to the connections that need it', seconds)
    .option('--json', 'one JSON document')
    .action(async (module: string, options: StatusOptions) => {
      const { stack, deployment } = await openTarget(module, options, terminal)
      const first = await deployment.status(stack)
      const waiting = first.some(({ loginLink }) => loginLink !== null)
      const { wait } = options
      const connections =
        wait === undefined || !waiting ? first : await waitForPeople(terminal, deployment, stack, first, wait)
      if (options.json === true) json(terminal, { connections })
      else if (connections.length === 0) line(terminal.out, 'the stack has no connections')
      else printConnections(terminal, connections)
      finish(connections.some(isBroken) ? exitCode.problems : exitCode.clean)
    })
}
