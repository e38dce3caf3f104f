import type { ServiceAddress } from '@apim-kit/core'
import { build } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Benchmark, Row } from './measure.js'
import { connectionsEach, providers, resources } from './scale-stack.js'

/** How long the service takes for an answer, in milliseconds. */
const delay = 20
/** How many requests a plan has under way at once: `concurrentReads` of `@apim-kit/deploy`. */
const atOnce = 16
/** What the deployer is to stay below, whatever it does. */
const mostMegabytes = 400
/** Of the engine `arm`. */
const mostWrites = 60

/*
 * The fewest requests that tell all of it: the service (for its identity), the list of providers, a list of connections for each
 * provider, a list of access policies for each connection, and one text that says whether a secret has changed. Lists have no
 * query across parents, so no request can stand for two of them.
 */
const fewest = 1 + 1 + providers + providers * connectionsEach + 1

/** Deploys a stack of 20,100 resources and plans it again, each command in a process of its own, on the built packages. */
export const benchmark: Benchmark = async () => {
  const folder = await mkdtemp(fileURLToPath(new URL('node_modules/.scale-', import.meta.url)))
  try {
    await bundle(folder)
    const service = await startService(join(folder, 'scale-service.mjs'))
    try {
      return await measure(async (command) => run(command, join(folder, 'scale-deployer.mjs'), service))
    } finally {
      service.process.kill()
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function measure(command: (name: string) => Promise<Measured>): Promise<Row[]> {
  const created = await command('apply --engine arm')
  const planned = await command('plan')
  const again = await command('apply')
  for (const { changes } of [planned, again])
    if (changes > 0) throw new Error(`${changes} changes, where nothing has changed`)
  if (again.writes > 0) throw new Error(`${again.writes} writes, where nothing has changed`)
  const peak = Math.max(...[created, planned, again].map(({ megabytes }) => megabytes))
  return [
    against(`engine arm: writes for ${resources} resources (target)`, created.writes, mostWrites),
    against('plan of the same: requests (fewest that suffice)', planned.reads, fewest),
    inSeconds(`plan at ${delay} ms an answer (waiting alone)`, planned),
    against('apply without a change: requests, 0 writes (fewest)', again.reads, fewest),
    inSeconds('apply without a change (waiting alone)', again),
    against('peak memory of the deployer (target)', Math.round(peak), mostMegabytes, ' MB'),
  ]
}

function against(name: string, subject: number, rival: number, unit = ''): Row {
  return { name, subject: `${subject}${unit}`, rival: `${rival}${unit}`, ratio: rival / subject }
}

/** The rival would do nothing but wait for its answers. */
function inSeconds(name: string, { seconds, busySeconds, reads }: Measured): Row {
  const ideal = (reads * delay) / atOnce / 1000
  return {
    name: `${name}, ${busySeconds.toFixed(1)} s busy`,
    subject: `${seconds.toFixed(1)} s`,
    rival: `${ideal.toFixed(1)} s`,
    ratio: ideal / seconds,
  }
}

/** What a command did. */
interface Measured {
  readonly changes: number
  readonly seconds: number
  /** Of the processor: what is left of the time where nobody else wants it. */
  readonly busySeconds: number
  readonly megabytes: number
  readonly reads: number
  readonly writes: number
}

async function run(command: string, script: string, { url, service }: Service): Promise<Measured> {
  const child = spawn(process.execPath, [script, command, url, JSON.stringify(service)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const counted = (await firstLine(child)) as Omit<Measured, 'reads' | 'writes'>
  const counts = (await (await fetch(`${url}/counts`)).json()) as Readonly<Record<string, number>>
  const sum = (...methods: readonly string[]): number =>
    methods.reduce((total, method) => total + (counts[method] ?? 0), 0)
  return { ...counted, reads: sum('GET', 'HEAD', 'POST'), writes: sum('PUT', 'PATCH', 'DELETE') }
}

interface Service {
  readonly url: string
  readonly service: ServiceAddress
  readonly process: ChildProcess
}

async function startService(script: string): Promise<Service> {
  const child = spawn(process.execPath, [script, String(delay)], { stdio: ['ignore', 'pipe', 'inherit'] })
  return { ...((await firstLine(child)) as Omit<Service, 'process'>), process: child }
}

/** The JSON that a process prints first. */
async function firstLine(child: ChildProcess): Promise<unknown> {
  if (child.stdout === null) throw new Error('its output is not to be had')
  const line = once(createInterface(child.stdout), 'line')
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${String(code)} and said nothing`)
  })
  const [text] = (await Promise.race([line, exit])) as [string]
  return JSON.parse(text) as unknown
}

/** Plain JavaScript, so that no compiler's memory is counted; the packages are used as they are built. */
async function bundle(outdir: string): Promise<void> {
  const entryPoints = ['scale-service', 'scale-deployer'].map((name) =>
    fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
  )
  await build({
    entryPoints,
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  })
}
