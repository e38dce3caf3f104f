import { nodeCrypto } from '../node-modules.js'
import { cryptographicException } from '../values/exceptions.js'

/** `PaddingMode`, by number. */
export const paddingModes = { none: 1, pkcs7: 2, zeros: 3, ansiX923: 4, iso10126: 5 } as const

/** Data filled up to whole blocks. @throws DotNetException CryptographicException */
export function padded(data: Uint8Array, mode: number, block: number): Uint8Array {
  const partial = data.length % block
  const { none, pkcs7, zeros, iso10126 } = paddingModes
  if (mode === none && partial !== 0) throw cryptographicException('Length of the data to encrypt is invalid.')
  if (mode === none || (mode === zeros && partial === 0)) return data
  const count = block - partial
  const result = new Uint8Array(data.length + count)
  result.set(data)
  if (mode === zeros) return result
  if (mode === iso10126) result.set(nodeCrypto().randomBytes(count), data.length)
  if (mode === pkcs7) result.fill(count, data.length)
  result[result.length - 1] = count
  return result
}

/** Data without what filled it up. @throws DotNetException CryptographicException */
export function withoutPadding(data: Uint8Array, mode: number, block: number): Uint8Array {
  if (mode === paddingModes.none || mode === paddingModes.zeros) return data
  const count = data.at(-1) ?? 0
  const filling = data.subarray(data.length - count, -1)
  const isRight =
    count > 0 &&
    count <= block &&
    count <= data.length &&
    (mode === paddingModes.iso10126 || filling.every((byte) => byte === (mode === paddingModes.pkcs7 ? count : 0)))
  if (!isRight) throw cryptographicException('Padding is invalid and cannot be removed.')
  return data.subarray(0, data.length - count)
}
