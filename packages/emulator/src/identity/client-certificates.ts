import { ApimKitError } from '@apim-kit/core'
import { createHash, X509Certificate } from 'node:crypto'
import type { JWK } from 'oidc-provider'

/** A certificate that an application registered, ready to check assertions with. */
export interface ClientCertificate {
  /** The public key, once without a key id and once for every id that clients of Entra give it. */
  readonly keys: readonly JWK[]
  /** Does the header of an assertion name this certificate, as Entra wants it to (`x5t#S256` or `x5t`)? */
  isNamedBy(header: Readonly<Record<string, unknown>>): boolean
}

/** Reads a PEM certificate. Throws `invalid-input`, with the application's name, for text that is none. */
export function readCertificate(pem: string, application: string): ClientCertificate {
  const certificate = parse(pem, application)
  const thumbprint = (algorithm: string): string => createHash(algorithm).update(certificate.raw).digest('base64url')
  const [sha256, sha1] = [thumbprint('sha256'), thumbprint('sha1')]
  const key = { ...certificate.publicKey.export({ format: 'jwk' }), use: 'sig' } as JWK
  const kids = [sha256, sha1, Buffer.from(sha1, 'base64url').toString('hex').toUpperCase()]
  return {
    keys: [key, ...kids.map((kid) => ({ ...key, kid }))],
    isNamedBy: (header) => header['x5t#S256'] === sha256 || header['x5t'] === sha1,
  }
}

function parse(pem: string, application: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch (cause) {
    const message = `A certificate of application '${application}' cannot be read; pass the PEM text of an X.509 certificate.`
    throw new ApimKitError('invalid-input', message, { cause })
  }
}
