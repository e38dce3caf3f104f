import { flag, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope } from '../places.js'
import { atMost, atMostOneOf } from '../rules.js'
import { listOf } from '../shape.js'

/**
 * Lets a request through only with a client certificate that is valid and, if any are listed, is one of these.
 *
 * @example
 * validateClientCertificate({ identities: [{ subject: 'CN=orders, O=Contoso', issuerCertificateId: 'contoso-root' }] })
 */
export const validateClientCertificate = definePolicy('validate-client-certificate', {
  sections: ['inbound'],
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** Whether the list of revoked certificates is asked. Default: `true`. */
    validateRevocation: flag({ default: true, expressions: false }),
    /** Whether its chain has to end at a trusted authority. Default: `true`. */
    validateTrust: flag({ default: true, expressions: false }),
    /** Whether it has to be valid already. Default: `true`. */
    validateNotBefore: flag({ default: true, expressions: false }),
    /** Whether it has to be valid still. Default: `true`. */
    validateNotAfter: flag({ default: true, expressions: false }),
    /** `true` goes on with a certificate that is not valid. Default: `false`. */
    ignoreError: flag({ default: false, expressions: false }),
  },
  children: {
    /** Accepted certificates, at most ten; one match is enough. */
    identities: listOf('identity', {
      attributes: {
        /** Its SHA-1 thumbprint. */
        thumbprint: text(),
        /** Its serial number. */
        serialNumber: text(),
        /** The CN of its subject. */
        commonName: text(),
        /** Its subject, as a distinguished name. */
        subject: text(),
        /** The DNS name among its alternative names. */
        dnsName: text(),
        /** The issuer's subject. */
        issuerSubject: text(),
        /** The issuer's SHA-1 thumbprint. */
        issuerThumbprint: text(),
        /** A certificate of the service with the issuer's key, by id, in place of the other two. */
        issuerCertificateId: text({ refersTo: 'certificate' }),
      },
      bareTextOnlyIn: "Microsoft's schemas",
      rules: [
        atMostOneOf(['issuerCertificateId', 'issuerSubject']),
        atMostOneOf(['issuerCertificateId', 'issuerThumbprint']),
      ],
    }),
  },
  rules: [atMost('identities', 10)],
  examples: [
    {
      input: { validateRevocation: false, identities: [{ commonName: 'orders', issuerCertificateId: 'contoso-root' }] },
      xml:
        '<validate-client-certificate validate-revocation="false"><identities>' +
        '<identity common-name="orders" issuer-certificate-id="contoso-root" /></identities></validate-client-certificate>',
    },
  ],
})
