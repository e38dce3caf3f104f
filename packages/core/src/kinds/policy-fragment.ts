import { oneOf, text } from '../fields.js'
import { defineKind } from '../kind.js'
import { document, type PolicyContent } from '../policy-content.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { throwIfFaulty } from './policy.js'
import { serviceKind } from './service.js'

/** A policy fragment: policies that documents include by its name. */
export const policyFragmentKind = defineKind({
  kind: 'policyFragment',
  title: 'policy fragment',
  parent: serviceKind,
  segment: 'policyFragments',
  name: {
    pattern: /^\w(?:[\w-]*\w)?$/,
    min: 1,
    max: 80,
    words: '1 to 80 letters, digits, underscores, and hyphens between them',
  },
  policyScope: 'fragment',
  fields: {
    /** The document; sent as it stands, compared by meaning. */
    value: document({ required: true }),
    /** How `value` is written. The service gives back whichever form a GET asks for. */
    format: oneOf(['rawxml', 'xml'], { default: 'xml', writeOnly: true }),
    description: text({ max: 1000 }),
  },
  sdk: {
    group: 'policyFragment',
    list: 'listByService',
    // A list gives the text in the escaped form only.
    get: 'get',
    put: 'beginCreateOrUpdateAndWait',
    delete: 'delete',
  },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** What {@link policyFragment} takes. */
export interface PolicyFragmentInput {
  /** The document: `fragment([ … ])` of `@apim-kit/policy-dsl`. */
  readonly value: PolicyContent
  readonly description?: string
}

/**
 * Declares a policy fragment; documents include it with `includeFragment({ fragmentId })`.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * policyFragment('sign-in', { value: fragment([setHeader({ name: 'X-Team', value: 'orders' })]) })
 */
export function policyFragment(name: string, input: PolicyFragmentInput): Resource<'policyFragment'> {
  expectDeclaration(policyFragmentKind, name, input)
  const resource = createResource(policyFragmentKind, name, undefined, { format: 'rawxml', ...input })
  throwIfFaulty(policyFragmentKind, resource, input.value)
  return resource
}
