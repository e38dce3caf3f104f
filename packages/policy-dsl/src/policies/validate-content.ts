import { flag, integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atLeastOneOf, atMostOneOf, form, needs } from '../rules.js'
import { child } from '../shape.js'
import { validationAction } from './validation-action.js'

/**
 * Checks the size and the body of a request or response against JSON, XML or SOAP schemas.
 *
 * @example
 * validateContent({
 *   unspecifiedContentTypeAction: 'prevent', maxSize: 102400, sizeExceededAction: 'prevent', errorsVariableName: 'errors',
 *   content: { type: 'application/json', validateAs: 'json', action: 'prevent', allowAdditionalProperties: false },
 * })
 */
export const validateContent = definePolicy('validate-content', {
  sections: ['inbound', 'outbound', 'on-error'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** For content types that the API's schema does not list. */
    unspecifiedContentTypeAction: validationAction,
    /** The longest body that is checked, in bytes: up to 4 MB, formerly 100 KB. */
    maxSize: integer({ required: true }),
    /** For bodies that are longer. */
    sizeExceededAction: validationAction,
    /** The variable that receives the faults. */
    errorsVariableName: text({ variable: 'set', expressions: false }),
  },
  children: {
    /** Which content type counts for which. */
    contentTypeMap: child({
      attributes: {
        /** The type that counts for every content type. */
        anyContentTypeValue: text({ expressions: false }),
        /** The type that counts where there is none. */
        missingContentTypeValue: text({ expressions: false }),
      },
      children: {
        /** One content type; it wins over the two attributes. */
        type: child(
          {
            attributes: {
              /** The type that comes in. */
              from: text(),
              /** A condition, in place of `from`. */
              when: flag({ later: true }),
              /** The type that it counts for. */
              to: text({ required: true }),
            },
            rules: [
              atLeastOneOf(['from', 'when'], { severity: 'warning', because: "Microsoft's schemas ask for neither" }),
              atMostOneOf(['from', 'when'], { severity: 'warning', because: 'the documentation has either' }),
            ],
          },
          { many: true },
        ),
      },
    }),
    /** How one content type is checked. */
    content: child(
      {
        attributes: {
          /** The content type. Default: every one of the API's schema. */
          type: text(),
          /** As what. SOAP goes with `application/soap+xml` or `text/xml`. */
          validateAs: oneOf(['json', 'xml', 'soap'], { required: true, expressionsUnstated: true }),
          /** A schema of the service, by id. Default: that of the API. */
          schemaId: text({ refersTo: 'schema' }),
          /** A place in that schema, as a JSON pointer such as `#/components/schemas/order`. */
          schemaRef: text(),
          /** What happens to a body that does not fit. The table of the documentation forgets it; its statement and samples do not. */
          action: validationAction,
          /** JSON: whether properties that the schema does not name may be there. Default: as the schema says. */
          allowAdditionalProperties: flag({ expressionsUnstated: true }),
          /** JSON: whether names of properties are compared without regard to case. Default: `false`. */
          caseInsensitivePropertyNames: flag({ default: false, expressionsUnstated: true }),
        },
        rules: [
          needs('schemaId', { with: 'schemaRef' }),
          form('type', {
            when: { validateAs: 'soap' },
            pattern: /^(?:application\/soap\+xml|text\/xml)$/i,
            expected: 'application/soap+xml or text/xml, the types of SOAP',
            severity: 'warning',
          }),
        ],
      },
      { many: true },
    ),
  },
  examples: [
    {
      input: {
        unspecifiedContentTypeAction: 'prevent',
        maxSize: 102400,
        sizeExceededAction: 'prevent',
        errorsVariableName: 'errors',
        contentTypeMap: {
          missingContentTypeValue: 'application/json',
          type: { from: 'application/hal+json', to: 'application/json' },
        },
        content: {
          type: 'application/json',
          validateAs: 'json',
          schemaId: 'order',
          schemaRef: '#/components/schemas/order',
          action: 'prevent',
          allowAdditionalProperties: false,
        },
      },
      xml:
        '<validate-content unspecified-content-type-action="prevent" max-size="102400" size-exceeded-action="prevent" errors-variable-name="errors">' +
        '<content-type-map missing-content-type-value="application/json"><type from="application/hal+json" to="application/json" /></content-type-map>' +
        '<content type="application/json" validate-as="json" schema-id="order" schema-ref="#/components/schemas/order" action="prevent" allow-additional-properties="false" />' +
        '</validate-content>',
    },
  ],
})
