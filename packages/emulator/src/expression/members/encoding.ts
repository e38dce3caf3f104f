import { codecOf, codecs, type Codec } from '../text/codecs.js'
import type { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange, notSupported } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { bitConverter } from './bit-converter.js'
import { charArray } from './string.js'
import { membersOf, type MemberTable, type TypeMembers } from './members.js'

/** `System.Text.Encoding`. */
export class Encoding {
  static readonly clrName = 'System.Text.Encoding'
  static readonly utf8 = new Encoding(codecs.UTF8)
  static readonly utf16 = new Encoding(codecs.Unicode)
  readonly clrTypeName: string

  constructor(
    readonly codec: Codec,
    readonly emitsPreamble = true,
    /** Whether what is wrong is an error, not replaced. */
    readonly strict = false,
  ) {
    this.clrTypeName = `System.Text.${codec.className}`
  }

  encode(text: string): Uint8Array {
    return Uint8Array.from(this.codec.encode(text, this.strict))
  }

  decode(bytes: Uint8Array): string {
    return this.codec.decode(bytes, this.strict)
  }

  equals(other: unknown): boolean {
    return (
      other instanceof Encoding &&
      other.codec === this.codec &&
      other.emitsPreamble === this.emitsPreamble &&
      other.strict === this.strict
    )
  }

  clrText(): string {
    return this.clrTypeName
  }
}

const made = new Map<Codec, Encoding>([
  [codecs.UTF8, Encoding.utf8],
  [codecs.Unicode, Encoding.utf16],
])

/** There is one encoding of each kind that is not constructed. */
function shared(codec: Codec): Encoding {
  const encoding = made.get(codec) ?? new Encoding(codec)
  made.set(codec, encoding)
  return encoding
}

const CUSTOM =
  'For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.'

function named(name: string | null): Encoding {
  if (name === null) throw argumentNull('name')
  const codec = codecOf(name)
  if (codec === undefined) throw argumentException(`'${name}' is not a supported encoding name. ${CUSTOM}`, 'name')
  return shared(codec)
}

function numbered(codePage: number): Encoding {
  if (codePage < 0 || codePage > 65535)
    throw argumentOutOfRange('codepage', 'Valid values are between 0 and 65535, inclusive.')
  const codec = codePage === 0 ? codecs.UTF8 : codecOf(codePage)
  if (codec === undefined) throw notSupported(`No data is available for encoding ${codePage}. ${CUSTOM}`)
  return shared(codec)
}

function textOf(text: string | null): string {
  if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
  return text
}

const NOT_NEGATIVE = 'Non-negative number required.'
const OUTSIDE = 'Index and count must refer to a location within the buffer.'

/** A part of an array: the whole where the overload has no range. */
function rangeOf<T extends Uint8Array | readonly ClrValue[]>(
  items: T | undefined,
  parameter: string,
  [index, count]: readonly number[],
  names: readonly [string, string] = ['index', 'count'],
): T {
  if (items === undefined) throw argumentNull(parameter, 'Array cannot be null.')
  if (index === undefined || count === undefined) return items
  if (index < 0) throw argumentOutOfRange(names[0], NOT_NEGATIVE)
  if (count < 0) throw argumentOutOfRange(names[1], NOT_NEGATIVE)
  if (index > items.length - count) throw argumentOutOfRange(parameter, OUTSIDE)
  return items.slice(index, index + count) as T
}

function charsOf(chars: ClrArray | null, range: readonly number[]): string {
  return String.fromCharCode(...(rangeOf(chars?.items, 'chars', range) as number[]))
}

function bytesOf(bytes: Uint8Array | null, range: readonly number[]): Uint8Array {
  return rangeOf(bytes ?? undefined, 'bytes', range)
}

/** The text of bytes; ASCII has names of its own for the range. */
function getString(self: Encoding, bytes: Uint8Array | null, ...range: number[]): string {
  const names = self.codec === codecs.ASCII ? (['byteIndex', 'byteCount'] as const) : undefined
  return self.decode(rangeOf(bytes ?? undefined, 'bytes', range, names))
}

/** Writes into an array from an index on, and tells how much. */
function fill(
  target: Uint8Array | ClrValue[] | undefined,
  at: number,
  values: ArrayLike<number>,
  name: string,
): number {
  if (target === undefined) throw argumentNull(name, 'Array cannot be null.')
  if (at < 0 || at > target.length) throw argumentOutOfRange(name === 'bytes' ? 'byteIndex' : 'charIndex', INDEX)
  if (at + values.length > target.length)
    throw argumentException(
      `The output ${name === 'bytes' ? 'byte' : 'char'} buffer is too small to contain the encoded data.`,
      name,
    )
  for (let index = 0; index < values.length; index++) target[at + index] = values[index] ?? 0
  return values.length
}

const INDEX = 'Index was out of range. Must be non-negative and less than the size of the collection.'

/** A part of a text that is encoded into an array; `string` has a name of its own for what is missing. */
function partOf(text: string | null, index: number, count: number): string {
  if (text === null) throw argumentNull('s', 'String reference not set to an instance of a String.')
  if (index < 0) throw argumentOutOfRange('charIndex', NOT_NEGATIVE)
  if (count < 0) throw argumentOutOfRange('charCount', NOT_NEGATIVE)
  if (index > text.length - count)
    throw argumentOutOfRange('s', 'Index and count must refer to a location within the string.')
  return text.slice(index, index + count)
}

function convert(from: Encoding | null, to: Encoding | null, bytes: Uint8Array | null, ...range: number[]): Uint8Array {
  if (bytes === null && range.length === 0) throw argumentNull('bytes')
  if (from === null) throw argumentNull('srcEncoding', 'Array cannot be null.')
  if (to === null) throw argumentNull('dstEncoding', 'Array cannot be null.')
  return to.encode(from.decode(bytesOf(bytes, range)))
}

/** The properties that are facts about the encoding. */
const facts = (): MemberTable => ({
  EncodingName: ({ codec }: Encoding) => codec.name,
  WebName: ({ codec }: Encoding) => codec.webName,
  HeaderName: ({ codec }: Encoding) => codec.webName,
  BodyName: ({ codec }: Encoding) => codec.webName,
  CodePage: ({ codec }: Encoding) => codec.codePage,
  WindowsCodePage: ({ codec }: Encoding) => codec.windowsCodePage,
  IsSingleByte: ({ codec }: Encoding) => codec.singleByte,
  IsReadOnly: () => true,
  IsBrowserDisplay: ({ codec }: Encoding) => codec.shown[0],
  IsBrowserSave: ({ codec }: Encoding) => codec.shown[1],
  IsMailNewsDisplay: ({ codec }: Encoding) => codec.shown[2],
  IsMailNewsSave: ({ codec }: Encoding) => codec.shown[3],
  IsAlwaysNormalized: ({ codec }: Encoding) => codec.singleByte && codec !== codecs.ASCII,
  GetMaxByteCount: ({ codec }: Encoding, count: number) => {
    if (count < 0) throw argumentOutOfRange('charCount', NOT_NEGATIVE)
    return codec.maxBytes(count)
  },
  GetMaxCharCount: ({ codec }: Encoding, count: number) => {
    if (count < 0) throw argumentOutOfRange('byteCount', NOT_NEGATIVE)
    return codec.maxChars(count)
  },
  GetPreamble: ({ codec, emitsPreamble }: Encoding) => Uint8Array.from(emitsPreamble ? codec.preamble : []),
  Clone: (self: Encoding) => new Encoding(self.codec, self.emitsPreamble, self.strict),
  Equals: (self: Encoding, other: ClrValue) => self.equals(other),
  GetHashCode: ({ codec, emitsPreamble }: Encoding) => codec.codePage * 2 + Number(emitsPreamble),
})

const members = (): MemberTable => ({
  ...facts(),
  ...Object.fromEntries(
    (['UTF8', 'ASCII', 'Unicode', 'BigEndianUnicode', 'UTF32'] as const).map((name) => [
      name,
      () => shared(codecs[name]),
    ]),
  ),
  Default: () => Encoding.utf8,
  'GetEncoding(string)': named,
  'GetEncoding(int)': numbered,
  Convert: convert,
  'GetByteCount(string)': (self: Encoding, text: string | null) => {
    if (text === null) throw argumentNull(self.codec === codecs.ASCII ? 'chars' : 's')
    return self.encode(text).length
  },
  GetByteCount: (self: Encoding, chars: ClrArray | null, ...range: number[]) =>
    self.encode(charsOf(chars, range)).length,
  'GetBytes(string)': (self: Encoding, text: string | null) => self.encode(textOf(text)),
  'GetBytes(char[])': (self: Encoding, chars: ClrArray | null) => self.encode(charsOf(chars, [])),
  'GetBytes(char[],int,int)': (self: Encoding, chars: ClrArray | null, ...range: number[]) =>
    self.encode(charsOf(chars, range)),
  'GetBytes(string,int,int,byte[],int)': (
    self: Encoding,
    text: string | null,
    index: number,
    count: number,
    target: Uint8Array | null,
    at: number,
  ) => fill(target ?? undefined, at, self.encode(partOf(text, index, count)), 'bytes'),
  'GetBytes(char[],int,int,byte[],int)': (
    self: Encoding,
    chars: ClrArray | null,
    index: number,
    count: number,
    target: Uint8Array | null,
    at: number,
  ) => fill(target ?? undefined, at, self.encode(charsOf(chars, [index, count])), 'bytes'),
  GetCharCount: (self: Encoding, bytes: Uint8Array | null, ...range: number[]) =>
    self.decode(bytesOf(bytes, range)).length,
  'GetChars(byte[])': (self: Encoding, bytes: Uint8Array | null) => charArray(self.decode(bytesOf(bytes, []))),
  'GetChars(byte[],int,int)': (self: Encoding, bytes: Uint8Array | null, ...range: number[]) =>
    charArray(self.decode(bytesOf(bytes, range))),
  'GetChars(byte[],int,int,char[],int)': (
    self: Encoding,
    bytes: Uint8Array | null,
    index: number,
    count: number,
    target: ClrArray | null,
    at: number,
  ) => fill(target?.items, at, unitsOf(self.decode(bytesOf(bytes, [index, count]))), 'chars'),
  GetString: getString,
})

const unitsOf = (text: string): number[] => Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))

export const encodingMembers: readonly TypeMembers[] = [
  membersOf('System.Text.Encoding', members),
  membersOf('System.Text.UTF8Encoding', () => ({
    '.ctor': (emitsPreamble = false, strict = false) => new Encoding(codecs.UTF8, emitsPreamble, strict),
  })),
  membersOf('System.Text.ASCIIEncoding', () => ({ '.ctor': () => new Encoding(codecs.ASCII) })),
  membersOf('System.Text.UnicodeEncoding', () => ({
    '.ctor': (bigEndian = false, emitsPreamble = true) =>
      new Encoding(bigEndian ? codecs.BigEndianUnicode : codecs.Unicode, emitsPreamble),
  })),
  membersOf('System.Text.UTF32Encoding', () => ({ '.ctor': () => new Encoding(codecs.UTF32) })),
  bitConverter,
]
