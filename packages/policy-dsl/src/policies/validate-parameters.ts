import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { child } from '../shape.js'
import { validationAction } from './validation-action.js'

const parameter = child(
  {
    attributes: {
      /** The parameter's name. */
      name: text({ required: true }),
      /** What happens when it does not fit. */
      action: validationAction,
    },
  },
  { many: true },
)

const kind = child({
  attributes: {
    /** For parameters that the API's schema lists. */
    specifiedParameterAction: validationAction,
    /** For parameters that it does not list. */
    unspecifiedParameterAction: validationAction,
  },
  children: {
    /** Single parameters, by name; they win over their kind. */
    parameter,
  },
})

/**
 * Checks the headers, the query and the path of a request against the API's schema.
 *
 * @example
 * validateParameters({
 *   specifiedParameterAction: 'prevent', unspecifiedParameterAction: 'ignore', errorsVariableName: 'errors',
 *   headers: {
 *     specifiedParameterAction: 'detect', unspecifiedParameterAction: 'ignore',
 *     parameter: { name: 'Authorization', action: 'prevent' },
 *   },
 * })
 */
export const validateParameters = definePolicy('validate-parameters', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** For parameters that the API's schema lists. */
    specifiedParameterAction: validationAction,
    /** For parameters that it does not list. */
    unspecifiedParameterAction: validationAction,
    /** The variable that receives the faults. */
    errorsVariableName: text({ variable: 'set', expressions: false }),
  },
  children: {
    /** Headers, where they are treated differently. */
    headers: kind,
    /** Query parameters, where they are treated differently. */
    query: kind,
    /** Path parameters, where they are treated differently. */
    path: child({
      attributes: {
        /** For parameters that the API's schema lists; a path has no others. */
        specifiedParameterAction: validationAction,
      },
      children: {
        /** Single parameters, by name; they win over their kind. */
        parameter,
      },
    }),
  },
  examples: [
    {
      input: {
        specifiedParameterAction: 'prevent',
        unspecifiedParameterAction: 'ignore',
        errorsVariableName: 'errors',
        headers: {
          specifiedParameterAction: 'detect',
          unspecifiedParameterAction: 'ignore',
          parameter: { name: 'Authorization', action: 'prevent' },
        },
        path: { specifiedParameterAction: 'prevent' },
      },
      xml:
        '<validate-parameters specified-parameter-action="prevent" unspecified-parameter-action="ignore" errors-variable-name="errors">' +
        '<headers specified-parameter-action="detect" unspecified-parameter-action="ignore"><parameter name="Authorization" action="prevent" /></headers>' +
        '<path specified-parameter-action="prevent" /></validate-parameters>',
    },
  ],
})
