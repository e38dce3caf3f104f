import { create, fragment } from 'xmlbuilder2'
import type { PolicyDocument } from './document.js'
import { expectDocument } from './expected-document.js'
import { writeXml } from './write-xml.js'

/**
 * A document as well-formed XML, format `xml`: what `document.toXml()` gives, for bundled programs. That method loads xmlbuilder2 from
 * node_modules when it is called first; this function brings it along. For a browser, its bundler has to provide `events` and `url`.
 *
 * @throws ApimKitError `invalid-policy` where a name that was read is no name in XML; `invalid-input` for what is no document
 * @example
 * import { toXml } from '@apim-kit/policy-dsl/xml'
 * console.log(toXml(policies({ inbound: [base()] })))
 */
export function toXml(document: PolicyDocument): string {
  expectDocument('toXml', document)
  return writeXml(document.nodes, { create, fragment })
}
