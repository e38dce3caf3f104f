import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { argumentException, argumentNull, argumentOutOfRange } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf } from './members.js'

const sizes: Readonly<Record<string, number>> = {
  'System.Boolean': 1,
  'System.Char': 2,
  'System.Int16': 2,
  'System.UInt16': 2,
  'System.Int32': 4,
  'System.UInt32': 4,
  'System.Single': 4,
  'System.Int64': 8,
  'System.UInt64': 8,
  'System.Double': 8,
}

/** The bytes of a number, the lowest first. */
function bytesOf(value: ClrValue, type: Type): Uint8Array {
  const bytes = Buffer.alloc(sizes[type.id] ?? 4)
  if (type.id === 'System.Double') bytes.writeDoubleLE(value as number)
  else if (type.id === 'System.Single') bytes.writeFloatLE(value as number)
  else
    bytes.forEach(
      (_, index) => (bytes[index] = Number((BigInt(value as number | bigint | boolean) >> BigInt(8 * index)) & 255n)),
    )
  return new Uint8Array(bytes)
}

const OUTSIDE = 'Index was out of range. Must be non-negative and less than the size of the collection.'
const TOO_SHORT =
  'Destination array is not long enough to copy all the items in the collection. Check array index and length.'

/** Reads a number at an index. */
function reader<T>(size: number, read: (bytes: Buffer) => T): (bytes: Uint8Array | null, index: number) => T {
  return (bytes, index) => {
    if (bytes === null) throw argumentNull('value')
    if (index < 0 || index >= bytes.length) throw argumentOutOfRange('startIndex', OUTSIDE)
    if (index + size > bytes.length) throw argumentException(TOO_SHORT)
    return read(Buffer.from(bytes.subarray(index, index + size)))
  }
}

function hexadecimal(bytes: Uint8Array | null, start = 0, length?: number): string {
  if (bytes === null) throw argumentNull('value')
  const count = length ?? bytes.length - start
  // An empty array has a first index all the same.
  if (start < 0 || (start >= bytes.length && start > 0)) throw argumentOutOfRange('startIndex', OUTSIDE)
  if (count < 0) throw argumentOutOfRange('length', 'Value must be positive.')
  if (start + count > bytes.length) throw argumentException(TOO_SHORT)
  const part = bytes.subarray(start, start + count)
  return Array.from(part, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('-')
}

export const bitConverter = membersOf('System.BitConverter', () => ({
  IsLittleEndian: () => true,
  GetBytes: bound(
    ({ member: { parameters } }) =>
      (value: ClrValue) =>
        bytesOf(value, parameters[0]?.type ?? types().special.int),
  ),
  ToBoolean: reader(1, (bytes) => bytes[0] !== 0),
  ToChar: reader(2, (bytes) => bytes.readUInt16LE()),
  ToDouble: reader(8, (bytes) => bytes.readDoubleLE()),
  ToSingle: reader(4, (bytes) => bytes.readFloatLE()),
  ToInt16: reader(2, (bytes) => bytes.readInt16LE()),
  ToInt32: reader(4, (bytes) => bytes.readInt32LE()),
  ToInt64: reader(8, (bytes) => bytes.readBigInt64LE()),
  ToUInt16: reader(2, (bytes) => bytes.readUInt16LE()),
  ToUInt32: reader(4, (bytes) => bytes.readUInt32LE()),
  ToUInt64: reader(8, (bytes) => bytes.readBigUInt64LE()),
  DoubleToInt64Bits: (value: number) => Buffer.from(bytesOf(value, types().special.double)).readBigInt64LE(),
  Int64BitsToDouble: (value: bigint) => Buffer.from(bytesOf(value, types().special.long)).readDoubleLE(),
  SingleToInt32Bits: (value: number) => Buffer.from(bytesOf(value, types().named('System.Single'))).readInt32LE(),
  Int32BitsToSingle: (value: number) => Buffer.from(bytesOf(value, types().special.int)).readFloatLE(),
  ToString: hexadecimal,
}))
