import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { nested } from '../shape.js'
import { setBody } from './set-body.js'
import { setHeader } from './set-header.js'
import { setStatus } from './set-status.js'

/**
 * Stops the pipeline and answers the caller: with `200 OK` and no body, with what the children say, or with a response held in a
 * variable, which the children then change.
 *
 * @example
 * returnResponse({ setStatus: { code: 401, reason: 'Unauthorized' }, setBody: 'no token' })
 */
export const returnResponse = definePolicy('return-response', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  ends: true,
  attributes: {
    /** A variable that holds a response, for instance that of a `send-request`. */
    responseVariableName: text({ variable: 'read', holds: 'IResponse', expressions: false }),
  },
  children: {
    setStatus: nested(setStatus),
    setHeader: nested(setHeader, { many: true }),
    /** A Liquid template gives nothing useful here: its input is empty. */
    setBody: nested(setBody),
  },
  examples: [
    {
      input: { setStatus: { code: 403 }, setHeader: { name: 'X', value: 'y' }, setBody: 'no' },
      xml: '<return-response><set-status code="403" /><set-header name="X"><value>y</value></set-header><set-body>no</set-body></return-response>',
    },
  ],
})
