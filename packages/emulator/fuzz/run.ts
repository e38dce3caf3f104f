import { openSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { inputAt } from './inputs.js'
import { probe, type Outcome } from './probe.js'

/*
 * The long run of the fuzzer: `npm run fuzz -- --count 1000000 --seed 1`. The same seed gives the same inputs; `--only 4711` runs
 * one of them again and shows it. Ends with 1 when an input crashed or hung. Where the whole process dies, of too much memory say,
 * the number of the input is what the file `apim-kit-fuzz-<seed>` in the folder for temporary files holds.
 */
const watcher = `
const { workerData: { progress, seed } } = require('node:worker_threads')
const computed = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }
let last = -1
let since = computed()
setInterval(() => {
  const now = Atomics.load(progress, 0)
  if (now !== last) since = computed()
  // Seconds of computing: a busy machine may stop a process for as long.
  else if (computed() - since > 20) {
    require('node:fs').writeSync(1, 'input ' + now + ' of seed ' + seed + ' does not end\\n')
    process.kill(process.pid, 'SIGKILL')
  }
  last = now
}, 5000)
`

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
  },
})
const [count, seed, from] = [Number(values.count), Number(values.seed), Number(values.from)]

if (values.only === undefined) fuzz()
else {
  const input = inputAt(seed, Number(values.only))
  console.log(input)
  console.log(probe(input))
}

function fuzz(): void {
  const progress = watch(seed)
  const outcomes: Record<Outcome, number> = { refused: 0, value: 0, exception: 0 }
  const start = performance.now()
  const current = openSync(join(tmpdir(), `apim-kit-fuzz-${seed}`), 'w')
  let faults = 0
  for (let index = from; index < from + count; index++) {
    Atomics.store(progress, 0, index)
    writeSync(current, String(index).padEnd(16), 0)
    if (index > from && index % 50_000 === 0) console.error(`${index - from} inputs, ${faults} crashed or hung`)
    const input = inputAt(seed, index)
    try {
      outcomes[probe(input)] += 1
    } catch (error) {
      faults += 1
      if (faults <= 200) console.log(`input ${index}: ${input.slice(0, 300)}\n  ${describe(error)}`)
    }
  }
  const seconds = (performance.now() - start) / 1000
  const { value, exception, refused } = outcomes
  console.log(
    `seed ${seed}: ${count} inputs in ${seconds.toFixed(0)} s, ${faults} crashed or hung (${value} gave a value, ${exception} an exception, ${refused} were refused)`,
  )
  process.exit(faults === 0 ? 0 : 1)
}

function describe(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return text.split('\n').slice(0, 6).join('\n  ').slice(0, 1500)
}

/** Ends the process, with the input's number, when an input never ends: a loop without a step cannot be stopped from inside. */
function watch(seedOfRun: number): Int32Array {
  const progress = new Int32Array(new SharedArrayBuffer(4))
  const worker = new Worker(watcher, { eval: true, workerData: { progress, seed: seedOfRun } })
  worker.unref()
  return progress
}
