import { argumentNull, invalidOperation } from './exceptions.js'
import { DotNetException } from './exception.js'

/** The ports that a URI of a scheme has without saying so. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ftp: 21, ws: 80, wss: 443, ldap: 389 }

interface Parts {
  readonly scheme: string
  readonly userInfo: string
  readonly host: string
  readonly port: number
  /** Escaped, without dot segments. */
  readonly path: string
  readonly query: string
  readonly fragment: string
}

/** `System.Uri`. */
export class ClrUri {
  static readonly clrName = 'System.Uri'

  private constructor(
    /** The text it was made from. */
    readonly originalString: string,
    readonly parts: Parts | undefined,
  ) {}

  /**
   * @param kind `UriKind`: 0 relative or absolute, 1 absolute, 2 relative
   * @throws DotNetException ArgumentNull or UriFormatException
   */
  static create(text: string | null, kind = 1): ClrUri {
    if (text === null) throw argumentNull('uriString')
    if (text.trim() === '' && kind === 1) throw uriFormat('Invalid URI: The URI is empty.')
    const uri = ClrUri.tryCreate(text, kind)
    if (uri === undefined) throw uriFormat(`Invalid URI: ${faultOf(text.trim())}`)
    return uri
  }

  static tryCreate(text: string, kind = 1): ClrUri | undefined {
    const parts = parse(text.trim()) ?? (kind === 2 ? undefined : parseFilePath(text.trim()))
    if (parts === undefined && kind === 1) return undefined
    return parts !== undefined && kind === 2 ? undefined : new ClrUri(text, parts)
  }

  /** The reference resolved against this absolute URI. */
  resolve(reference: string): ClrUri {
    const absolute = parse(reference)
    if (absolute !== undefined) return new ClrUri(reference, absolute)
    const base = this.absolute
    const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference) ?? []
    const text = path.startsWith('//')
      ? `${base.scheme}:${reference}`
      : `${base.scheme}://${authority(base, true)}${mergePath(base.path, path)}${path === '' && query === '' ? base.query : query}${fragment}`
    const parts = parse(text)
    if (parts === undefined) throw uriFormat('Invalid URI: The format of the URI could not be determined.')
    return new ClrUri(absoluteText(parts), parts)
  }

  /** @throws DotNetException InvalidOperationException for a relative URI */
  get absolute(): Parts {
    if (this.parts === undefined) throw invalidOperation('This operation is not supported for a relative URI.')
    return this.parts
  }

  get absoluteUri(): string {
    return absoluteText(this.absolute)
  }

  get isDefaultPort(): boolean {
    return this.absolute.port === (defaultPorts[this.absolute.scheme] ?? -1)
  }

  /** Host, and port where it is not the default. */
  get authority(): string {
    return authority(this.absolute, false)
  }

  get segments(): string[] {
    return this.absolute.path.match(/[^/]*\/|[^/]+/g) ?? []
  }

  /** `UriPartial`: 0 scheme, 1 authority, 2 path, 3 query. */
  leftPart(part: number): string {
    const uri = this.absolute
    const upTo = [
      `${uri.scheme}://`,
      `${uri.scheme}://${authority(uri, true)}`,
      `${uri.scheme}://${authority(uri, true)}${uri.path}`,
      `${uri.scheme}://${authority(uri, true)}${uri.path}${uri.query}`,
    ]
    return upTo[part] ?? ''
  }

  /** The canonical form with escapes of harmless characters undone. */
  toString(): string {
    return this.parts === undefined ? this.originalString : unescapeHarmless(this.absoluteUri)
  }

  clrText(): string {
    return this.toString()
  }
}

function absoluteText(parts: Parts): string {
  const slashes = parts.host === '' && parts.scheme !== 'file' && !parts.path.startsWith('/') ? '' : '//'
  return `${parts.scheme}:${slashes}${authority(parts, true)}${parts.path}${parts.query}${parts.fragment}`
}

function authority(parts: Parts, withUser: boolean): string {
  const port = parts.port === -1 || parts.port === defaultPorts[parts.scheme] ? '' : `:${parts.port}`
  return `${withUser && parts.userInfo !== '' ? `${parts.userInfo}@` : ''}${parts.host}${port}`
}

/** What is wrong with a text that is no absolute URI. */
function faultOf(text: string): string {
  const place = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\\]*)/i.exec(text)?.[1]
  if (place === undefined) return 'The format of the URI could not be determined.'
  const port = /:([^:@\]]*)$/.exec(place)?.[1]
  const wrongPort = port !== undefined && (!/^\d*$/.test(port) || Number(port) > 65535)
  return wrongPort ? 'Invalid port specified.' : 'The hostname could not be parsed.'
}

function parse(text: string): Parts | undefined {
  const match = /^([a-z][a-z0-9+.-]*):(?:\/\/([^/?#\\]*))?([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(text)
  if (match === null) return undefined
  const [, scheme = '', rawAuthority, rawPath = '', query = '', fragment = ''] = match
  const lower = scheme.toLowerCase()
  if (rawAuthority === undefined) {
    // Without slashes it is a name such as `mailto:a@b` or `urn:x`; one letter would be a drive.
    return lower.length < 2 || lower in defaultPorts
      ? undefined
      : {
          scheme: lower,
          userInfo: '',
          host: '',
          port: -1,
          path: escapeIllegal(rawPath),
          query: escapeIllegal(query),
          fragment: escapeIllegal(fragment),
        }
  }
  const [, userInfo = '', host = '', port] = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(rawAuthority) ?? []
  const hostIsMissing = host === '' && lower !== 'file'
  if (hostIsMissing || Number(port ?? 0) > 65535 || /[\s<>"{}|^`%]/.test(host)) return undefined
  return {
    scheme: lower,
    userInfo,
    host: host.toLowerCase(),
    port: port === undefined || port === '' ? (defaultPorts[lower] ?? -1) : Number(port),
    path: withoutDotSegments(escapeIllegal(rawPath.replaceAll('\\', '/'))) || '/',
    query: escapeIllegal(query),
    fragment: escapeIllegal(fragment),
  }
}

/**
 * A rooted path is an absolute URI of a file on Linux, where the runtime ran whose answers the emulator is compared with;
 * on Windows it is none.
 */
function parseFilePath(text: string): Parts | undefined {
  if (!/^\/(?!\/)/.test(text)) return undefined
  const path = withoutDotSegments(escapeIllegal(text).replaceAll('?', '%3F').replaceAll('#', '%23'))
  return { scheme: 'file', userInfo: '', host: '', port: -1, path, query: '', fragment: '' }
}

/** Percent-encodes what may not stand in a URI; escapes that are there stay. */
export function escapeIllegal(text: string): string {
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

function mergePath(base: string, path: string): string {
  if (path === '') return base
  return path.startsWith('/') ? path : base.slice(0, base.lastIndexOf('/') + 1) + path
}

/** Bytes as text; what is no UTF-8 stays an escape. */
export function unescapeBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8')
  if (!text.includes('\ufffd')) return text
  let result = ''
  for (let at = 0; at < bytes.length;) {
    const length = [1, 2, 3, 4].find((size) => isSequence(bytes.subarray(at, at + size), size))
    const part = Buffer.from(bytes.subarray(at, at + (length ?? 1)))
    result += length === undefined ? `%${part.toString('hex').toUpperCase()}` : part.toString('utf8')
    at += length ?? 1
  }
  return result
}

const isSequence = (bytes: Uint8Array, size: number): boolean => {
  const text = Buffer.from(bytes).toString('utf8')
  return bytes.length === size && Array.from(text).length === 1 && text !== '\ufffd'
}

/** Undoes escapes, except of characters that would change what the URI means, and of broken UTF-8. */
function unescapeHarmless(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const decoded = Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')
    return decoded.includes('\ufffd') || /[%#?/\\@:;&=+$,\0-\x1f\x7f]/.test(decoded) ? run : decoded
  })
}

export function uriFormat(message: string): DotNetException {
  return new DotNetException('System.UriFormatException', message)
}
