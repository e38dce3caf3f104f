import { oneOf, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration, throwIfInvalid } from '../create-resource.js'
import type { Problem } from '../problems.js'
import type { Resource } from '../resource.js'
import { choiceProblems, misplacedProblems } from './choice.js'
import { serviceKind } from './service.js'

/** A version set: how clients name the version of the APIs that belong together. */
export const apiVersionSetKind = defineKind({
  kind: 'apiVersionSet',
  title: 'API version set',
  parent: serviceKind,
  segment: 'apiVersionSets',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 100 }),
    description: text(),
    /** Where the version stands in a request: in the path, a query parameter or a header. */
    versioningScheme: oneOf(['Segment', 'Query', 'Header'], { required: true }),
    versionQueryName: text({ min: 1, max: 100 }),
    versionHeaderName: text({ min: 1, max: 100 }),
  },
  sdk: { group: 'apiVersionSet', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What {@link apiVersionSet} takes: the scheme, and the name of the parameter or header where there is one. */
export type ApiVersionSetInput = {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
  readonly description?: string
} & (
  | { readonly versioningScheme: 'Segment' }
  | { readonly versioningScheme: 'Query'; readonly versionQueryName: string }
  | { readonly versioningScheme: 'Header'; readonly versionHeaderName: string }
)

/**
 * Declares a version set; APIs join it with `apiVersionSetId` and `apiVersion`.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * const versions = apiVersionSet('orders', { versioningScheme: 'Segment' })
 * api('orders-v2', { path: 'orders', apiVersionSetId: versions, apiVersion: 'v2' })
 */
export function apiVersionSet(name: string, input: ApiVersionSetInput): Resource<'apiVersionSet'> {
  expectDeclaration(apiVersionSetKind, name, input)
  const resource = createResource(apiVersionSetKind, name, undefined, { displayName: name, ...input })
  throwIfInvalid(resource, whereProblems(input))
  return resource
}

/** The field that says where the version stands, for the schemes that have one. */
const whereOf = { Segment: undefined, Query: 'versionQueryName', Header: 'versionHeaderName' } as const

function whereProblems(input: ApiVersionSetInput): Problem[] {
  const wanted = whereOf[input.versioningScheme]
  const others = [whereOf.Query, whereOf.Header].filter((field) => field !== wanted)
  return [
    ...(wanted === undefined ? [] : choiceProblems(input, [wanted])),
    ...misplacedProblems(input, others, `has no place with the scheme ${input.versioningScheme}; leave it out`),
  ]
}
