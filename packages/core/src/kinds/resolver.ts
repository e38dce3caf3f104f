import { text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import type { PolicyContent } from '../policy-content.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { apiKind } from './api.js'
import { definePolicyKind, policyOf } from './policy.js'

/** A GraphQL resolver: where one field of a schema gets its value. */
export const resolverKind = defineKind({
  kind: 'resolver',
  title: 'GraphQL resolver',
  parent: apiKind,
  segment: 'resolvers',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  unique: [{ words: 'field of the schema', field: 'path', of: ({ path }) => String(path) }],
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 300 }),
    /** The type and field of the schema: `Query/orders`. */
    path: text({ required: true, min: 1, max: 300 }),
    description: text({ max: 1000 }),
  },
  sdk: { group: 'graphQLApiResolver', list: 'listByApi', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** The document of a resolver: one data source. */
export const resolverPolicyKind = definePolicyKind({
  kind: 'resolverPolicy',
  parent: resolverKind,
  policyScope: 'resolver',
  sdk: {
    group: 'graphQLApiResolverPolicy',
    list: 'listByResolver',
    get: 'get',
    put: 'createOrUpdate',
    delete: 'delete',
  },
})

/** What {@link resolver} takes. */
export interface ResolverInput {
  /** The GraphQL API that it belongs to. */
  readonly api: Resource<'api'>
  /** The type and field of the schema: `Query/orders`. */
  readonly path: string
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
  readonly description?: string
  /** Its document: `resolverPolicy(httpDataSource({ … }))` of `@apim-kit/policy-dsl`. */
  readonly policy?: PolicyContent
}

/**
 * Declares a GraphQL resolver, with its document where one is given.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * resolver('orders', { api: shop, path: 'Query/orders', policy: resolverPolicy(httpDataSource({
 *   httpRequest: { setMethod: 'GET', setUrl: 'https://orders.example/orders' } })) })
 */
export function resolver(name: string, input: ResolverInput): Resource<'resolver'> {
  expectDeclaration(resolverKind, name, input)
  const { api, policy, ...properties } = input
  return createResource(resolverKind, name, api, { displayName: name, ...properties }, (resource) =>
    policy === undefined ? [] : [policyOf(resolverPolicyKind, resource, policy)],
  )
}
