import { flag, integer, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { form } from '../rules.js'
import { child, listOf } from '../shape.js'

const headers = { text: text({ required: true }) } as const

/**
 * Lets browsers on other origins call the API: answers preflight requests and adds the CORS headers. Only the first one that is
 * reached counts, so it should be the first policy of inbound.
 *
 * @example
 * cors({
 *   allowCredentials: true,
 *   allowedOrigins: ['https://portal.example.com'],
 *   allowedMethods: { preflightResultMaxAge: 300, method: ['GET', 'POST', 'PATCH'] },
 *   allowedHeaders: ['Authorization', 'Content-Type'],
 * })
 */
export const cors = definePolicy('cors', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  attributes: {
    /** Whether browsers may send cookies and the like. Default: `false`. */
    allowCredentials: flag({ default: false }),
    /**
     * What happens where the origin does not match: `true` ends a preflight, GET or HEAD request with an empty 200, `false` tries
     * the other `cors` policies and lets the request go on. The newest page gives the default as `false`; older ones, its own
     * troubleshooting and the toolkit as `true`, so write it out.
     */
    terminateUnmatchedRequest: flag({ default: false }),
  },
  children: {
    /** Origins that may call: `*` alone, or addresses with scheme, host and port. */
    allowedOrigins: listOf(
      'origin',
      {
        text: text({ required: true }),
        rules: [
          form('text', {
            pattern: /^(?:\*|[a-z][a-z\d+.-]*:\/\/\S+)$/i,
            expected: '* or an address with its scheme, such as https://portal.example.com',
            severity: 'warning',
          }),
        ],
      },
      { required: true },
    ),
    /** Methods that may be used. Default: GET and POST. */
    allowedMethods: child({
      attributes: {
        /** How long a browser may keep the answer to a preflight request, in seconds. Default: 0. */
        preflightResultMaxAge: integer({ default: 0 }),
      },
      children: {
        /** A method, or `*` for all. */
        method: child({ text: text({ required: true }) }, { required: true, many: true }),
      },
    }),
    /** Headers that a request may have; `*` for all. */
    allowedHeaders: listOf('header', headers, { required: true, requiredOnlyBy: 'the documentation' }),
    /** Headers of the response that a script may read; `*` for all. */
    exposeHeaders: listOf('header', headers),
  },
  order: 'any',
  examples: [
    {
      input: {
        allowCredentials: true,
        terminateUnmatchedRequest: false,
        allowedOrigins: ['https://portal.example.com'],
        allowedMethods: { preflightResultMaxAge: 300, method: ['GET', 'PATCH'] },
        allowedHeaders: ['Authorization', 'Content-Type'],
        exposeHeaders: ['ETag'],
      },
      xml:
        '<cors allow-credentials="true" terminate-unmatched-request="false">' +
        '<allowed-origins><origin>https://portal.example.com</origin></allowed-origins>' +
        '<allowed-methods preflight-result-max-age="300"><method>GET</method><method>PATCH</method></allowed-methods>' +
        '<allowed-headers><header>Authorization</header><header>Content-Type</header></allowed-headers>' +
        '<expose-headers><header>ETag</header></expose-headers></cors>',
    },
    {
      input: { allowedOrigins: ['*'], allowedHeaders: ['*'] },
      xml: '<cors><allowed-origins><origin>*</origin></allowed-origins><allowed-headers><header>*</header></allowed-headers></cors>',
    },
  ],
})
