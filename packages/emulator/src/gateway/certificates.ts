import type { GatewayConfiguration, StoredCertificate } from '../emulator-context.js'
import { X509Certificate2 } from '../expression/index.js'

/**
 * The certificates that expressions find in `context.Deployment.Certificates`, read once after a change and only when an
 * expression asks. Each stands under its id, as the documentation says, and under its thumbprint, since published policies look
 * it up by that.
 *
 * @throws DotNetException CryptographicException from `list` for a certificate that is no PKCS#12 file or has another password
 */
export function createCertificates(source: Pick<GatewayConfiguration, 'listCertificates' | 'onChange'>): {
  readonly list: () => ReadonlyMap<string, X509Certificate2>
  readonly close: () => void
} {
  let kept: ReadonlyMap<string, X509Certificate2> | undefined
  const close = source.onChange(({ kind }) => {
    // A change of any secret in a vault is announced as one of named values.
    if (kind === 'certificate' || kind === 'namedValue') kept = undefined
  })
  return {
    list: () => (kept ??= new Map(source.listCertificates().flatMap(entriesOf))),
    close,
  }
}

function entriesOf({ id, data, password }: StoredCertificate): [string, X509Certificate2][] {
  if (data === undefined) return []
  const certificate = X509Certificate2.fromPkcs12(Buffer.from(data, 'base64'), password)
  return [
    [id, certificate],
    [certificate.thumbprint, certificate],
  ]
}
