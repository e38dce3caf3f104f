import { integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyScope, everySection } from '../places.js'
import { needs } from '../rules.js'
import { child, nested } from '../shape.js'
import { authenticationBasic } from './authentication-basic.js'
import { authenticationCertificate } from './authentication-certificate.js'
import { authenticationManagedIdentity } from './authentication-managed-identity.js'
import { authenticationToken } from './authentication-token.js'
import { authenticationTokenStore } from './authentication-token-store.js'
import { proxy } from './proxy.js'
import { setBody } from './set-body.js'
import { setHeader } from './set-header.js'
import { setMethod } from './set-method.js'

const unlessCopy = {
  unless: { mode: 'copy' },
  severity: 'warning',
  because: "Microsoft's schemas do not ask for it",
} as const

/**
 * Calls another address and does not wait for its response: nothing of it is kept, and failures are not noticed.
 *
 * @example
 * sendOneWayRequest({ setUrl: 'https://hooks.example.com/orders', setMethod: 'POST', setBody: 'order 7' })
 */
export const sendOneWayRequest = definePolicy('send-one-way-request', {
  sections: everySection,
  scopes: everyScope,
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  attributes: {
    /** `copy` starts from the headers and the body of the current request. Default: `new`, an empty one. */
    mode: oneOf(['new', 'copy'], { default: 'new' }),
    /** When the call is given up, in whole seconds. Default: 60. */
    timeout: integer({ default: 60 }),
  },
  children: {
    /** The absolute address to call. */
    setUrl: child({ text: text({ required: true }) }),
    /** The method. */
    setMethod: nested(setMethod),
    /** Headers. */
    setHeader: nested(setHeader, { many: true }),
    /** The body. */
    setBody: nested(setBody),
    /** Only the policy toolkit takes it here. */
    authenticationBasic: nested(authenticationBasic, { onlyIn: 'the policy toolkit' }),
    /** The client certificate of this call. */
    authenticationCertificate: nested(authenticationCertificate),
    /** Undocumented. */
    authenticationToken: nested(authenticationToken, { onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    authenticationTokenStore: nested(authenticationTokenStore, { onlyIn: "Microsoft's schemas" }),
    /** A token of the service's identity for this call. */
    authenticationManagedIdentity: nested(authenticationManagedIdentity),
    /** The proxy of this call. */
    proxy: nested(proxy),
  },
  rules: [needs('setUrl', unlessCopy), needs('setMethod', unlessCopy)],
  examples: [
    {
      input: {
        mode: 'new',
        timeout: 20,
        setUrl: 'https://hooks.example.com/orders',
        setMethod: 'POST',
        setHeader: { name: 'Content-Type', value: 'text/plain' },
        setBody: 'order 7',
        authenticationManagedIdentity: { resource: 'https://hooks.example.com' },
      },
      xml:
        '<send-one-way-request mode="new" timeout="20"><set-url>https://hooks.example.com/orders</set-url><set-method>POST</set-method>' +
        '<set-header name="Content-Type"><value>text/plain</value></set-header><set-body>order 7</set-body>' +
        '<authentication-managed-identity resource="https://hooks.example.com" /></send-one-way-request>',
    },
  ],
})
