import { integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { child } from '../shape.js'
import { validationAction } from './validation-action.js'

/**
 * Checks the status of a response against the API's schema, so that what the backend should not tell stays inside.
 *
 * @example
 * validateStatusCode({ unspecifiedStatusCodeAction: 'prevent', statusCode: { code: 304, action: 'ignore' } })
 */
export const validateStatusCode = definePolicy('validate-status-code', {
  sections: ['outbound', 'on-error'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** For codes that the API's schema does not list. */
    unspecifiedStatusCodeAction: validationAction,
    /** The variable that receives the faults. */
    errorsVariableName: text({ variable: 'set', expressions: false }),
  },
  children: {
    /** Single codes; only for those that the schema does not list. */
    statusCode: child(
      {
        attributes: {
          /** The code. */
          code: integer({ required: true, expressionsUnstated: true }),
          /** What happens to it. */
          action: validationAction,
        },
      },
      { many: true },
    ),
  },
  examples: [
    {
      input: {
        unspecifiedStatusCodeAction: 'prevent',
        errorsVariableName: 'errors',
        statusCode: { code: 304, action: 'ignore' },
      },
      xml:
        '<validate-status-code unspecified-status-code-action="prevent" errors-variable-name="errors">' +
        '<status-code code="304" action="ignore" /></validate-status-code>',
    },
  ],
})
