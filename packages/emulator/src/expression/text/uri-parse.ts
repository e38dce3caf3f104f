import { nodeNet } from '../node-modules.js'
import { parseIpv4 } from './ip-address.js'

/** The parts of an absolute URI. */
export interface UriParts {
  readonly scheme: string
  readonly userInfo: string
  readonly host: string
  /** -1 where there is none. */
  readonly port: number
  /** Escaped, without dot segments; of a path of Windows it begins with its letter. */
  readonly path: string
  readonly query: string
  readonly fragment: string
  /** Whether `//` follows the scheme. */
  readonly rooted: boolean
}

/** What is wrong with a text that is no absolute URI. The first four may still be relative ones. */
export type UriFault = 'empty' | 'format' | 'scheme' | 'authority' | 'rootless' | 'host' | 'port'

const faults: Readonly<Record<UriFault, string>> = {
  empty: 'The URI is empty.',
  format: 'The format of the URI could not be determined.',
  scheme: 'The URI scheme is not valid.',
  authority: 'The Authority/Host could not be parsed.',
  rootless: "A Dos path must be rooted, for example, 'c:\\\\'.",
  host: 'The hostname could not be parsed.',
  port: 'Invalid port specified.',
}

export const faultMessage = (fault: UriFault): string => `Invalid URI: ${faults[fault]}`

/** Whether a text with this fault is no relative URI either. */
export const isFatal = (fault: UriFault): boolean => fault === 'rootless' || fault === 'host' || fault === 'port'

/** The ports that a URI of a scheme has without saying so. */
const defaultPorts: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ws: 80,
  wss: 443,
  ftp: 21,
  gopher: 70,
  nntp: 119,
  telnet: 23,
  ldap: 389,
  mailto: 25,
  'net.tcp': 808,
}
export const defaultPort = (scheme: string): number =>
  Object.hasOwn(defaultPorts, scheme) ? (defaultPorts[scheme] ?? -1) : -1

/** Schemes that nothing but `//` and a host may follow. */
export const needsAuthority = (scheme: string): boolean =>
  scheme === 'net.pipe' || (scheme !== 'mailto' && defaultPort(scheme) !== -1)

/** Reads an absolute URI. */
export function parseUri(text: string): UriParts | UriFault {
  if (text === '') return 'empty'
  const trimmed = text.replace(/^[ \t\r\n]+/, '').replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '')
  if (trimmed.startsWith('/')) return filePath(trimmed)
  const implicit = windowsPath(trimmed)
  if (implicit !== undefined) return implicit
  const colon = trimmed.indexOf(':')
  if (colon < 0 || trimmed.length < 4) return 'format'
  const scheme = trimmed.slice(0, colon).toLowerCase()
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) return 'scheme'
  const rest = trimmed.slice(colon + 1)
  if (scheme === 'file') return fileUri(rest)
  if (/^[/\\]{2}/.test(rest)) return hierarchical(scheme, rest)
  return needsAuthority(scheme) ? 'authority' : opaque(scheme, rest)
}

/** `C:\\a` and `\\\\server\\share`, which are files without saying so. */
function windowsPath(text: string): UriParts | UriFault | undefined {
  if (/^.[:|]/s.test(text)) {
    if (!/^[a-z]/i.test(text)) return text.charAt(1) === ':' ? 'scheme' : 'format'
    return /^..[/\\]/.test(text) ? localFile(`${text.charAt(0)}:${text.slice(2)}`) : 'rootless'
  }
  if (!text.startsWith('\\')) return undefined
  const [, host = '', path = ''] = /^[/\\]{2,}([^/\\]*)(.*)$/s.exec(text) ?? []
  if (host === '') return 'format'
  return { ...fileParts(withoutDotSegments(escapeFile(path))), host: host.toLowerCase() }
}

const fileParts = (path: string): UriParts => ({
  scheme: 'file',
  userInfo: '',
  host: '',
  port: -1,
  path,
  query: '',
  fragment: '',
  rooted: true,
})

const escapeFile = (path: string): string =>
  escapeIllegal(path.replaceAll('\\', '/')).replaceAll('?', '%3F').replaceAll('#', '%23')

const localFile = (path: string): UriParts => {
  const [drive, rest] = [path.slice(0, 2), path.slice(2)]
  return fileParts(drive + withoutDotSegments(escapeFile(rest)))
}

/**
 * A rooted path is an absolute URI of a file on Linux, where the runtime ran whose answers the emulator is compared with;
 * on Windows it is none.
 */
const filePath = (text: string): UriParts => fileParts(withoutDotSegments(escapeFile(text)))

function fileUri(rest: string): UriParts | UriFault {
  const [, authority, raw = '', query = '', fragment = ''] =
    /^(?:[/\\]{2}([^/\\?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest) ?? []
  const drive = /^\/+([a-z])[:|]([/\\].*)?$/is.exec(raw)
  const parts =
    drive === null
      ? fileParts(withoutDotSegments(escapeIllegal(raw.replaceAll('\\', '/'))) || '/')
      : localFile(`${drive[1] ?? ''}:${drive[2] ?? '/'}`)
  return {
    ...parts,
    host: (authority ?? '').toLowerCase(),
    query: escapeIllegal(query),
    fragment: escapeIllegal(fragment),
  }
}

/** `mailto:` has a user and a host; everything else without slashes is a path. */
function opaque(scheme: string, rest: string): UriParts | UriFault {
  const [, raw = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest) ?? []
  const tail = { query: escapeIllegal(query), fragment: escapeIllegal(fragment), rooted: false }
  const mail = scheme === 'mailto' ? /^(?:(.*)@)?([^@/]*)$/s.exec(raw) : null
  if (mail !== null)
    return { scheme, userInfo: mail[1] ?? '', host: (mail[2] ?? '').toLowerCase(), port: 25, path: '', ...tail }
  return { scheme, userInfo: '', host: '', port: -1, path: escapeIllegal(raw), ...tail }
}

function hierarchical(scheme: string, rest: string): UriParts | UriFault {
  const [, authority = '', raw = '', query = '', fragment = ''] =
    /^[/\\]{2}([^/?#\\]*)([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(rest) ?? []
  const [, userInfo = '', name = '', port] = /^(?:(.*)@)?(\[[^\]]*\]|[^:@]*)(?::(.*))?$/s.exec(authority) ?? []
  if (port !== undefined && (!/^\d*$/.test(port) || Number(port) > 65535)) return 'port'
  const host = hostOf(name)
  if (host === undefined || (host === '' && needsAuthority(scheme))) return 'host'
  return {
    scheme,
    userInfo,
    host,
    port: port === undefined || port === '' ? defaultPort(scheme) : Number(port),
    path: withoutDotSegments(escapeIllegal(raw.replaceAll('\\', '/'))) || (host === '' && raw === '' ? '' : '/'),
    query: escapeIllegal(query),
    fragment: escapeIllegal(fragment),
    rooted: true,
  }
}

/** A host in its canonical form; undefined for a text that is none. */
function hostOf(name: string): string | undefined {
  if (name === '') return ''
  if (name.startsWith('['))
    return nodeNet().isIPv6(name.slice(1, -1).replace(/%.*$/, '')) ? name.toLowerCase() : undefined
  const address = /^[\dx.a-f]+$/i.test(name) ? parseIpv4(name) : undefined
  if (address !== undefined) return address.join('.')
  return /^[\p{L}\p{M}\p{N}_-]+(?:\.[\p{L}\p{M}\p{N}_-]+)*\.?$/u.test(name) ? name.toLowerCase() : undefined
}

/** Percent-encodes what may not stand in a URI; of the escapes that are there, those of letters and the like are undone. */
export function escapeIllegal(text: string): string {
  return escapeOthers(text).replace(/%(?:[46][1-9a-f]|[57][\da]|3\d|2[de]|5f|7e)/gi, (escape) =>
    String.fromCharCode(Number.parseInt(escape.slice(1), 16)),
  )
}

/** Percent-encodes what may not stand in a URI; escapes that are there stay. */
export function escapeOthers(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})|[^\w\-.~!*'();:@&=+$,/?#[\]%]+/giu, (run) =>
    Array.from(Buffer.from(run, 'utf8'), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )
}

function withoutDotSegments(path: string): string {
  const result: string[] = []
  const segments = path.split('/')
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1
    if (segment === '..') {
      if (result.length > 1) result.pop()
      if (last) result.push('')
    } else if (segment === '.') {
      if (last) result.push('')
    } else result.push(segment)
  })
  return result.join('/')
}
