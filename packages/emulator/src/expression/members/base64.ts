import type { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange, formatException } from '../values/exceptions.js'
import type { MemberTable } from './members.js'

/** @throws DotNetException FormatException; white space is ignored, padding is required */
export function fromBase64(text: string | null, parameter = 's'): Uint8Array {
  if (text === null) throw argumentNull(parameter)
  const digits = text.replace(/[ \t\r\n]/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) {
    throw formatException(
      'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.',
    )
  }
  if (digits.length % 4 !== 0) throw formatException('Invalid length for a Base-64 char array or string.')
  return new Uint8Array(Buffer.from(digits, 'base64'))
}

/** The range of an array that an overload names. */
function checkRange(length: number, offset: number, count: number): void {
  if (count < 0)
    throw argumentOutOfRange(
      'length',
      'Index was out of range. Must be non-negative and less than the size of the collection.',
    )
  if (offset < 0) throw argumentOutOfRange('offset', 'Value must be positive.')
  if (offset > length - count)
    throw argumentOutOfRange('offset', 'Offset and length must refer to a position in the string.')
}

/** `Base64FormattingOptions.InsertLineBreaks` breaks after 76 characters, on every system with `\r\n`. */
function toBase64(bytes: Uint8Array | null, options = 0): string {
  if (bytes === null) throw argumentNull('inArray')
  if (options < 0 || options > 1) throw argumentException(`Illegal enum value: ${options}.`)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64')
  return options === 1 ? text.replace(/.{76}(?=.)/g, '$&\r\n') : text
}

function partToBase64(bytes: Uint8Array | null, offset: number, length: number, options = 0): string {
  if (bytes === null) throw argumentNull('inArray')
  checkRange(bytes.length, offset, length)
  return toBase64(bytes.subarray(offset, offset + length), options)
}

/** Writes the digits into an array from an index on, and tells how many. */
function toCharArray(
  bytes: Uint8Array | null,
  offset: number,
  length: number,
  target: ClrArray | null,
  at: number,
  options = 0,
): number {
  if (bytes === null) throw argumentNull('inArray')
  if (target === null) throw argumentNull('outArray')
  const text = partToBase64(bytes, offset, length, options)
  if (at < 0) throw argumentOutOfRange('offsetOut', 'Value must be positive.')
  if (at > target.items.length - text.length)
    throw argumentOutOfRange(
      'offsetOut',
      'Either offset did not refer to a position in the string, or there is an insufficient length of destination character array.',
    )
  for (let index = 0; index < text.length; index++) target.items[at + index] = text.charCodeAt(index)
  return text.length
}

/** What `System.Convert` does with Base64. */
export const base64Members = (): MemberTable => ({
  FromBase64String: (text: string | null) => fromBase64(text),
  FromBase64CharArray: (chars: ClrArray | null, offset: number, length: number) => {
    if (chars === null) throw argumentNull('inArray')
    checkRange(chars.items.length, offset, length)
    return fromBase64(String.fromCharCode(...(chars.items.slice(offset, offset + length) as number[])))
  },
  'ToBase64String(byte[])': (bytes: Uint8Array | null) => toBase64(bytes),
  'ToBase64String(byte[],Base64FormattingOptions)': toBase64,
  ToBase64String: partToBase64,
  ToBase64CharArray: toCharArray,
})
