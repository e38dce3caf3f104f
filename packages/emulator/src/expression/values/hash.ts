import type { Decimal } from './decimal.js'
import { Guid } from './guid.js'
import { DateTime, TimeSpan } from './time.js'
import type { ClrValue } from './value.js'

const objects = new WeakMap<object, number>()
let last = 0x2f0b
/** A hash code: equal for equal keys. .NET's own numbers differ from run to run and are not reproduced, but for small integers. */
export function hashCode(key: unknown): number {
  if (typeof key === 'number' && Number.isInteger(key)) return key | 0
  if (typeof key === 'boolean') return Number(key)
  if (typeof key === 'object' && key !== null) return objectHash(key)
  let hash = 0
  for (const unit of String(key)) hash = (Math.imul(hash, 31) + (unit.codePointAt(0) ?? 0)) | 0
  return hash
}

function objectHash(key: object): number {
  let hash = objects.get(key)
  if (hash === undefined) {
    hash = last = (Math.imul(last, 16807) + 1) & 0x7fffffff
    objects.set(key, hash)
  }
  return hash
}

/** .NET's own hash code of a number, a char, a time or a Guid; undefined for other types. */
export function primitiveHash(type: string, value: ClrValue): number | undefined {
  if (value === null) return undefined
  if (value instanceof DateTime || value instanceof TimeSpan) return fold(value.ticks)
  if (value instanceof Guid) return guidHash(value)
  switch (type) {
    case 'System.Int64':
    case 'System.UInt64':
      return fold(value as bigint)
    case 'System.Char':
      return (value as number) | ((value as number) << 16)
    case 'System.Int16':
      return ((value as number) & 0xffff) | ((value as number) << 16)
    case 'System.SByte':
      return (value as number) ^ ((value as number) << 8)
    case 'System.Double':
      return value === 0 ? 0 : fold(new BigInt64Array(Float64Array.of(value as number).buffer)[0] ?? 0n)
    case 'System.Decimal':
      return decimalHash(value as Decimal)
    case 'System.Single':
      return value === 0 ? 0 : (new Int32Array(Float32Array.of(value as number).buffer)[0] ?? 0)
    default:
      return undefined
  }
}

/** Of the double that a decimal becomes, without the bits in which equal decimals may differ. */
function decimalHash(value: Decimal): number {
  const [low = 0, high = 0] = new Int32Array(Float64Array.of(value.toNumber() + 0).buffer)
  return (low & 0xfffffff0) ^ high
}

/** The hash code of a value in the form of its type; `key` is what its traits tell it apart by. Null has zero. */
export function valueHash(type: string, value: ClrValue, key: unknown): number {
  return value === null ? 0 : (primitiveHash(type, value) ?? hashCode(key))
}

/** How System.Tuple joins the hash codes of its items: in fours, in pairs. */
export function combineHashes(hashes: readonly number[]): number {
  if (hashes.length > 4) return pair(combineHashes(hashes.slice(0, 4)), combineHashes(hashes.slice(4)))
  const [a = 0, b = 0, c = 0, d = 0] = hashes
  if (hashes.length < 2) return a
  if (hashes.length === 2) return pair(a, b)
  return hashes.length === 3 ? pair(pair(a, b), c) : pair(pair(a, b), pair(c, d))
}

const pair = (one: number, two: number): number => ((one << 5) + one) ^ two

/** The two halves of 64 bits, one over the other. */
function fold(bits: bigint): number {
  return Number(BigInt.asIntN(32, bits)) ^ Number(BigInt.asIntN(32, bits >> 32n))
}

function guidHash(guid: Guid): number {
  const bytes = new DataView(Uint8Array.from(guid.toBytes()).buffer)
  const middle = (bytes.getInt16(4, true) << 16) | bytes.getUint16(6, true)
  return bytes.getInt32(0, true) ^ middle ^ ((bytes.getUint8(10) << 24) | bytes.getUint8(15))
}
