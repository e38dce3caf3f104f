import type { KeyObject, X509Certificate } from 'node:crypto'
import { nodeCrypto } from '../node-modules.js'

/** What a PKCS#12 file (PFX) is stored for: a certificate, and its private key where there is one. */
export interface KeyStore {
  readonly certificate: X509Certificate
  readonly privateKey: KeyObject | null
}

/**
 * Reads a PKCS#12 file (RFC 7292), which Node can use for TLS but not open. AES and triple DES are read, which is what OpenSSL 3,
 * Windows and Key Vault write; the RC2 of older tools is not.
 *
 * @throws Error when it is none, the password is wrong, or it is encrypted in another way
 */
export function readPkcs12(content: Uint8Array, password = ''): KeyStore {
  const [, authSafe] = childrenOf(readNode(Buffer.from(content)))
  const bags = contentsOf(authSafe, password).flatMap((safe) => childrenOf(readNode(contentOf(safe, password))))
  const certificates: X509Certificate[] = []
  let privateKey: KeyObject | null = null
  for (const bag of bags) {
    const [id, value] = childrenOf(bag)
    const [inner] = childrenOf(value)
    if (oidOf(id) === `${bagTypes}.3`) certificates.push(certificateIn(inner))
    else if (oidOf(id) === `${bagTypes}.1` && inner) privateKey = privateKeyOf(inner.raw)
    else if (oidOf(id) === `${bagTypes}.2`) {
      const [algorithm, encrypted] = childrenOf(inner)
      privateKey = privateKeyOf(decrypt(algorithm, bodyOf(encrypted), password))
    }
  }
  const key = privateKey
  const certificate =
    certificates.find((candidate) => key !== null && candidate.checkPrivateKey(key)) ?? certificates[0]
  if (certificate === undefined) throw new Error('The PKCS#12 file holds no certificate.')
  return { certificate, privateKey: key }
}

/** The identifier of the algorithm that a certificate in DER is signed with. */
export function signatureIdentifier(certificate: Uint8Array): string {
  const [, algorithm] = childrenOf(readNode(Buffer.from(certificate)))
  return oidOf(childrenOf(algorithm)[0])
}

const bagTypes = '1.2.840.113549.1.12.10.1'
const [data, encryptedData] = ['1.2.840.113549.1.7.1', '1.2.840.113549.1.7.6']

/** A piece of DER. */
interface Node {
  readonly raw: Buffer
  readonly body: Buffer
}

function readNode(bytes: Buffer): Node {
  const first = bytes[1] ?? 0
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  // 0x80 alone would mean a length that is not told, which DER does not have.
  if (bytes.length < 2 + lengthBytes || first === 0x80 || lengthBytes > 4)
    throw new Error('The file is no PKCS#12 file.')
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(2, lengthBytes)
  const start = 2 + lengthBytes
  if (start + length > bytes.length) throw new Error('The PKCS#12 file is cut off.')
  return { raw: bytes.subarray(0, start + length), body: bytes.subarray(start, start + length) }
}

function childrenOf(node: Node | undefined): Node[] {
  const children: Node[] = []
  for (let rest = bodyOf(node); rest.length > 0;) {
    const child = readNode(rest)
    children.push(child)
    rest = rest.subarray(child.raw.length)
  }
  return children
}

function bodyOf(node: Node | undefined): Buffer {
  if (node === undefined) throw new Error('The file is no PKCS#12 file.')
  return node.body
}

function oidOf(node: Node | undefined): string {
  const numbers: number[] = []
  let number = 0
  for (const byte of bodyOf(node)) {
    number = number * 128 + (byte & 0x7f)
    if (byte >= 0x80) continue
    if (numbers.length === 0)
      numbers.push(Math.min(2, Math.floor(number / 40)), number - 40 * Math.min(2, Math.floor(number / 40)))
    else numbers.push(number)
    number = 0
  }
  return numbers.join('.')
}

function integerOf(node: Node | undefined): number {
  const bytes = bodyOf(node)
  return bytes.readUIntBE(0, Math.min(bytes.length, 6))
}

/** The parts of the outermost sequence. */
function contentsOf(authSafe: Node | undefined, password: string): Node[] {
  return childrenOf(readNode(contentOf(authSafe, password)))
}

/** What a ContentInfo holds, decrypted. */
function contentOf(info: Node | undefined, password: string): Buffer {
  const [type, value] = childrenOf(info)
  const [inner] = childrenOf(value)
  if (oidOf(type) === data) return bodyOf(inner)
  if (oidOf(type) !== encryptedData)
    throw new Error(`The PKCS#12 file has content of type ${oidOf(type)}, which is not read.`)
  const [, encrypted] = childrenOf(inner)
  const [, algorithm, content] = childrenOf(encrypted)
  return decrypt(algorithm, bodyOf(content), password)
}

function certificateIn(bag: Node | undefined): X509Certificate {
  const [, value] = childrenOf(bag)
  const [octets] = childrenOf(value)
  return new (nodeCrypto().X509Certificate)(bodyOf(octets))
}

function privateKeyOf(key: Buffer): KeyObject {
  return nodeCrypto().createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** Ciphers by their OID, with the lengths of key and initialisation vector. */
const ciphers: Readonly<Record<string, { readonly name: string; readonly key: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', key: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', key: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', key: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', key: 24 },
}

const hashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

function decrypt(algorithm: Node | undefined, encrypted: Buffer, password: string): Buffer {
  const [id, parameters] = childrenOf(algorithm)
  switch (oidOf(id)) {
    case '1.2.840.113549.1.5.13':
      return decryptPbes2(parameters, encrypted, password)
    case '1.2.840.113549.1.12.1.3': {
      const [salt, iterations] = childrenOf(parameters)
      const derive = (purpose: number, length: number): Buffer =>
        deriveKey(purpose, password, bodyOf(salt), integerOf(iterations), length)
      return decipher('des-ede3-cbc', derive(1, 24), derive(2, 8), encrypted)
    }
    default:
      throw new Error(`The PKCS#12 file is encrypted by ${oidOf(id)}, which is not read; use AES.`)
  }
}

function decryptPbes2(parameters: Node | undefined, encrypted: Buffer, password: string): Buffer {
  const [derivation, encryption] = childrenOf(parameters)
  const [, derivationParameters] = childrenOf(derivation)
  const [salt, iterations, ...more] = childrenOf(derivationParameters)
  const hash = more.map((node) => (node.raw[0] === 0x30 ? hashes[oidOf(childrenOf(node)[0])] : undefined)).find(Boolean)
  const [cipherId, iv] = childrenOf(encryption)
  const cipher = ciphers[oidOf(cipherId)]
  if (cipher === undefined)
    throw new Error(`The PKCS#12 file is encrypted by ${oidOf(cipherId)}, which is not read; use AES.`)
  const key = nodeCrypto().pbkdf2Sync(password, bodyOf(salt), integerOf(iterations), cipher.key, hash ?? 'sha1')
  return decipher(cipher.name, key, bodyOf(iv), encrypted)
}

function decipher(cipher: string, key: Buffer, iv: Buffer, encrypted: Buffer): Buffer {
  const stream = nodeCrypto().createDecipheriv(cipher, key, iv)
  return Buffer.concat([stream.update(encrypted), stream.final()])
}

/** The derivation of RFC 7292, appendix B, with SHA-1. */
function deriveKey(purpose: number, password: string, salt: Buffer, iterations: number, length: number): Buffer {
  const block = 64
  const fill = (bytes: Buffer): Buffer => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes)
  // UTF-16, big-endian, with a zero at its end.
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16()
  let input = Buffer.concat([fill(salt), fill(secret)])
  const output: Buffer[] = []
  for (let made = 0; made < length; made += 20) {
    let hash = nodeCrypto().createHash('sha1').update(Buffer.alloc(block, purpose)).update(input).digest()
    for (let round = 1; round < iterations; round++) hash = nodeCrypto().createHash('sha1').update(hash).digest()
    output.push(hash)
    const added = BigInt(`0x${Buffer.alloc(block, hash).toString('hex')}`) + 1n
    const blocks: Buffer[] = []
    for (let at = 0; at < input.length; at += block) {
      const sum = BigInt(`0x${input.subarray(at, at + block).toString('hex')}`) + added
      blocks.push(
        Buffer.from(
          sum
            .toString(16)
            .padStart(block * 2, '0')
            .slice(-block * 2),
          'hex',
        ),
      )
    }
    input = Buffer.concat(blocks)
  }
  return Buffer.concat(output).subarray(0, length)
}
