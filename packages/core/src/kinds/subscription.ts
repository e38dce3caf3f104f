import { flag, oneOf, secret, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import type { SecretReference } from '../secrets.js'
import { serviceKind } from './service.js'

/** A subscription: the keys with which somebody calls a product, an API or all APIs. */
export const subscriptionKind = defineKind({
  kind: 'subscription',
  title: 'subscription',
  parent: serviceKind,
  segment: 'subscriptions',
  name: identifier,
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 100 }),
    /** `/products/{name}`, `/apis/{name}`, or `/apis` for all of them. */
    scope: text({ required: true, refersTo: 'product', alsoRefersTo: 'api', form: 'path', example: '/apis' }),
    /** The user who has it: `/users/{name}`. Default: nobody. */
    ownerId: text({ form: 'path', filled: true, example: '/users/1' }),
    /** Left out, the service activates it, or waits for somebody to agree. */
    state: oneOf(['active', 'suspended', 'submitted', 'rejected', 'cancelled', 'expired'], { filled: true }),
    /** Left out, the service makes one; nothing but `listSecrets` shows it. */
    primaryKey: secret(),
    secondaryKey: secret(),
    allowTracing: flag({ filled: true }),
    createdDate: text({ computed: true }),
    startDate: text({ computed: true }),
    expirationDate: text({ computed: true }),
    endDate: text({ computed: true }),
    notificationDate: text({ computed: true }),
    stateComment: text({ computed: true }),
  },
  sdk: { group: 'subscription', list: 'list', put: 'createOrUpdate', delete: 'delete', reveal: 'listSecrets' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What {@link subscription} takes. */
export interface SubscriptionInput {
  /** What its keys open. */
  readonly scope: Resource<'product'> | Resource<'api'> | 'allApis'
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
  /** The user who has it: `/users/{name}`. Default: nobody. */
  readonly ownerId?: string
  /** Default: the service activates it, or waits for somebody to agree. */
  readonly state?: 'active' | 'suspended' | 'submitted' | 'rejected' | 'cancelled' | 'expired'
  /** Default: the service makes one. */
  readonly primaryKey?: SecretReference
  /** Default: the service makes one. */
  readonly secondaryKey?: SecretReference
  readonly allowTracing?: boolean
}

/**
 * Declares a subscription. Keys that are not given are made by the service and stay its own.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * subscription('storefront', { scope: shop, primaryKey: fromKeyVault('shop', 'storefront-key') })
 * subscription('operations', { scope: 'allApis' })
 */
export function subscription(name: string, input: SubscriptionInput): Resource<'subscription'> {
  expectDeclaration(subscriptionKind, name, input)
  const scope = input.scope === 'allApis' ? '/apis' : input.scope
  return createResource(subscriptionKind, name, undefined, { displayName: name, ...input, scope })
}
