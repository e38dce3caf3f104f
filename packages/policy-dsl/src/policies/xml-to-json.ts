import { flag, oneOf } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Turns an XML body into JSON: the request's in inbound, the response's in outbound and on-error. As a rule only where the caller's
 * `Accept` asks for JSON; see `considerAcceptHeader`.
 *
 * @example
 * xmlToJson({ kind: 'direct', apply: 'content-type-xml', considerAcceptHeader: false })
 */
export const xmlToJson = definePolicy('xml-to-json', {
  sections: everySection,
  sectionsOnlyIn: { backend: 'the policy toolkit' },
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** `direct` follows the structure of the XML; `javascript-friendly` is easier to use from JavaScript. */
    kind: oneOf(['javascript-friendly', 'direct'], { required: true }),
    /** `always`, or only where the `Content-Type` says XML. */
    apply: oneOf(['always', 'content-type-xml'], { required: true }),
    /** `true` converts only where the request's `Accept` asks for JSON, also with `apply: 'always'`. Default: `true`. */
    considerAcceptHeader: flag({ default: true }),
    /** `true` makes an array of child elements that stand alone, too. Default: `false`. */
    alwaysArrayChildElements: flag({ default: false }),
    /** Undocumented. */
    preserveWhitespaceNodes: flag({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    emptyValues: oneOf(['preserve', 'as-null'], { onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    trimValues: flag({ onlyIn: "Microsoft's schemas" }),
  },
  examples: [
    {
      input: { kind: 'direct', apply: 'content-type-xml', considerAcceptHeader: false, alwaysArrayChildElements: true },
      xml: '<xml-to-json kind="direct" apply="content-type-xml" consider-accept-header="false" always-array-child-elements="true" />',
    },
  ],
})
