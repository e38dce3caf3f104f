import { text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { apiKind } from './api.js'

/** A release: the moment at which a revision became the API. */
export const apiReleaseKind = defineKind({
  kind: 'apiRelease',
  title: 'API release',
  parent: apiKind,
  segment: 'releases',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    /** The revision that becomes current: an event, so later answers do not count. */
    apiId: text({ required: true, refersTo: 'api', form: 'path', writeOnly: true, example: '/apis/orders;rev=2' }),
    /** What the change log shows. */
    notes: text(),
    createdDateTime: text({ computed: true }),
    updatedDateTime: text({ computed: true }),
  },
  sdk: { group: 'apiRelease', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What {@link apiRelease} takes. */
export interface ApiReleaseInput {
  /** The API. */
  readonly api: Resource<'api'>
  /** Its revision that becomes current. */
  readonly revision: Resource<'api'>
  /** What the change log shows. */
  readonly notes?: string
}

/**
 * Declares a release: it is carried out once, when its name is new. From then on the service calls the revision by the API's
 * own name, so declare the same for both, or leave the revision out. Another release needs another name.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * apiRelease('june', { api: orders, revision: second, notes: 'New prices' })
 */
export function apiRelease(name: string, input: ApiReleaseInput): Resource<'apiRelease'> {
  expectDeclaration(apiReleaseKind, name, input)
  const { api, revision, notes } = input
  return createResource(apiReleaseKind, name, api, { apiId: revision, notes })
}
