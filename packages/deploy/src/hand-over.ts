import { keyOf, type Resource } from '@apim-kit/core'
import type { ArmEngine } from './arm-engine.js'
import { observe, withAncestors } from './observe.js'
import { isNeeded, isOpen } from './replace.js'
import type { Run } from './run.js'
import type { Step } from './step.js'

/** Lets Azure Resource Manager write, and takes its word for how it went. */
export async function handOver(run: Run, engine: ArmEngine, writes: readonly Step[]): Promise<void> {
  const begins = new Map<Resource, number>()
  await engine.deploy(
    writes.map(({ resource }) => resource),
    {
      preparing: async (resources) => checkUnchanged(run, stepsOf(run, resources)),
      mayBegin: (resource) => {
        const step = run.stepOf(resource)
        if (step === undefined || run.outcomeOf(step) !== undefined || run.stopped()) return false
        const failed = run.failedBefore(step)
        if (failed !== undefined) run.skip(step, failed)
        return failed === undefined
      },
      begun: (resource) => {
        begins.set(resource, performance.now())
        for (const step of stepsOf(run, [resource])) run.begin(step)
      },
      ended: (resource, outcome) => {
        const elapsed = performance.now() - (begins.get(resource) ?? 0)
        for (const step of stepsOf(run, [resource])) run.end(step, outcome, elapsed)
      },
    },
  )
  for (const step of writes) if (run.outcomeOf(step) === undefined) run.skip(step, run.failedBefore(step))
}

function stepsOf(run: Run, resources: readonly Resource[]): Step[] {
  return resources.flatMap((resource) => run.stepOf(resource) ?? [])
}

/**
 * A template has no `If-Match`. So what is to be updated is read once more right before, and what somebody else changed since
 * the plan is not part of the deployment.
 */
async function checkUnchanged(run: Run, part: readonly Step[]): Promise<void> {
  const updates = part.filter(({ change }) => change.action === 'update')
  if (updates.length === 0 || run.stopped()) return
  const reading = observe(run.details.service, withAncestors(updates.map(({ resource }) => resource)))
  const now = await reading.catch(() => undefined)
  for (const step of updates) {
    const current = now?.get(keyOf(step.resource))
    if (now !== undefined && isOpen(step, current)) continue
    // Refused, or done already: the deployment has nothing to do with it.
    await run.carryOut(step, async () => {
      await reading
      if (!isNeeded(step, current) && current !== undefined) run.written.set(step, current)
    })
  }
}
