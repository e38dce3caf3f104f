import { flag, integer } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { between, needs } from '../rules.js'
import { sendRequest } from './send-request.js'

/**
 * Runs the policies inside once, and again while the condition is true. With `interval` alone the waits are equal; with `delta`
 * they grow by it; with `maxInterval` too they grow exponentially.
 *
 * @example
 * retry({
 *   condition: expression('@(context.Response.StatusCode == 503)'), count: 3, interval: 1, firstFastRetry: true,
 *   policies: [forwardRequest({ bufferRequestBody: true })],
 * })
 */
export const retry = definePolicy('retry', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** Whether to try again; evaluated after every run. */
    condition: flag({ required: true, later: true }),
    /** How often to try again, 1 to 50. */
    count: integer({ required: true }),
    /** How long to wait before that, in seconds. */
    interval: integer({ required: true }),
    /** The longest wait, in seconds; the waits grow exponentially. */
    maxInterval: integer(),
    /** By how much waits grow, in seconds. */
    delta: integer(),
    /** `true` tries the first time again without waiting. Default: `false`. */
    firstFastRetry: flag({ default: false }),
  },
  policies: 'any',
  except: { wait: "newer pages keep it out, older ones and Microsoft's schemas do not" },
  rules: [
    between('count', { min: 1, max: 50, severity: 'warning', because: "Microsoft's schemas have no upper end" }),
    between('interval', { min: 0 }),
    needs('policies', { severity: 'warning', because: "nothing is repeated; Microsoft's schemas take it" }),
  ],
  examples: [
    {
      get input() {
        const call = {
          responseVariableName: 'a',
          timeout: 5,
          ignoreError: true,
          setUrl: 'https://example.com',
          setMethod: 'GET',
        } as const
        return {
          condition: true,
          count: 3,
          interval: 1,
          maxInterval: 10,
          delta: 1,
          firstFastRetry: false,
          policies: [sendRequest(call)],
        }
      },
      xml:
        '<retry condition="true" count="3" interval="1" max-interval="10" delta="1" first-fast-retry="false">' +
        '<send-request response-variable-name="a" timeout="5" ignore-error="true"><set-url>https://example.com</set-url><set-method>GET</set-method></send-request></retry>',
    },
  ],
})
