import { ApimKitError } from '@apim-kit/core/errors'
import { nodeCrypto } from '../node-modules.js'
import { type CipherClass, cipherClasses } from '../crypto/ciphers.js'
import { HashAlgorithm, HashAlgorithmName, hashName } from '../crypto/hash.js'
import { DerivedBytes } from '../crypto/derived-bytes.js'
import { Oid } from '../crypto/oid.js'
import { Rsa, rsaFromXml, RsaPadding, type RsaParameters, rsaToXml } from '../crypto/rsa.js'
import { algorithmNamed, inputPart, SymmetricAlgorithm, type Transform } from '../crypto/symmetric.js'
import { types } from '../types.js'
import { ClrArray } from '../values/collections.js'
import { argumentNull, cryptographicException } from '../values/exceptions.js'
import { hashCode } from '../values/hash.js'
import type { MemoryStream } from '../values/memory-stream.js'
import { toText } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { type Implementation, membersOf, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.Security.Cryptography'
const names = ['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512'] as const

/** What a stream has left. */
function rest(stream: MemoryStream | null): Uint8Array {
  if (stream === null) throw argumentNull('inputStream')
  return stream.read(stream.bytes.length)
}

/** What was taken in goes on unchanged. */
function copyTo(target: Uint8Array | null, data: Uint8Array, offset: number): number {
  target?.set(data, offset)
  return data.length
}

const hashAlgorithm = (): MemberTable => ({
  Hash: (self: HashAlgorithm) => self.hash,
  HashSize: (self: HashAlgorithm) => self.bits,
  InputBlockSize: () => 1,
  OutputBlockSize: () => 1,
  CanReuseTransform: () => true,
  CanTransformMultipleBlocks: () => true,
  'ComputeHash(byte[])': (self: HashAlgorithm, data: Uint8Array | null) => self.compute(data),
  'ComputeHash(byte[],int,int)': (self: HashAlgorithm, data: Uint8Array | null, offset: number, count: number) =>
    self.compute(inputPart(data, offset, count, 'buffer')),
  'ComputeHash(Stream)': (self: HashAlgorithm, stream: MemoryStream | null) => self.compute(rest(stream)),
  TransformBlock: (
    self: HashAlgorithm,
    data: Uint8Array | null,
    offset: number,
    count: number,
    target: Uint8Array | null,
    at: number,
  ) => {
    const taken = inputPart(data, offset, count, 'inputBuffer')
    self.add(taken)
    return copyTo(target, taken, at)
  },
  TransformFinalBlock: (self: HashAlgorithm, data: Uint8Array | null, offset: number, count: number) => {
    const taken = Uint8Array.from(inputPart(data, offset, count, 'inputBuffer'))
    self.add(taken)
    self.finish()
    return taken
  },
  Initialize: (self: HashAlgorithm) => self.initialize(),
  Clear: (self: HashAlgorithm) => self.dispose(),
  Dispose: (self: HashAlgorithm) => self.dispose(),
  'Create()': () => new HashAlgorithm('SHA1'),
  'Create(string)': (name: string | null) => HashAlgorithm.named(name),
})

const hashTypes = names.flatMap((name): TypeMembers[] => [
  membersOf(`${space}.${name}`, () => ({
    'Create()': () => new HashAlgorithm(name),
    'Create(string)': (own: string | null) => HashAlgorithm.named(own),
  })),
  ...['Managed', 'CryptoServiceProvider'].map((suffix) =>
    membersOf(`${space}.${name}${suffix}`, () => ({
      '.ctor': () => new HashAlgorithm(name, null, `${name}${suffix}`),
    })),
  ),
  membersOf(`${space}.HMAC${name}`, () => ({ '.ctor': (key?: Uint8Array | null) => HashAlgorithm.hmac(name, key) })),
])

const hashNames = (): MemberTable => ({
  '.ctor': (name: string | null) => new HashAlgorithmName(name),
  ...Object.fromEntries(names.map((name) => [name, () => new HashAlgorithmName(name)])),
  Name: (self: HashAlgorithmName) => self.name,
  ToString: (self: HashAlgorithmName) => self.name ?? '',
  Equals: (self: HashAlgorithmName, other: HashAlgorithmName) => self.name === other.name,
  op_Equality: (a: HashAlgorithmName, b: HashAlgorithmName) => a.name === b.name,
  op_Inequality: (a: HashAlgorithmName, b: HashAlgorithmName) => a.name !== b.name,
})

/** `KeySizes`: the sizes in bits that an algorithm takes. */
class KeySizes {
  static readonly clrName = `${space}.KeySizes`

  constructor(
    readonly minimum: number,
    readonly maximum: number,
    readonly skip: number,
  ) {}
}

const sizes = (minimum: number, maximum: number, skip: number): ClrArray =>
  new ClrArray(types().named(KeySizes.clrName), [new KeySizes(minimum, maximum, skip)])

const rijndaelBlocks = { minimum: 128, maximum: 256, skip: 64 }

function blockSizes({ kind }: SymmetricAlgorithm): { minimum: number; maximum: number; skip: number } {
  const { blockBits } = kind
  return kind.name === 'RijndaelManaged' ? rijndaelBlocks : { minimum: blockBits, maximum: blockBits, skip: 0 }
}

function inRange(value: number, count: number, message: string): number {
  if (value < 1 || value > count) throw cryptographicException(message)
  return value
}

const symmetric = (): MemberTable => ({
  'Create()': () => new SymmetricAlgorithm(cipherClasses.RijndaelManaged),
  'Create(string)': algorithmNamed,
  BlockSize: (self: SymmetricAlgorithm) => self.kind.blockBits,
  'BlockSize=': (self: SymmetricAlgorithm, bits: number) => {
    if (bits === self.kind.blockBits) return
    const { minimum, maximum, skip } = blockSizes(self)
    if (bits >= minimum && bits <= maximum && (bits - minimum) % skip === 0) {
      throw new ApimKitError('not-supported', 'The emulator encrypts with blocks of 128 bits only: that is AES.')
    }
    throw cryptographicException('Specified block size is not valid for this algorithm.')
  },
  FeedbackSize: (self: SymmetricAlgorithm) => self.feedbackBits,
  'FeedbackSize=': (self: SymmetricAlgorithm, bits: number) => {
    if (bits <= 0 || bits > self.kind.blockBits || bits % 8 !== 0)
      throw cryptographicException('Specified feedback size is invalid.')
    self.feedbackBits = bits
  },
  LegalBlockSizes: (self: SymmetricAlgorithm) => {
    const { minimum, maximum, skip } = blockSizes(self)
    return sizes(minimum, maximum, skip)
  },
  LegalKeySizes: ({ kind: { keyBits } }: SymmetricAlgorithm) => sizes(keyBits.minimum, keyBits.maximum, keyBits.skip),
  ValidKeySize: (self: SymmetricAlgorithm, bits: number) => self.takesKey(bits),
  KeySize: (self: SymmetricAlgorithm) => self.keyBits,
  'KeySize=': (self: SymmetricAlgorithm, bits: number) => {
    self.keyBits = bits
  },
  Key: (self: SymmetricAlgorithm) => Uint8Array.from(self.key),
  'Key=': (self: SymmetricAlgorithm, key: Uint8Array | null) => {
    self.key = key
  },
  IV: (self: SymmetricAlgorithm) => Uint8Array.from(self.iv),
  'IV=': (self: SymmetricAlgorithm, iv: Uint8Array | null) => {
    self.iv = iv
  },
  Mode: (self: SymmetricAlgorithm) => self.mode,
  'Mode=': (self: SymmetricAlgorithm, mode: number) => {
    self.mode = inRange(mode, 5, 'Specified cipher mode is not valid for this algorithm.')
  },
  Padding: (self: SymmetricAlgorithm) => self.padding,
  'Padding=': (self: SymmetricAlgorithm, padding: number) => {
    self.padding = inRange(padding, 5, 'Specified padding mode is not valid for this algorithm.')
  },
  GenerateIV: (self: SymmetricAlgorithm) => self.renew('iv'),
  GenerateKey: (self: SymmetricAlgorithm) => self.renew('key'),
  CreateEncryptor: (self: SymmetricAlgorithm, key?: Uint8Array | null, iv?: Uint8Array | null) =>
    self.transform(true, key, iv),
  CreateDecryptor: (self: SymmetricAlgorithm, key?: Uint8Array | null, iv?: Uint8Array | null) =>
    self.transform(false, key, iv),
  Clear: () => undefined,
  Dispose: () => undefined,
})

/** An abstract class that makes one of its own, and those. */
const cipherTypes = (
  [
    ['Aes', cipherClasses.AesCryptoServiceProvider],
    ['Rijndael', cipherClasses.RijndaelManaged],
    ['TripleDES', cipherClasses.TripleDESCryptoServiceProvider],
    ['DES', cipherClasses.DESCryptoServiceProvider],
  ] satisfies [string, CipherClass][]
).map(([name, kind]) =>
  membersOf(`${space}.${name}`, () => ({
    'Create()': () => new SymmetricAlgorithm(kind),
    'Create(string)': algorithmNamed,
  })),
)

const transform = (): MemberTable => ({
  InputBlockSize: (self: Transform) => self.block,
  OutputBlockSize: (self: Transform) => self.block,
  CanReuseTransform: () => true,
  CanTransformMultipleBlocks: () => true,
  TransformBlock: (
    self: Transform,
    data: Uint8Array | null,
    offset: number,
    count: number,
    target: Uint8Array | null,
    at: number,
  ) => copyTo(target, self.blocks(inputPart(data, offset, count, 'inputBuffer')), at),
  TransformFinalBlock: (self: Transform, data: Uint8Array | null, offset: number, count: number) =>
    self.finish(inputPart(data, offset, count, 'inputBuffer')),
  Dispose: () => undefined,
})

const encryptionPadding = (name: string, hash?: string): RsaPadding =>
  new RsaPadding(`${space}.RSAEncryptionPadding`, name === 'Pkcs1' ? 'pkcs1' : 'oaep', hash)

const newRsa = (bits = 1024): Rsa => new Rsa(undefined, bits, 'RSACryptoServiceProvider')

const rsa = (): MemberTable => ({
  'Create()': () => newRsa(),
  'Create(string)': (name: string | null) => {
    if (name === null) throw argumentNull('name')
    return /^(?:System\.Security\.Cryptography\.)?RSA(?:CryptoServiceProvider)?$/i.test(name) ? newRsa() : null
  },
  'Create(int)': newRsa,
  Encrypt: (self: Rsa, data: Uint8Array, padding: RsaPadding) => self.encrypt(data, padding),
  Decrypt: (self: Rsa, data: Uint8Array, padding: RsaPadding) => self.decrypt(data, padding),
  'SignData(byte[],HashAlgorithmName,RSASignaturePadding)': (
    self: Rsa,
    data: Uint8Array | null,
    hash: HashAlgorithmName,
    padding: RsaPadding,
  ) => self.sign(data, hash, padding),
  'SignData(byte[],int,int,HashAlgorithmName,RSASignaturePadding)': (
    self: Rsa,
    data: Uint8Array | null,
    offset: number,
    count: number,
    hash: HashAlgorithmName,
    padding: RsaPadding,
  ) => self.sign(inputPart(data, offset, count, 'data'), hash, padding),
  'SignData(Stream,HashAlgorithmName,RSASignaturePadding)': (
    self: Rsa,
    data: MemoryStream | null,
    hash: HashAlgorithmName,
    padding: RsaPadding,
  ) => self.sign(data && rest(data), hash, padding),
  VerifyData: (
    self: Rsa,
    data: Uint8Array | null,
    signature: Uint8Array | null,
    hash: HashAlgorithmName,
    padding: RsaPadding,
  ) => self.verify(data, signature, hash, padding),
  SignHash: (self: Rsa, hash: Uint8Array | null, algorithm: HashAlgorithmName, padding: RsaPadding | null) =>
    self.signHash(hash, algorithm, padding),
  VerifyHash: (
    self: Rsa,
    hash: Uint8Array | null,
    signature: Uint8Array | null,
    algorithm: HashAlgorithmName,
    padding: RsaPadding | null,
  ) => self.verifyHash(hash, signature, algorithm, padding),
  ExportParameters: (self: Rsa, withPrivate: boolean) => self.export(withPrivate),
  ImportParameters: (self: Rsa, parameters: RsaParameters) => self.import(parameters),
})

/** Names of hashes as object identifiers. */
const hashIdentifiers: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA1',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
  '2.16.840.1.101.3.4.2.2': 'SHA384',
  '2.16.840.1.101.3.4.2.3': 'SHA512',
}

/** The hash behind `SignData(bytes, "SHA256")`: a name, an identifier or an algorithm object. */
function hashOf(value: ClrValue): HashAlgorithmName {
  const known = typeof value === 'string' ? hashIdentifiers[value] : undefined
  if (known !== undefined) return new HashAlgorithmName(known)
  return new HashAlgorithmName(value instanceof HashAlgorithm ? value.name : hashName(toText(value)))
}

const pkcs1 = new RsaPadding(`${space}.RSASignaturePadding`, 'pkcs1')

const rsaProvider = (): MemberTable => ({
  '.ctor()': () => newRsa(),
  '.ctor(int)': newRsa,
  PublicOnly: (self: Rsa) => self.isPublic,
  'SignHash(byte[],string)': (self: Rsa, hash: Uint8Array | null, name: string | null) =>
    self.signHash(hash, hashOf(name ?? 'SHA1'), pkcs1),
  'VerifyHash(byte[],string,byte[])': (
    self: Rsa,
    hash: Uint8Array | null,
    name: string | null,
    signature: Uint8Array | null,
  ) => self.verifyHash(hash, signature, hashOf(name ?? 'SHA1'), pkcs1),
  SignData: (self: Rsa, data: Uint8Array | null, hash: ClrValue) => self.sign(data, hashOf(hash), pkcs1),
  VerifyData: (self: Rsa, data: Uint8Array | null, hash: ClrValue, signature: Uint8Array | null) =>
    self.verify(data, signature, hashOf(hash), pkcs1),
  Encrypt: (self: Rsa, data: Uint8Array, oaep: boolean) =>
    self.encrypt(data, encryptionPadding(oaep ? 'Oaep' : 'Pkcs1')),
  Decrypt: (self: Rsa, data: Uint8Array, oaep: boolean) =>
    self.decrypt(data, encryptionPadding(oaep ? 'Oaep' : 'Pkcs1')),
})

const parameterNames = ['D', 'DP', 'DQ', 'Exponent', 'InverseQ', 'Modulus', 'P', 'Q'] as const

const parameters = (): MemberTable =>
  Object.fromEntries(
    parameterNames.flatMap((name): [string, Implementation][] => [
      [name, (self: RsaParameters) => self.values[name] ?? null],
      [
        `${name}=`,
        (self: RsaParameters, value: Uint8Array | null) => {
          self.values[name] = value
        },
      ],
    ]),
  )

function fill(bytes: Uint8Array | null): void {
  if (bytes === null) throw argumentNull('data')
  bytes.set(nodeCrypto().randomBytes(bytes.length))
}

class RandomNumbers {
  static readonly clrName = `${space}.RNGCryptoServiceProvider`
}

const random = (): MemberTable => ({
  Create: () => new RandomNumbers(),
  '.ctor': () => new RandomNumbers(),
  'GetBytes(byte[])': (_self: RandomNumbers, bytes: Uint8Array | null) => fill(bytes),
  'GetBytes(byte[],int,int)': (_self: RandomNumbers, bytes: Uint8Array | null, offset: number, count: number) =>
    fill(inputPart(bytes, offset, count, 'data')),
  GetNonZeroBytes: (_self: RandomNumbers, bytes: Uint8Array | null) => {
    fill(bytes)
    bytes?.set(bytes.map((byte) => byte || 1))
  },
  Dispose: () => undefined,
})

const derived = (): MemberTable => ({
  '.ctor': (
    password: string | Uint8Array | null,
    salt: Uint8Array | number | null,
    iterations = 1000,
    hash = new HashAlgorithmName('SHA1'),
  ) => DerivedBytes.of(password, salt, iterations, hash),
  GetBytes: (self: DerivedBytes, count: number) => self.take(count),
  Reset: (self: DerivedBytes) => self.reset(),
  IterationCount: (self: DerivedBytes) => self.iterations,
  'IterationCount=': (self: DerivedBytes, count: number) => {
    self.iterations = count
  },
  Salt: (self: DerivedBytes) => Uint8Array.from(self.salt),
  'Salt=': (self: DerivedBytes, salt: Uint8Array | null) => {
    self.salt = salt
  },
  HashAlgorithm: (self: DerivedBytes) => self.hash,
  Dispose: () => undefined,
})

const oid = (): MemberTable => ({
  '.ctor()': () => new Oid(null, null),
  '.ctor(string)': (name: string | null) => Oid.of(name),
  '.ctor(string,string)': (value: string | null, friendlyName: string | null) => new Oid(value, friendlyName),
  Value: (self: Oid) => self.value,
  'Value=': (self: Oid, value: string | null) => {
    self.value = value
  },
  FriendlyName: (self: Oid) => self.friendlyName,
  'FriendlyName=': (self: Oid, value: string | null) => {
    self.friendlyName = value
  },
})

const paddings = (): MemberTable => ({
  Equals: (self: RsaPadding, other: ClrValue) => other instanceof RsaPadding && self.equals(other),
  ToString: (self: RsaPadding) => self.clrText(),
  GetHashCode: (self: RsaPadding) => hashCode(self.clrText()),
  op_Equality: (a: RsaPadding | null, b: RsaPadding | null) => (a === null ? b === null : a.equals(b)),
  op_Inequality: (a: RsaPadding | null, b: RsaPadding | null) => !(a === null ? b === null : a.equals(b)),
})

const signaturePadding = (name: 'pkcs1' | 'pss'): RsaPadding => new RsaPadding(`${space}.RSASignaturePadding`, name)

export const cryptoMembers: readonly TypeMembers[] = [
  membersOf(`${space}.HashAlgorithm`, hashAlgorithm),
  ...hashTypes,
  membersOf(`${space}.KeyedHashAlgorithm`, () => ({
    Key: (self: HashAlgorithm) => self.key,
    'Key=': (self: HashAlgorithm, key: Uint8Array | null) => {
      self.key = key
    },
    'Create()': () => HashAlgorithm.hmac('SHA1'),
    'Create(string)': (name: string | null) => HashAlgorithm.named(name),
  })),
  membersOf(`${space}.HMAC`, () => ({
    HashName: (self: HashAlgorithm) => self.name,
    'HashName=': (self: HashAlgorithm, name: string) => {
      self.name = hashName(name)
    },
    'Create()': () => HashAlgorithm.hmac('SHA1'),
    'Create(string)': (name: string | null) => HashAlgorithm.named(name),
  })),
  membersOf(`${space}.HashAlgorithmName`, hashNames),
  membersOf(`${space}.ICryptoTransform`, transform),
  membersOf(`${space}.SymmetricAlgorithm`, symmetric),
  ...cipherTypes,
  ...Object.values(cipherClasses).map((kind) =>
    membersOf(`${space}.${kind.name}`, () => ({ '.ctor': () => new SymmetricAlgorithm(kind) })),
  ),
  membersOf(KeySizes.clrName, () => ({
    '.ctor': (minimum: number, maximum: number, skip: number) => new KeySizes(minimum, maximum, skip),
    MinSize: (self: KeySizes) => self.minimum,
    MaxSize: (self: KeySizes) => self.maximum,
    SkipSize: (self: KeySizes) => self.skip,
  })),
  membersOf(`${space}.AsymmetricAlgorithm`, () => ({
    KeySize: (self: Rsa) => self.bits,
    'KeySize=': (self: Rsa, bits: number) => {
      self.bits = bits
    },
    LegalKeySizes: ({ made }: Rsa) => (made === 'RSACng' ? sizes(512, 16384, 64) : sizes(384, 16384, 8)),
    KeyExchangeAlgorithm: ({ made }: Rsa) => (made === 'RSACng' ? 'RSA' : 'RSA-PKCS1-KeyEx'),
    SignatureAlgorithm: ({ made }: Rsa) => (made === 'RSACng' ? 'RSA' : 'http://www.w3.org/2000/09/xmldsig#rsa-sha1'),
    ToXmlString: rsaToXml,
    FromXmlString: rsaFromXml,
    Clear: () => undefined,
    Dispose: () => undefined,
  })),
  membersOf(`${space}.RSA`, rsa),
  membersOf(`${space}.RSACryptoServiceProvider`, rsaProvider),
  membersOf(`${space}.RSACng`, () => ({ '.ctor': (bits = 2048) => new Rsa(undefined, bits) })),
  membersOf(`${space}.RSAParameters`, parameters),
  membersOf(`${space}.RSAEncryptionPadding`, () => ({
    Pkcs1: () => encryptionPadding('Pkcs1'),
    OaepSHA1: () => encryptionPadding('Oaep', 'sha1'),
    OaepSHA256: () => encryptionPadding('Oaep', 'sha256'),
    OaepSHA384: () => encryptionPadding('Oaep', 'sha384'),
    OaepSHA512: () => encryptionPadding('Oaep', 'sha512'),
    CreateOaep: ({ name }: HashAlgorithmName) => encryptionPadding('Oaep', hashName(name ?? '').toLowerCase()),
    Mode: (self: RsaPadding) => (self.scheme === 'pkcs1' ? 0 : 1),
    OaepHashAlgorithm: (self: RsaPadding) =>
      new HashAlgorithmName(self.scheme === 'oaep' ? self.hash.toUpperCase() : null),
    ...paddings(),
  })),
  membersOf(`${space}.RSASignaturePadding`, () => ({
    Pkcs1: () => signaturePadding('pkcs1'),
    Pss: () => signaturePadding('pss'),
    Mode: (self: RsaPadding) => (self.scheme === 'pkcs1' ? 0 : 1),
    ...paddings(),
  })),
  membersOf(`${space}.RandomNumberGenerator`, random),
  membersOf(`${space}.RNGCryptoServiceProvider`, random),
  membersOf(`${space}.Rfc2898DeriveBytes`, derived),
  membersOf(`${space}.Oid`, oid),
]
