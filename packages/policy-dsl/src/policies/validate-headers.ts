import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { child } from '../shape.js'
import { validationAction } from './validation-action.js'

/**
 * Checks the headers of a response against the API's schema; those of requests are the business of `validate-parameters`.
 *
 * @example
 * validateHeaders({
 *   specifiedHeaderAction: 'ignore', unspecifiedHeaderAction: 'prevent',
 *   header: { name: 'X-Request-Id', action: 'ignore' },
 * })
 */
export const validateHeaders = definePolicy('validate-headers', {
  sections: ['outbound', 'on-error'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** For headers that the API's schema lists. */
    specifiedHeaderAction: validationAction,
    /** For headers that it does not list. */
    unspecifiedHeaderAction: validationAction,
    /** The variable that receives the faults. */
    errorsVariableName: text({ variable: 'set', expressions: false }),
  },
  children: {
    /** Single headers, by name; they win over the others. */
    header: child(
      {
        attributes: {
          /** The header's name. */
          name: text({ required: true }),
          /** What happens when it does not fit. */
          action: validationAction,
        },
      },
      { many: true },
    ),
  },
  examples: [
    {
      input: {
        specifiedHeaderAction: 'ignore',
        unspecifiedHeaderAction: 'prevent',
        errorsVariableName: 'errors',
        header: { name: 'X-Request-Id', action: 'ignore' },
      },
      xml:
        '<validate-headers specified-header-action="ignore" unspecified-header-action="prevent" errors-variable-name="errors">' +
        '<header name="X-Request-Id" action="ignore" /></validate-headers>',
    },
  ],
})
