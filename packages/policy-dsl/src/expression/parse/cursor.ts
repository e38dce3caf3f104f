import { TOO_COMPLEX, type Diagnostics } from '../diagnostic.js'
import type { Span } from '../position.js'
import { isNewline } from '../scan.js'
import type { Identifier } from '../syntax.js'
import type { Token, TokenKind } from '../token.js'
import { KEYWORDS } from '../token.js'

/** Deeper nesting than any person writes. A source beyond it is refused, so that no reader of the tree can run out of stack. */
const MAX_DEPTH = 200

/** Types are looked ahead for at many places: nested deeper than this they are none. */
const MAX_LOOK_AHEAD = 30

/** Words that end a name inside of a query. */
const QUERY_WORDS: ReadonlySet<string> = new Set(
  'from join into where orderby group select let on equals ascending descending by'.split(' '),
)

/** The tokens of one source, and a place in them. */
export class Cursor {
  index = 0
  /** Where readers of lists that stand around would go on, as bits of `terminators.ts`: nothing of theirs is skipped as wrong. */
  terminators = 0
  /** How many queries stand open: their words are no names inside. */
  queries = 0
  /** A `catch` or `finally` here belongs to the `try` around. */
  inTry = false
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
    /** What can be parsed, but not bound: it is told beside what the binder tells, when nothing else is wrong with the syntax. */
    readonly refused: Diagnostics = diagnostics,
    /** How deep the hole stands whose source this is. */
    depth = 0,
    /** In how many holes of interpolated strings it stands. */
    readonly holes = 0,
  ) {
    this.#depth = depth
    this.#closers = matchParentheses(tokens)
  }

  /** Where the source begins, with the white space before its first token. */
  get fullStart(): number {
    return this.holes > 0 ? this.at(0).start : 2
  }

  /** How many levels stand open. */
  get depth(): number {
    return this.#depth
  }

  get current(): Token {
    // The index never passes the last token, `end`.
    return this.tokens[this.index] as Token
  }

  get kind(): TokenKind {
    return this.current.kind
  }

  /** Where the last consumed token ended: the end of the node that is being finished. */
  get lastEnd(): number {
    return this.tokens[this.index - 1]?.end ?? this.current.start
  }

  /** Whether the line ends before the current token. */
  get isOnNextLine(): boolean {
    return this.index > 0 && this.#hasNewline(this.lastEnd, this.current.start)
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
    if (token.errors !== undefined && !this.#tooDeep) this.diagnostics.add(token.errors)
    if (this.index < this.tokens.length - 1) this.index++
    return token
  }

  is(kind: TokenKind): boolean {
    return this.kind === kind
  }

  /** A word that is a keyword only here. */
  isWord(word: string, distance = 0): boolean {
    return this.isWordAt(this.index + distance, word)
  }

  isWordAt(index: number, word: string): boolean {
    const token = this.at(index)
    return token.kind === 'identifier' && token.text === word && token.end - token.start === word.length
  }

  /** A name; inside of a query its words are none. */
  isName(index = this.index): boolean {
    return this.kindAt(index) === 'identifier' && !(this.queries > 0 && this.isQueryWord(index))
  }

  isQueryWord(index = this.index): boolean {
    const { kind, text, start, end } = this.at(index)
    return kind === 'identifier' && QUERY_WORDS.has(text) && end - start === text.length
  }

  accept(kind: TokenKind): Token | undefined {
    return this.kind === kind ? this.next() : undefined
  }

  acceptWord(word: string): Token | undefined {
    return this.isWord(word) ? this.next() : undefined
  }

  /** Consumes the token, or reports that it is missing and stays. */
  expect(kind: TokenKind): boolean {
    if (this.kind === kind) this.next()
    else {
      this.reportMissing(...expectedError(kind, this.current))
      return false
    }
    return true
  }

  /** The same, but another closing bracket is taken for the one that is missing. */
  expectCloser(kind: ')' | ']'): void {
    if (!this.expect(kind) && (this.is(')') || this.is(']'))) this.next()
  }

  expectWord(word: string, code: string): void {
    if (this.isWord(word)) this.next()
    else this.reportMissing(code, `Expected contextual keyword '${word}'`)
  }

  identifier(): Identifier {
    const token = this.current
    if (this.isName()) {
      this.next()
      return { name: token.text, start: token.start, end: token.end }
    }
    if (token.kind === 'identifier') this.reportMissing('CS1525', `Invalid expression term '${token.text}'`)
    else this.reportMissing('CS1001', 'Identifier expected')
    return { name: '', start: token.start, end: token.start }
  }

  /** Consumes the token, which is none that could stand here. */
  skip(expected: TokenKind): void {
    const token = this.current
    this.next()
    // What the lexer refused is told once.
    if (token.errors === undefined) this.#reportMissingAt(token, ...expectedError(expected, token))
  }

  /** Reports at the current token. */
  reportHere(code: string, message: string): void {
    if (!this.#tooDeep) this.diagnostics.report(code, this.current, message)
  }

  /** Reports at a node that was read: before what is wrong with its parts, of which there was nothing at `count`. */
  reportAround(count: number, code: string, span: Span, message: string): void {
    if (!this.#tooDeep) this.diagnostics.reportAround(count, code, span, message)
  }

  /** What is missing stands where the line before it ends, when the next token is on another line; else at the next token. */
  reportMissing(code: string, message: string): void {
    this.#reportMissingAt(this.current, code, message)
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

  /** Takes over from the source of a hole that it is too much. */
  giveUpWith(hole: Cursor): void {
    if (!hole.#tooDeep) return
    this.#tooDeep = true
    this.index = this.tokens.length - 1
  }

  /** Looks ahead one level deeper; too deep, nothing is found. */
  looking<T>(look: () => T | undefined): T | undefined {
    if (this.#looking >= MAX_LOOK_AHEAD) return undefined
    this.#looking++
    const result = look()
    this.#looking--
    return result
  }

  #reportMissingAt({ start, end }: Token, code: string, message: string): void {
    if (this.#tooDeep) return
    const index = this.at(this.index).start === start ? this.index : this.index - 1
    const before = this.tokens[index - 1]?.end
    const atLineEnd = before !== undefined && this.#hasNewline(before, start)
    this.diagnostics.report(code, atLineEnd ? { start: before, end: before } : { start, end }, message)
  }

  #hasNewline(from: number, to: number): boolean {
    for (let i = from; i < to; i++) {
      if (isNewline(this.source.charCodeAt(i))) return true
      // Lines end in a long comment too, but it is not the line of the token that ends there.
      if (!this.source.startsWith('/*', i)) continue
      const close = this.source.indexOf('*/', i + 2)
      if (close < 0) return false
      i = close
    }
    return false
  }
}

const EXPECTED: Partial<Record<TokenKind, readonly [string, string]>> = {
  ';': ['CS1002', '; expected'],
  ')': ['CS1026', ') expected'],
  '}': ['CS1513', '} expected'],
  '{': ['CS1514', '{ expected'],
  in: ['CS1515', "'in' expected"],
}

function expectedError(expected: TokenKind, actual: Token): readonly [code: string, message: string] {
  if (expected !== 'identifier') return EXPECTED[expected] ?? ['CS1003', `Syntax error, '${expected}' expected`]
  if (KEYWORDS.has(actual.text) && actual.kind !== 'identifier')
    return ['CS1041', `Identifier expected; '${actual.text}' is a keyword`]
  return ['CS1001', 'Identifier expected']
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
