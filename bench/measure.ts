/** One line of the result: a subject against its rival in the same run. */
export interface Row {
  readonly name: string
  /** What the subject did, with its unit: `1234 /s`. */
  readonly subject: string
  readonly rival: string
  /** Above 1, the subject is that many times as fast as the rival. */
  readonly ratio: number | undefined
}

/** A benchmark file exports one of these. */
export type Benchmark = () => Promise<readonly Row[]>

/** How often a second `work` runs, measured for `milliseconds`. */
export async function rate(work: () => unknown, milliseconds = 300): Promise<number> {
  const start = performance.now()
  let count = 0
  for (;;) {
    await work()
    count += 1
    const elapsed = performance.now() - start
    if (elapsed >= milliseconds) return (count * 1000) / elapsed
  }
}

/** How often in a second of the processor's time `work` runs, which waits for nothing: what else the machine does counts less. */
export function processorRate(work: () => unknown, milliseconds = 300): number {
  const start = process.cpuUsage()
  let count = 0
  for (;;) {
    work()
    count += 1
    const { user, system } = process.cpuUsage(start)
    const elapsed = (user + system) / 1000
    if (elapsed >= milliseconds) return (count * 1000) / elapsed
  }
}

/** How to compare. */
export interface CompareOptions {
  /** Rounds that count. Default: 5. */
  readonly rounds?: number
  /** Of the figures. Default: `/s`. */
  readonly unit?: string
  /** The figures are times or sizes. Default: false. */
  readonly lessIsBetter?: boolean
}

/** Measures two things in turn, A B A B …, after one round that does not count: a machine's speed drifts, a ratio does not. */
export async function compare(
  name: string,
  subject: () => Promise<number>,
  rival: () => Promise<number>,
  { rounds = 5, unit = '/s', lessIsBetter = false }: CompareOptions = {},
): Promise<Row> {
  await subject()
  await rival()
  const pairs: (readonly [number, number])[] = []
  for (let round = 0; round < rounds; round++) pairs.push([await subject(), await rival()])
  const show = (value: number): string => `${value >= 100 ? Math.round(value) : value.toPrecision(3)} ${unit}`
  return {
    name,
    subject: show(median(pairs.map(([a]) => a))),
    rival: show(median(pairs.map(([, b]) => b))),
    ratio: median(pairs.map(([a, b]) => (lessIsBetter ? b / a : a / b))),
  }
}

/** The middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
