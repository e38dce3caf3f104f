import { flag, integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atMostOneOf } from '../rules.js'
import { child, listOf } from '../shape.js'

/**
 * Lets a request through only with a valid Microsoft Entra token of one tenant, and answers 401 otherwise. Issuer and keys come
 * from the tenant.
 *
 * @example
 * validateAzureAdToken({
 *   tenantId: tenant, audiences: ['api://backend'],
 *   requiredClaims: [{ name: 'roles', match: 'any', value: ['Sample.Read', 'Sample.Write'] }],
 * })
 */
export const validateAzureAdToken = definePolicy('validate-azure-ad-token', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** Tenant id, domain or address; `organizations` or `common` for any tenant. */
    tenantId: text({ required: true }),
    /** The header with the token. Default: `Authorization`, with the Bearer scheme. */
    headerName: text(),
    /** The query parameter with the token. */
    queryParameterName: text(),
    /** The token itself, without `Bearer`. */
    tokenValue: text(),
    /** The Entra endpoint of a national cloud. Default: `https://login.microsoftonline.com`. */
    authenticationEndpoint: text({ default: 'https://login.microsoftonline.com' }),
    /** The status of a refusal. Default: 401. */
    failedValidationHttpcode: integer({ default: 401 }),
    /** The message of a refusal. Default: it says what failed, for example `JWT not present.` */
    failedValidationErrorMessage: text(),
    /** The variable that receives the token as a `Jwt`. */
    outputTokenVariableName: text({ variable: 'set', holds: 'Jwt', min: 1, expressions: false }),
    /** Undocumented. */
    requireScheme: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    allowProtectedForwardedTokens: flag({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    allowProofOfPossessionTokens: flag({ onlyIn: "Microsoft's schemas" }),
  },
  children: {
    /** Accepted backend applications; rarely needed. */
    backendApplicationIds: listOf(
      'application-id',
      { text: text({ required: true, expressions: false }) },
      // The applications that a token may be for are audiences by another name.
      { limitsAudience: 'items' },
    ),
    /** Accepted client applications; one match is enough. */
    clientApplicationIds: listOf('application-id', { text: text({ required: true, expressions: false }) }),
    /** Accepted audiences; one match is enough. */
    audiences: listOf('audience', { text: text({ required: true }) }, { limitsAudience: 'items' }),
    /** Claims that have to be in the token. */
    requiredClaims: listOf(
      'claim',
      {
        attributes: {
          /** The claim, as it is called in the token. */
          name: text({ required: true, requiredOnlyBy: 'the documentation' }),
          /** `all`: every listed value has to be in the token; `any`: one is enough. Default: `all`. */
          match: oneOf(['all', 'any'], { default: 'all' }),
          /** Splits a claim that holds several values, for example a comma. */
          separator: text(),
        },
        children: {
          /** Expected values; without one the claim only has to be there. */
          value: child({ text: text({ required: true }) }, { many: true }),
        },
      },
      { limitsAudience: 'claims' },
    ),
    /** Certificates that decrypt the token, tried one after another. */
    decryptionKeys: listOf('key', {
      attributes: {
        /** The id of a certificate of the service. */
        certificateId: text({ required: true, refersTo: 'certificate' }),
        /** Undocumented. */
        id: text({ onlyIn: "Microsoft's schemas" }),
      },
    }),
  },
  order: 'any',
  // That one of audiences and clientApplicationIds should be there is told by policy/any-audience.
  rules: [atMostOneOf(['headerName', 'queryParameterName', 'tokenValue'])],
  examples: [
    {
      input: {
        tenantId: 'contoso.onmicrosoft.com',
        outputTokenVariableName: 'jwt',
        audiences: ['api://backend'],
        requiredClaims: [{ name: 'roles', match: 'any', value: ['Sample.Read'] }],
      },
      xml:
        '<validate-azure-ad-token tenant-id="contoso.onmicrosoft.com" output-token-variable-name="jwt">' +
        '<audiences><audience>api://backend</audience></audiences>' +
        '<required-claims><claim name="roles" match="any"><value>Sample.Read</value></claim></required-claims>' +
        '</validate-azure-ad-token>',
    },
  ],
})
