import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Turns a JSON body into XML: the request's in inbound, the response's in outbound and on-error. As a rule only where the caller's
 * `Accept` asks for XML; see `considerAcceptHeader`.
 *
 * @example
 * jsonToXml({ apply: 'content-type-json', considerAcceptHeader: false })
 */
export const jsonToXml = definePolicy('json-to-xml', {
  sections: everySection,
  sectionsOnlyIn: { backend: 'the policy toolkit' },
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** `always`, or only where the `Content-Type` says JSON. */
    apply: oneOf(['always', 'content-type-json'], { required: true }),
    /** `true` converts only where the request's `Accept` asks for XML, also with `apply: 'always'`. Default: `true`. */
    considerAcceptHeader: flag({ default: true }),
    /** `false` leaves texts that look like dates as they are. Default: `true`. */
    parseDate: flag({ default: true, expressions: false }),
    /** The character between prefix and local name in a property's name. Default: `_`. */
    namespaceSeparator: text({ default: '_' }),
    /** The prefix of properties that declare namespaces, as a rule `xmlns`. */
    namespacePrefix: text(),
    /** The object whose properties become attributes of the element around it. */
    attributeBlockName: text(),
    /** Undocumented. */
    attributePrefix: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    namespaceBlockName: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    invalidCharacterReplacement: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    nullValues: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    trimValues: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    emptyValues: oneOf(['preserve', 'as-null'], { onlyIn: "Microsoft's schemas" }),
  },
  examples: [
    {
      input: { apply: 'content-type-json', considerAcceptHeader: false, parseDate: false },
      xml: '<json-to-xml apply="content-type-json" consider-accept-header="false" parse-date="false" />',
    },
  ],
})
