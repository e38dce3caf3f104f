import { oneOf, type Fields } from '../fields.js'
import { defineKind, policyName, type Kind, type KindDescription, type SdkBinding } from '../kind.js'
import { document, type PolicyContent } from '../policy-content.js'
import { createResource, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'

const fields = {
  /** The document; sent as it stands, compared by meaning. */
  value: document({ required: true }),
  /** How `value` is written. The service gives back whichever form a GET asks for. */
  format: oneOf(['rawxml', 'xml', 'rawxml-link', 'xml-link'], { default: 'xml', writeOnly: true }),
} satisfies Fields

/** What differs between the kinds of policy documents: where they stand, and how the SDK calls them. */
type PolicyKindDescription<N extends string, S extends SdkBinding> = Pick<
  KindDescription<N, typeof fields, Kind, S>,
  'kind' | 'parent' | 'sdk'
> & {
  readonly policyScope: NonNullable<Kind['policyScope']>
}

/** Makes the kind of the policy documents at one scope. */
export function definePolicyKind<const N extends string, const S extends SdkBinding>(
  description: PolicyKindDescription<N, S>,
): Kind<N, typeof fields, S> {
  return defineKind({
    ...description,
    title: `${description.parent.title} policy`,
    segment: 'policies',
    name: policyName,
    fields,
    protocol: { entityTag: true, longRunning: false, created: 201 },
  })
}

/**
 * Declares the policy document of a parent; the document is checked for its scope.
 *
 * @throws ApimKitError `invalid-input`, with the line and column of every fault in the document
 */
export function policyOf<N extends string>(kind: Kind<N>, parent: Resource, value: PolicyContent): Resource<N> {
  const resource = createResource(kind, 'policy', parent, { format: 'rawxml', value })
  const faults = value
    .problems({ scope: kind.policyScope ?? 'global' })
    .filter((problem) => problem.severity === 'error')
  throwIfInvalid(resource, faults, `${kind.title} of ${parent.name}`)
  return resource
}
