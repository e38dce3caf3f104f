import type { Diagnostics } from '../diagnostic.js'
import { isNewline } from '../scan.js'
import type { Identifier } from '../syntax.js'
import type { Token, TokenKind } from '../token.js'
import { KEYWORDS } from '../token.js'

/** Deeper nesting than any person writes. A source beyond it is refused, so that no reader of the tree can run out of stack. */
const MAX_DEPTH = 200

/** What the compiler says of a source that is too much for its stack. */
export const TOO_COMPLEX = ['CS8078', 'An expression is too long or complex to compile'] as const

/** Types are looked ahead for at many places: nested deeper than this they are none. */
const MAX_LOOK_AHEAD = 30

/** The tokens of one source, and a place in them. */
export class Cursor {
  index = 0
  #depth: number
  #tooDeep = false
  #looking = 0
  /** For each `(` the index of its `)`, found once: lambdas and casts look that far ahead. */
  readonly #closers: ReadonlyMap<number, number>

  constructor(
    readonly source: string,
    readonly tokens: readonly Token[],
    readonly diagnostics: Diagnostics,
    /** Passed on to the sources of interpolation holes. */
    readonly namedValues: boolean,
    /** How deep the hole stands whose source this is. */
    depth = 0,
  ) {
    this.#depth = depth
    this.#closers = matchParentheses(tokens)
  }

  /** How many levels stand open. */
  get depth(): number {
    return this.#depth
  }

  get current(): Token {
    return this.peek(0)
  }

  get kind(): TokenKind {
    return this.peek(0).kind
  }

  /** Where the last consumed token ended: the end of the node that is being finished. */
  get lastEnd(): number {
    return this.tokens[this.index - 1]?.end ?? this.current.start
  }

  peek(distance: number): Token {
    return this.at(this.index + distance)
  }

  at(index: number): Token {
    // The last token is `end`, and there is always one.
    return this.tokens[Math.min(index, this.tokens.length - 1)] as Token
  }

  kindAt(index: number): TokenKind {
    return this.at(index).kind
  }

  closerOf(index: number): number | undefined {
    return this.#closers.get(index)
  }

  next(): Token {
    const token = this.current
    if (this.index < this.tokens.length - 1) this.index++
    return token
  }

  is(kind: TokenKind): boolean {
    return this.kind === kind
  }

  /** A word that is a keyword only here. */
  isWord(word: string, distance = 0): boolean {
    const token = this.peek(distance)
    return token.kind === 'identifier' && token.text === word
  }

  accept(kind: TokenKind): Token | undefined {
    return this.kind === kind ? this.next() : undefined
  }

  acceptWord(word: string): Token | undefined {
    return this.isWord(word) ? this.next() : undefined
  }

  /** Consumes the token, or reports that it is missing and stays. */
  expect(kind: TokenKind): void {
    if (this.kind === kind) this.next()
    else this.#report(EXPECTED[kind] ?? ['CS1003', `Syntax error, '${kind}' expected`])
  }

  expectWord(word: string): void {
    if (this.isWord(word)) this.next()
    else this.#report(['CS1003', `Syntax error, '${word}' expected`])
  }

  identifier(): Identifier {
    const token = this.current
    if (token.kind === 'identifier') {
      this.next()
      return { name: token.text, start: token.start, end: token.end }
    }
    if (KEYWORDS.has(token.text)) this.#report(['CS1041', `Identifier expected; '${token.text}' is a keyword`])
    else this.#report(['CS1001', 'Identifier expected'])
    return { name: '', start: token.start, end: token.start }
  }

  /** Reports at the current token. */
  reportHere(code: string, message: string): void {
    if (!this.#tooDeep) this.diagnostics.report(code, this.current, message)
  }

  /** Runs a reader one level deeper; too deep, everything that is left is skipped and the source refused. */
  nested<T>(read: () => T): T {
    if (++this.#depth > MAX_DEPTH && !this.#tooDeep) {
      this.reportHere(...TOO_COMPLEX)
      this.#tooDeep = true
      this.index = this.tokens.length - 1
    }
    const result = read()
    this.#depth--
    return result
  }

  /** Looks ahead one level deeper; too deep, nothing is found. */
  looking<T>(look: () => T | undefined): T | undefined {
    if (this.#looking >= MAX_LOOK_AHEAD) return undefined
    this.#looking++
    const result = look()
    this.#looking--
    return result
  }

  /** What is missing stands where the line before it ends, when the next token is on another line; else at the next token. */
  #report([code, message]: readonly [string, string]): void {
    if (this.#tooDeep) return
    const { start, end } = this.current
    const missingAtLineEnd = this.index > 0 && this.#hasNewline(this.lastEnd, start)
    const span = missingAtLineEnd ? { start: this.lastEnd, end: this.lastEnd } : { start, end }
    this.diagnostics.report(code, span, message)
  }

  #hasNewline(from: number, to: number): boolean {
    for (let i = from; i < to; i++) if (isNewline(this.source.charCodeAt(i))) return true
    return false
  }
}

const EXPECTED: Partial<Record<TokenKind, readonly [string, string]>> = {
  ';': ['CS1002', '; expected'],
  ')': ['CS1026', ') expected'],
  '}': ['CS1513', '} expected'],
  '{': ['CS1514', '{ expected'],
}

function matchParentheses(tokens: readonly Token[]): Map<number, number> {
  const closers = new Map<number, number>()
  const open: number[] = []
  tokens.forEach(({ kind }, index) => {
    if (kind === '(') open.push(index)
    else if (kind === ')') {
      const opener = open.pop()
      if (opener !== undefined) closers.set(opener, index)
    }
  })
  return closers
}
