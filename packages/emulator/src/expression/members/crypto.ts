import { nodeCrypto } from '../node-modules.js'
import { HashAlgorithm, HashAlgorithmName, hashName } from '../crypto/hash.js'
import { Rsa, RsaPadding, type RsaParameters } from '../crypto/rsa.js'
import { algorithmNamed, SymmetricAlgorithm } from '../crypto/symmetric.js'
import { beforeLongWork } from '../run.js'
import { argumentNull, argumentOutOfRange, cryptographicException } from '../values/exceptions.js'
import { toText } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { bound, type Implementation, membersOf, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.Security.Cryptography'
const names = ['MD5', 'SHA1', 'SHA256', 'SHA384', 'SHA512'] as const

function part(bytes: Uint8Array | null, offset: number, count: number): Uint8Array {
  if (bytes === null) throw argumentNull('buffer')
  if (offset < 0 || count < 0 || offset + count > bytes.length)
    throw argumentOutOfRange('offset', 'Non-negative number required.')
  return bytes.subarray(offset, offset + count)
}

const hashAlgorithm = (): MemberTable => ({
  Hash: (self: HashAlgorithm) => self.hash,
  HashSize: (self: HashAlgorithm) => self.bits,
  'ComputeHash(byte[])': (self: HashAlgorithm, data: Uint8Array | null) => self.compute(data),
  'ComputeHash(byte[],int,int)': (self: HashAlgorithm, data: Uint8Array | null, offset: number, count: number) =>
    self.compute(part(data, offset, count)),
  Initialize: () => undefined,
  Clear: () => undefined,
  Dispose: () => undefined,
  'Create()': () => new HashAlgorithm('SHA1'),
  'Create(string)': (name: string) =>
    /^HMAC/i.test(name) ? HashAlgorithm.hmac(hashName(name)) : new HashAlgorithm(hashName(name)),
})

const hashTypes = names.flatMap((name): TypeMembers[] => [
  membersOf(`${space}.${name}`, () => ({ Create: () => new HashAlgorithm(name) })),
  ...['Managed', 'CryptoServiceProvider'].map((suffix) =>
    membersOf(`${space}.${name}${suffix}`, () => ({ '.ctor': () => new HashAlgorithm(name) })),
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

/** `ICryptoTransform`: one direction of a symmetric algorithm. */
class Transform {
  static readonly clrName = `${space}.ICryptoTransform`

  constructor(readonly run: (data: Uint8Array) => Uint8Array) {}
}

/** The algorithm with the key and vector of a call, or its own. */
function withKey(self: SymmetricAlgorithm, key?: Uint8Array | null, iv?: Uint8Array | null): SymmetricAlgorithm {
  const copy = new SymmetricAlgorithm()
  copy.mode = self.mode
  copy.padding = self.padding
  copy.key = key === undefined ? self.key : key
  copy.iv = iv === undefined ? self.iv : iv
  return copy
}

const symmetric = (): MemberTable => ({
  'Create()': () => new SymmetricAlgorithm(),
  'Create(string)': algorithmNamed,
  BlockSize: () => 128,
  'BlockSize=': (_self: SymmetricAlgorithm, bits: number) => {
    if (bits !== 128) throw cryptographicException('Specified block size is not valid for this algorithm.')
  },
  KeySize: (self: SymmetricAlgorithm) => self.key.length * 8,
  'KeySize=': (self: SymmetricAlgorithm, bits: number) => {
    self.key = nodeCrypto().randomBytes(bits / 8)
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
    self.mode = mode
  },
  Padding: (self: SymmetricAlgorithm) => self.padding,
  'Padding=': (self: SymmetricAlgorithm, padding: number) => {
    self.padding = padding
  },
  GenerateIV: (self: SymmetricAlgorithm) => {
    self.iv = nodeCrypto().randomBytes(16)
  },
  GenerateKey: (self: SymmetricAlgorithm) => {
    self.key = nodeCrypto().randomBytes(self.key.length)
  },
  CreateEncryptor: (self: SymmetricAlgorithm, key?: Uint8Array | null, iv?: Uint8Array | null) => {
    const ready = withKey(self, key, iv)
    return new Transform((data) => ready.encrypt(data))
  },
  CreateDecryptor: (self: SymmetricAlgorithm, key?: Uint8Array | null, iv?: Uint8Array | null) => {
    const ready = withKey(self, key, iv)
    return new Transform((data) => ready.decrypt(data))
  },
  Clear: () => undefined,
  Dispose: () => undefined,
})

const encryptionPadding = (name: string, hash?: string): RsaPadding =>
  new RsaPadding(`${space}.RSAEncryptionPadding`, name === 'Pkcs1' ? 'pkcs1' : 'oaep', hash)

const rsa = (): MemberTable => ({
  Create: () => new Rsa(),
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
  ) => self.sign(part(data, offset, count), hash, padding),
  VerifyData: (
    self: Rsa,
    data: Uint8Array | null,
    signature: Uint8Array | null,
    hash: HashAlgorithmName,
    padding: RsaPadding,
  ) => self.verify(data, signature, hash, padding),
  SignHash: (self: Rsa, hash: Uint8Array | null, algorithm: HashAlgorithmName) => self.signHash(hash, algorithm),
  VerifyHash: (self: Rsa, hash: Uint8Array | null, signature: Uint8Array | null, algorithm: HashAlgorithmName) =>
    self.verifyHash(hash, signature, algorithm),
  ExportParameters: (self: Rsa, withPrivate: boolean) => self.export(withPrivate),
  ImportParameters: (self: Rsa, parameters: RsaParameters) => self.import(parameters),
})

/** The hash behind `SignData(bytes, "SHA256")`: a name or an algorithm object. */
function hashOf(value: ClrValue): HashAlgorithmName {
  return new HashAlgorithmName(value instanceof HashAlgorithm ? value.name : hashName(toText(value)))
}

const pkcs1 = new RsaPadding(`${space}.RSASignaturePadding`, 'pkcs1')

const rsaProvider = (): MemberTable => ({
  '.ctor()': () => new Rsa(undefined, 1024),
  '.ctor(int)': (bits: number) => new Rsa(undefined, bits),
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

const random = (): MemberTable => ({
  Create: () => ({}),
  '.ctor': () => ({}),
  GetBytes: (_self: object, bytes: Uint8Array) => {
    bytes.set(nodeCrypto().randomBytes(bytes.length))
  },
  GetNonZeroBytes: (_self: object, bytes: Uint8Array) => {
    bytes.set(
      nodeCrypto()
        .randomBytes(bytes.length)
        .map((byte) => byte || 1),
    )
  },
  Dispose: () => undefined,
})

/** `Rfc2898DeriveBytes`: PBKDF2 with SHA-1, whose bytes are handed out in order. */
class DerivedBytes {
  static readonly clrName = `${space}.Rfc2898DeriveBytes`
  #taken = 0

  constructor(
    readonly password: string,
    readonly salt: Uint8Array,
    readonly iterations: number,
  ) {}

  take(count: number): Uint8Array {
    // In one piece, so it is not begun when it would take longer than an expression may run.
    const rounds = this.iterations * Math.ceil((this.#taken + count) / 20)
    if (rounds > iterationLimit) throw argumentOutOfRange('cb', 'The key takes too long to derive.')
    beforeLongWork()
    const all = nodeCrypto().pbkdf2Sync(this.password, this.salt, this.iterations, this.#taken + count, 'sha1')
    this.#taken += count
    return new Uint8Array(all.subarray(this.#taken - count))
  }
}

/** More rounds than this would block the process for longer than an expression may run. */
const iterationLimit = 2_000_000

const derived = (): MemberTable => ({
  '.ctor': (password: string, salt: Uint8Array, iterations = 1000) => {
    if (salt.length < 8) throw cryptographicException('Salt is not at least eight bytes.')
    if (iterations <= 0 || iterations > iterationLimit)
      throw argumentOutOfRange('iterations', 'Positive number required.')
    return new DerivedBytes(password, salt, iterations)
  },
  GetBytes: (self: DerivedBytes, count: number) =>
    self.take(part(new Uint8Array(Math.max(0, Math.min(count, 65536))), 0, count).length),
  Dispose: () => undefined,
})

/** `Oid`. */
class Oid {
  static readonly clrName = `${space}.Oid`

  constructor(
    public value: string | null = null,
    public friendlyName: string | null = null,
  ) {}
}

const oid = (): MemberTable => ({
  '.ctor': (value: string | null = null, friendlyName: string | null = null) => new Oid(value, friendlyName),
  Value: (self: Oid) => self.value,
  'Value=': (self: Oid, value: string | null) => {
    self.value = value
  },
  FriendlyName: (self: Oid) => self.friendlyName,
  'FriendlyName=': (self: Oid, value: string | null) => {
    self.friendlyName = value
  },
})

const signaturePadding = (name: 'pkcs1' | 'pss'): RsaPadding => new RsaPadding(`${space}.RSASignaturePadding`, name)

export const cryptoMembers: readonly TypeMembers[] = [
  membersOf(`${space}.HashAlgorithm`, hashAlgorithm),
  ...hashTypes,
  membersOf(`${space}.KeyedHashAlgorithm`, () => ({
    Key: (self: HashAlgorithm) => self.key,
    'Key=': (self: HashAlgorithm, key: Uint8Array | null) => {
      self.key = key === null ? new Uint8Array() : Uint8Array.from(key)
    },
  })),
  membersOf(`${space}.HMAC`, () => ({
    HashName: (self: HashAlgorithm) => self.name,
    'HashName=': (self: HashAlgorithm, name: string) => {
      self.name = hashName(name)
    },
    'Create()': () => HashAlgorithm.hmac('SHA1'),
    'Create(string)': (name: string) => HashAlgorithm.hmac(hashName(name)),
  })),
  membersOf(`${space}.HashAlgorithmName`, hashNames),
  membersOf(`${space}.ICryptoTransform`, () => ({
    TransformFinalBlock: (self: Transform, data: Uint8Array | null, offset: number, count: number) =>
      self.run(part(data, offset, count)),
  })),
  membersOf(`${space}.SymmetricAlgorithm`, symmetric),
  membersOf(`${space}.Aes`, () => ({ Create: bound(() => () => new SymmetricAlgorithm()) })),
  ...['AesManaged', 'AesCryptoServiceProvider', 'RijndaelManaged'].map((name) =>
    membersOf(`${space}.${name}`, () => ({ '.ctor': () => new SymmetricAlgorithm() })),
  ),
  membersOf(`${space}.AsymmetricAlgorithm`, () => ({
    KeySize: (self: Rsa) => self.bits,
    KeyExchangeAlgorithm: () => 'RSA',
    SignatureAlgorithm: () => 'RSA',
    Clear: () => undefined,
    Dispose: () => undefined,
  })),
  membersOf(`${space}.RSA`, rsa),
  membersOf(`${space}.RSACryptoServiceProvider`, rsaProvider),
  membersOf(`${space}.RSACng`, () => ({ '.ctor': () => new Rsa() })),
  membersOf(`${space}.RSAParameters`, parameters),
  membersOf(`${space}.RSAEncryptionPadding`, () => ({
    Pkcs1: () => encryptionPadding('Pkcs1'),
    OaepSHA1: () => encryptionPadding('Oaep', 'sha1'),
    OaepSHA256: () => encryptionPadding('Oaep', 'sha256'),
    OaepSHA384: () => encryptionPadding('Oaep', 'sha384'),
    OaepSHA512: () => encryptionPadding('Oaep', 'sha512'),
  })),
  membersOf(`${space}.RSASignaturePadding`, () => ({
    Pkcs1: () => signaturePadding('pkcs1'),
    Pss: () => signaturePadding('pss'),
  })),
  membersOf(`${space}.RandomNumberGenerator`, random),
  membersOf(`${space}.RNGCryptoServiceProvider`, random),
  membersOf(`${space}.Rfc2898DeriveBytes`, derived),
  membersOf(`${space}.Oid`, oid),
]
