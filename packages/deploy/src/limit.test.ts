import { expect, it } from 'vitest'
import { limit } from './limit.js'

it('runs all, never more at once than there are places, also after one fails', async () => {
  const bounded = limit(3)
  let [running, most] = [0, 0]
  const task = async (index: number): Promise<number> => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running--
    if (index % 4 === 0) throw new Error('fails')
    return index
  }
  const all = await Promise.allSettled(Array.from({ length: 40 }, async (_, index) => bounded(async () => task(index))))
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(30)
  expect({ running, most }).toEqual({ running: 0, most: 3 })
})
