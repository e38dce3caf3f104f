import { parseArgs } from 'node:util'
import { ApimKitError } from '@apim-kit/core'
import { changeTitle, deployTo, formatPlan } from '@apim-kit/deploy'
import stack from './stack.js'

/*
 * Deploys the example. Without --endpoint it goes to Azure, with `DefaultAzureCredential`; with the address of an emulator it
 * goes there, and needs no login. The service is named by AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP and APIM_SERVICE_NAME.
 */
const { values } = parseArgs({ options: { endpoint: { type: 'string' }, 'dry-run': { type: 'boolean' } } })

try {
  const deployment = deployTo({ endpoint: values.endpoint })
  const plan = await deployment.plan(stack)
  console.log(formatPlan(plan))
  if (values['dry-run'] !== true) {
    const { results, connections } = await deployment.apply(plan, {
      onEvent: ({ type, change }) => {
        if (type !== 'started') console.log(`${type}: ${changeTitle(change)}`)
      },
    })
    for (const { id, error } of results)
      if (error !== undefined) console.error(`${id}: ${error.code}: ${error.message}`)
    for (const { id, status, error } of connections)
      console.log(`${id}: ${status}${error === null ? '' : ` (${error.message})`}`)
    const worked =
      results.every(({ outcome }) => outcome === 'done') && connections.every(({ status }) => status === 'Connected')
    process.exitCode = worked ? 0 : 1
  }
} catch (error) {
  if (!(error instanceof ApimKitError)) throw error
  console.error(`${error.code}: ${error.message}`)
  process.exitCode = 1
}
