/** A parsed token, as `AsJwt()` and validate-jwt's output variable give it. Parsing verifies nothing. */
export class Jwt {
  static readonly clrName = 'Jwt'

  constructor(
    readonly header: Readonly<Record<string, unknown>>,
    readonly payload: Readonly<Record<string, unknown>>,
  ) {}

  /** Reads a compact token, also behind `Bearer `; null when the text is none. */
  static parse(input: string | null): Jwt | null {
    const parts = (input ?? '')
      .trim()
      .replace(/^bearer\s+/i, '')
      .split('.')
    if (parts.length !== 3) return null
    const header = readPart(parts[0])
    const payload = readPart(parts[1])
    return header === null || payload === null ? null : new Jwt(header, payload)
  }

  get algorithm(): string | null {
    return textOf(this.header['alg'])
  }

  get type(): string | null {
    return textOf(this.header['typ'])
  }

  get id(): string | null {
    return textOf(this.payload['jti'])
  }

  get issuer(): string | null {
    return textOf(this.payload['iss'])
  }

  get subject(): string | null {
    return textOf(this.payload['sub'])
  }

  get audiences(): readonly string[] {
    return claimValues(this.payload['aud'])
  }

  /** A time claim (`exp`, `iat`, `nbf`) in seconds since 1970, or null. */
  time(name: 'exp' | 'iat' | 'nbf'): number | null {
    const value = this.payload[name]
    return typeof value === 'number' ? value : null
  }

  /** Every claim as a list of texts. */
  get claims(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(this.payload).map(([name, value]) => [name, claimValues(value)]))
  }
}

function readPart(part: string | undefined): Record<string, unknown> | null {
  if (part === undefined || !/^[\w-]+={0,2}$/.test(part)) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null
  } catch {
    return null
  }
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : claimText(value)
}

function claimValues(value: unknown): readonly string[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value.map(claimText) : [claimText(value)]
}

/** Claims that are no strings appear as their JSON text. */
function claimText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
