import type { KeyObject, X509Certificate } from 'node:crypto'
import { nodeCrypto } from '../node-modules.js'
import { DateTime, kinds } from '../values/time.js'
import { cryptographicException } from '../values/exceptions.js'
import { formatDateTime } from '../text/date-format.js'
import { readPkcs12 } from './pkcs12.js'

/** The order in which .NET names the attributes of a distinguished name, and its names for them. */
const attributeNames: Readonly<Record<string, string>> = {
  emailAddress: 'E',
  ST: 'S',
  UID: 'OID.0.9.2342.19200300.100.1.1',
}

/** A certificate as expressions see it, with its private key where there is one. */
export class X509Certificate2 {
  static readonly clrName = 'System.Security.Cryptography.X509Certificates.X509Certificate2'

  constructor(
    readonly certificate: X509Certificate,
    readonly privateKey: KeyObject | null = null,
  ) {}

  /**
   * Reads a certificate in DER or PEM form.
   *
   * @throws DotNetException CryptographicException
   */
  static fromBytes(content: Uint8Array | string, privateKey: KeyObject | null = null): X509Certificate2 {
    try {
      return new X509Certificate2(new (nodeCrypto().X509Certificate)(content), privateKey)
    } catch {
      throw cryptographicException('Cannot find the requested object.')
    }
  }

  /**
   * Reads what a constructor is handed: a certificate, or a PKCS#12 file with its password.
   *
   * @throws DotNetException CryptographicException
   */
  static fromContent(content: Uint8Array, password?: string): X509Certificate2 {
    try {
      return X509Certificate2.fromBytes(content)
    } catch {
      return X509Certificate2.fromPkcs12(content, password)
    }
  }

  /**
   * Reads a PKCS#12 file, the form in which the service stores a certificate with its key.
   *
   * @throws DotNetException CryptographicException for anything else, or a wrong password
   */
  static fromPkcs12(content: Uint8Array, password?: string): X509Certificate2 {
    try {
      const { certificate, privateKey } = readPkcs12(content, password)
      return new X509Certificate2(certificate, privateKey)
    } catch (cause) {
      // What OpenSSL refuses is what it could not decrypt.
      const isUndecryptable = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('ERR_OSSL')
      if (isUndecryptable) throw cryptographicException('The specified network password is not correct.')
      throw cryptographicException(cause instanceof Error ? cause.message : 'Cannot find the requested object.')
    }
  }

  get raw(): Uint8Array {
    return new Uint8Array(this.certificate.raw)
  }

  /** The SHA-1 hash in upper case digits. */
  get thumbprint(): string {
    return nodeCrypto().createHash('sha1').update(this.certificate.raw).digest('hex').toUpperCase()
  }

  /** What `GetName` gives: the most general attribute first. */
  forward(name: 'subject' | 'issuer'): string {
    return distinguishedName(this.certificate[name], false)
  }

  get subject(): string {
    return distinguishedName(this.certificate.subject)
  }

  get issuer(): string {
    return distinguishedName(this.certificate.issuer)
  }

  get notBefore(): DateTime {
    return localTime(this.certificate.validFrom)
  }

  get notAfter(): DateTime {
    return localTime(this.certificate.validTo)
  }

  /**
   * Whether a chain leads to a trusted root. The emulator has no store of roots, so no certificate is trusted, as on a machine
   * that knows none; a policy that wants one compares thumbprints.
   */
  verify(): boolean {
    return false
  }

  clrText(): string {
    const parts = {
      Subject: this.subject,
      Issuer: this.issuer,
      'Serial Number': this.certificate.serialNumber,
      'Not Before': formatDateTime(this.notBefore),
      'Not After': formatDateTime(this.notAfter),
      Thumbprint: this.thumbprint,
    }
    return Object.entries(parts)
      .map(([name, text]) => `[${name}]\n  ${text}\n`)
      .join('\n')
  }
}

/** Node writes one attribute a line, the first the most general; .NET writes the last first, and quotes what has a comma. */
function distinguishedName(text: string | undefined, backward = true): string {
  const lines = (text ?? '').split('\n').filter((line) => line !== '')
  return (backward ? lines.reverse() : lines)
    .map((line) => {
      const [name = '', ...rest] = line.split('=')
      const value = rest.join('=').replace(/\\(.)/g, '$1')
      const quoted = /[,+"\\<>;=\n]|^\s|\s$|^#/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
      return `${attributeNames[name] ?? name}=${quoted}`
    })
    .join(', ')
}

/** `NotBefore` and `NotAfter` are local times, which is UTC here. */
function localTime(text: string): DateTime {
  return DateTime.ofUnixMilliseconds(Date.parse(text)).withKind(kinds.local)
}
