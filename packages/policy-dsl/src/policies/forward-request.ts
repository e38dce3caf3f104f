import { flag, integer, oneOf } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atMostOneOf } from '../rules.js'

/**
 * Sends the request to the backend and waits for its answer. Nothing reaches a backend without it; the global policy has it, and
 * narrower scopes get it by `base`.
 *
 * @example
 * forwardRequest({ timeout: 20, followRedirects: true })
 */
export const forwardRequest = definePolicy('forward-request', {
  sections: ['backend'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** How long to wait for the answer's headers, in seconds. Default: 300. Above 240 an idle connection may be dropped first. */
    timeout: integer({ default: 300 }),
    /** The same in milliseconds; not together with `timeout`. */
    timeoutMs: integer(),
    /** How long to wait for `100 Continue`, in seconds. */
    continueTimeout: integer(),
    /** `1`: HTTP/1; `2`: HTTP/2; `2or1`: HTTP/2, else HTTP/1. Default: `1`. */
    httpVersion: oneOf(['1', '2or1', '2'], {
      default: '1',
      expressionsUnstated: true,
      // In v2 as a preview.
      valueGateways: { '2': ['self-hosted', 'v2'], '2or1': ['self-hosted', 'v2'] },
    }),
    /** `false` hands redirects to the caller. Default: `false`. */
    followRedirects: flag({ default: false }),
    /** Keeps the body, so that a `retry` can send it again. Default: `false`. */
    bufferRequestBody: flag({ default: false, expressionsUnstated: true }),
    /** `false` passes each piece on at once, as server-sent events need. Default: `true`. */
    bufferResponse: flag({ default: true, expressions: false }),
    /** `true` makes an error of an answer from 400 to 599. Default: `false`. */
    failOnErrorStatusCode: flag({ default: false, expressions: false }),
  },
  rules: [atMostOneOf(['timeout', 'timeoutMs'])],
  examples: [
    { xml: '<forward-request />' },
    { input: { timeout: 20, followRedirects: true }, xml: '<forward-request timeout="20" follow-redirects="true" />' },
  ],
})
