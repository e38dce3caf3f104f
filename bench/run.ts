import { benchmark as documents } from './documents.bench.js'
import { benchmark as expressions } from './expressions.bench.js'
import { benchmark as gateway } from './gateway.bench.js'
import type { Benchmark } from './measure.js'
import { benchmark as packages } from './package.bench.js'
import { benchmark as scale } from './scale.bench.js'
import { benchmark as start } from './start.bench.js'

/*
 * Runs the benchmarks and prints one row each. Absolute figures belong to this machine and this minute; quote the ratios.
 * `npm run bench -- gateway` runs the ones whose name holds the word.
 */
const benchmarks: Readonly<Record<string, Benchmark>> = { packages, start, documents, expressions, gateway, scale }
/** Those that take long, and what for. */
const patience: Readonly<Record<string, string>> = {
  scale:
    '100 providers, 10,000 connections, 10,000 access policies on a service that takes 20 ms an answer; a minute or so',
}
const [wanted = ''] = process.argv.slice(2)

const row = (name: string, subject: string, rival: string, ratio: string): string =>
  [name.padEnd(58), subject.padStart(14), rival.padStart(14), ratio.padStart(8)].join('  ')

console.log(row('', 'apim-kit', 'rival', 'ratio'))
for (const [name, benchmark] of Object.entries(benchmarks)) {
  if (!name.includes(wanted)) continue
  if (patience[name] !== undefined) console.log(`\n${name}: ${patience[name]}`)
  for (const { name: what, subject, rival, ratio } of await benchmark())
    console.log(row(what, subject, rival, ratio?.toFixed(2) ?? ''))
}
