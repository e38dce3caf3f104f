import { flag, integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'
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
 * Calls another address and stores the response in a context variable. Any status counts as success, 4xx and 5xx too.
 *
 * @example
 * sendRequest({
 *   responseVariableName: 'token-response', timeout: 10,
 *   setUrl: 'https://login.example.com/token', setMethod: 'POST',
 *   setHeader: { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
 *   setBody: expr`"grant_type=client_credentials&client_secret=" + System.Net.WebUtility.UrlEncode("{{client-secret}}")`,
 * })
 */
export const sendRequest = definePolicy('send-request', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** `copy` starts from the headers and the body of the current request. Default: `new`, an empty one. */
    mode: oneOf(['new', 'copy'], { default: 'new' }),
    /** The variable that receives the response; read it as `IResponse`. */
    responseVariableName: text({
      variable: 'set',
      holds: 'IResponse',
      required: true,
      requiredOnlyBy: 'the documentation',
    }),
    /** How long to wait, in whole seconds. Default: 60. */
    timeout: integer({ default: 60, limitsWait: true }),
    /** `true` swallows failures; the variable then holds null. Default: `false`. */
    ignoreError: flag({ default: false, expressions: false }),
    /** Undocumented: `timeout` in milliseconds. */
    timeoutMs: integer({ limitsWait: true, onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    bufferResponse: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    failOnErrorStatusCode: flag({ failsOnErrorStatus: true, expressions: false, onlyIn: "Microsoft's schemas" }),
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
    /** The proxy of this call; one that stands before it in the section does not count. */
    proxy: nested(proxy),
  },
  rules: [needs('setUrl', unlessCopy), needs('setMethod', unlessCopy)],
  examples: [
    {
      input: {
        mode: 'new',
        responseVariableName: 'answer',
        timeout: 10,
        ignoreError: true,
        setUrl: 'https://example.com/check',
        setMethod: 'POST',
        setHeader: [{ name: 'Accept', value: 'application/json' }],
        setBody: '{}',
      },
      xml:
        '<send-request mode="new" response-variable-name="answer" timeout="10" ignore-error="true">' +
        '<set-url>https://example.com/check</set-url><set-method>POST</set-method>' +
        '<set-header name="Accept"><value>application/json</value></set-header><set-body>{}</set-body></send-request>',
    },
  ],
})
