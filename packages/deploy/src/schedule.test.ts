import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { schedule } from './schedule.js'

/** Items by number; each may depend on smaller numbers only, so there are no circles. */
const graphs = fc
  .array(fc.array(fc.nat(30)), { maxLength: 31 })
  .map((rows) => rows.map((row, index) => [...new Set(row.filter((dependency) => dependency < index))]))

const wait = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

it('runs each after what it needs, no more at once than allowed, and skips only what depends on a failure', async () => {
  const faults = fc.array(fc.nat(30), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(graphs, faults, fc.integer({ min: 1, max: 5 }), async (graph, failing, concurrency) => {
      const done = new Set<number>()
      const skipped = new Map<number, number | undefined>()
      let [running, most] = [0, 0]
      const items = graph.keys()
      await schedule([...items], {
        dependenciesOf: (item) => graph[item] ?? [],
        concurrency,
        run: async (item) => {
          for (const dependency of graph[item] ?? []) expect(done).toContain(dependency)
          most = Math.max(most, ++running)
          await wait()
          running--
          if (failing.includes(item)) return false
          done.add(item)
          return true
        },
        skipped: (item, failed) => skipped.set(item, failed),
        stopped: () => false,
      })
      expect(most).toBeLessThanOrEqual(concurrency)
      const doomed = new Set<number>()
      for (const [item, needed] of graph.entries()) {
        const stopped = needed.some((one) => doomed.has(one) || (failing.includes(one) && !doomed.has(one)))
        if (stopped) doomed.add(item)
        expect(skipped.has(item)).toBe(stopped)
        expect(done.has(item)).toBe(!stopped && !failing.includes(item))
      }
    }),
  )
})

it('begins nothing after a stop and says so of everything that is left', async () => {
  const ran: number[] = []
  const skipped: (readonly [number, number | undefined])[] = []
  await schedule([0, 1, 2, 3], {
    dependenciesOf: (item) => (item === 3 ? [0] : []),
    concurrency: 1,
    run: async (item) => {
      ran.push(item)
      return Promise.resolve(true)
    },
    skipped: (item, failed) => skipped.push([item, failed]),
    stopped: () => ran.length === 2,
  })
  expect(ran).toEqual([0, 1])
  expect(skipped).toEqual([
    [2, undefined],
    [3, undefined],
  ])
})

it('takes dependencies that are not scheduled as done', async () => {
  const ran: string[] = []
  await schedule(['a'], {
    dependenciesOf: () => ['elsewhere'],
    concurrency: 2,
    run: async (item) => Promise.resolve(ran.push(item) > 0),
    skipped: () => undefined,
    stopped: () => false,
  })
  expect(ran).toEqual(['a'])
})
