import { defaultPort, escapeOthers, faultMessage, isFatal, parseUri, type UriParts } from '../text/uri-parse.js'
import { argumentException, argumentNull, argumentOutOfRange, invalidOperation } from './exceptions.js'
import { DotNetException } from './exception.js'

/** `UriKind`. */
const kinds = { relativeOrAbsolute: 0, absolute: 1, relative: 2 } as const

/** `System.Uri`. */
export class ClrUri {
  static readonly clrName = 'System.Uri'

  private constructor(
    /** The text it was made from. */
    readonly originalString: string,
    /** Undefined for a relative one. */
    readonly parts: UriParts | undefined,
  ) {}

  /**
   * @param kind `UriKind`: 0 relative or absolute, 1 absolute, 2 relative
   * @throws DotNetException ArgumentNull or UriFormatException
   */
  static create(text: string | null, kind: number = kinds.absolute): ClrUri {
    if (text === null) throw argumentNull('uriString')
    checkKind(kind)
    const uri = ClrUri.#read(text, kind)
    if (typeof uri === 'string') throw uriFormat(uri)
    return uri
  }

  static tryCreate(text: string, kind: number = kinds.absolute): ClrUri | undefined {
    checkKind(kind)
    const uri = ClrUri.#read(text, kind)
    return typeof uri === 'string' ? undefined : uri
  }

  /** The URI, or what is wrong with the text. */
  static #read(text: string, kind: number): ClrUri | string {
    const parts = parseUri(text)
    if (typeof parts === 'string')
      return kind === kinds.absolute || isFatal(parts) ? faultMessage(parts) : new ClrUri(text, undefined)
    if (kind !== kinds.relative) return new ClrUri(text, parts)
    // A path of a file can be either.
    if (/^[ \t\r\n]*(?:\/|\\\\|.[:|][/\\])/.test(text)) return new ClrUri(text, undefined)
    return "A relative URI cannot be created because the 'uriString' parameter represents an absolute URI."
  }

  /** The reference resolved against this absolute URI. */
  resolve(given: string): ClrUri {
    if (this.parts === undefined) throw argumentOutOfRange('baseUri')
    const base = this.parts
    // A rooted path is one on the host of the base here.
    const own = /^[ \t\r\n]*\//.test(given) ? undefined : ClrUri.create(given, kinds.relativeOrAbsolute).parts
    if (own !== undefined) return new ClrUri(given, own)
    const trimmed = given.trim()
    if (trimmed === '') return new ClrUri(this.absoluteUri, base)
    // A scheme that the base has too adds nothing.
    const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(trimmed)?.[1]?.toLowerCase()
    if (scheme !== undefined && scheme !== base.scheme) return ClrUri.create(trimmed)
    const reference = scheme === undefined ? trimmed : trimmed.slice(scheme.length + 1)
    const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(reference) ?? []
    const start = `${base.scheme}:${base.rooted ? '//' : ''}${authority(base, true)}`
    const text = /^[/\\]{2}/.test(path)
      ? `${base.scheme}:${reference}`
      : `${start}${mergePath(base.path, path)}${path === '' && query === '' ? base.query : query}${fragment}`
    const parts = parseUri(text)
    if (typeof parts === 'string') throw uriFormat(faultMessage(parts))
    return new ClrUri(absoluteText(parts), parts)
  }

  /** @throws DotNetException InvalidOperationException for a relative URI */
  get absolute(): UriParts {
    if (this.parts === undefined) throw invalidOperation('This operation is not supported for a relative URI.')
    return this.parts
  }

  get absoluteUri(): string {
    return absoluteText(this.absolute)
  }

  get isDefaultPort(): boolean {
    return this.absolute.port === defaultPort(this.absolute.scheme)
  }

  /** Host, and port where it is not the default. */
  get authority(): string {
    return authority(this.absolute, false)
  }

  get segments(): string[] {
    return `${this.isDosPath ? '/' : ''}${this.absolute.path}`.match(/[^/]*\/|[^/]+/g) ?? []
  }

  /** A path of Windows, with its letter. */
  get isDosPath(): boolean {
    return this.absolute.scheme === 'file' && /^[a-z]:/i.test(this.absolute.path)
  }

  /** `UriPartial`: 0 scheme, 1 authority, 2 path, 3 query. */
  leftPart(part: number): string {
    const uri = this.absolute
    if (part === 0) return `${uri.scheme}:${uri.rooted ? '//' : ''}`
    if (part === 1) return uri.rooted && !this.isDosPath ? `${uri.scheme}://${authority(uri, true)}` : ''
    return absoluteText({ ...uri, query: part === 3 ? uri.query : '', fragment: '' })
  }

  /** The canonical form with escapes of harmless characters undone. */
  toString(): string {
    return this.parts === undefined ? this.originalString : unescapeHarmless(this.absoluteUri)
  }

  clrText(): string {
    return this.toString()
  }
}

function checkKind(kind: number): void {
  if (kind < kinds.relativeOrAbsolute || kind > kinds.relative)
    throw argumentException(`The value '${kind}' passed for the UriKind parameter is invalid.`)
}

function absoluteText(parts: UriParts): string {
  const slashes = parts.rooted ? '//' : ''
  const path = parts.scheme === 'file' && /^[a-z]:/i.test(parts.path) ? `/${parts.path}` : parts.path
  return `${parts.scheme}:${slashes}${authority(parts, true)}${path}${parts.query}${parts.fragment}`
}

function authority(parts: UriParts, withUser: boolean): string {
  const port = parts.port === -1 || parts.port === defaultPort(parts.scheme) ? '' : `:${parts.port}`
  return `${withUser && parts.userInfo !== '' ? `${parts.userInfo}@` : ''}${parts.host}${port}`
}

/** Percent-encodes what may not stand in a URI. */
export const escapeIllegal = escapeOthers

function mergePath(base: string, path: string): string {
  if (path === '') return base
  return /^[/\\]/.test(path) ? path : base.slice(0, base.lastIndexOf('/') + 1) + path
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
export function unescapeHarmless(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const decoded = Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')
    return decoded.includes('\ufffd') || /[%#?/\\@:;&=+$,\0-\x1f\x7f]/.test(decoded) ? run : decoded
  })
}

export function uriFormat(message: string): DotNetException {
  return new DotNetException('System.UriFormatException', message)
}
