import { DotNetException } from '../values/exception.js'

/** A character encoding: what it makes of texts and bytes, and what .NET says about it. */
export interface Codec {
  /** `UTF8Encoding`, the class in `System.Text`. */
  readonly className: string
  readonly name: string
  readonly webName: string
  readonly codePage: number
  /** The code page of Windows that is nearest to it. */
  readonly windowsCodePage: number
  readonly singleByte: boolean
  readonly preamble: readonly number[]
  /** Whether browsers and mail programs show and save it: `IsBrowserDisplay`, `IsBrowserSave`, `IsMailNewsDisplay`, `IsMailNewsSave`. */
  readonly shown: readonly [boolean, boolean, boolean, boolean]
  /** @param strict whether what cannot be encoded is an error, not a replacement character */
  encode(text: string, strict?: boolean): Uint8Array
  /** @param strict whether what cannot be decoded is an error, not a replacement character */
  decode(bytes: Uint8Array, strict?: boolean): string
  maxBytes(chars: number): number
  maxChars(bytes: number): number
}

const REPLACEMENT = '\ufffd'
const QUESTION_MARK = 63
const all = [true, true, true, true] as const
const none = [false, false, false, false] as const

/** A surrogate without its other half. */
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** @throws DotNetException EncoderFallbackException for a surrogate without its other half */
function checkSurrogates(text: string): void {
  const found = loneSurrogate.exec(text)
  if (found === null) return
  const shown = text.charCodeAt(found.index).toString(16).toUpperCase()
  const message = `Unable to translate Unicode character \\u${shown} at index ${found.index} to specified code page.`
  throw new DotNetException('System.Text.EncoderFallbackException', message)
}

const isTrail = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80

/** How many bytes a sequence of UTF-8 has by its first; 0 for a byte that begins none. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1
  if (first >= 0xc2 && first < 0xe0) return 2
  return first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
}

/** A second byte that makes the sequence too long for what it says, half of a surrogate pair, or too large. */
function isForbidden(first: number, second: number): boolean {
  if (first === 0xe0) return second < 0xa0
  if (first === 0xed) return second >= 0xa0
  return (first === 0xf0 && second < 0x90) || (first === 0xf4 && second >= 0x90)
}

/** How much from a place on is one wrong sequence, or one right one. */
function sequenceAt(bytes: Uint8Array, start: number): { readonly length: number; readonly valid: boolean } {
  const first = bytes[start] ?? 0
  const wanted = sequenceLength(first)
  if (wanted === 0) return { length: 1, valid: false }
  let length = 1
  while (length < wanted && isTrail(bytes[start + length])) {
    length++
    if (length === 2 && isForbidden(first, bytes[start + 1] ?? 0)) return { length, valid: false }
  }
  return { length, valid: length === wanted }
}

/** .NET replaces a wrong second byte together with the first, where other decoders replace each. */
function decodeWrongUtf8(bytes: Uint8Array, strict: boolean): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const { length, valid } = sequenceAt(bytes, at)
    const part = bytes.subarray(at, at + length)
    if (!valid && strict) throw untranslatable(part, at)
    text += valid ? Buffer.from(part).toString('utf8') : REPLACEMENT
    at += length
  }
  return text
}

function untranslatable(bytes: Uint8Array, index: number): DotNetException {
  const shown = Array.from(bytes, (byte) => `[${byte.toString(16).toUpperCase().padStart(2, '0')}]`).join('')
  const message = `Unable to translate bytes ${shown} at index ${index} from specified code page to Unicode.`
  return new DotNetException('System.Text.DecoderFallbackException', message)
}

/** A leading U+FEFF is text here: only readers of streams drop it. */
export const utf8: Codec = {
  className: 'UTF8Encoding',
  name: 'Unicode (UTF-8)',
  webName: 'utf-8',
  codePage: 65001,
  windowsCodePage: 1200,
  singleByte: false,
  preamble: [0xef, 0xbb, 0xbf],
  shown: all,
  encode(text, strict = false) {
    if (strict) checkSurrogates(text)
    return Buffer.from(text, 'utf8')
  },
  decode(bytes, strict = false) {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
    return text.includes(REPLACEMENT) ? decodeWrongUtf8(bytes, strict) : text
  },
  maxBytes: (chars) => (chars + 1) * 3,
  maxChars: (bytes) => bytes + 1,
}

function swapPairs(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16()
}

const wellFormed = (text: string): string =>
  loneSurrogate.test(text) ? text.replace(new RegExp(loneSurrogate, 'g'), REPLACEMENT) : text

/** UTF-16; half a char at the end is a wrong one. */
function utf16(name: string, webName: string, codePage: number, bigEndian: boolean): Codec {
  const ordered = (bytes: Uint8Array): Uint8Array => (bigEndian ? swapPairs(bytes) : bytes)
  return {
    className: 'UnicodeEncoding',
    name,
    webName,
    codePage,
    windowsCodePage: 1200,
    singleByte: false,
    preamble: bigEndian ? [0xfe, 0xff] : [0xff, 0xfe],
    shown: bigEndian ? none : [false, true, false, false],
    encode: (text) => ordered(Buffer.from(wellFormed(text), 'utf16le')),
    decode: (bytes) =>
      wellFormed(Buffer.from(ordered(bytes)).toString('utf16le')) + (bytes.length % 2 === 0 ? '' : REPLACEMENT),
    maxBytes: (chars) => (chars + 1) * 2,
    maxChars: (bytes) => (bytes >> 1) + (bytes & 1) + 1,
  }
}

const utf32: Codec = {
  className: 'UTF32Encoding',
  name: 'Unicode (UTF-32)',
  webName: 'utf-32',
  codePage: 12000,
  windowsCodePage: 1200,
  singleByte: false,
  preamble: [0xff, 0xfe, 0, 0],
  shown: none,
  encode(text) {
    const letters = Array.from(wellFormed(text))
    const result = Buffer.alloc(letters.length * 4)
    letters.forEach((letter, index) => result.writeUInt32LE(letter.codePointAt(0) ?? 0, index * 4))
    return result
  },
  decode(bytes) {
    const buffer = Buffer.from(bytes)
    let text = ''
    for (let index = 0; index + 3 < buffer.length; index += 4) {
      const code = buffer.readUInt32LE(index)
      text += code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? REPLACEMENT : String.fromCodePoint(code)
    }
    return text + (bytes.length % 4 === 0 ? '' : REPLACEMENT)
  },
  maxBytes: (chars) => (chars + 1) * 4,
  maxChars: (bytes) => (bytes >> 1) + 2,
}

interface Table {
  readonly name: string
  readonly webName: string
  readonly codePage: number
  readonly windowsCodePage?: number
  readonly className?: string
  /** The chars of the bytes. */
  readonly chars: () => string
  /** A char that stands for one that the table lacks. */
  readonly bestFit?: (unit: string) => string | undefined
}

/** One byte a char; a char that has none becomes a question mark. */
function singleByte({ name, webName, codePage, windowsCodePage, className, chars, bestFit }: Table): Codec {
  let bytes: ReadonlyMap<string, number> | undefined
  return {
    className: className ?? 'SBCSCodePageEncoding',
    name,
    webName,
    codePage,
    windowsCodePage: windowsCodePage ?? codePage,
    singleByte: true,
    preamble: [],
    shown: codePage === 20127 ? [false, false, true, true] : all,
    encode(text) {
      bytes ??= new Map(Array.from(chars(), (unit, byte) => [unit, byte] as const))
      const result = new Uint8Array(text.length)
      for (let index = 0; index < text.length; index++) {
        const unit = text.charAt(index)
        result[index] = bytes.get(unit) ?? bytes.get(bestFit?.(unit) ?? '?') ?? QUESTION_MARK
      }
      return result
    },
    decode(encoded) {
      const table = chars()
      return Array.from(encoded, (byte) => table.charAt(byte) || '?').join('')
    },
    maxBytes: (count) => count + 1,
    maxChars: (count) => count,
  }
}

const firstChars = (count: number): string => String.fromCharCode(...Array.from({ length: count }, (_, unit) => unit))

/** Letters and marks with what looks like them in Latin-1, where it is not the letter without its accent. */
const LOOKALIKES =
  "ĐD đd ĦH ħh ıi ŁL łl ŒO œo ŦT ŧt ƀb ƉD ƑF ƒf ƗI ƚl ƟO ƫt ƮT ƶz ǤG ǥg ɡg ʹ' ʺ\" ʼ' ˄^ ˆ^ ˈ' ˋ` ˍ_ ˜~ \u0300` \u0302^ \u0303~ \u030e\" \u0331_ \u0332_ ‐- ‑- –- —- ‘' ’' ‚, “\" ”\" „\" •. …. ′' ‵` ‹< ›> ™T"
let lookalikes: ReadonlyMap<string, string> | undefined

/** Latin letters of which the table has the one without its accent; letters with two accents are not in it. */
const hasPlainLetter = (code: number): boolean => code > 0xff && code <= 0x1f0 && (code < 0x1e0 || code > 0x1e3)

function westernBestFit(unit: string): string | undefined {
  lookalikes ??= new Map(LOOKALIKES.split(' ').map((pair) => [pair.charAt(0), pair.charAt(1)]))
  const code = unit.charCodeAt(0)
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0)
  if (code >= 0x2000 && code <= 0x2006) return ' '
  return lookalikes.get(unit) ?? (hasPlainLetter(code) ? unit.normalize('NFD').charAt(0) : undefined)
}

/** Where windows-1252 differs from ISO 8859-1; five bytes mean nothing. The `TextDecoder` of Node 20 takes it for Latin-1. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** The 256 chars of a code page, as the Encoding Standard has them. */
const standardChars = (label: string): string =>
  new TextDecoder(label).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))

const charsOf = (label: string): string =>
  label === 'windows-1252' ? firstChars(128) + windows1252 + firstChars(256).slice(160) : standardChars(label)

const latin1 = singleByte({
  name: 'Western European (ISO)',
  webName: 'iso-8859-1',
  codePage: 28591,
  windowsCodePage: 1252,
  className: 'Latin1Encoding',
  chars: () => firstChars(256),
  bestFit: westernBestFit,
})

/** The encodings that `Encoding` has properties for, and Latin-1. */
export const codecs = {
  UTF8: utf8,
  ASCII: singleByte({
    name: 'US-ASCII',
    webName: 'us-ascii',
    codePage: 20127,
    windowsCodePage: 1252,
    className: 'ASCIIEncoding',
    chars: () => firstChars(128),
  }),
  Unicode: utf16('Unicode', 'utf-16', 1200, false),
  BigEndianUnicode: utf16('Unicode (Big-Endian)', 'utf-16BE', 1201, true),
  UTF32: utf32,
  Latin1: latin1,
} as const satisfies Readonly<Record<string, Codec>>

/** Code pages of one byte a char, with the names that .NET has for them. */
const codePages: Readonly<Record<string, readonly [codePage: number, name: string]>> = {
  'windows-1250': [1250, 'Central European (Windows)'],
  'windows-1251': [1251, 'Cyrillic (Windows)'],
  'windows-1252': [1252, 'Western European (Windows)'],
  'windows-1253': [1253, 'Greek (Windows)'],
  'windows-1254': [1254, 'Turkish (Windows)'],
  'windows-1255': [1255, 'Hebrew (Windows)'],
  'windows-1256': [1256, 'Arabic (Windows)'],
  'windows-1257': [1257, 'Baltic (Windows)'],
  'windows-1258': [1258, 'Vietnamese (Windows)'],
  'iso-8859-2': [28592, 'Central European (ISO)'],
  'iso-8859-3': [28593, 'Latin 3 (ISO)'],
  'iso-8859-4': [28594, 'Baltic (ISO)'],
  'iso-8859-5': [28595, 'Cyrillic (ISO)'],
  'iso-8859-7': [28597, 'Greek (ISO)'],
  'iso-8859-13': [28603, 'Estonian (ISO)'],
  'iso-8859-15': [28605, 'Latin 9 (ISO)'],
  'koi8-r': [20866, 'Cyrillic (KOI8-R)'],
  'koi8-u': [21866, 'Cyrillic (KOI8-U)'],
}

/** Other names of encodings. */
const aliases: Readonly<Record<string, string>> = {
  'unicode-1-1-utf-8': 'utf-8',
  ascii: 'us-ascii',
  us: 'us-ascii',
  unicode: 'utf-16',
  'utf-16le': 'utf-16',
  'ucs-2': 'utf-16',
  unicodefffe: 'utf-16be',
  'utf-32le': 'utf-32',
  latin1: 'iso-8859-1',
  l1: 'iso-8859-1',
  'iso_8859-1': 'iso-8859-1',
  'x-ansi': 'windows-1252',
}

const found = new Map<string | number, Codec>()

/** The encoding of a name or a code page, if there is one. */
export function codecOf(key: string | number): Codec | undefined {
  const name = typeof key === 'string' ? (aliases[key.toLowerCase()] ?? key.toLowerCase()) : undefined
  const known = Object.values(codecs).find((codec) =>
    name === undefined ? codec.codePage === key : codec.webName.toLowerCase() === name,
  )
  if (known !== undefined) return known
  const page = Object.entries(codePages).find(([webName, [codePage]]) =>
    name === undefined ? codePage === key : webName === name,
  )
  if (page === undefined) return undefined
  const [webName, [codePage, shown]] = page
  const table = { name: shown, webName, codePage, chars: () => charsOf(webName) }
  const codec = found.get(webName) ?? singleByte(codePage === 1252 ? { ...table, bestFit: westernBestFit } : table)
  found.set(webName, codec)
  return codec
}
