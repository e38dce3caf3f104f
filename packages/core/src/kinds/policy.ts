import { oneOf, type Fields } from '../fields.js'
import { defineKind, policyName, type Kind, type KindDescription, type SdkBinding } from '../kind.js'
import { document, type PolicyContent, type PolicyPlace } from '../policy-content.js'
import { createResource, throwIfInvalid } from '../create-resource.js'
import { resourceTitle, type Resource } from '../resource.js'

/** The fields of every document. */
export const documentFields = {
  /** The document; sent as it stands, compared by meaning. */
  value: document({ required: true }),
  /** How `value` is written. The service gives back whichever form a GET asks for. */
  format: oneOf(['rawxml', 'xml', 'rawxml-link', 'xml-link'], { default: 'xml', writeOnly: true }),
} satisfies Fields

/** What differs between the kinds of policy documents: where they stand, and how the SDK calls them. */
type PolicyKindDescription<N extends string, S extends SdkBinding> = Pick<
  KindDescription<N, typeof documentFields, Kind, S>,
  'kind' | 'parent' | 'sdk'
> & {
  readonly policyScope: NonNullable<Kind['policyScope']>
}

/** Makes the kind of the policy documents at one scope. */
export function definePolicyKind<const N extends string, const S extends SdkBinding>(
  description: PolicyKindDescription<N, S>,
): Kind<N, typeof documentFields, S> {
  return defineKind({
    ...description,
    title: `${description.parent.title} policy`,
    segment: 'policies',
    name: policyName,
    fields: documentFields,
    protocol: { entityTag: true, longRunning: false, created: 201 },
  })
}

/**
 * Declares the policy document of a parent; the document is checked for its scope.
 *
 * @param parent - undefined for the document of the whole service
 * @throws ApimKitError `invalid-input`, with the line and column of every fault in the document
 */
export function policyOf<N extends string>(
  kind: Kind<N>,
  parent: Resource | undefined,
  value: PolicyContent,
): Resource<N> {
  const resource = createResource(kind, 'policy', parent, { format: 'rawxml', value })
  throwIfFaulty(kind, resource, value)
  return resource
}

/** Throws where a document may not stand at the place that its kind has. */
export function throwIfFaulty(kind: Kind, resource: Resource, value: PolicyContent): void {
  const faults = value.problems(policyPlace(kind)).filter((problem) => problem.severity === 'error')
  throwIfInvalid(resource, faults, resourceTitle(kind, resource))
}

/** The place at which the documents of a kind stand. */
export function policyPlace({ policyScope = 'global' }: Kind): PolicyPlace {
  return policyScope === 'fragment' || policyScope === 'resolver' ? { form: policyScope } : { scope: policyScope }
}
