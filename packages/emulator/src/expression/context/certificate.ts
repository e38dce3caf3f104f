import { X509Certificate, type KeyObject } from 'node:crypto'
import { cryptographicException } from '../values/exceptions.js'

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
      return new X509Certificate2(new X509Certificate(content), privateKey)
    } catch {
      throw cryptographicException('Cannot find the requested object.')
    }
  }
}
