import { flag, integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atLeastOneOf, exactlyOneOf, needs, noEffect } from '../rules.js'
import { child, listOf } from '../shape.js'

/**
 * Lets a request through only with a valid JSON web token: signature, lifetime, audience, issuer, claims. Answers 401 otherwise.
 * For tokens of Microsoft Entra, `validate-azure-ad-token` is simpler.
 *
 * @example
 * validateJwt({
 *   headerName: 'Authorization', requireScheme: 'Bearer', outputTokenVariableName: 'jwt',
 *   openidConfig: { url: 'https://id.example.com/.well-known/openid-configuration' },
 *   audiences: ['api://orders'],
 *   requiredClaims: [{ name: 'scope', match: 'any', separator: ' ', value: ['orders.read'] }],
 * })
 */
export const validateJwt = definePolicy('validate-jwt', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The header with the token. */
    headerName: text({ caseInsensitive: true }),
    /** The query parameter with the token. */
    queryParameterName: text(),
    /** The token itself, without `Bearer`. */
    tokenValue: text(),
    /** The status of a refusal. Default: 401. */
    failedValidationHttpcode: integer({ default: 401 }),
    /** The message of a refusal. Default: it says what failed, for example `JWT not present.` */
    failedValidationErrorMessage: text(),
    /** Whether the token needs an `exp`. Default: `true`. */
    requireExpirationTime: flag({ default: true }),
    /** The scheme of the `Authorization` header, such as `Bearer`; other headers have none. */
    requireScheme: text(),
    /** Whether the token has to be signed. Default: `true`. */
    requireSignedTokens: flag({ default: true }),
    /** By how many seconds clocks may differ. Default: 0. */
    clockSkew: integer({ default: 0 }),
    /** The variable that receives the token as a `Jwt`. */
    outputTokenVariableName: text({ variable: 'set', holds: 'Jwt', min: 1, expressions: false }),
  },
  children: {
    /** Where issuer and keys are found; asked again every hour. */
    openidConfig: child(
      {
        attributes: {
          /** The discovery document. */
          url: text({ required: true }),
          /** `false` saves the policy though the address cannot be reached from everywhere. */
          validateConnectivity: flag({ expressionsUnstated: true, onlyIn: 'the documentation' }),
          /** Undocumented. */
          host: text({ onlyIn: "Microsoft's schemas" }),
        },
      },
      { many: true },
    ),
    /** Undocumented. */
    issuerSigningTokens: child(
      { children: { token: child({ text: text() }, { many: true }) } },
      { onlyIn: "Microsoft's schemas" },
    ),
    /** Keys that sign tokens, tried one after another: a certificate, `n` with `e`, or as base64 text. */
    issuerSigningKeys: listOf(
      'key',
      {
        attributes: {
          /** The key's id; compared with the token's `kid`. */
          id: text(),
          /** A certificate of the service, by id. */
          certificateId: text({ refersTo: 'certificate' }),
          /** Modulus of an RSA key, base64url. */
          n: text({ expressions: false }),
          /** Exponent of an RSA key, base64url. */
          e: text({ expressions: false }),
        },
        /** A symmetric key, base64. */
        text: text({ credential: 'key' }),
        rules: [
          atLeastOneOf(['certificateId', 'n', 'e', 'text']),
          needs('n', { with: 'e' }),
          needs('e', { with: 'n' }),
        ],
      },
      {
        itemRequiredOnlyBy: 'the documentation',
        others: {
          zumoMasterKey: child(
            { attributes: { id: text() }, text: text() },
            { many: true, onlyIn: "Microsoft's schemas" },
          ),
        },
      },
    ),
    /** Keys that decrypt tokens, tried one after another: a certificate, or base64 text. */
    decryptionKeys: listOf('key', {
      attributes: {
        /** A certificate of the service, by id. */
        certificateId: text({ refersTo: 'certificate' }),
        /** Undocumented. */
        id: text({ onlyIn: "Microsoft's schemas" }),
      },
      /** A symmetric key, base64. */
      text: text({ credential: 'key' }),
      rules: [atLeastOneOf(['certificateId', 'text'])],
    }),
    /** Accepted audiences; one match is enough. */
    audiences: listOf(
      'audience',
      { text: text({ required: true }) },
      { limitsAudience: 'items', itemRequiredOnlyBy: 'the documentation' },
    ),
    /** Accepted issuers, beside those of `openidConfig`; one match is enough. */
    issuers: listOf('issuer', { text: text({ required: true }) }, { itemRequiredOnlyBy: 'the documentation' }),
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
      { limitsAudience: 'claims', itemRequiredOnlyBy: 'the documentation' },
    ),
  },
  order: { because: 'one published example has another order' },
  rules: [
    exactlyOneOf(['headerName', 'queryParameterName', 'tokenValue']),
    noEffect({ property: 'requireScheme', unless: { headerName: 'Authorization' } }),
  ],
  examples: [
    {
      input: {
        headerName: 'Authorization',
        requireScheme: 'Bearer',
        clockSkew: 60,
        outputTokenVariableName: 'jwt',
        openidConfig: { url: 'https://id.example.com/.well-known/openid-configuration' },
        audiences: ['api://orders'],
        issuers: ['https://id.example.com/'],
        requiredClaims: [{ name: 'scope', match: 'any', separator: ' ', value: ['orders.read', 'orders.write'] }],
      },
      xml:
        '<validate-jwt header-name="Authorization" require-scheme="Bearer" clock-skew="60" output-token-variable-name="jwt">' +
        '<openid-config url="https://id.example.com/.well-known/openid-configuration" />' +
        '<audiences><audience>api://orders</audience></audiences><issuers><issuer>https://id.example.com/</issuer></issuers>' +
        '<required-claims><claim name="scope" match="any" separator=" "><value>orders.read</value><value>orders.write</value></claim></required-claims>' +
        '</validate-jwt>',
    },
    {
      input: {
        tokenValue: 'eyJ',
        issuerSigningKeys: [{ certificateId: 'signing' }, { n: 'sXch', e: 'AQAB' }, 'c2VjcmV0'],
        decryptionKeys: [{ certificateId: 'decryption' }],
        audiences: ['api://orders'],
      },
      xml:
        '<validate-jwt token-value="eyJ"><issuer-signing-keys><key certificate-id="signing" /><key n="sXch" e="AQAB" /><key>c2VjcmV0</key></issuer-signing-keys>' +
        '<decryption-keys><key certificate-id="decryption" /></decryption-keys><audiences><audience>api://orders</audience></audiences></validate-jwt>',
    },
  ],
})
