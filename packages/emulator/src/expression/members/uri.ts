import { nodeNet } from '../node-modules.js'
import type { Cell } from '../compile/frame.js'
import { stringArray } from '../values/collections.js'
import { argumentNull, argumentOutOfRange, formatException } from '../values/exceptions.js'
import { ClrUri, escapeIllegal, unescapeBytes, uriFormat } from '../values/uri.js'
import { UriBuilder } from '../values/uri-builder.js'
import { htmlDecode, htmlEncode, urlDecode, urlEncode } from '../text/web-utility.js'
import { membersOf, type MemberTable, type TypeMembers } from './members.js'

function sameUri(a: ClrUri | null, b: ClrUri | null): boolean {
  if (a === null || b === null) return a === b
  if (a.parts === undefined || b.parts === undefined) return a.originalString === b.originalString
  // The fragment does not count.
  return a.leftPart(3) === b.leftPart(3)
}

function required(text: string | null, parameter: string): string {
  if (text === null) throw argumentNull(parameter)
  return text
}

/** A surrogate without its other half cannot be escaped. */
function escapable(text: string | null): string {
  const given = required(text, 'stringToEscape')
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(given))
    throw uriFormat('Invalid URI: There is an invalid sequence in the string.')
  return given
}

/** Everything but letters, digits and `-_.~`, as .NET Framework 4.5 and later escape data. */
function escapeData(text: string | null): string {
  return encodeURIComponent(escapable(text)).replace(
    /[!'()*]/g,
    (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Bytes that are no UTF-8 stay escapes. */
function unescapeData(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => unescapeBytes(Buffer.from(run.replaceAll('%', ''), 'hex')))
}

function store(uri: ClrUri | undefined, result: Cell): boolean {
  result.value = uri ?? null
  return uri !== undefined
}

function tryResolve(base: ClrUri | null, reference: string | null, result: Cell): boolean {
  if (base?.parts === undefined || reference === null) return store(undefined, result)
  try {
    return store(base.resolve(reference), result)
  } catch {
    return store(undefined, result)
  }
}

/** The way from one URI to another below the same host. */
function makeRelative(base: ClrUri, target: ClrUri): ClrUri {
  const [from, to] = [base.absolute, target.absolute]
  if (from.scheme !== to.scheme || base.authority !== target.authority) return target
  const [start, end] = [from.path.split('/'), to.path.split('/')]
  let common = 0
  while (common < start.length - 1 && common < end.length - 1 && start[common] === end[common]) common++
  const text = '../'.repeat(start.length - 1 - common) + end.slice(common).join('/') + to.query + to.fragment
  return ClrUri.create(text, 0)
}

/** `UriHostNameType`: 2 DNS, 3 IPv4, 4 IPv6. */
function hostNameType(host: string): number {
  const kind = nodeNet().isIP(host.replace(/^\[|\]$/g, ''))
  if (kind !== 0) return kind === 4 ? 3 : 4
  return /^[\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?)*\.?$/u.test(host)
    ? 2
    : 0
}

const uri = (): MemberTable => ({
  '.ctor(string)': (text: string | null) => ClrUri.create(text),
  '.ctor(string,UriKind)': (text: string | null, kind: number) => ClrUri.create(text, kind),
  '.ctor(Uri,string)': (base: ClrUri | null, reference: string | null) => {
    if (base === null) throw argumentNull('baseUri')
    return base.resolve(reference ?? '')
  },
  '.ctor(Uri,Uri)': (base: ClrUri | null, reference: ClrUri | null) => {
    if (base === null) throw argumentNull('baseUri')
    return base.resolve(reference?.originalString ?? '')
  },
  AbsolutePath: (self: ClrUri) => self.absolute.path,
  AbsoluteUri: (self: ClrUri) => self.absoluteUri,
  Authority: (self: ClrUri) => self.authority,
  DnsSafeHost: (self: ClrUri) => self.absolute.host.replace(/^\[|\]$/g, ''),
  Fragment: (self: ClrUri) => self.absolute.fragment,
  Host: (self: ClrUri) => self.absolute.host,
  HostNameType: (self: ClrUri) => hostNameType(self.absolute.host),
  IsAbsoluteUri: (self: ClrUri) => self.parts !== undefined,
  IsDefaultPort: (self: ClrUri) => self.isDefaultPort,
  IsFile: (self: ClrUri) => self.absolute.scheme === 'file',
  IsLoopback: (self: ClrUri) => /^(localhost|loopback|127(\.\d+){3}|\[::1\])?$/.test(self.absolute.host),
  IsUnc: (self: ClrUri) => self.absolute.scheme === 'file' && self.absolute.host !== '',
  LocalPath: (self: ClrUri) => unescapeData(self.absolute.path),
  OriginalString: (self: ClrUri) => self.originalString,
  PathAndQuery: (self: ClrUri) => self.absolute.path + self.absolute.query,
  Port: (self: ClrUri) => self.absolute.port,
  Query: (self: ClrUri) => self.absolute.query,
  Scheme: (self: ClrUri) => self.absolute.scheme,
  Segments: (self: ClrUri) => stringArray(self.segments),
  UserEscaped: () => false,
  UserInfo: (self: ClrUri) => self.absolute.userInfo,
  SchemeDelimiter: () => '://',
  UriSchemeHttp: () => 'http',
  UriSchemeHttps: () => 'https',
  EscapeDataString: escapeData,
  // A percent sign is data here, even one that begins an escape.
  EscapeUriString: (text: string | null) => escapeIllegal(escapable(text).replaceAll('%', '%25')),
  UnescapeDataString: (text: string | null) => unescapeData(required(text, 'stringToUnescape')),
  HexEscape: (unit: number) => {
    if (unit > 255) throw argumentOutOfRange('character')
    return `%${unit.toString(16).toUpperCase().padStart(2, '0')}`
  },
  IsHexDigit: (unit: number) => /[0-9a-f]/i.test(String.fromCharCode(unit)),
  CheckHostName: (text: string | null) => (text === null ? 0 : hostNameType(text)),
  CheckSchemeName: (text: string | null) => text !== null && /^[a-z][a-z0-9+.-]*$/i.test(text),
  IsWellFormedUriString: (text: string | null, kind: number) => text !== null && isWellFormed(text, kind),
  'TryCreate(string,UriKind,Uri)': (text: string | null, kind: number, result: Cell) =>
    store(text === null ? undefined : ClrUri.tryCreate(text, kind), result),
  'TryCreate(Uri,string,Uri)': tryResolve,
  'TryCreate(Uri,Uri,Uri)': (base: ClrUri | null, reference: ClrUri | null, result: Cell) =>
    tryResolve(base, reference?.originalString ?? null, result),
  GetLeftPart: (self: ClrUri, part: number) => self.leftPart(part),
  IsBaseOf: (self: ClrUri, other: ClrUri) =>
    other.absoluteUri.startsWith(self.absoluteUri.slice(0, self.absoluteUri.lastIndexOf('/') + 1)),
  IsWellFormedOriginalString: (self: ClrUri) => isWellFormed(self.originalString, 0),
  MakeRelativeUri: makeRelative,
  MakeRelative: (self: ClrUri, other: ClrUri) => makeRelative(self, other).originalString,
  Equals: (self: ClrUri, other: unknown) => other instanceof ClrUri && sameUri(self, other),
  GetHashCode: (self: ClrUri) => self.toString().length,
  ToString: (self: ClrUri) => self.toString(),
  op_Equality: sameUri,
  op_Inequality: (a: ClrUri | null, b: ClrUri | null) => !sameUri(a, b),
})

function isWellFormed(text: string, kind: number): boolean {
  const parsed = ClrUri.tryCreate(text, kind)
  // A path alone is no well-formed absolute URI, though one can be made of it.
  if (kind === 1 && text.startsWith('/')) return false
  return parsed !== undefined && escapeIllegal(text) === text && !text.includes('\\')
}

const builder = (): MemberTable => ({
  '.ctor()': () => new UriBuilder('http', 'localhost'),
  '.ctor(string)': (text: string | null) =>
    UriBuilder.of(ClrUri.create(required(text, 'uri').includes('://') ? text : `http://${text}`)),
  '.ctor(Uri)': (value: ClrUri) => UriBuilder.of(value),
  '.ctor': (scheme: string | null, host: string | null, port = -1, path = '') =>
    new UriBuilder(scheme ?? '', host ?? '', port, path),
  Scheme: (self: UriBuilder) => self.scheme,
  'Scheme=': (self: UriBuilder, value: string | null) =>
    Object.assign(self, { scheme: ((value ?? '').split(':', 1)[0] ?? '').toLowerCase() }),
  Host: (self: UriBuilder) => self.host,
  'Host=': (self: UriBuilder, value: string | null) => Object.assign(self, { host: value ?? '' }),
  Port: (self: UriBuilder) => self.port,
  'Port=': (self: UriBuilder, value: number) => Object.assign(self, { port: value }),
  Path: (self: UriBuilder) => self.path,
  'Path=': (self: UriBuilder, value: string | null) => self.setPath(value ?? ''),
  Query: (self: UriBuilder) => self.query,
  'Query=': (self: UriBuilder, value: string | null) =>
    Object.assign(self, { query: value === null || value === '' ? '' : `?${value}` }),
  Fragment: (self: UriBuilder) => self.fragment,
  'Fragment=': (self: UriBuilder, value: string | null) =>
    Object.assign(self, { fragment: value === null || value === '' ? '' : `#${value}` }),
  UserName: (self: UriBuilder) => self.userName,
  'UserName=': (self: UriBuilder, value: string | null) => Object.assign(self, { userName: value ?? '' }),
  Password: (self: UriBuilder) => self.password,
  'Password=': (self: UriBuilder, value: string | null) => Object.assign(self, { password: value ?? '' }),
  Uri: (self: UriBuilder) => ClrUri.create(self.toString()),
  ToString: (self: UriBuilder) => self.toString(),
})

/** Changes a part of an array, byte by char; null without any bytes stays null. */
function inBytes(change: (text: string) => string) {
  return (bytes: Uint8Array | null, offset: number, count: number): Uint8Array | null => {
    if (bytes === null && count === 0) return null
    if (bytes === null) throw argumentNull('bytes')
    if (offset < 0 || offset > bytes.length) throw argumentOutOfRange('offset')
    if (count < 0 || offset + count > bytes.length) throw argumentOutOfRange('count')
    const text = Buffer.from(bytes.subarray(offset, offset + count)).toString('latin1')
    return new Uint8Array(Buffer.from(change(text), 'latin1'))
  }
}

const webUtility = (): MemberTable => ({
  HtmlEncode: (text: string | null) => (text === null ? null : htmlEncode(text)),
  HtmlDecode: (text: string | null) => (text === null ? null : htmlDecode(text)),
  UrlEncode: (text: string | null) => (text === null ? null : urlEncode(text)),
  UrlDecode: (text: string | null) => (text === null ? null : urlDecode(text)),
  UrlEncodeToBytes: inBytes((text) => urlEncode(text, 'latin1')),
  UrlDecodeToBytes: inBytes((text) =>
    text
      .replaceAll('+', ' ')
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ),
})

/** `System.Net.IPAddress`. */
class IPAddress {
  static readonly clrName = 'System.Net.IPAddress'

  constructor(readonly text: string) {}

  static tryParse(text: string): IPAddress | undefined {
    const plain = text.replace(/^\[|\]$/g, '')
    if (nodeNet().isIP(plain) !== 0) return new IPAddress(plain.toLowerCase())
    return /^\d+$/.test(plain) && Number(plain) <= 0xffffffff
      ? IPAddress.ofBytes([24, 16, 8, 0].map((shift) => (Number(plain) >>> shift) & 255))
      : undefined
  }

  static ofBytes(bytes: readonly number[]): IPAddress {
    if (bytes.length === 4) return new IPAddress(bytes.join('.'))
    const groups = Array.from({ length: 8 }, (_, index) =>
      (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
    )
    return new IPAddress(groups.join(':').replace(/(?:^|:)0(?::0)+(?:$|:)/, '::'))
  }

  get bytes(): number[] {
    if (nodeNet().isIPv4(this.text)) return this.text.split('.').map(Number)
    const [head = '', tail] = this.text.split('::')
    const groups = (part: string): number[] =>
      part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16))
    const [left, right] = [groups(head), groups(tail ?? '')]
    const all =
      tail === undefined ? left : [...left, ...new Array<number>(8 - left.length - right.length).fill(0), ...right]
    return all.flatMap((group) => [group >> 8, group & 255])
  }

  clrText(): string {
    return this.text
  }
}

const ipAddress = (): MemberTable => ({
  '.ctor(byte[])': (bytes: Uint8Array | null) => {
    if (bytes === null) throw argumentNull('address')
    return IPAddress.ofBytes([...bytes])
  },
  '.ctor(long)': (value: bigint) =>
    IPAddress.ofBytes([0n, 8n, 16n, 24n].map((shift) => Number((value >> shift) & 255n))),
  Any: () => new IPAddress('0.0.0.0'),
  Loopback: () => new IPAddress('127.0.0.1'),
  None: () => new IPAddress('255.255.255.255'),
  IPv6Loopback: () => new IPAddress('::1'),
  AddressFamily: (self: IPAddress) => (nodeNet().isIPv4(self.text) ? 2 : 23),
  GetAddressBytes: (self: IPAddress) => Uint8Array.from(self.bytes),
  IsLoopback: (self: IPAddress) => self.text === '::1' || self.text.startsWith('127.'),
  Parse: (text: string | null) => {
    const address = IPAddress.tryParse(required(text, 'ipString'))
    if (address === undefined) throw formatException('An invalid IP address was specified.')
    return address
  },
  TryParse: (text: string | null, result: Cell) => {
    const address = text === null ? undefined : IPAddress.tryParse(text)
    result.value = address ?? null
    return address !== undefined
  },
  Equals: (self: IPAddress, other: unknown) => other instanceof IPAddress && other.text === self.text,
  GetHashCode: (self: IPAddress) => self.bytes.reduce((hash, byte) => (Math.imul(hash, 31) + byte) | 0, 7),
  ToString: (self: IPAddress) => self.text,
})

export const uriMembers: readonly TypeMembers[] = [
  membersOf('System.Uri', uri),
  membersOf('System.UriBuilder', builder),
  membersOf('System.Net.WebUtility', webUtility),
  membersOf('System.Net.IPAddress', ipAddress),
]
