import { ApimKitError } from '@apim-kit/core'
import { describeAs } from './define-policy.js'
import type { Policy } from './element.js'
import { messages } from './messages.js'
import { parseDocument } from './parse-document.js'
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
  const { root, nodes, problems } = parseDocument(rawxml, 'rawxml')
  if (root === undefined || problems.length > 0)
    throw ApimKitError.of('invalid-policy', 'rawPolicy: the text is not one element:', problems)
  if (nodes.length > 1) throw new ApimKitError('invalid-policy', `rawPolicy: ${messages.commentBeside()}`)
  const shape = { unchecked: true } as const
  const description = { sections: everySection, scopes: everyScope, gateways: everyGateway, examples: [], ...shape }
  describeAs(root, { name: root.name, shape, description })
  return root
}
