import { describeAs } from './define-policy.js'
import type { Policy } from './element.js'
import { oneElement } from './markup.js'
import { everyGateway, everyScope, everySection } from './places.js'

/**
 * A policy from its text, for what no builder knows. The text is taken as it stands: it is markup, nothing in it is escaped, and
 * nothing in it is checked. Never put a value of a caller into it.
 *
 * @param rawxml - one element, expressions as typed
 * @throws ApimKitError `invalid-policy` where the text is not one element
 * @example
 * rawPolicy('<retry condition="@(context.Response.StatusCode >= 500)" count="3" interval="1"><forward-request /></retry>')
 */
export function rawPolicy(rawxml: string): Policy {
  const root = oneElement('rawPolicy', rawxml)
  const shape = { unchecked: true } as const
  const description = { sections: everySection, scopes: everyScope, gateways: everyGateway, examples: [], ...shape }
  describeAs(root, { name: root.name, shape, description })
  return root
}
