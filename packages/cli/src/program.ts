import { ApimKitError } from '@apim-kit/core'
import { Command, CommanderError, type OutputConfiguration } from 'commander'
import { applyCommand } from './commands/apply.js'
import { destroyCommand } from './commands/destroy.js'
import { driftCommand } from './commands/drift.js'
import { emulatorCommand } from './commands/emulator.js'
import { exportCommand } from './commands/export.js'
import { expressionCommand } from './commands/expression.js'
import { planCommand } from './commands/plan.js'
import { policyCommand } from './commands/policy.js'
import { statusCommand } from './commands/status.js'
import { exitCode, type ExitCode } from './exit-codes.js'
import { line, paint, type Terminal } from './terminal.js'
import { UsageError } from './usage-error.js'

/** What a command's action ends with, handed to {@link run}. */
export type Finish = (code: ExitCode) => void

/** Adds one command, with its sub-commands, to the program. Its heavy imports belong into its action: most calls need few of them. */
export type CommandFactory = (terminal: Terminal, finish: Finish) => Command

const commands: readonly CommandFactory[] = [
  planCommand,
  applyCommand,
  driftCommand,
  destroyCommand,
  statusCommand,
  exportCommand,
  emulatorCommand,
  policyCommand,
  expressionCommand,
]

/** The build puts the version of package.json here; the sources, as tests run them, have none. */
const version = process.env.APIM_KIT_VERSION ?? 'development'

/**
 * Runs the command line and says how the process has to end; it never throws and never ends the process.
 *
 * @param args - without node and the script: `['policy', 'check', 'a.xml']`
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCode.clean
  const program = createProgram(terminal, (finished) => {
    code = finished
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    return report(error, args.includes('--debug'), terminal)
  }
}

function createProgram(terminal: Terminal, finish: Finish): Command {
  const program = new Command('apim-kit')
    .description('Azure API Management from TypeScript: plan, apply, emulate, check')
    .version(version)
    .option('--debug', 'show stack traces of errors')
  for (const create of commands) program.addCommand(create(terminal, finish))
  configure(program, terminal)
  return program
}

/** Settings that commander does not hand down to commands that were made apart. */
function configure(command: Command, terminal: Terminal): void {
  const output: OutputConfiguration = {
    writeOut: (text) => terminal.out.write(text),
    writeErr: (text) => terminal.err.write(text),
  }
  command.exitOverride().configureOutput(output).showHelpAfterError('(add --help for the ways to call it)')
  // Every command takes it, wherever it stands: people add it to the end of a line that failed.
  if (command.parent !== null) command.option('--debug', 'show stack traces of errors')
  for (const child of command.commands) configure(child, terminal)
}

function report(error: unknown, debug: boolean, terminal: Terminal): ExitCode {
  // Commander has printed its own message; help and version end well.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.clean : exitCode.usage
  const message = error instanceof Error ? error.message : String(error)
  line(terminal.err, `${paint(terminal, terminal.err, 'red', 'error')}: ${message}`)
  if (error instanceof ApimKitError) line(terminal.err, paint(terminal, terminal.err, 'dim', `code: ${error.code}`))
  if (debug && error instanceof Error) line(terminal.err, error.stack ?? '')
  return error instanceof UsageError ? exitCode.usage : exitCode.problems
}
