import { argumentException, argumentNull, formatException } from './exceptions.js'

/** `System.Guid`. Its bytes have the first three groups little-endian, as .NET stores them. */
export class Guid {
  private constructor(
    /** 32 lower case digits. */
    readonly digits: string,
  ) {}

  static readonly empty = new Guid('0'.repeat(32))

  /** Reads the forms `N`, `D`, `B`, `P` and `X`; undefined for anything else. */
  static tryParse(text: string): Guid | undefined {
    const trimmed = text.trim()
    const match =
      /^([0-9a-f]{32})$/i.exec(trimmed) ??
      /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i.exec(
        trimmed.replace(/^\{(.*)\}$|^\((.*)\)$/, '$1$2'),
      )
    if (match?.[1] !== undefined) return new Guid(match[1].replaceAll('-', '').toLowerCase())
    return Guid.#parseHexadecimal(trimmed)
  }

  /** `{0x6f9619ff,0x8b86,0xd011,{0xb4,0x2d,0x00,0xcf,0x4f,0xc9,0x64,0xff}}` */
  static #parseHexadecimal(text: string): Guid | undefined {
    const parts = text.match(/0x[0-9a-f]+/gi) ?? []
    const widths = [8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2]
    if (!/^\{0x.*\{.*\}\}$/i.test(text) || parts.length !== widths.length) return undefined
    const groups = parts.map((part, index) => part.slice(2).padStart(widths[index] ?? 0, '0'))
    return groups.every((group, index) => group.length === widths[index])
      ? new Guid(groups.join('').toLowerCase())
      : undefined
  }

  /** @throws DotNetException ArgumentNullException or FormatException */
  static parse(text: string | null, parameter = 'input'): Guid {
    if (text === null) throw argumentNull(parameter)
    const guid = Guid.tryParse(text)
    if (guid === undefined) {
      throw formatException('Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).')
    }
    return guid
  }

  static ofBytes(bytes: Uint8Array): Guid {
    if (bytes.length !== 16) throw argumentException('Byte array for GUID must be exactly 16 bytes long.')
    return new Guid(Buffer.from(swapped(bytes)).toString('hex'))
  }

  toBytes(): Uint8Array {
    return swapped(Buffer.from(this.digits, 'hex'))
  }

  /** Formats `N`, `D`, `B`, `P`, `X`; null and empty mean `D`. */
  toString(format: string | null = null): string {
    const hyphenated = this.digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    switch ((format ?? '').toUpperCase()) {
      case '':
      case 'D':
        return hyphenated
      case 'N':
        return this.digits
      case 'B':
        return `{${hyphenated}}`
      case 'P':
        return `(${hyphenated})`
      case 'X':
        return this.#hexadecimal()
      default:
        throw formatException('Format String can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".')
    }
  }

  #hexadecimal(): string {
    const [a, b, c] = [this.digits.slice(0, 8), this.digits.slice(8, 12), this.digits.slice(12, 16)]
    const rest = (this.digits.slice(16).match(/../g) ?? []).map((pair) => `0x${pair}`)
    return `{0x${a},0x${b},0x${c},{${rest.join(',')}}}`
  }

  equals(other: Guid): boolean {
    return this.digits === other.digits
  }

  compare(other: Guid): number {
    return this.digits < other.digits ? -1 : this.digits > other.digits ? 1 : 0
  }
}

const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]

function swapped(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(order, (index) => bytes[index] ?? 0)
}
