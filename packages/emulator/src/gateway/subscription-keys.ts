import type { Deployed, SubscriptionProperties } from '../emulator-context.js'
import type { SubscriptionInfo } from '../expression/index.js'
import { notSupported } from './not-supported.js'

/** What a subscription opens. Names are in lower case. */
export type SubscriptionScope =
  | { readonly kind: 'product' | 'api'; readonly name: string }
  | { readonly kind: 'all' | 'unknown' }

/** A subscription, as one of its keys finds it. */
export interface KeyHolder {
  readonly scope: SubscriptionScope
  /** The scope as it is stored, for messages. */
  readonly scopeText: string
  readonly info: SubscriptionInfo
  /** The ARM id of the user who has it. */
  readonly ownerId: string | undefined
}

/** The active subscriptions by key, primary and secondary. Others are as good as none: their keys are invalid. */
export function subscriptionKeys(subscriptions: readonly Deployed<SubscriptionProperties>[]): Map<string, KeyHolder> {
  const keys = new Map<string, KeyHolder>()
  for (const { id, properties } of subscriptions) {
    if (properties.state !== 'active') continue
    const { primaryKey, secondaryKey, scope, ownerId } = properties
    for (const key of [primaryKey, secondaryKey]) {
      const holder = { scope: scopeOf(scope), scopeText: scope, ownerId: ownerId ?? undefined }
      keys.set(key, { ...holder, info: new GatewaySubscription(id, properties, key) })
    }
  }
  return keys
}

/** `/products/shop`, `/apis/orders`, `/apis`, alone or behind the id of the service; the service itself for everything. */
export function scopeOf(scope: string): SubscriptionScope {
  const local = scope.toLowerCase().replace(/^\/subscriptions\/.*?\/service\/[^/]+/, '')
  const [, collection, name] = /^\/?(products|apis)\/([^/]+)\/?$/.exec(local) ?? []
  if (name !== undefined) return { kind: collection === 'apis' ? 'api' : 'product', name }
  return /^\/?(apis\/?)?$/.test(local) ? { kind: 'all' } : { kind: 'unknown' }
}

/** `context.Subscription`. Its dates are not kept: asking for one fails by name instead of giving a wrong one. */
class GatewaySubscription implements SubscriptionInfo {
  readonly name: string
  readonly primaryKey: string
  readonly secondaryKey: string

  constructor(
    readonly id: string,
    { displayName, primaryKey, secondaryKey }: SubscriptionProperties,
    readonly key: string,
  ) {
    this.name = displayName
    this.primaryKey = primaryKey
    this.secondaryKey = secondaryKey
  }

  get createdDate(): number {
    throw dates('CreatedDate')
  }

  get startDate(): number {
    throw dates('StartDate')
  }

  get endDate(): number {
    throw dates('EndDate')
  }
}

function dates(member: string): Error {
  return notSupported(`context.Subscription.${member} cannot be had: the emulator keeps no dates of subscriptions.`)
}
