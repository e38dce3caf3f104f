import { isNewline } from '../scan.js'
import { TOO_COMPLEX, type Finding } from '../diagnostic.js'

/** One `{…}` of an interpolated string, as offsets of the source. */
export interface Hole {
  readonly open: number
  /** Where its format begins, with the colon. */
  readonly colon: number | undefined
  readonly close: number
}

/** What stands between the quotes of an interpolated string. */
export interface ScannedHoles {
  readonly end: number
  /** Where the text ends: before the closing quote, if there is one. */
  readonly textEnd: number
  readonly holes: readonly Hole[]
  readonly error: Finding | undefined
}

/** Brackets and strings inside holes: deeper than this nobody nests, and the stack has an end. */
const MAX_NESTING = 200

/**
 * Finds the holes of the interpolated string that begins at `start`, as the compiler's lexer does: brackets have to match, quotes begin
 * strings of their own. Only the first thing that is wrong is told.
 */
export function scanHoles(source: string, start: number, end: number): ScannedHoles {
  const scanner = new HoleScanner(source, start, end)
  const holes: Hole[] = []
  const textEnd = scanner.string(holes, 0)
  return { end: scanner.at, textEnd, holes, error: scanner.error }
}

class HoleScanner {
  error: Finding | undefined

  constructor(
    readonly source: string,
    public at: number,
    readonly end: number,
  ) {}

  /** From `$` to behind the closing quote. @returns where the text ends */
  string(holes: Hole[], depth: number): number {
    const verbatim = this.source.startsWith('$@', this.at)
    this.at += verbatim ? 3 : 2
    this.#contents(holes, verbatim, depth)
    const textEnd = this.at
    if (this.#is('"')) this.at++
    else {
      const place = this.at - 1
      if (verbatim) this.#report('CS1039', place, 'Unterminated string literal')
      else this.#report('CS1010', place, 'Newline in constant')
    }
    return textEnd
  }

  #contents(holes: Hole[], verbatim: boolean, depth: number): void {
    while (!this.#atEnd(verbatim)) {
      const char = this.source.charAt(this.at)
      if (char === '"') {
        if (!verbatim || !this.#is('""')) return
        this.at += 2
      } else if (char === '}') this.#brace('}')
      else if (char === '{' && !this.#is('{{')) holes.push(this.#hole(verbatim, depth))
      else if (char === '{') this.at += 2
      else if (char === '\\' && !verbatim) this.#escape()
      else this.at++
    }
  }

  /** A brace in the text or the format has to be doubled. */
  #brace(brace: string): void {
    const place = this.at
    this.at++
    if (this.#is(brace)) this.at++
    else
      this.#report('CS8086', place, `A '${brace}' character must be escaped (by doubling) in an interpolated string.`)
  }

  #escape(): void {
    const place = this.at
    const brace = /^\\(?:u007([bBdD])|x0{0,2}7([bBdD])(?![0-9a-fA-F])|U0000007([bBdD]))/.exec(
      this.source.slice(place, place + 10),
    )
    this.at = Math.min(this.end, place + (brace?.[0].length ?? 2))
    if (brace === null) return
    const char = (brace[1] ?? brace[2] ?? brace[3])?.toLowerCase() === 'b' ? '{' : '}'
    this.#report(
      'CS8087',
      place,
      `A '${char}' character may only be escaped by doubling '${char}${char}' in an interpolated string.`,
    )
  }

  #hole(verbatim: boolean, depth: number): Hole {
    const open = this.at
    this.at++
    const colon = this.#balanced('}', true, verbatim, depth)
    const close = this.at
    if (this.#is('}')) this.at++
    else this.#report('CS8076', open - 1, "Missing close delimiter '}' for interpolated expression started with '{'.")
    return { open, colon, close }
  }

  /** Up to the bracket that closes; of a hole, up to its end. @returns where the format begins */
  #balanced(closer: string, isHole: boolean, verbatim: boolean, depth: number): number | undefined {
    while (!this.#atEnd(verbatim)) {
      const char = this.source.charAt(this.at)
      if (char === closer) return undefined
      if (char === ':' && isHole) {
        const colon = this.at
        this.#format(verbatim)
        return colon
      }
      this.#piece(char, closer, verbatim, depth)
    }
    return undefined
  }

  #piece(char: string, closer: string, verbatim: boolean, depth: number): void {
    switch (char) {
      case '}':
      case ')':
      case ']':
      case '#':
        this.#report('CS1003', this.at, `Syntax error, '${closer}' expected`)
        this.at++
        return
      case '$':
        if (depth < MAX_NESTING && (this.#is('$"') || this.#is('$@"'))) this.string([], depth + 1)
        else this.at++
        return
      case '"':
      case "'":
        this.#quoted(char, verbatim)
        return
      case '@':
        if (this.#is('@"')) this.#verbatim(verbatim)
        else this.at++
        return
      case '/':
        this.#slash(verbatim)
        return
      case '{':
      case '(':
      case '[':
        this.#bracketed(char === '{' ? '}' : char === '(' ? ')' : ']', verbatim, depth)
        return
      default:
        this.at++
    }
  }

  #bracketed(closer: string, verbatim: boolean, depth: number): void {
    this.at++
    if (depth < MAX_NESTING) this.#balanced(closer, false, verbatim, depth + 1)
    else this.#report(TOO_COMPLEX[0], this.at, TOO_COMPLEX[1])
    if (this.#is(closer)) this.at++
  }

  #format(verbatim: boolean): void {
    this.at++
    while (!this.#atEnd(verbatim)) {
      const char = this.source.charAt(this.at)
      if (char === '\\' && !verbatim) this.#escape()
      else if (char === '"') {
        if (!verbatim || !this.#is('""')) return
        this.at += 2
      } else if (char === '{') this.#brace('{')
      else if (char === '}') {
        if (!this.#is('}}')) return
        this.at += 2
      } else this.at++
    }
  }

  #quoted(quote: string, verbatim: boolean): void {
    this.at++
    while (!this.#atEnd(verbatim)) {
      const char = this.source.charAt(this.at)
      this.at++
      if (char === quote) return
      if (char === '\\' && !this.#atEnd(verbatim)) this.at++
    }
  }

  #verbatim(verbatim: boolean): void {
    this.at += 2
    while (!this.#atEnd(verbatim)) {
      const char = this.source.charAt(this.at)
      this.at++
      if (char !== '"') continue
      if (!this.#is('"')) return
      this.at++
    }
  }

  #slash(verbatim: boolean): void {
    if (this.#is('/*')) {
      this.at += 2
      while (!this.#atEnd(verbatim) && !this.#is('*/')) this.at++
      if (this.#is('*/')) this.at += 2
    } else if (!this.#is('//')) this.at++
    else if (verbatim) while (this.at < this.end && !isNewline(this.source.charCodeAt(this.at))) this.at++
    else {
      this.#report('CS8077', this.at, 'A single-line comment may not be used in an interpolated string.')
      this.at += 2
    }
  }

  #is(text: string): boolean {
    return this.at + text.length <= this.end && this.source.startsWith(text, this.at)
  }

  #atEnd(verbatim: boolean): boolean {
    return this.at >= this.end || (!verbatim && isNewline(this.source.charCodeAt(this.at)))
  }

  #report(code: string, at: number, message: string): void {
    this.error ??= { code, message, start: at, end: at + 1 }
  }
}
