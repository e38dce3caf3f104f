import type { ClrUri } from './uri.js'

/** `System.UriBuilder`: the parts of a URI that can be set one by one. */
export class UriBuilder {
  static readonly clrName = 'System.UriBuilder'
  query = ''
  fragment = ''
  userName = ''
  password = ''

  constructor(
    public scheme: string,
    public host: string,
    public port = -1,
    public path = '/',
  ) {
    this.setPath(path)
  }

  static of(uri: ClrUri): UriBuilder {
    const { scheme, host, port, path, query, fragment, userInfo } = uri.absolute
    const [userName = '', password = ''] = userInfo.split(':')
    return Object.assign(new UriBuilder(scheme, host, port, path), { query, fragment, userName, password })
  }

  setPath(path: string): void {
    this.path = path.startsWith('/') ? path : `/${path}`
  }

  /** The port is written even where it is the scheme's own; -1 leaves it out. */
  toString(): string {
    const user = this.userName === '' ? '' : `${this.userName}${this.password === '' ? '' : `:${this.password}`}@`
    const port = this.port === -1 ? '' : `:${this.port}`
    return `${this.scheme}://${user}${this.host}${port}${this.path}${this.query}${this.fragment}`
  }

  clrText(): string {
    return this.toString()
  }
}
