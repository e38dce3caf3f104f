import { keyOf, toWire, type Resource } from '@apim-kit/core'
import { ArmEngine } from './arm-engine.js'
import { connectionsOf, connectionStatuses, isSilent } from './connections.js'
import { deleteSteps, makingRoom, skipBehind } from './delete-steps.js'
import { handOver } from './hand-over.js'
import { announce, record } from './memory.js'
import { observe } from './observe.js'
import { takeDetails } from './plan.js'
import { write } from './replace.js'
import type { ApplyOptions, ApplyResult, ConnectionStatus, Plan } from './result.js'
import { Run } from './run.js'
import { schedule } from './schedule.js'
import { scrubberOf, withoutSecrets, type Scrub } from './scrub.js'
import type { Item } from './sdk.js'
import type { WriteMany } from './state-store.js'
import type { Step } from './step.js'

/** How many resources are written at once unless the caller says otherwise: quick, and far from ARM's quota of writes. */
const defaultConcurrency = 8

/** Carries out a plan: exactly its changes, each after what it depends on. */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<ApplyResult> {
  const details = takeDetails(plan)
  const scrub = scrubberOf(details.values)
  const run = new Run(details, options, scrub)
  const work = async (): Promise<ApplyResult> => {
    await carryOut(run, options)
    return Object.freeze({ ...plan, results: run.results(), connections: await connectionsAfter(run, scrub) })
  }
  return withoutSecrets(scrub, work())
}

async function carryOut(run: Run, options: ApplyOptions): Promise<void> {
  const concurrency = Math.max(1, Math.floor(options.concurrency ?? defaultConcurrency))
  const deletions = run.steps.filter(({ change }) => change.action === 'delete')
  const writes = run.steps.filter(({ change }) => change.action !== 'delete')
  const engine = armEngine(run, writes, options)
  const bulk: WriteMany | undefined = engine && (async (texts) => engine.writeTexts(texts))
  const announced = run.stopped() ? undefined : await announce(run.details, writes, bulk)
  const early = makingRoom(writes, deletions)
  await deleteSteps(run, [...early], concurrency)
  skipBehind(run, writes, deletions)
  const ready = writes.filter((step) => run.outcomeOf(step) === undefined)
  await (engine === undefined ? writeSteps(run, ready, concurrency) : handOver(run, engine, ready))
  await deleteSteps(
    run,
    deletions.filter((step) => !early.has(step)),
    concurrency,
  )
  const notBegun = run.ended('skipped')
  // Where nothing was begun nothing was announced either.
  if (notBegun.length < run.steps.length || announced?.stored !== undefined)
    await record(
      run.details,
      announced ?? { stored: undefined, added: new Set() },
      {
        written: [...run.written.keys()],
        deleted: run.ended('done').filter(({ change }) => change.action === 'delete'),
        notBegun,
        failed: run.ended('failed').length,
      },
      bulk,
    )
  run.throwThrown()
}

function armEngine({ details }: Run, writes: readonly Step[], options: ApplyOptions): ArmEngine | undefined {
  const { service, stack, values } = details
  if ((options.engine ?? 'sdk') === 'sdk' || writes.length === 0) return undefined
  return new ArmEngine(service, stack, values, options.limits)
}

async function writeSteps(run: Run, writes: readonly Step[], concurrency: number): Promise<void> {
  const { service, values } = run.details
  const writeOne = async (step: Step): Promise<void> => {
    const properties = toWire(step.desired, (_path, reference) => values.get(reference) ?? '')
    run.written.set(step, await write(service, step, properties))
  }
  await schedule(writes, {
    concurrency,
    dependenciesOf: (step) => run.needed(step),
    stopped: () => run.stopped(),
    run: async (step) => run.carryOut(step, async () => writeOne(step)),
    skipped: (step, failed) => run.skip(step, failed),
  })
}

/** The state of the stack's connections after a run. */
async function connectionsAfter(run: Run, scrub: Scrub): Promise<ConnectionStatus[]> {
  const { service, stack, steps, destroy } = run.details
  if (destroy) return []
  const { connections } = connectionsOf(stack.resources)
  const items = new Map(steps.map((step) => [step.resource, run.written.get(step) ?? step.observed]))
  // Whether a write waits for the first token is not documented; an answer that does not say how it went is asked again.
  const saysNothing = (each: Resource): boolean => {
    const item = items.get(each)
    return item !== undefined && isSilent(each, item)
  }
  const silent = run.stopped() ? [] : connections.filter(saysNothing)
  const asked = await observe(service, connectionsOf(silent.flatMap(withParent)).withParents)
  const itemOf = (connection: Resource): Item | undefined => asked.get(keyOf(connection)) ?? items.get(connection)
  return connectionStatuses(service, connections, itemOf, scrub)
}

function withParent(resource: Resource): Resource[] {
  return resource.parent === undefined ? [resource] : [resource.parent, resource]
}
