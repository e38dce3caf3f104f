import { parseGuidDigits } from '../text/guid-parse.js'
import { DotNetException } from './exception.js'
import { argumentException, argumentNull, formatException } from './exceptions.js'

/** `System.Guid`. Its bytes have the first three groups little-endian, as .NET stores them. */
export class Guid {
  private constructor(
    /** 32 lower case digits. */
    readonly digits: string,
  ) {}

  static readonly empty = new Guid('0'.repeat(32))

  /** Reads the forms `N`, `D`, `B`, `P` and `X`; undefined for anything else. */
  static tryParse(text: string, format?: string): Guid | undefined {
    try {
      return new Guid(parseGuidDigits(text, format))
    } catch {
      return undefined
    }
  }

  /** @throws DotNetException ArgumentNullException, FormatException or OverflowException */
  static parse(text: string | null, parameter = 'input', format?: string): Guid {
    if (text === null) throw argumentNull(parameter)
    try {
      return new Guid(parseGuidDigits(text, format))
    } catch (error) {
      // The constructor alone says what is too large.
      const isOverflow = error instanceof DotNetException && error.shortName === 'OverflowException'
      throw isOverflow && parameter !== 'g' ? formatException('Unrecognized Guid format.') : error
    }
  }

  static ofBytes(bytes: Uint8Array): Guid {
    if (bytes.length !== 16) throw argumentException('Byte array for GUID must be exactly 16 bytes long.', 'b')
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
