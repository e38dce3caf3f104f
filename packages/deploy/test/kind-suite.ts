import {
  kinds,
  namesOf,
  stack,
  type Kind,
  type KindName,
  type Resource,
  type ServiceAddress,
  type Stack,
} from '@apim-kit/core'
import { describe, expect, it } from 'vitest'
import { connect } from '../src/client.js'
import { assertDeployed, deployTo, type ApplyResult, type Plan } from '../src/index.js'
import { rows } from './kind-rows.js'

/** A service that every kind is deployed to. */
export interface Subject {
  readonly address: ServiceAddress
  readonly endpoint: string
  /** What was written since the last {@link Subject.forget}, what a deployer remembers left out. */
  readonly writes: () => readonly string[]
  readonly forget: () => void
}

const pending = (plan: Plan): unknown[] => plan.changes.filter(({ action }) => action !== 'none')

/** The credentials of these connections may be nobody's, so their state is left out. */
const assertWritten = (result: ApplyResult): void => assertDeployed({ ...result, connections: [] })

/**
 * Every kind in its turn: created, read back by Azure's own client, planned without a difference, changed by one write, planned
 * without a difference, destroyed, gone for Azure's own client, and to be created again.
 */
export function describeEveryKind(subject: () => Subject): void {
  describe.each(Object.entries(rows))('%s', { timeout: 30_000 }, (name, row) => {
    const kind: Kind = kinds[name as KindName]
    const of = (changed: boolean): Stack => stack({ name: 'shop', resources: row(changed) })

    it('is created, got, listed, updated, deleted, and nothing is planned after each', async () => {
      const { address, endpoint, writes, forget } = subject()
      const deployment = deployTo({ ...address, endpoint, environment: {} })
      const own = of(false).resources.filter((resource) => resource.kind === name)
      expect(own.length).toBeGreaterThan(0)

      const created = await deployment.apply(of(false))
      assertWritten(created)
      const made = created.changes.filter((change) => change.kind === name && change.action === 'create')
      expect(made).toHaveLength(own.length)
      expect(pending(await deployment.plan(of(false)))).toEqual([])
      for (const each of own) expect(await seen(subject(), kind, each)).toEqual({ listed: 1, got: true })

      if (kind.links === undefined) {
        forget()
        const updated = await deployment.apply(of(true))
        assertWritten(updated)
        expect(pending(updated)).toMatchObject([{ kind: name, action: 'update', fields: [{}] }])
        expect(JSON.stringify(updated)).not.toContain('planted')
        expect(writes()).toHaveLength(1)
        expect(pending(await deployment.plan(of(true)))).toEqual([])
      }

      assertWritten(await deployment.destroy(of(true)))
      for (const each of own) expect(await seen(subject(), kind, each)).toEqual({ listed: 0, got: false })
      expect((await deployment.plan(of(true))).summary).toMatchObject({ create: of(true).resources.length, none: 0 })
      expect(pending(await deployment.plan(stack({ name: 'shop', resources: [] }), { prune: true }))).toEqual([])
    })
  })
}

type Operations = Readonly<Record<string, (...args: unknown[]) => unknown>>

/** How Azure's own client sees a resource: how often in its list, and whether by its name. */
async function seen(
  { address, endpoint }: Subject,
  kind: Kind,
  resource: Resource,
): Promise<{ readonly listed: number; readonly got: boolean }> {
  const { client } = connect({ address, endpoint, local: true }, undefined)
  const operations = Reflect.get(client, kind.sdk.group) as unknown as Operations
  const scope = [address.resourceGroup, address.service]
  const names = namesOf(resource)
  const name = names.at(-1) ?? ''
  const listed = await allOf(operations[kind.sdk.list]?.(...scope, ...names.slice(0, -1))).catch(absent)
  const found = (listed ?? []).filter((item) => (item as { readonly name: string }).name === name)
  // Ties have no address that all of them could be got by; of APIs lists show the current revisions.
  if (kind.links !== undefined) return { listed: found.length, got: found.length > 0 }
  const got = await Promise.resolve(operations['get']?.(...scope, ...names)).catch(absent)
  return { listed: name.includes(';rev=') ? Number(got !== undefined) : found.length, got: got !== undefined }
}

async function allOf(answer: unknown): Promise<unknown[]> {
  const items: unknown[] = []
  if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) {
    for await (const item of answer as AsyncIterable<unknown>) items.push(item)
    return items
  }
  const { value = [] } = (await answer) as { readonly value?: readonly unknown[] }
  return [...value]
}

/** What is not there is undefined; everything else is an error. */
function absent(error: unknown): undefined {
  if ((error as { readonly statusCode?: number }).statusCode !== 404) throw error
  return undefined
}
