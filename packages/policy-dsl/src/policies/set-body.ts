import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Sets the body: of the request in inbound and backend, of the response in outbound and on-error. The Content-Type header stays as it is.
 *
 * @example
 * setBody(expr`new JObject(new JProperty("ok", true)).ToString()`)
 * setBody({ template: 'liquid', text: liquid('{ "name": "{{body.name}}" }') })
 */
export const setBody = definePolicy('set-body', {
  // The policy's page leaves out on-error; the overview of error handling lists it there, and the toolkit offers it.
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** `liquid` where the text is a Liquid template; `none`, which only Microsoft's schemas know, says that it is not. */
    template: oneOf(['liquid', 'none'], { expressionsUnstated: true }),
    /** How elements marked `xsi:nil="true"` appear: as an empty string or as null. Default: `blank`. */
    xsiNil: oneOf(['blank', 'null'], { default: 'blank', expressions: false }),
    /** `true` turns text that looks like a date into a `DateTime`. Default: `true`. */
    parseDate: flag({ default: true, expressions: false }),
    /** Undocumented. */
    htmlDecodeExpression: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
  },
  /** The body: text, an expression, or a template by `liquid(…)`. */
  text: text({ template: 'liquid' }),
  markup: 'content',
  examples: [
    { input: 'pong', xml: '<set-body>pong</set-body>' },
    {
      input: { template: 'liquid', parseDate: false, text: 'x' },
      xml: '<set-body template="liquid" parse-date="false">x</set-body>',
    },
  ],
})
