import { ApimKitError } from '@apim-kit/core'
import type { PolicyDocument } from './document.js'
import { Element } from './element.js'
import { messages } from './messages.js'

/**
 * Refuses what is no document, where the types say that one is given: untyped code may pass anything, the text of one first of all.
 *
 * @param asked - the function that was called
 * @throws ApimKitError `invalid-input`
 */
export function expectDocument(asked: string, value: unknown): asserts value is PolicyDocument {
  const isDocument =
    typeof value === 'object' && value !== null && 'root' in value && value.root instanceof Element && 'nodes' in value
  if (isDocument && Array.isArray(value.nodes)) return
  const wanted = 'a policy document, of policies(…), fragment(…) or read(…)'
  throw new ApimKitError('invalid-input', `${asked}: ${messages.expected(wanted, value)}`)
}
