import type { Deployment } from '@apim-kit/deploy'
import { ApimKitError, isStack, type Stack } from '@apim-kit/core'
import type { Command } from 'commander'
import { loadExport } from './load-module.js'
import type { Terminal } from './terminal.js'
import { UsageError } from './usage-error.js'

/** The options that say which service is meant; every deployment command has them. */
export interface TargetOptions {
  readonly subscription?: string
  readonly resourceGroup?: string
  readonly service?: string
  readonly endpoint?: string
}

/** Adds the options of {@link TargetOptions} to a command. What is left out comes from the environment, then from the stack. */
export function withTarget(command: Command): Command {
  return command
    .option('--subscription <id>', 'Azure subscription (AZURE_SUBSCRIPTION_ID)')
    .option('--resource-group <name>', 'its resource group (AZURE_RESOURCE_GROUP)')
    .option('--service <name>', 'the API Management service (APIM_SERVICE_NAME)')
    .option(
      '--endpoint <url>',
      'another ARM endpoint, such as an emulator; plain http for loopback only (APIM_KIT_ENDPOINT)',
    )
}

/** A stack and where it goes. */
export interface Target {
  readonly stack: Stack
  readonly deployment: Deployment
}

/**
 * Loads the stack that a module exports, and says where it goes.
 *
 * @throws UsageError where it is not known, or not sound, where that is
 */
export async function openTarget(module: string, options: TargetOptions, { env }: Terminal): Promise<Target> {
  const [{ deployTo, resolveTarget }, stack] = await Promise.all([
    import('@apim-kit/deploy'),
    loadExport(module, 'default', isStack, 'stack made with stack({ … })'),
  ])
  const { subscription, resourceGroup, service, endpoint } = options
  const target = { subscriptionId: subscription, resourceGroup, service, endpoint, environment: env }
  try {
    resolveTarget(target, stack.service)
  } catch (error) {
    throw error instanceof ApimKitError ? new UsageError(error.message) : error
  }
  return { stack, deployment: deployTo(target) }
}
