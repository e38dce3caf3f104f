import { integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway } from '../places.js'
import { atMost } from '../rules.js'
import { listOf } from '../shape.js'

/**
 * Checks a GraphQL request against the API's schema, its size and its depth, and says who may ask for which fields.
 *
 * @example
 * validateGraphqlRequest({
 *   errorVariableName: 'errors', maxSize: 10240, maxDepth: 4,
 *   authorize: [{ path: '/__*', action: 'reject' }],
 * })
 */
export const validateGraphqlRequest = definePolicy('validate-graphql-request', {
  sections: ['inbound'],
  // Pages until 2023 also had operations.
  scopes: ['global', 'workspace', 'product', 'api'],
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** The variable that receives the faults; called `error-`, not `errors-`. */
    errorVariableName: text({ variable: 'set' }),
    /** The largest request, in bytes; up to 102400 unless support raises it. */
    maxSize: integer({ required: true, requiredOnlyBy: 'the documentation' }),
    /** The deepest query. Default: 6. */
    maxDepth: integer({ default: 6 }),
    /** Undocumented. */
    maxTotalDepth: integer({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    maxComplexity: integer({ onlyIn: "Microsoft's schemas" }),
  },
  children: {
    /** Who may ask for what; the most specific path counts. */
    authorize: listOf('rule', {
      attributes: {
        /** `/type/field`, with `*` at will; `/__*` is introspection. */
        path: text({ required: true }),
        /** `reject` fails the request, `remove` takes the field out, `ignore` leaves it to the next rule. Default: `allow`. */
        action: oneOf(['allow', 'remove', 'reject', 'ignore'], {
          default: 'allow',
          valuesOnlyIn: { ignore: 'the documentation' },
        }),
      },
    }),
  },
  rules: [atMost('authorize', 100, { severity: 'warning', because: 'the documentation has no such limit' })],
  examples: [
    {
      input: {
        errorVariableName: 'errors',
        maxSize: 10240,
        maxDepth: 4,
        authorize: [{ path: '/__*', action: 'reject' }],
      },
      xml:
        '<validate-graphql-request error-variable-name="errors" max-size="10240" max-depth="4">' +
        '<authorize><rule path="/__*" action="reject" /></authorize></validate-graphql-request>',
    },
  ],
})
