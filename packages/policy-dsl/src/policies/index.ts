import { base } from './base.js'
import { choose } from './choose.js'
import { getAuthorizationContext } from './get-authorization-context.js'
import { setHeader } from './set-header.js'

/** Every described policy, by the name of its element. */
export const policyBuilders = {
  base,
  choose,
  'get-authorization-context': getAuthorizationContext,
  'set-header': setHeader,
} as const

/** The element names of the described policies. */
export type PolicyName = keyof typeof policyBuilders
