import { text } from '../fields.js'
import { defineKind, identifier, type Kind, type SdkBinding } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { serviceKind } from './service.js'

/** A tag, by which APIs, operations and products are found. */
export const tagKind = defineKind({
  kind: 'tag',
  title: 'tag',
  parent: serviceKind,
  segment: 'tags',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 160 }),
  },
  sdk: { group: 'tag', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** Makes the kind of the ties between the resources of a kind and their tags. */
export function defineTagLink<const N extends string, const S extends SdkBinding>(
  kind: N,
  parent: Kind,
  sdk: S,
): Kind<N, Record<never, never>, S> {
  return defineKind({
    kind,
    title: `${parent.title} tag`,
    parent,
    segment: 'tags',
    name: tagKind.name,
    links: tagKind.kind,
    // OpenAPI documents give their operations tags.
    madeByImport: true,
    fields: {},
    sdk,
    protocol: { entityTag: true, longRunning: false, created: 201 },
  })
}

/** What {@link tag} takes. */
export interface TagInput {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
}

/**
 * Declares a tag; APIs, operations and products carry it with `tags`.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * api('orders', { path: 'orders', tags: [tag('sales', { displayName: 'Sales' })] })
 */
export function tag(name: string, input: TagInput = {}): Resource<'tag'> {
  expectDeclaration(tagKind, name, input)
  return createResource(tagKind, name, undefined, { displayName: name, ...input })
}
