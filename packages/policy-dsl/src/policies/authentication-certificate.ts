import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atLeastOneOf, atMostOneOf, needs } from '../rules.js'

/**
 * Presents a client certificate to the backend when TLS asks for one; no header is added.
 *
 * @example
 * authenticationCertificate({ certificateId: 'orders-client' })
 */
export const authenticationCertificate = definePolicy('authentication-certificate', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** A certificate of the service, by its thumbprint, which changes when the certificate is renewed. */
    thumbprint: text(),
    /** A certificate of the service, by its name; stays the same when Key Vault renews it. */
    certificateId: text({ refersTo: 'certificate' }),
    /** A certificate that the service does not hold: an expression that gives its bytes. */
    body: text({ keepsType: true }),
    /** The password of the certificate in `body`. */
    password: text({ credential: 'password' }),
  },
  rules: [
    atMostOneOf(['thumbprint', 'certificateId']),
    // The toolkit wants exactly one of the three; the page excludes the first two only, and the schemas nothing.
    atMostOneOf(['certificateId', 'body'], { severity: 'warning', because: 'the policy toolkit refuses both' }),
    atMostOneOf(['thumbprint', 'body'], { severity: 'warning', because: 'the policy toolkit refuses both' }),
    atLeastOneOf(['thumbprint', 'certificateId', 'body'], {
      severity: 'warning',
      because: "Microsoft's schemas ask for none, but then there is no certificate",
    }),
    needs('body', { with: 'password', severity: 'warning', because: 'the password is for it alone' }),
  ],
  examples: [
    {
      input: { certificateId: 'orders-client' },
      xml: '<authentication-certificate certificate-id="orders-client" />',
    },
    {
      input: { thumbprint: 'CA06F56B258B7A0D4F2B05470939478651151984' },
      xml: '<authentication-certificate thumbprint="CA06F56B258B7A0D4F2B05470939478651151984" />',
    },
  ],
})
