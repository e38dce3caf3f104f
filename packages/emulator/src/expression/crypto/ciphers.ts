import { ApimKitError } from '@apim-kit/core/errors'
import type { CipherMode } from './symmetric.js'

/** A .NET class that encrypts with one key: what it takes, and which of Node's ciphers it is. */
export interface CipherClass {
  /** Its simple name. */
  readonly name: string
  readonly cipher: 'aes' | 'des' | 'tripledes'
  readonly blockBits: number
  readonly keyBits: { readonly minimum: number; readonly maximum: number; readonly skip: number }
  readonly feedbackBits: number
  readonly modes: readonly CipherMode[]
}

const aesKeys = { minimum: 128, maximum: 256, skip: 64 }

/** One row per class. */
export const cipherClasses = {
  AesCryptoServiceProvider: {
    name: 'AesCryptoServiceProvider',
    cipher: 'aes',
    blockBits: 128,
    keyBits: aesKeys,
    feedbackBits: 8,
    modes: ['cbc', 'ecb', 'cfb'],
  },
  AesManaged: {
    name: 'AesManaged',
    cipher: 'aes',
    blockBits: 128,
    keyBits: aesKeys,
    feedbackBits: 128,
    modes: ['cbc', 'ecb'],
  },
  RijndaelManaged: {
    name: 'RijndaelManaged',
    cipher: 'aes',
    blockBits: 128,
    keyBits: aesKeys,
    feedbackBits: 128,
    modes: ['cbc', 'ecb', 'cfb'],
  },
  TripleDESCryptoServiceProvider: {
    name: 'TripleDESCryptoServiceProvider',
    cipher: 'tripledes',
    blockBits: 64,
    keyBits: { minimum: 128, maximum: 192, skip: 64 },
    feedbackBits: 8,
    modes: ['cbc', 'ecb', 'cfb'],
  },
  DESCryptoServiceProvider: {
    name: 'DESCryptoServiceProvider',
    cipher: 'des',
    blockBits: 64,
    keyBits: { minimum: 64, maximum: 64, skip: 0 },
    feedbackBits: 8,
    modes: ['cbc', 'ecb', 'cfb'],
  },
} as const satisfies Record<string, CipherClass>

/** The names by which .NET makes each class, in small letters. */
const names: Readonly<Record<string, CipherClass>> = {
  aes: cipherClasses.AesCryptoServiceProvider,
  aescryptoserviceprovider: cipherClasses.AesCryptoServiceProvider,
  aesmanaged: cipherClasses.AesManaged,
  rijndael: cipherClasses.RijndaelManaged,
  rijndaelmanaged: cipherClasses.RijndaelManaged,
  symmetricalgorithm: cipherClasses.RijndaelManaged,
  '3des': cipherClasses.TripleDESCryptoServiceProvider,
  tripledes: cipherClasses.TripleDESCryptoServiceProvider,
  'triple des': cipherClasses.TripleDESCryptoServiceProvider,
  tripledescryptoserviceprovider: cipherClasses.TripleDESCryptoServiceProvider,
  des: cipherClasses.DESCryptoServiceProvider,
  descryptoserviceprovider: cipherClasses.DESCryptoServiceProvider,
}

/** The class behind a name, with or without its namespace; undefined for a name that .NET does not know. @throws ApimKitError for RC2 */
export function cipherNamed(name: string): CipherClass | undefined {
  const simple = name.toLowerCase().replace(/^system\.security\.cryptography\./, '')
  if (/^rc2(?:cryptoserviceprovider)?$/.test(simple))
    throw new ApimKitError('not-supported', 'The emulator does not encrypt with RC2: use "Aes".')
  return Object.hasOwn(names, simple) ? names[simple] : undefined
}

/** Keys under which two encryptions with DES, or two of the three of TripleDES, come to nothing. */
export function isWeakKey(cipher: CipherClass['cipher'], key: Uint8Array): boolean {
  if (cipher === 'aes') return false
  const parts = Array.from({ length: key.length / 8 }, (_, index) => desBits(key.subarray(index * 8, index * 8 + 8)))
  return cipher === 'des' ? weakDesKeys.has(parts[0] ?? '') : parts.some((part, index) => part === parts[index + 1])
}

/** The key as it works: the last bit of each byte is none of it. */
function desBits(part: Uint8Array): string {
  return Buffer.from(part.map((byte) => byte & 0xfe)).toString('hex')
}

const weakDesKeys: ReadonlySet<string> = new Set([
  '0000000000000000',
  'fefefefefefefefe',
  '1e1e1e1e0e0e0e0e',
  'e0e0e0e0f0f0f0f0',
  '00fe00fe00fe00fe',
  'fe00fe00fe00fe00',
  '1ee01ee00ef00ef0',
  'e01ee01ef00ef00e',
  '00e000e000f000f0',
  'e000e000f000f000',
  '1efe1efe0efe0efe',
  'fe1efe1efe0efe0e',
  '001e001e000e000e',
  '1e001e000e000e00',
  'e0fee0fef0fef0fe',
  'fee0fee0fef0fef0',
])
