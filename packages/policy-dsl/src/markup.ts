import { ApimKitError, expectText } from '@apim-kit/core'
import type { Element } from './element.js'
import { freezeNodes } from './freeze.js'
import { messages } from './messages.js'
import { parseDocument } from './parse-document.js'

/**
 * One element from its text, for content of another language: the stylesheet of an `xsl-transform`. The text is taken as it stands:
 * it is markup, nothing in it is escaped. Never put a value of a caller into it.
 *
 * @param rawxml - one element, expressions as typed
 * @throws ApimKitError `invalid-policy` where the text is not one element
 * @example
 * markup('<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">…</xsl:stylesheet>')
 */
export function markup(rawxml: string): Element {
  return oneElement('markup', rawxml)
}

/** The element of a text that holds nothing beside it; `asked` names the function that was called. */
export function oneElement(asked: string, rawxml: string): Element {
  expectText(asked, rawxml, `${asked}('<name>…</name>')`)
  const { root, nodes, problems } = parseDocument(rawxml, 'rawxml')
  if (root === undefined || problems.length > 0)
    throw ApimKitError.of('invalid-policy', `${asked}: the text is not one element:`, problems)
  if (nodes.length > 1) throw new ApimKitError('invalid-policy', `${asked}: ${messages.commentBeside()}`)
  freezeNodes(nodes)
  return root
}
