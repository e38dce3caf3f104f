import type { ClrValue } from '../values/value.js'

/** What get-authorization-context puts into its variable: the token that credential manager got. */
export class Authorization {
  static readonly clrName = 'Authorization'

  constructor(
    readonly accessToken: string,
    /** Further properties of the provider's answer; a value type stands in its `Boxed` form. */
    readonly claims: ReadonlyMap<string, ClrValue> = new Map(),
  ) {}
}

/** User name and password of a Basic authorization header. */
export class BasicAuthCredentials {
  static readonly clrName = 'BasicAuthCredentials'

  constructor(
    readonly userId: string,
    readonly password: string,
  ) {}

  /** Reads a whole `Authorization` header value; null when it is not Basic. */
  static parse(input: string | null): BasicAuthCredentials | null {
    const match = /^\s*basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(input ?? '')
    if (match?.[1] === undefined) return null
    const text = Buffer.from(match[1], 'base64').toString('utf8')
    const colon = text.indexOf(':')
    return colon < 0 ? null : new BasicAuthCredentials(text.slice(0, colon), text.slice(colon + 1))
  }
}
