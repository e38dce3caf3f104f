import type { OperationProperties } from '../../emulator-context.js'
import type { StoredResource } from '../../store.js'
import { invalid, type ErrorDetail } from '../arm-error.js'
import type { Behaviour, Draft } from '../behaviour.js'
import type { ArmContext } from '../arm-context.js'

export const operationBehaviour: Behaviour = {
  patch: true,
  check: (draft, arm) => [...undeclared(draft), ...sameRoute(draft, arm)],
}

function undeclared({ properties }: Draft): ErrorDetail[] {
  const { urlTemplate, templateParameters } = properties as unknown as OperationProperties
  const declared = (templateParameters ?? []).map(({ name }) => name.toLowerCase())
  const used = Array.from(urlTemplate.matchAll(/\{\*?([^{}]+)\}/g), ([, name = '']) => name)
  const missing = used.filter((name) => !declared.includes(name.toLowerCase()))
  if (missing.length === 0) return []
  return [invalid('templateParameters', `Parameters of the URL template are not declared: ${missing.join(', ')}.`)]
}

function sameRoute(draft: Draft, { store }: ArmContext): ErrorDetail[] {
  const taken = store
    .list(draft.kind, draft.names.slice(0, -1))
    .find((other) => other !== draft.before && routeOf(other) === routeOf(draft))
  if (taken === undefined) return []
  return [invalid('urlTemplate', `The operation '${taken.names.at(-1)}' has this method and URL template already.`)]
}

function routeOf({ properties }: Pick<StoredResource, 'properties'>): string {
  const { method, urlTemplate } = properties as unknown as OperationProperties
  return `${method} ${urlTemplate}`.toLowerCase()
}
