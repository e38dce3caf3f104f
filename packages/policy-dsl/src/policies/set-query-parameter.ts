import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { needs } from '../rules.js'
import { child } from '../shape.js'

/**
 * Adds, replaces, appends to or removes a query parameter of the request to the backend.
 *
 * @example
 * setQueryParameter({ name: 'api-version', existsAction: 'skip', value: '2024-05-01' })
 */
export const setQueryParameter = definePolicy('set-query-parameter', {
  sections: everySection,
  // After the backend it changes nothing that anybody sees.
  sectionsOnlyIn: { outbound: 'the policy toolkit', 'on-error': 'the policy toolkit' },
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The parameter's name. */
    name: text({ required: true }),
    /** What happens when the parameter is there already. Default: `override`. */
    existsAction: oneOf(['override', 'skip', 'append', 'delete'], { default: 'override' }),
  },
  children: {
    /** The value; several values are several parameters of that name. Not needed for `delete`. */
    value: child({ text: text({ credential: 'parameter' }) }, { many: true }),
  },
  rules: [
    needs('value', {
      unless: { existsAction: 'delete' },
      severity: 'warning',
      because: "Microsoft's schemas do not ask for one",
    }),
  ],
  examples: [
    {
      input: { name: 'api-version', existsAction: 'skip', value: '2024-05-01' },
      xml: '<set-query-parameter name="api-version" exists-action="skip"><value>2024-05-01</value></set-query-parameter>',
    },
    {
      input: { name: 'debug', existsAction: 'delete' },
      xml: '<set-query-parameter name="debug" exists-action="delete" />',
    },
  ],
})
