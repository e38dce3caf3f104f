import { flag, integer, oneOf, text } from '../fields.js'
import type { InputOf } from '../input.js'
import { defineKind, identifier } from '../kind.js'
import type { PolicyContent } from '../policy-content.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { apiKind } from './api.js'
import { groupKind } from './group.js'
import { linksOf } from './link.js'
import { definePolicyKind, policyOf } from './policy.js'
import { serviceKind } from './service.js'
import { defineTagLink } from './tag.js'

/** A product: APIs that clients subscribe to together. */
export const productKind = defineKind({
  kind: 'product',
  title: 'product',
  parent: serviceKind,
  segment: 'products',
  name: identifier,
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 300 }),
    description: text({ max: 1000 }),
    /** What developers have to agree to. */
    terms: text(),
    /** Whether a call needs the key of a subscription. The service assumes so. */
    subscriptionRequired: flag({ default: true }),
    /** Whether somebody has to agree to a subscription. Only with `subscriptionRequired`. */
    approvalRequired: flag({ filled: true }),
    /** How many subscriptions one user may have. Only with `subscriptionRequired`. */
    subscriptionsLimit: integer({ min: 0, filled: true }),
    /** Whether developers see it. */
    state: oneOf(['notPublished', 'published'], { default: 'notPublished' }),
  },
  sdk: { group: 'product', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

const linkProtocol = { entityTag: false, longRunning: false, created: 201 } as const

/** An API of a product. */
export const productApiKind = defineKind({
  kind: 'productApi',
  title: 'product API',
  parent: productKind,
  segment: 'apis',
  name: apiKind.name,
  links: apiKind.kind,
  fields: {},
  sdk: { group: 'productApi', list: 'listByProduct', put: 'createOrUpdate', delete: 'delete' },
  protocol: linkProtocol,
})

/** A group that sees a product. */
export const productGroupKind = defineKind({
  kind: 'productGroup',
  title: 'product group',
  parent: productKind,
  segment: 'groups',
  name: groupKind.name,
  links: groupKind.kind,
  fields: {},
  // The service lets administrators see every new product.
  madeByService: true,
  sdk: { group: 'productGroup', list: 'listByProduct', put: 'createOrUpdate', delete: 'delete' },
  protocol: linkProtocol,
})

/** A tag of a product. */
export const productTagKind = defineTagLink('productTag', productKind, {
  group: 'tag',
  list: 'listByProduct',
  put: 'assignToProduct',
  delete: 'detachFromProduct',
})

/** The policy document of a product. */
export const productPolicyKind = definePolicyKind({
  kind: 'productPolicy',
  parent: productKind,
  policyScope: 'product',
  sdk: { group: 'productPolicy', list: 'listByProduct', get: 'get', put: 'createOrUpdate', delete: 'delete' },
})

type ProductFields = InputOf<(typeof productKind)['fields']>

/** What {@link product} takes. */
export type ProductInput = Omit<ProductFields, 'displayName'> & {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: ProductFields['displayName']
  /** The APIs that belong to it. Default: none. */
  readonly apis?: readonly Resource<'api'>[]
  /** The groups whose members see it, built-in ones by name. Default: the service adds administrators alone. */
  readonly groups?: readonly (Resource<'group'> | 'administrators' | 'developers' | 'guests')[]
  readonly tags?: readonly Resource<'tag'>[]
  /** The policy document of the product's scope. */
  readonly policy?: PolicyContent
}

/**
 * Declares a product, with its APIs, groups, tags and policy.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * product('shop', { apis: [orders], groups: ['developers'], state: 'published', approvalRequired: true })
 */
export function product(name: string, input: ProductInput): Resource<'product'> {
  expectDeclaration(productKind, name, input)
  const { apis, groups, tags, policy, ...properties } = input
  return createResource(productKind, name, undefined, { displayName: name, ...properties }, (resource) => [
    ...linksOf(productApiKind, resource, apis),
    ...linksOf(productGroupKind, resource, groups),
    ...linksOf(productTagKind, resource, tags),
    ...(policy === undefined ? [] : [policyOf(productPolicyKind, resource, policy)]),
  ])
}
