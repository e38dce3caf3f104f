import { nodeNet } from '../node-modules.js'
import { compareStrings } from '../text/compare.js'
import { hashCode } from '../values/hash.js'
import { toText } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { ipAddressMembers } from './ip-address.js'
import type { Cell } from '../compile/frame.js'
import { stringArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange, nullReference } from '../values/exceptions.js'
import { ClrUri, escapeIllegal, unescapeBytes, unescapeHarmless, uriFormat } from '../values/uri.js'
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

/** The way from one URI to another on the same host. */
function makeRelative(base: ClrUri, target: ClrUri | null): ClrUri {
  if (target === null) throw argumentNull('uri')
  const [from, to] = [base.absolute, target.absolute]
  if (from.scheme !== to.scheme || from.host !== to.host || from.port !== to.port) return target
  const way = pathDifference(from.path, to.path)
  // A first segment with a colon would be taken for a scheme.
  const start = /^[^/]*:/.test(way) ? './' : ''
  return ClrUri.create(start + way + to.query + to.fragment, 2)
}

function pathDifference(from: string, to: string): string {
  let same = 0
  while (same < from.length && same < to.length && from[same] === to[same]) same++
  if (same === 0) return to
  if (same === from.length && same === to.length) return ''
  const slash = to.lastIndexOf('/', same - 1)
  const up = '../'.repeat(from.slice(same).split('/').length - 1)
  return up === '' && to.length - 1 === slash ? './' : up + to.slice(slash + 1)
}

/** `UriComponents`. */
const components = { scheme: 1, userInfo: 2, host: 4, port: 8, path: 16, query: 32, fragment: 64, strongPort: 128 }
const KEEP_DELIMITER = 0x40000000

/** Some components one after the other; one alone has no marks before and behind it. */
function componentsOf({ absolute, isDefaultPort }: ClrUri, wanted: number, format: number): string {
  const change = format === 1 ? (text: string) => text : format === 2 ? unescapeData : unescapeHarmless
  const has = (flag: number): boolean => (wanted & flag) !== 0
  const port = absolute.port !== -1 && (has(components.strongPort) || (has(components.port) && !isDefaultPort))
  const parts = [
    has(components.scheme) ? [absolute.scheme, '', `:${absolute.rooted ? '//' : ''}`] : [],
    has(components.userInfo) && absolute.userInfo !== '' ? [absolute.userInfo, '', '@'] : [],
    has(components.host) ? [absolute.host, '', ''] : [],
    port ? [String(absolute.port), ':', ''] : [],
    has(components.path)
      ? [change(absolute.path.replace(/^\//, '')), absolute.path.startsWith('/') ? '/' : '', '']
      : [],
    has(components.query) && absolute.query !== '' ? [change(absolute.query.slice(1)), '?', ''] : [],
    has(components.fragment) && absolute.fragment !== '' ? [change(absolute.fragment.slice(1)), '#', ''] : [],
  ]
  const flags = wanted & ~KEEP_DELIMITER
  const alone = (flags & (flags - 1)) === 0 && (wanted & KEEP_DELIMITER) === 0
  return parts.map(([text = '', before = '', behind = '']) => (alone ? text : before + text + behind)).join('')
}

/** `UriHostNameType`: 2 DNS, 3 IPv4, 4 IPv6. */
function hostNameType(host: string): number {
  const kind = nodeNet().isIP(host.replace(/^\[|\]$/g, ''))
  if (kind !== 0) return kind === 4 ? 3 : 4
  return /^[\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?(\.[\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?)*\.?$/u.test(host)
    ? 2
    : 0
}

/** A host in ASCII. */
function idnHost(host: string): string {
  const plain = host.replace(/^\[|\]$/g, '')
  if (/^[\0-\x7f]*$/.test(plain) || !URL.canParse(`http://${plain}`)) return plain
  return new URL(`http://${plain}`).hostname
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
    if (reference === null) throw nullReference()
    return base.resolve(reference.originalString)
  },
  AbsolutePath: (self: ClrUri) => self.absolute.path,
  AbsoluteUri: (self: ClrUri) => self.absoluteUri,
  Authority: (self: ClrUri) => self.authority,
  DnsSafeHost: (self: ClrUri) => self.absolute.host.replace(/^\[|\]$/g, ''),
  Fragment: (self: ClrUri) => self.absolute.fragment,
  Host: (self: ClrUri) => self.absolute.host,
  HostNameType: ({ absolute: { host, rooted } }: ClrUri) => hostNameType(host) || Number(rooted),
  IdnHost: ({ absolute: { host } }: ClrUri) => idnHost(host),
  IsAbsoluteUri: (self: ClrUri) => self.parts !== undefined,
  IsDefaultPort: (self: ClrUri) => self.isDefaultPort,
  IsFile: (self: ClrUri) => self.absolute.scheme === 'file',
  IsLoopback: ({ absolute: { host, rooted } }: ClrUri) =>
    rooted && /^(localhost|loopback|127(\.\d+){3}|\[::1\])?$/.test(host),
  IsUnc: (self: ClrUri) => self.absolute.scheme === 'file' && self.absolute.host !== '',
  LocalPath: (self: ClrUri) => {
    const path = unescapeData(self.absolute.path)
    if (self.isDosPath) return path.replaceAll('/', '\\')
    return self.absolute.scheme === 'file' && self.absolute.host !== ''
      ? `\\\\${self.absolute.host}${path.replaceAll('/', '\\')}`
      : path
  },
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
  UriSchemeFile: () => 'file',
  UriSchemeFtp: () => 'ftp',
  UriSchemeGopher: () => 'gopher',
  UriSchemeMailto: () => 'mailto',
  UriSchemeNetPipe: () => 'net.pipe',
  UriSchemeNetTcp: () => 'net.tcp',
  UriSchemeNews: () => 'news',
  UriSchemeNntp: () => 'nntp',
  EscapeDataString: escapeData,
  // A percent sign is data here, even one that begins an escape.
  EscapeUriString: (text: string | null) => escapeIllegal(escapable(text).replaceAll('%', '%25')),
  UnescapeDataString: (text: string | null) => unescapeData(required(text, 'stringToUnescape')),
  HexEscape: (unit: number) => {
    if (unit > 255) throw argumentOutOfRange('character')
    return `%${unit.toString(16).toUpperCase().padStart(2, '0')}`
  },
  IsHexDigit: (unit: number) => /[0-9a-f]/i.test(String.fromCharCode(unit)),
  FromHex: (unit: number) => {
    const digit = Number.parseInt(String.fromCharCode(unit), 16)
    if (Number.isNaN(digit)) throw argumentException('digit')
    return digit
  },
  IsHexEncoding: (text: string, index: number) => /^%[0-9a-f]{2}/i.test(text.slice(index)),
  GetComponents: (self: ClrUri, wanted: number, format: number) => componentsOf(self, wanted, format),
  Compare: (a: ClrUri | null, b: ClrUri | null, wanted: number, format: number, comparison: number) =>
    a === null || b === null
      ? Number(a !== null) - Number(b !== null)
      : compareStrings(componentsOf(a, wanted, format), componentsOf(b, wanted, format), comparison),
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
  Equals: (self: ClrUri, other: unknown) => equalsUri(self, other),
  GetHashCode: (self: ClrUri) => hashCode(self.parts === undefined ? self.originalString : self.leftPart(3)),
  ToString: (self: ClrUri) => self.toString(),
  op_Equality: sameUri,
  op_Inequality: (a: ClrUri | null, b: ClrUri | null) => !sameUri(a, b),
})

/** A text is compared as the URI that it is. */
function equalsUri(self: ClrUri, other: unknown): boolean {
  const uri = typeof other === 'string' ? ClrUri.tryCreate(other, 0) : other
  return uri instanceof ClrUri && sameUri(self, uri)
}

function isWellFormed(text: string, kind: number): boolean {
  const parsed = ClrUri.tryCreate(text, kind)
  if (parsed === undefined) return false
  // A path alone is no well-formed absolute URI, though one can be made of it.
  if (parsed.parts !== undefined && /^\s*(?:.:[/\\]|[/\\])/.test(text)) return kind === 0 && isWellFormed(text, 2)
  if (parsed.parts === undefined && /^[^/?#]*:/.test(text)) return false
  // Letters beyond ASCII are fine.
  const ascii = text.trim().replace(/[^\0-\x7f]/g, '')
  return escapeIllegal(ascii) === ascii && !text.includes('\\')
}

const builder = (): MemberTable => ({
  '.ctor()': () => new UriBuilder(),
  '.ctor(string)': (text: string | null) => UriBuilder.parse(required(text, 'uriString')),
  '.ctor(Uri)': (value: ClrUri | null) => {
    if (value === null) throw argumentNull('uri')
    return UriBuilder.of(value)
  },
  '.ctor': (
    scheme: string | null,
    host: string | null,
    port = -1,
    path: string | null = '/',
    extra: string | null = '',
  ) => {
    const made = new UriBuilder()
    made.setScheme(scheme)
    made.setHost(host)
    made.setPort(port)
    made.setPath(path)
    made.setExtra(extra)
    return made
  },
  Scheme: (self: UriBuilder) => self.scheme,
  'Scheme=': (self: UriBuilder, value: string | null) => self.setScheme(value),
  Host: (self: UriBuilder) => self.host,
  'Host=': (self: UriBuilder, value: string | null) => self.setHost(value),
  Port: (self: UriBuilder) => self.port,
  'Port=': (self: UriBuilder, value: number) => self.setPort(value),
  Path: (self: UriBuilder) => self.path,
  'Path=': (self: UriBuilder, value: string | null) => self.setPath(value),
  Query: (self: UriBuilder) => self.query,
  'Query=': (self: UriBuilder, value: string | null) => self.setQuery(value),
  Fragment: (self: UriBuilder) => self.fragment,
  'Fragment=': (self: UriBuilder, value: string | null) => self.setFragment(value),
  UserName: (self: UriBuilder) => self.userName,
  'UserName=': (self: UriBuilder, value: string | null) => Object.assign(self, { userName: value ?? '' }),
  Password: (self: UriBuilder) => self.password,
  'Password=': (self: UriBuilder, value: string | null) => Object.assign(self, { password: value ?? '' }),
  Uri: (self: UriBuilder) => ClrUri.create(self.toString()),
  Equals: (self: UriBuilder, other: ClrValue) =>
    other !== null && equalsUri(ClrUri.create(self.toString()), toText(other)),
  GetHashCode: (self: UriBuilder) => hashCode(ClrUri.create(self.toString()).leftPart(3)),
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

export const uriMembers: readonly TypeMembers[] = [
  membersOf('System.Uri', uri),
  membersOf('System.UriBuilder', builder),
  membersOf('System.Net.WebUtility', webUtility),
  ipAddressMembers,
]
