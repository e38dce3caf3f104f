import type { Gateway } from './define-policy.js'

/** The pricing tiers of the service, each with the gateway that it runs; the self-hosted gateway goes with any of them. */
export const gatewayOfTier = {
  consumption: 'consumption',
  developer: 'classic',
  basic: 'classic',
  standard: 'classic',
  premium: 'classic',
  basicv2: 'v2',
  standardv2: 'v2',
  premiumv2: 'v2',
  'self-hosted': 'self-hosted',
} as const satisfies Readonly<Record<string, Gateway>>

/** A pricing tier, in Azure's word, lower case. */
export type Tier = keyof typeof gatewayOfTier

/** The gateway that a document is checked for: the one that is named, or that of the tier; undefined where neither is said. */
export const gatewayOf = (place: {
  readonly gateway?: Gateway | undefined
  readonly tier?: Tier | undefined
}): Gateway | undefined => place.gateway ?? (place.tier === undefined ? undefined : gatewayOfTier[place.tier])
