import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { needs, noEffect } from '../rules.js'
import { child } from '../shape.js'

/**
 * Adds, replaces, appends to or removes a header: of the request in inbound and backend, of the response in outbound and on-error.
 *
 * @example
 * setHeader({ name: 'X-Request-Id', value: expr`context.RequestId.ToString()` })
 * setHeader({ name: 'X-Powered-By', existsAction: 'delete' })
 */
export const setHeader = definePolicy('set-header', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The header's name. */
    name: text({ required: true, caseInsensitive: true }),
    /** What happens when the header is there already. Default: `override`. */
    existsAction: oneOf(['override', 'skip', 'append', 'delete'], { default: 'override' }),
  },
  children: {
    /** The value, or several values of the same header. Not needed for `delete`. */
    value: child({ text: text({ credential: 'named' }) }, { many: true }),
  },
  rules: [
    needs('value', {
      unless: { existsAction: 'delete' },
      severity: 'warning',
      because: "the policy toolkit asks for one, Microsoft's schemas do not",
    }),
    noEffect({
      when: { name: ['Connection', 'Content-Length', 'Keep-Alive', 'Transfer-Encoding'] },
      because: 'the documentation: this header cannot be changed or removed',
    }),
    noEffect({
      when: { name: 'Server', existsAction: 'delete' },
      because: 'the documentation: this header cannot be removed',
    }),
  ],
  examples: [
    {
      input: { name: 'X-Trace', existsAction: 'append', value: ['a', 'b'] },
      xml: '<set-header name="X-Trace" exists-action="append"><value>a</value><value>b</value></set-header>',
    },
    {
      input: { name: 'X-Powered-By', existsAction: 'delete' },
      xml: '<set-header name="X-Powered-By" exists-action="delete" />',
    },
  ],
})
