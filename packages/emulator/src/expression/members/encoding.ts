import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import type { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { charArray } from './string.js'
import { bound, membersOf, type MemberTable, type TypeMembers } from './members.js'

/** What an encoding does and is called. */
interface Codec {
  readonly name: string
  readonly webName: string
  readonly codePage: number
  encode(text: string): Uint8Array
  decode(bytes: Uint8Array): string
  readonly preamble: readonly number[]
}

const replaced = (text: string, limit: number): Uint8Array =>
  Uint8Array.from(Array.from(text), (letter) =>
    (letter.codePointAt(0) ?? 0) > limit ? 63 : (letter.codePointAt(0) ?? 0),
  )

function swapPairs(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
}

/** Where windows-1252 differs from ISO 8859-1; five bytes mean nothing. */
const windows1252 = new Map(
  Array.from(
    '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ',
    (letter, index) => [0x80 + index, letter] as const,
  ),
)

function windows1252Byte(letter: string): number {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code
  return [...windows1252].find(([, own]) => own === letter)?.[0] ?? 63
}

function utf32(text: string): Uint8Array {
  const letters = Array.from(text)
  const result = Buffer.alloc(letters.length * 4)
  letters.forEach((letter, index) => result.writeUInt32LE(letter.codePointAt(0) ?? 0, index * 4))
  return result
}

function fromUtf32(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes)
  let text = ''
  for (let index = 0; index + 3 < buffer.length; index += 4) {
    const code = buffer.readUInt32LE(index)
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  }
  return text
}

/** A leading U+FEFF is text here: only readers of streams drop it. */
const utf8: Codec = {
  name: 'Unicode (UTF-8)',
  webName: 'utf-8',
  codePage: 65001,
  encode: (text) => Buffer.from(text, 'utf8'),
  decode: (bytes) => Buffer.from(bytes).toString('utf8'),
  preamble: [0xef, 0xbb, 0xbf],
}

const codecs = {
  UTF8: utf8,
  ASCII: {
    name: 'US-ASCII',
    webName: 'us-ascii',
    codePage: 20127,
    encode: (text) => replaced(text, 127),
    decode: (bytes) => Array.from(bytes, (byte) => (byte > 127 ? '?' : String.fromCharCode(byte))).join(''),
    preamble: [],
  },
  Unicode: {
    name: 'Unicode',
    webName: 'utf-16',
    codePage: 1200,
    encode: (text) => Buffer.from(text, 'utf16le'),
    decode: (bytes) => Buffer.from(bytes).toString('utf16le'),
    preamble: [0xff, 0xfe],
  },
  BigEndianUnicode: {
    name: 'Unicode (Big-Endian)',
    webName: 'utf-16BE',
    codePage: 1201,
    encode: (text) => swapPairs(Buffer.from(text, 'utf16le')),
    decode: (bytes) => Buffer.from(swapPairs(bytes)).toString('utf16le'),
    preamble: [0xfe, 0xff],
  },
  UTF32: {
    name: 'Unicode (UTF-32)',
    webName: 'utf-32',
    codePage: 12000,
    encode: utf32,
    decode: fromUtf32,
    preamble: [0xff, 0xfe, 0, 0],
  },
  Latin1: {
    name: 'Western European (ISO)',
    webName: 'iso-8859-1',
    codePage: 28591,
    encode: (text) => replaced(text, 255),
    decode: (bytes) => Buffer.from(bytes).toString('latin1'),
    preamble: [],
  },
  Windows1252: {
    name: 'Western European (Windows)',
    webName: 'windows-1252',
    codePage: 1252,
    encode: (text) => Uint8Array.from(Array.from(text), windows1252Byte),
    decode: (bytes) => Array.from(bytes, (byte) => windows1252.get(byte) ?? String.fromCharCode(byte)).join(''),
    preamble: [],
  },
} as const satisfies Readonly<Record<string, Codec>>

/** `System.Text.Encoding`. */
export class Encoding {
  static readonly clrName = 'System.Text.Encoding'

  constructor(
    readonly codec: Codec,
    readonly emitsPreamble = true,
  ) {}

  static readonly utf8 = new Encoding(utf8)

  clrText(): string {
    return 'System.Text.UTF8Encoding'
  }
}

const encodings = Object.fromEntries(Object.entries(codecs).map(([name, codec]) => [name, new Encoding(codec)]))

function named(key: string | number): Encoding {
  const wanted = String(key)
    .toLowerCase()
    .replace(/^utf8$/, 'utf-8')
    .replace(/^latin1$/, 'iso-8859-1')
    .replace(/^1252$/, 'windows-1252')
    .replace(/^ascii$/, 'us-ascii')
  const found = Object.values(encodings).find(
    ({ codec }) => codec.webName.toLowerCase() === wanted || String(codec.codePage) === wanted,
  )
  if (found === undefined) throw argumentException(`'${key}' is not a supported encoding name.`, 'name')
  return found
}

/** The text of an argument that is a string or an array of chars. */
function textOf(value: ClrValue, parameter: string): string {
  if (value === null)
    throw argumentNull(
      parameter,
      parameter === 's' ? 'String reference not set to an instance of a String.' : 'Array cannot be null.',
    )
  return typeof value === 'string' ? value : String.fromCharCode(...((value as ClrArray).items as number[]))
}

function required(bytes: Uint8Array | null): Uint8Array {
  if (bytes === null) throw argumentNull('bytes', 'Array cannot be null.')
  return bytes
}

function range(bytes: Uint8Array | null, index: number, count: number): Uint8Array {
  if (index < 0 || count < 0 || index + count > required(bytes).length) {
    throw argumentOutOfRange('bytes', 'Index and count must refer to a location within the buffer.')
  }
  return required(bytes).subarray(index, index + count)
}

const members = (): MemberTable => ({
  ...Object.fromEntries(
    ['UTF8', 'ASCII', 'Unicode', 'BigEndianUnicode', 'UTF32'].map((name) => [name, () => encodings[name] ?? null]),
  ),
  Default: () => Encoding.utf8,
  GetEncoding: named,
  Convert: (from: Encoding, to: Encoding, bytes: Uint8Array) =>
    Uint8Array.from(to.codec.encode(from.codec.decode(bytes))),
  EncodingName: ({ codec }: Encoding) => codec.name,
  WebName: ({ codec }: Encoding) => codec.webName,
  HeaderName: ({ codec }: Encoding) => codec.webName,
  BodyName: ({ codec }: Encoding) => codec.webName,
  CodePage: ({ codec }: Encoding) => codec.codePage,
  'GetByteCount(string)': ({ codec }: Encoding, text: ClrValue) => codec.encode(textOf(text, 's')).length,
  'GetByteCount(char[])': ({ codec }: Encoding, chars: ClrValue) => codec.encode(textOf(chars, 'chars')).length,
  'GetBytes(string)': ({ codec }: Encoding, text: ClrValue) => Uint8Array.from(codec.encode(textOf(text, 's'))),
  'GetBytes(char[])': ({ codec }: Encoding, chars: ClrValue) => Uint8Array.from(codec.encode(textOf(chars, 'chars'))),
  'GetBytes(char[],int,int)': ({ codec }: Encoding, chars: ClrArray, index: number, count: number) =>
    Uint8Array.from(codec.encode(String.fromCharCode(...(chars.items.slice(index, index + count) as number[])))),
  GetCharCount: ({ codec }: Encoding, bytes: Uint8Array | null) => codec.decode(required(bytes)).length,
  GetChars: ({ codec }: Encoding, bytes: Uint8Array | null) => charArray(codec.decode(required(bytes))),
  GetPreamble: ({ codec, emitsPreamble }: Encoding) => Uint8Array.from(emitsPreamble ? codec.preamble : []),
  'GetString(byte[])': ({ codec }: Encoding, bytes: Uint8Array | null) => codec.decode(required(bytes)),
  'GetString(byte[],int,int)': ({ codec }: Encoding, bytes: Uint8Array | null, index: number, count: number) =>
    codec.decode(range(bytes, index, count)),
})

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

/** Reads a number at an index. */
function reader<T>(size: number, read: (bytes: Buffer) => T): (bytes: Uint8Array | null, index: number) => T {
  return (bytes, index) => {
    if (bytes === null) throw argumentNull('value')
    if (index < 0 || index >= bytes.length)
      throw argumentOutOfRange(
        'startIndex',
        'Index was out of range. Must be non-negative and less than the size of the collection.',
      )
    if (index + size > bytes.length)
      throw argumentException(
        'Destination array is not long enough to copy all the items in the collection. Check array index and length.',
      )
    return read(Buffer.from(bytes.subarray(index, index + size)))
  }
}

function hexadecimal(bytes: Uint8Array | null, start = 0, length?: number): string {
  if (bytes === null) throw argumentNull('value')
  const part = bytes.subarray(start, length === undefined ? undefined : start + length)
  return Array.from(part, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join('-')
}

const bitConverter = membersOf('System.BitConverter', () => ({
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
  ToString: hexadecimal,
}))

export const encodingMembers: readonly TypeMembers[] = [
  membersOf('System.Text.Encoding', members),
  membersOf('System.Text.UTF8Encoding', () => ({
    '.ctor()': () => new Encoding(utf8, false),
    '.ctor': (emitsPreamble: boolean) => new Encoding(utf8, emitsPreamble),
  })),
  membersOf('System.Text.ASCIIEncoding', () => ({ '.ctor': () => new Encoding(codecs.ASCII) })),
  membersOf('System.Text.UnicodeEncoding', () => ({ '.ctor': () => new Encoding(codecs.Unicode) })),
  bitConverter,
]
