import {
  accessPolicy,
  connection,
  credentialProvider,
  service,
  stack,
  type ServiceAddress,
  type Stack,
} from '@apim-kit/core'
import { deployTo, fromValue, type Deployment } from '@apim-kit/deploy'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Row } from './measure.js'

const providers = 100
const connectionsEach = 100

/** A large stack on a service that takes 20 ms an answer. Takes some minutes, so it runs only where it is named: `scale`. */
export const benchmark: Benchmark = async () => {
  const remote = await startService()
  try {
    return await measure(remote)
  } finally {
    remote.stop()
  }
}

async function measure({ url, service: address, counts }: Remote): Promise<Row[]> {
  const large = largeStack()
  const deployment = deployTo({ ...address, endpoint: url, environment: {} })
  const timed = async (
    name: string,
    work: (deployment: Deployment) => Promise<unknown>,
    fewest?: number,
  ): Promise<Row> => {
    const begin = performance.now()
    await work(deployment)
    const seconds = (performance.now() - begin) / 1000
    const { reads, writes } = await counts()
    const suffices = fewest === undefined ? '' : `${fewest}`
    const row = `${reads} reads, ${writes} writes, ${seconds.toFixed(1)} s`
    return {
      name: `${name}: ${row}`,
      subject: String(reads + writes),
      rival: suffices,
      ratio: fewest === undefined ? undefined : fewest / (reads + writes),
    }
  }
  // The service, its providers, the connections of each provider, the access policies of each connection.
  const fewest = 2 + providers + providers * connectionsEach
  const rows = [
    await timed('plan on an empty service', async () => deployment.plan(large), 2),
    await timed('apply with the engine arm', async () => {
      const { results } = await deployment.apply(large, { engine: 'arm' })
      const failed = results.filter(({ outcome }) => outcome !== 'done')
      if (failed.length > 0) throw new Error(`${failed.length} failed: ${JSON.stringify(failed[0])}`)
    }),
    await timed('plan of the same', async () => expectNothing((await deployment.plan(large)).summary), fewest),
    await timed('apply without a change', async () => expectNothing((await deployment.apply(large)).summary), fewest),
  ]
  const megabytes = process.resourceUsage().maxRSS / 1024
  return [
    ...rows,
    {
      name: 'peak memory (target 400 MB)',
      subject: `${megabytes.toFixed(0)} MB`,
      rival: '400 MB',
      ratio: 400 / megabytes,
    },
  ]
}

function expectNothing({ create, update }: { readonly create: number; readonly update: number }): void {
  if (create + update > 0) throw new Error(`${create} to create and ${update} to update, where nothing has changed`)
}

function largeStack(): Stack {
  const all = Array.from({ length: providers }, (_, index) =>
    credentialProvider.aad(`provider-${index}`, {
      clientCredentials: { resourceUri: 'api://backend', tenantId: '11111111-1111-1111-1111-111111111111' },
    }),
  )
  const connections = all.flatMap((provider) =>
    Array.from({ length: connectionsEach }, (_, index) =>
      connection(`connection-${index}`, {
        provider,
        clientId: '44444444-4444-4444-4444-444444444444',
        clientSecret: fromValue('bench-secret'),
      }),
    ),
  )
  const policies = connections.map((each) =>
    accessPolicy('managed-identity', { connection: each, principal: service.managedIdentity }),
  )
  return stack({ name: 'large', resources: [...all, ...connections, ...policies] })
}

interface Remote {
  readonly url: string
  readonly service: ServiceAddress
  readonly counts: () => Promise<{ readonly reads: number; readonly writes: number }>
  readonly stop: () => void
}

async function startService(): Promise<Remote> {
  const jiti = join(dirname(createRequire(import.meta.url).resolve('jiti/package.json')), 'lib/jiti-cli.mjs')
  const script = fileURLToPath(new URL('scale-service.ts', import.meta.url))
  const child = spawn(process.execPath, [jiti, script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const { url, service: address } = JSON.parse(line) as Pick<Remote, 'url' | 'service'>
  return {
    url,
    service: address,
    counts: async () => {
      const found = (await (await fetch(`${url}/counts`)).json()) as Record<string, number>
      const sum = (names: readonly string[]): number => names.reduce((total, name) => total + (found[name] ?? 0), 0)
      return { reads: sum(['GET', 'HEAD', 'POST']), writes: sum(['PUT', 'PATCH', 'DELETE']) }
    },
    stop: () => child.kill(),
  }
}
