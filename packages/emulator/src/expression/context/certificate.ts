import { X509Certificate, type KeyObject } from 'node:crypto'

/** A certificate as expressions see it, with its private key where there is one. */
export class X509Certificate2 {
  static readonly clrName = 'System.Security.Cryptography.X509Certificates.X509Certificate2'

  constructor(
    readonly certificate: X509Certificate,
    readonly privateKey: KeyObject | null = null,
  ) {}

  /** Reads a certificate in DER or PEM form. */
  static fromDer(content: Uint8Array | string, privateKey: KeyObject | null = null): X509Certificate2 {
    return new X509Certificate2(new X509Certificate(content), privateKey)
  }
}
