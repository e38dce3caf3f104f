import { attributeOf, Literal, setBackendService, type Element, type Scope } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { PolicyError } from '../policy-error.js'
import { refuseAttributes } from '../refusals.js'
import type { RequestContext } from '../request-context.js'
import { parseBackendUrl } from '../target.js'

/**
 * Replaces the base address; the path behind the API's prefix and the query stay. The last one before forwarding wins, but a
 * backend that was set at a broader scope stays when a narrower one gives a base-url: only another backend replaces it.
 */
export const runSetBackendService = handle(
  setBackendService,
  ({ baseUrl, backendId }, context, { scope }) => {
    if (backendId === undefined) setAddress(baseUrl ?? '', context, scope)
    else setBackend(backendId.trim(), context, scope)
  },
  refuse,
)

function refuse(element: Element): string | undefined {
  const backendId = attributeOf(element, 'backend-id')
  if (backendId instanceof Literal && backendId.text.trim() === 'dapr') return noDapr
  if (backendId !== undefined && attributeOf(element, 'base-url') !== undefined) {
    return 'it has both base-url and backend-id; write one of them'
  }
  return refuseAttributes(element, [
    'sf-resolve-condition',
    'sf-service-instance-name',
    'sf-partition-key',
    'sf-replica-type',
    'sf-listener-name',
    'dapr-app-id',
    'dapr-method',
    'dapr-namespace',
  ])
}

const noDapr = 'the emulator has no Dapr sidecar'

function setAddress(baseUrl: string, context: RequestContext, scope: Scope): void {
  const base = parseBackendUrl(baseUrl.trim())
  if (base === undefined) {
    throw new PolicyError(`base-url is '${baseUrl}'; write an absolute http or https address.`)
  }
  const { chosenBackend } = context
  if (chosenBackend !== undefined && isBroader(chosenBackend.scope, scope)) {
    context.trace(
      `The backend '${chosenBackend.backend.id}' of the ${chosenBackend.scope} scope stays; base-url does not replace it.`,
    )
    return
  }
  context.chosenBackend = undefined
  context.target = { ...context.target, base }
}

function setBackend(backendId: string, context: RequestContext, scope: Scope): void {
  // An expression may have given it.
  if (backendId === 'dapr') throw new PolicyError(`backend-id is 'dapr', and ${noDapr}.`)
  const backend = context.services.backend(backendId)
  context.chosenBackend = { backend, scope }
  context.target = { ...context.target, base: backend.base }
}

const scopes: readonly Scope[] = ['global', 'workspace', 'product', 'api', 'operation']

const isBroader = (one: Scope, other: Scope): boolean => scopes.indexOf(one) < scopes.indexOf(other)
