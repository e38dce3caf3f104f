import type { ServiceAddress } from '@apim-kit/core'
import { deployTo, type Deployment } from '@apim-kit/deploy'
import { largeStack } from './scale-stack.js'

/*
 * One command of a deployer in a process of its own, as a pipeline runs it: peak memory is that of this command and of nothing
 * else. Takes the command, the endpoint and the service as arguments, and prints seconds and megabytes as JSON.
 */
const commands: Readonly<Record<string, (deployment: Deployment) => Promise<Counts>>> = {
  plan: async (deployment) => countsOf((await deployment.plan(largeStack())).summary),
  apply: async (deployment) => countsOf((await deployment.apply(largeStack())).summary),
  'apply --engine arm': async (deployment) => {
    const { results, summary } = await deployment.apply(largeStack(), { engine: 'arm' })
    const failed = results.filter(({ outcome }) => outcome !== 'done')
    if (failed.length > 0) throw new Error(`${failed.length} failed: ${JSON.stringify(failed[0])}`)
    return countsOf(summary)
  },
}

/** What a command had to change, and what it left. */
interface Counts {
  readonly changes: number
  readonly unchanged: number
}

function countsOf({ create, update, none }: Readonly<Record<'create' | 'update' | 'none', number>>): Counts {
  return { changes: create + update, unchanged: none }
}

const [command = '', endpoint = '', address = '{}'] = process.argv.slice(2)
const work = commands[command]
if (work === undefined) throw new Error(`there is no command ${command}`)
const begin = performance.now()
const counts = await work(deployTo({ ...(JSON.parse(address) as ServiceAddress), endpoint, environment: {} }))
const seconds = (performance.now() - begin) / 1000
const { user, system } = process.cpuUsage()
const busySeconds = (user + system) / 1_000_000
console.log(JSON.stringify({ ...counts, seconds, busySeconds, megabytes: process.resourceUsage().maxRSS / 1024 }))
