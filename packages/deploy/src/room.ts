import { ApimKitError, type Problem } from '@apim-kit/core'
import { collectionOf, type Observation } from './observe.js'
import type { Step } from './step.js'

/**
 * Refuses to create more than the service allows, with what others have there already. That a stack alone is not too large is
 * seen when it is declared.
 *
 * @throws ApimKitError `invalid-stack`
 */
export function refuseTooMany(steps: readonly Step[], { sizes }: Pick<Observation, 'sizes'>): void {
  const counts = new Map<string, { readonly step: Step; added: number }>()
  for (const step of steps) {
    const { action } = step.change
    if (step.kind.maxPerParent === undefined || !['create', 'delete'].includes(action)) continue
    const collection = collectionOf(step.resource)
    const count = counts.get(collection) ?? { step, added: 0 }
    counts.set(collection, count)
    count.added += action === 'create' ? 1 : -1
  }
  const problems = [...counts].flatMap(([collection, { step, added }]): Problem[] => {
    const { maxPerParent = Infinity, title } = step.kind
    const there = sizes.get(collection) ?? 0
    if (added <= 0 || there + added <= maxPerParent) return []
    const message = `has ${there} resources of the kind ${title}, and ${added} more would be created; the service allows ${maxPerParent}`
    const path = step.resource.parent === undefined ? 'the service' : step.resource.parent.name
    return [{ rule: 'deploy/too-many', severity: 'error', path, message }]
  })
  if (problems.length > 0)
    throw ApimKitError.of('invalid-stack', 'nothing was sent, because there is no room for it:', problems)
}
