import { withoutEnd } from './without-end.js'

/** The flags of NumberStyles. */
export const numberStyles = {
  leadingWhite: 1,
  trailingWhite: 2,
  leadingSign: 4,
  trailingSign: 8,
  parentheses: 16,
  decimalPoint: 32,
  thousands: 64,
  exponent: 128,
  currency: 256,
  hex: 512,
} as const

/** A number as it was read: `0.digits * 10^point`. */
export interface ScannedNumber {
  readonly negative: boolean
  /** Without leading zeros, with trailing ones; none for zero. */
  readonly digits: string
  readonly point: number
}

/** More digits than this decide nothing any more. */
const MAXIMUM_DIGITS = 1000

/** Reads a text by NumberStyles, hexadecimal aside; undefined when it does not fit. */
export function scanNumber(text: string, style: number): ScannedNumber | undefined {
  return new Scanner(text, style).scan()
}

class Scanner {
  #at = 0
  #sign = 0
  #open = false
  #currency: boolean

  constructor(
    readonly text: string,
    readonly style: number,
  ) {
    this.#currency = this.#allows('currency')
  }

  scan(): ScannedNumber | undefined {
    this.#readBefore()
    const [whole, fraction] = this.#readDigits()
    if (whole === '' && fraction === undefined) return undefined
    const exponent = this.#readExponent()
    this.#readBehind()
    // Zeros may follow as C's ends of strings do.
    if (this.#open || withoutEnd(this.text.slice(this.#at), '\0') !== '') return undefined
    return this.#numberOf(whole, fraction, exponent)
  }

  #numberOf(whole: string, fraction: string | undefined, exponent: number): ScannedNumber {
    const all = whole + (fraction ?? '')
    const zeros = leadingZeros(all)
    const digits = all.slice(zeros, zeros + MAXIMUM_DIGITS)
    if (digits !== '') return { negative: this.#sign < 0, digits, point: whole.length - zeros + exponent }
    // Zero keeps its places, as a decimal shows them, and its sign where it is written with a point.
    return { negative: this.#sign < 0 && fraction !== undefined, digits, point: exponent - (fraction ?? '').length }
  }

  /** White space, a sign or parenthesis, the currency sign, in any order; a sign belongs to what follows it. */
  #readBefore(): void {
    for (; ; this.#at++) {
      const isSpace = this.#isWhite('leadingWhite')
      if (isSpace && (this.#sign === 0 || (this.#allows('currency') && !this.#currency))) continue
      if (!this.#readSign('leadingSign') && !this.#readOpening() && !this.#readCurrency()) return
    }
  }

  #readBehind(): void {
    for (; ; this.#at++) {
      if (this.#isWhite('trailingWhite') || this.#readSign('trailingSign')) continue
      if (this.#open && this.#char() === ')') this.#open = false
      else if (!this.#readCurrency()) return
    }
  }

  #readSign(style: 'leadingSign' | 'trailingSign'): boolean {
    const char = this.#char()
    if ((char !== '+' && char !== '-') || this.#sign !== 0 || !this.#allows(style)) return false
    this.#sign = char === '-' ? -1 : 1
    return true
  }

  #readOpening(): boolean {
    if (this.#char() !== '(' || this.#sign !== 0 || !this.#allows('parentheses')) return false
    this.#sign = -1
    this.#open = true
    return true
  }

  #readCurrency(): boolean {
    if (this.#char() !== '¤' || !this.#currency) return false
    this.#currency = false
    return true
  }

  /** The digits before and behind the point; commas are left out, wherever they stand behind the first digit. */
  #readDigits(): [whole: string, fraction: string | undefined] {
    const start = this.#at
    const whole = this.#takeDigits(this.#allows('thousands'))
    if (this.#char() !== '.' || !this.#allows('decimalPoint')) return [whole, undefined]
    this.#at++
    const fraction = this.#takeDigits(false)
    if (whole !== '' || fraction !== '') return [whole, fraction]
    this.#at = start
    return ['', undefined]
  }

  #takeDigits(commas: boolean): string {
    const start = this.#at
    while (isDigit(this.#char()) || (commas && this.#at > start && this.#char() === ',')) this.#at++
    const taken = this.text.slice(start, this.#at)
    return commas ? taken.replaceAll(',', '') : taken
  }

  /** An `e` without digits behind it is no exponent, and then the text is no number. */
  #readExponent(): number {
    if (!this.#allows('exponent') || (this.#char() !== 'e' && this.#char() !== 'E')) return 0
    const [all = '', digits = ''] = /^[eE]([+-]?\d+)/.exec(this.text.slice(this.#at)) ?? []
    this.#at += all.length
    return Math.max(-9999, Math.min(Number(digits), 9999))
  }

  #isWhite(style: 'leadingWhite' | 'trailingWhite'): boolean {
    const code = this.text.charCodeAt(this.#at)
    return (code === 32 || (code >= 9 && code <= 13)) && this.#allows(style)
  }

  #char(): string {
    return this.text.charAt(this.#at)
  }

  #allows(style: keyof typeof numberStyles): boolean {
    return (this.style & numberStyles[style]) !== 0
  }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9'
}

function leadingZeros(digits: string): number {
  let zeros = 0
  while (digits.charAt(zeros) === '0') zeros++
  return zeros
}
