import type { Gateway, Scope } from './define-policy.js'
import type { Section } from './element.js'

// The places that most policies share, so that a descriptor says at a glance where it differs.

export const everySection = ['inbound', 'backend', 'outbound', 'on-error'] as const satisfies readonly Section[]

export const everyScope = ['global', 'workspace', 'product', 'api', 'operation'] as const satisfies readonly Scope[]

export const everyGateway = [
  'classic',
  'v2',
  'consumption',
  'self-hosted',
  'workspace',
] as const satisfies readonly Gateway[]
