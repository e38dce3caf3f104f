import { parseQuery } from './query.js'

/** The parts of a URL that expressions see as `IUrl`. `path` starts with a slash and stays percent-encoded. */
export class MessageUrl {
  static readonly clrName = 'IUrl'
  #query: ReadonlyMap<string, readonly string[]> | undefined

  constructor(
    readonly scheme: string,
    readonly host: string,
    readonly port: number,
    readonly path: string,
    /** With its question mark, or empty. */
    readonly queryString: string,
  ) {}

  /** @throws TypeError when the text is not an absolute URL. */
  static parse(text: string): MessageUrl {
    const url = new URL(text)
    const scheme = url.protocol.slice(0, -1)
    const port = url.port === '' ? defaultPort(scheme) : Number(url.port)
    return new MessageUrl(scheme, url.hostname, port, url.pathname, url.search)
  }

  /** The query's names and decoded values. */
  get query(): ReadonlyMap<string, readonly string[]> {
    return (this.#query ??= parseQuery(this.queryString))
  }

  /** The same URL with other parts. */
  with(parts: Partial<Pick<MessageUrl, 'scheme' | 'host' | 'port' | 'path' | 'queryString'>>): MessageUrl {
    return new MessageUrl(
      parts.scheme ?? this.scheme,
      parts.host ?? this.host,
      parts.port ?? this.port,
      parts.path ?? this.path,
      parts.queryString ?? this.queryString,
    )
  }

  toString(): string {
    const port = this.port === defaultPort(this.scheme) ? '' : `:${this.port}`
    return `${this.scheme}://${this.host}${port}${this.path}${this.queryString}`
  }

  clrText(): string {
    return this.toString()
  }
}

function defaultPort(scheme: string): number {
  return scheme === 'https' ? 443 : 80
}
