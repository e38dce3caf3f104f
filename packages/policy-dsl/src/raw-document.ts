import { ApimKitError, expectText } from '@apim-kit/core'
import type { PolicyDocument } from './document.js'
import { read } from './read.js'

/**
 * A document from its text, for what {@link policies} and {@link fragment} do not make: a section that stands twice, attributes of a
 * section. The text is taken as it stands: it is markup, nothing in it is escaped. Never put a value of a caller into it.
 *
 * @param rawxml - the whole document, expressions as typed
 * @throws ApimKitError `invalid-policy` where the text cannot be read without a doubt
 */
export function rawDocument(rawxml: string): PolicyDocument {
  expectText('rawDocument', rawxml, "rawDocument('<policies>…</policies>')")
  const { document, problems } = read(rawxml, { format: 'rawxml' })
  if (document === undefined || problems.length > 0)
    throw ApimKitError.of('invalid-policy', 'rawDocument: the text is not one document:', problems)
  return document
}
