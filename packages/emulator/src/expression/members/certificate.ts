import { ApimKitError } from '@apim-kit/core/errors'
import { nodeCrypto } from '../node-modules.js'
import { X509Certificate2 } from '../context/certificate.js'
import { signatureIdentifier } from '../context/pkcs12.js'
import { Oid } from '../crypto/oid.js'
import { Rsa } from '../crypto/rsa.js'
import { formatDateTime } from '../text/date-format.js'
import { argumentNull } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { membersOf, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.Security.Cryptography.X509Certificates'

/** `X500DistinguishedName`. */
class DistinguishedName {
  static readonly clrName = `${space}.X500DistinguishedName`

  constructor(readonly name: string) {}
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase()
const serialBytes = (self: X509Certificate2): Uint8Array =>
  new Uint8Array(Buffer.from(self.certificate.serialNumber, 'hex').reverse())

/** The raw key bits, without the algorithm's wrapping: the content of the last BIT STRING of the key's SubjectPublicKeyInfo. */
function publicKeyBits(self: X509Certificate2): Uint8Array {
  const key = self.certificate.publicKey
  return new Uint8Array(
    key.asymmetricKeyType === 'rsa'
      ? key.export({ type: 'pkcs1', format: 'der' })
      : key.export({ type: 'spki', format: 'der' }),
  )
}

function same(a: X509Certificate2, b: ClrValue): boolean {
  return b instanceof X509Certificate2 && a.certificate.fingerprint512 === b.certificate.fingerprint512
}

/** One attribute of a name: what stands behind `CN=`. */
function attribute(name: string, key: string): string {
  return (
    new RegExp(`(?:^|, )${key}=("(?:[^"]|"")*"|[^,]*)`).exec(name)?.[1]?.replace(/^"|"$/g, '').replaceAll('""', '"') ??
    ''
  )
}

/** `GetNameInfo`: the simple name is the common name, or the most special that there is. */
function nameInfo(self: X509Certificate2, type: number, ofIssuer: boolean): string {
  const name = ofIssuer ? self.issuer : self.subject
  const [emailName, upnName, urlName] = [1, 2, 5]
  const dnsNames = [3, 4]
  const alternative = self.certificate.subjectAltName ?? ''
  if (type === emailName) return /email:([^,]*)/.exec(alternative)?.[1] ?? attribute(name, 'E')
  if (type === upnName) return ''
  if (type === urlName) return /URI:([^,]*)/.exec(alternative)?.[1] ?? ''
  if (dnsNames.includes(type))
    return /DNS:([^,]*)/.exec(self.certificate.subjectAltName ?? '')?.[1] ?? attribute(name, 'CN')
  return attribute(name, 'CN') || attribute(name, 'OU') || attribute(name, 'O') || attribute(name, 'E')
}

const certificate = (): MemberTable => ({
  '.ctor': read,
  Issuer: (self: X509Certificate2) => self.issuer,
  Subject: (self: X509Certificate2) => self.subject,
  GetCertHash: (self: X509Certificate2) => new Uint8Array(nodeCrypto().createHash('sha1').update(self.raw).digest()),
  GetCertHashString: (self: X509Certificate2) => self.thumbprint,
  GetEffectiveDateString: (self: X509Certificate2) => formatDateTime(self.notBefore),
  GetExpirationDateString: (self: X509Certificate2) => formatDateTime(self.notAfter),
  GetFormat: () => 'X509',
  GetIssuerName: (self: X509Certificate2) => self.forward('issuer'),
  GetName: (self: X509Certificate2) => self.forward('subject'),
  GetKeyAlgorithmParametersString: () => '0500',
  Export: exported,
  GetKeyAlgorithm: (self: X509Certificate2) =>
    self.certificate.publicKey.asymmetricKeyType === 'rsa' ? '1.2.840.113549.1.1.1' : '1.2.840.10045.2.1',
  GetPublicKey: publicKeyBits,
  GetPublicKeyString: (self: X509Certificate2) => hex(publicKeyBits(self)),
  GetRawCertData: (self: X509Certificate2) => self.raw,
  GetRawCertDataString: (self: X509Certificate2) => hex(self.raw),
  GetSerialNumber: serialBytes,
  GetSerialNumberString: (self: X509Certificate2) => self.certificate.serialNumber,
  Equals: same,
  ToString: (self: X509Certificate2) => self.clrText(),
  Dispose: () => undefined,
})

function read(bytes: Uint8Array | null, password?: string | null): X509Certificate2 {
  if (bytes === null) throw argumentNull('rawData')
  return X509Certificate2.fromContent(bytes, password ?? undefined)
}

/** `X509ContentType`, as far as it is written. */
const contentTypes = { cert: 1, pfx: 3 } as const

/** A certificate alone, as it was signed. @throws ApimKitError where its key would have to be written too */
function exported(self: X509Certificate2, type: number): Uint8Array {
  if (type === contentTypes.cert) return self.raw
  throw new ApimKitError('not-supported', 'The emulator exports certificates as X509ContentType.Cert only.')
}

/** `PublicKey`. */
class PublicKey {
  static readonly clrName = `${space}.PublicKey`

  constructor(readonly certificate: X509Certificate2) {}
}

function contentType(bytes: Uint8Array | null): number {
  const { privateKey, certificate } = read(bytes)
  return privateKey === null && Buffer.from(certificate.raw).equals(Buffer.from(bytes ?? [])) ? 1 : 3
}

function privateKeyOf(self: X509Certificate2): Rsa | null {
  return self.privateKey?.asymmetricKeyType === 'rsa'
    ? new Rsa({ publicKey: self.certificate.publicKey, privateKey: self.privateKey })
    : null
}

function publicKeyOf(self: X509Certificate2, made?: 'RSACryptoServiceProvider'): Rsa | null {
  return self.certificate.publicKey.asymmetricKeyType === 'rsa'
    ? new Rsa({ publicKey: self.certificate.publicKey, privateKey: null }, undefined, made)
    : null
}

const certificate2 = (): MemberTable => ({
  '.ctor': read,
  Archived: () => false,
  FriendlyName: () => '',
  HasPrivateKey: (self: X509Certificate2) => self.privateKey !== null,
  IssuerName: (self: X509Certificate2) => new DistinguishedName(self.issuer),
  SubjectName: (self: X509Certificate2) => new DistinguishedName(self.subject),
  NotAfter: (self: X509Certificate2) => self.notAfter,
  NotBefore: (self: X509Certificate2) => self.notBefore,
  PrivateKey: privateKeyOf,
  PublicKey: (self: X509Certificate2) => new PublicKey(self),
  SignatureAlgorithm: (self: X509Certificate2) => Oid.of(signatureIdentifier(self.raw)),
  GetCertContentType: contentType,
  RawData: (self: X509Certificate2) => self.raw,
  SerialNumber: (self: X509Certificate2) => self.certificate.serialNumber,
  Thumbprint: (self: X509Certificate2) => self.thumbprint,
  Version: () => 3,
  GetNameInfo: nameInfo,
  Verify: (self: X509Certificate2) => self.verify(),
  ToString: (self: X509Certificate2) => self.clrText(),
})

export const certificateMembers: readonly TypeMembers[] = [
  membersOf(`${space}.X509Certificate`, certificate),
  membersOf(`${space}.X509Certificate2`, certificate2),
  membersOf(`${space}.X500DistinguishedName`, () => ({
    '.ctor': (name: string) => new DistinguishedName(name),
    Name: (self: DistinguishedName) => self.name,
  })),
  membersOf(PublicKey.clrName, () => ({
    Oid: ({ certificate }: PublicKey) =>
      Oid.of(
        certificate.certificate.publicKey.asymmetricKeyType === 'rsa' ? '1.2.840.113549.1.1.1' : '1.2.840.10045.2.1',
      ),
    Key: ({ certificate }: PublicKey) => publicKeyOf(certificate, 'RSACryptoServiceProvider'),
  })),
  membersOf(`${space}.RSACertificateExtensions`, () => ({
    GetRSAPrivateKey: privateKeyOf,
    GetRSAPublicKey: (self: X509Certificate2) => publicKeyOf(self),
  })),
]
