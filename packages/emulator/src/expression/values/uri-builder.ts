import { escapeOthers, needsAuthority } from '../text/uri-parse.js'
import { argumentException, argumentOutOfRange } from './exceptions.js'
import { ClrUri, uriFormat } from './uri.js'

/** `System.UriBuilder`: the parts of a URI that can be set one by one. */
export class UriBuilder {
  static readonly clrName = 'System.UriBuilder'
  scheme = 'http'
  host = 'localhost'
  port = -1
  path = '/'
  query = ''
  fragment = ''
  userName = ''
  password = ''

  static of(uri: ClrUri): UriBuilder {
    const { scheme, host, port, path, query, fragment, userInfo } = uri.absolute
    const [userName = '', password = ''] = userInfo.split(':')
    return Object.assign(new UriBuilder(), { scheme, host, port, path, query, fragment, userName, password })
  }

  /** A text that is no absolute URI is what follows `http://`. */
  static parse(text: string): UriBuilder {
    const uri = ClrUri.create(text, 0)
    return UriBuilder.of(uri.parts === undefined ? ClrUri.create(`http://${text}`) : uri)
  }

  setScheme(scheme: string | null): void {
    const name = (scheme ?? '').split(':', 1)[0] ?? ''
    if (name !== '' && !/^[a-z][a-z0-9+.-]*$/i.test(name))
      throw argumentException('Invalid URI: The URI scheme is not valid.', 'value')
    this.scheme = name.toLowerCase()
  }

  setHost(host: string | null): void {
    const name = host ?? ''
    this.host = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name
  }

  setPort(port: number): void {
    if (port < -1 || port > 65535) throw argumentOutOfRange('value')
    this.port = port
  }

  setPath(path: string | null): void {
    this.path =
      path === null || path === '' ? '/' : escapeOthers(path.replaceAll('\\', '/')).replace(/[?#]/g, encodeURIComponent)
  }

  setQuery(query: string | null): void {
    this.query = query === null || query === '' ? '' : `?${query}`
  }

  setFragment(fragment: string | null): void {
    this.fragment = fragment === null || fragment === '' ? '' : `#${fragment}`
  }

  /** A query, a fragment, or both. */
  setExtra(extra: string | null): void {
    const parts = /^(?:\?([^#]*))?(?:#(.*))?$/s.exec(extra ?? '')
    if (parts === null) throw argumentException('Extra portion of URI not valid.', 'extraValue')
    this.setQuery(parts[1] ?? null)
    this.setFragment(parts[2] ?? null)
  }

  /** The port is written even where it is the scheme's own; -1 leaves it out. */
  toString(): string {
    if (this.userName === '' && this.password !== '')
      throw uriFormat('Invalid URI: The username:password construct is badly formed.')
    const user = this.userName === '' ? '' : `${this.userName}${this.password === '' ? '' : `:${this.password}`}@`
    const port = this.port === -1 || this.host === '' ? '' : `:${this.port}`
    const slash = this.host !== '' && !this.path.startsWith('/') && this.path !== '' ? '/' : ''
    return `${this.#start()}${user}${this.host}${port}${slash}${this.path}${this.query}${this.fragment}`
  }

  #start(): string {
    if (this.scheme === '') return ''
    const rooted =
      needsAuthority(this.scheme) || this.scheme === 'file' || (this.host !== '' && this.scheme !== 'mailto')
    return `${this.scheme}:${rooted ? '//' : ''}`
  }

  clrText(): string {
    return this.toString()
  }
}
