import { oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { child } from '../shape.js'

/** `*`, or an optional `*` and a host name. */
const domain = text({ required: true, pattern: /^(\*|\*?[A-Za-z0-9\-.]+)$/ })
const secure = oneOf(['true', 'false'], { default: 'true', expressionsUnstated: true })

/**
 * Serves Adobe's cross-domain policy file, for clients in Flash and Silverlight. The page names the outer elements only; what
 * stands in them is Adobe's, as Microsoft's schemas have it.
 *
 * @example
 * crossDomain({ crossDomainPolicy: { allowHttpRequestHeadersFrom: { domain: 'example.com', headers: 'X-Client' } } })
 */
export const crossDomain = definePolicy('cross-domain', {
  sections: ['inbound'],
  scopes: ['global'],
  gateways: ['classic', 'v2', 'consumption', 'self-hosted'],
  children: {
    /** The content of the file. */
    crossDomainPolicy: child({
      children: {
        /** Which policy files of the host count. */
        siteControl: child({
          attributes: {
            /** Which files count. */
            permittedCrossDomainPolicies: oneOf(['all', 'by-content-type', 'master-only', 'none'], {
              required: true,
              expressionsUnstated: true,
            }),
          },
        }),
        /** Hosts whose programs may read. */
        allowAccessFrom: child(
          {
            attributes: {
              /** The host; `*` for all. */
              domain,
              /** Whether HTTPS only. Default: `true`. */
              secure,
            },
          },
          { many: true },
        ),
        /** Hosts whose programs may send headers. */
        allowHttpRequestHeadersFrom: child(
          {
            attributes: {
              /** The host; `*` for all. */
              domain,
              /** The headers, with commas between them; each may end in `*`. */
              headers: text({ required: true }),
              /** Whether HTTPS only. Default: `true`. */
              secure,
            },
          },
          { many: true },
        ),
      },
    }),
  },
  examples: [
    {
      input: {
        crossDomainPolicy: {
          siteControl: { permittedCrossDomainPolicies: 'master-only' },
          allowHttpRequestHeadersFrom: { domain: 'example.com', headers: 'X-Client' },
        },
      },
      xml:
        '<cross-domain><cross-domain-policy><site-control permitted-cross-domain-policies="master-only" />' +
        '<allow-http-request-headers-from domain="example.com" headers="X-Client" /></cross-domain-policy></cross-domain>',
    },
  ],
})
