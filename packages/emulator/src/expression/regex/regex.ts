import type { Type } from '@apim-kit/policy-dsl/expression'
import { allocate, allocateItems, step } from '../run.js'
import { types } from '../types.js'
import type { Enumerable } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import { Matcher, type Span } from './matcher.js'
import { parseRegex } from './parse.js'
import { argumentOutOfRange } from '../values/exceptions.js'
import { regexOptions, type RegexProgram } from './syntax.js'

const space = 'System.Text.RegularExpressions'

/** `Capture`: a stretch of the text. */
export class Capture {
  static readonly clrName: string = `${space}.Capture`

  constructor(
    readonly text: string,
    readonly span: Span,
  ) {}

  get value(): string {
    return this.text.slice(this.span.start, this.span.end)
  }

  clrText(): string {
    return this.value
  }
}

const nothing: Span = { start: 0, end: 0 }

/** `Group`: its last capture, and all of them. */
export class Group extends Capture {
  static override readonly clrName: string = `${space}.Group`

  constructor(
    text: string,
    readonly spans: readonly Span[],
    readonly name: string,
  ) {
    super(text, spans.at(-1) ?? nothing)
  }

  get success(): boolean {
    return this.spans.length > 0
  }

  get captures(): Captures {
    // The last capture is the group itself.
    const last = this.spans.length - 1
    return new Captures(
      'Capture',
      this.spans.map((span, index) => (index === last ? this : new Capture(this.text, span))),
    )
  }
}

/** `Match`. A match that failed is one too, with empty groups. */
export class Match extends Group {
  static override readonly clrName: string = `${space}.Match`

  constructor(
    readonly regex: Regex,
    text: string,
    readonly all: ReadonlyMap<number, readonly Span[]>,
  ) {
    super(text, all.get(0) ?? [], '0')
  }

  /** By number; one that does not exist has failed. */
  group(number: number): Group {
    if (number === 0) return this
    return new Group(this.text, this.all.get(number) ?? [], this.regex.nameOf(number))
  }

  groupNamed(name: string): Group {
    const number = this.regex.numberOf(name)
    return number === undefined ? new Group(this.text, [], name) : this.group(number)
  }

  get groups(): Captures {
    const numbers = this.success ? this.regex.numbers : [0]
    return new Captures(
      'Group',
      numbers.map((number) => this.group(number)),
      this,
    )
  }

  next(): Match {
    return this.success ? this.regex.match(this.text, this.regex.placeAfter(this.span)) : this
  }
}

/** `CaptureCollection`, `GroupCollection`, `MatchCollection`. */
export class Captures implements Enumerable {
  constructor(
    readonly kind: 'Capture' | 'Group' | 'Match',
    readonly items: readonly Capture[],
    /** Of a GroupCollection, which also finds by name. */
    readonly match?: Match,
  ) {}

  get elementType(): Type {
    return types().named(`${space}.${this.kind}`)
  }

  get type(): Type {
    return types().named(`${space}.${this.kind}Collection`)
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.items[Symbol.iterator]()
  }
}

/** ECMAScript goes with IgnoreCase, Multiline, Compiled and CultureInvariant alone. */
function areOptions(options: number): boolean {
  if (options < 0 || options > 0x3ff) return false
  const { ecmaScript, ignoreCase, multiline } = regexOptions
  const withEcmaScript = ecmaScript | ignoreCase | multiline | COMPILED | CULTURE_INVARIANT
  return (options & ecmaScript) === 0 || (options & ~withEcmaScript) === 0
}

const COMPILED = 8
const CULTURE_INVARIANT = 512

/** Compiled patterns that are kept for calls of static methods. */
const cacheSize = 64
const cache = new Map<string, Regex>()

/** `Regex`. */
export class Regex {
  static readonly clrName = `${space}.Regex`
  readonly #program: RegexProgram
  readonly #matcher: Matcher

  constructor(
    readonly pattern: string,
    readonly options = 0,
  ) {
    if (!areOptions(options)) throw argumentOutOfRange('options')
    this.#program = parseRegex(pattern, options)
    this.#matcher = new Matcher(this.#program, options)
  }

  /** The same regex for the same pattern and options. */
  static cached(pattern: string, options = 0): Regex {
    const key = `${options}/${pattern}`
    const known = cache.get(key) ?? new Regex(pattern, options)
    cache.delete(key)
    cache.set(key, known)
    const [oldest] = cache.keys()
    if (cache.size > cacheSize && oldest !== undefined) cache.delete(oldest)
    return known
  }

  clrText(): string {
    return this.pattern
  }

  get rightToLeft(): boolean {
    return (this.options & regexOptions.rightToLeft) !== 0
  }

  get numbers(): readonly number[] {
    return this.#program.groupNames.map(([number]) => number)
  }

  get names(): readonly string[] {
    return this.#program.groupNames.map(([, name]) => name)
  }

  nameOf(number: number): string {
    return this.#program.groupNames.find(([own]) => own === number)?.[1] ?? ''
  }

  numberOf(name: string): number | undefined {
    const found = this.#program.groupNames.find(([number, own]) => own === name || String(number) === name)
    return found?.[0]
  }

  /** The first match in a part of a text, which is all that is seen. */
  matchPart(text: string, beginning: number, length: number): Match {
    const part = text.slice(beginning, beginning + length)
    const found = this.#matcher.find(part, this.rightToLeft ? length : 0)
    const moved = [...(found ?? [])].map(([number, spans]) => {
      const shift = ({ start, end }: Span): Span => ({ start: start + beginning, end: end + beginning })
      return [number, spans.map(shift)] as const
    })
    return new Match(this, text, new Map(moved))
  }

  match(text: string, from = this.rightToLeft ? text.length : 0): Match {
    return new Match(this, text, this.#matcher.find(text, from) ?? new Map())
  }

  /** Where the search goes on after a match; an empty one moves by a character. */
  placeAfter({ start, end }: Span): number {
    const empty = start === end
    return this.rightToLeft ? start - Number(empty) : end + Number(empty)
  }

  /** All matches from a place on. */
  *matches(text: string, from?: number): Generator<Match> {
    for (let match = this.match(text, from); match.success; match = match.next()) {
      step()
      allocateItems(1)
      yield match
    }
  }

  /** Replaces `limit` matches, all when it is negative, from where the search begins. */
  replace(text: string, replacement: (match: Match) => string, limit = -1, start?: number): string {
    const pieces: string[] = []
    let from = 0
    const all = [...this.matches(text, start)]
    const found = limit < 0 ? all : all.slice(0, limit)
    for (const match of this.rightToLeft ? found.reverse() : found) {
      pieces.push(text.slice(from, match.span.start), replacement(match))
      from = match.span.end
    }
    pieces.push(text.slice(from))
    const result = pieces.join('')
    allocate(result.length)
    return result
  }

  /** The pieces between matches, and what the groups captured. */
  split(text: string, limit = 0, start?: number): string[] {
    const pieces: string[][] = []
    const back = this.rightToLeft
    let from = back ? text.length : 0
    for (const match of limit === 1 ? [] : this.matches(text, start)) {
      const { start: begin, end } = match.span
      const captured = this.numbers.slice(1).map((number) => match.group(number))
      const texts = captured.filter(({ success }) => success).map(({ value }) => value)
      pieces.push(back ? [...texts, text.slice(end, from)] : [text.slice(from, begin), ...texts])
      from = back ? begin : end
      if (limit > 0 && pieces.length >= limit - 1) break
    }
    return back ? [text.slice(0, from), ...pieces.reverse().flat()] : [...pieces.flat(), text.slice(from)]
  }
}

/** The text that a replacement pattern makes of a match: `$1`, `${name}`, `$$`, `$&`, `` $` ``, `$'`, `$+`, `$_`. */
export function expandReplacement(replacement: string, match: Match): string {
  const { text, span, regex } = match
  return replacement.replace(
    /\$(?:(\d+)|\{(\w+)\}|([$&`'+_]))/g,
    (whole: string, digits?: string, name?: string, mark?: string) => {
      const group = digits ?? name
      if (group !== undefined) {
        const number = regex.numberOf(digits === undefined ? group : String(Number(digits)))
        return number === undefined ? whole : match.group(number).value
      }
      switch (mark) {
        case '$':
          return '$'
        case '&':
          return match.value
        case '`':
          return text.slice(0, span.start)
        case "'":
          return text.slice(span.end)
        case '+':
          return match.group(regex.numbers.at(-1) ?? 0).value
        default:
          return text
      }
    },
  )
}

/** `Regex.Escape`. */
export function escapeRegex(text: string): string {
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\f': '\\f' }
  return text.replace(/[\\*+?|{[()^$.# \n\t\r\f]/g, (unit) => named[unit] ?? `\\${unit}`)
}
