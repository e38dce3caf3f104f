import { once } from 'node:events'
import { isStack, type Stack } from '@apim-kit/core'
import type { Emulator, EmulatorOptions } from '@apim-kit/emulator'
import { Command, InvalidArgumentError } from 'commander'
import { exitCode } from '../exit-codes.js'
import { loadModule } from '../load-module.js'
import type { Finish } from '../program.js'
import { json, line, type Terminal } from '../terminal.js'
import { UsageError } from '../usage-error.js'

interface Options {
  readonly port: number
  readonly gatewayPort: number
  readonly state?: string
  readonly seed?: string
  readonly json?: boolean
}

/** `apim-kit emulator`. */
export function emulatorCommand(terminal: Terminal, finish: Finish): Command {
  return new Command('emulator')
    .description('run API Management on this machine until Ctrl-C')
    .option('--port <port>', 'management plane, identity provider and Key Vault', port, 8445)
    .option('--gateway-port <port>', 'the gateway', port, 8446)
    .option('--state <file>', 'keep resources from run to run; the file holds secrets in clear')
    .option(
      '--seed <module>',
      'deploy the stack that a module exports by default; its export `emulator` sets up applications and key vaults',
    )
    .option('--json', 'print the endpoints as one JSON document')
    .action(async (options: Options) => {
      const seed = options.seed === undefined ? {} : await readSeed(options.seed)
      const { startEmulator } = await import('@apim-kit/emulator')
      const { state } = options
      const emulator = await startEmulator({
        ...seed.options,
        port: options.port,
        gatewayPort: options.gatewayPort,
        ...(state === undefined ? {} : { state }),
      })
      try {
        if (seed.stack !== undefined) await deploy(seed.stack, emulator, terminal)
        announce(terminal, emulator, options)
        await interrupted()
      } finally {
        await emulator.close()
      }
      finish(exitCode.clean)
    })
}

/** What a seed module gives; each part may be left out, but not all of it. */
interface Seed {
  readonly stack?: Stack
  readonly options?: EmulatorOptions
}

async function readSeed(file: string): Promise<Seed> {
  const { default: stack, emulator } = await loadModule(file)
  const options = typeof emulator === 'object' && emulator !== null ? (emulator as EmulatorOptions) : undefined
  if (!isStack(stack) && options === undefined)
    throw new UsageError(`${file}: export a stack as default, or the options of startEmulator as \`emulator\``)
  return { ...(isStack(stack) ? { stack } : {}), ...(options === undefined ? {} : { options }) }
}

async function deploy(stack: Stack, emulator: Emulator, terminal: Terminal): Promise<void> {
  const { deployTo } = await import('@apim-kit/deploy')
  const deployment = deployTo({ ...emulator.service, endpoint: emulator.arm, environment: terminal.env })
  const { results } = await deployment.apply(stack)
  const failed = results.filter(({ outcome }) => outcome !== 'done')
  for (const { id, error } of failed)
    line(terminal.err, `warning: ${id} was not deployed: ${error?.message ?? 'unknown'}`)
}

function announce(terminal: Terminal, emulator: Emulator, options: Options): void {
  const { arm, gateway, identity, keyVault, service } = emulator
  if (options.json === true) return json(terminal, { arm, gateway, identity, keyVault })
  line(terminal.out, `management plane  ${arm}`)
  line(terminal.out, `gateway           ${gateway}`)
  line(terminal.out, `identity provider ${identity}`)
  line(terminal.out, `Key Vault         ${keyVault}`)
  const { subscriptionId, resourceGroup, service: name } = service
  line(terminal.err, 'To deploy to it:')
  line(
    terminal.err,
    `  apim-kit apply MODULE.ts --endpoint ${arm} --subscription ${subscriptionId} --resource-group ${resourceGroup} --service ${name}`,
  )
  line(terminal.err, 'Ctrl-C ends it')
}

/** Ends with the signal that Ctrl-C, or a process that has started this one, sends. */
async function interrupted(): Promise<void> {
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}

function port(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('write a port from 0 to 65535')
  return value
}
