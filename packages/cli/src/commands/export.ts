import { isStack } from '@apim-kit/core'
import { Command, Option } from 'commander'
import { writeFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { exitCode } from '../exit-codes.js'
import { loadExport } from '../load-module.js'
import type { Finish } from '../program.js'
import { withTarget, type TargetOptions } from '../target.js'
import { line, type Terminal } from '../terminal.js'
import { UsageError } from '../usage-error.js'

interface ExportCommandOptions extends TargetOptions {
  readonly to: 'arm-template' | 'bicep'
  readonly out?: string
}

/** `apim-kit export`. */
export function exportCommand(terminal: Terminal, finish: Finish): Command {
  return withTarget(new Command('export'))
    .description("write the stack for ARM's own deployment engine")
    .argument('<module>', 'a module whose default export is a stack')
    .addOption(new Option('--to <language>', 'the language').choices(['arm-template', 'bicep']).makeOptionMandatory())
    .option('--out <file>', 'the file to write; parts and parameters go beside it. Default: standard output')
    .action(async (module: string, options: ExportCommandOptions) => {
      const [{ exportStack }, stack] = await Promise.all([
        import('@apim-kit/deploy'),
        loadExport(module, 'default', isStack, 'stack made with stack({ … })'),
      ])
      const { to, out } = options
      const name = out === undefined ? undefined : parse(out).name
      const files = await exportStack(stack, { to, name, service: serviceOf(options, terminal) })
      if (out === undefined) print(terminal, files)
      else
        for (const [index, file] of files.entries())
          write(terminal, index === 0 ? out : join(dirname(out), file.name), file.text)
      finish(exitCode.clean)
    })
}

interface File {
  readonly name: string
  readonly text: string
}

function print(terminal: Terminal, [first, ...others]: readonly File[]): void {
  const parts = others.filter(({ name }) => /\.part\d+\./.test(name))
  if (parts.length > 0)
    throw new UsageError(
      `this stack is more than one template: ${parts.length + 1} files; give --out FILE to write them`,
    )
  terminal.out.write(first?.text ?? '')
  for (const { name } of others) line(terminal.err, `with --out, Key Vault secrets are referred to in ${name}`)
}

function write(terminal: Terminal, path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new UsageError(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
  line(terminal.err, `wrote ${path}`)
}

/** What is known of where it goes, without asking that all of it is. */
function serviceOf({ subscription, resourceGroup, service }: TargetOptions, { env }: Terminal): Record<string, string> {
  const values = {
    subscriptionId: subscription ?? env['AZURE_SUBSCRIPTION_ID'],
    resourceGroup: resourceGroup ?? env['AZURE_RESOURCE_GROUP'],
    service: service ?? env['APIM_SERVICE_NAME'],
  }
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  )
  return Object.fromEntries(given) as Record<string, string>
}
