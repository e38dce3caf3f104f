/**
 * Finds where an expression ends in the raw text of a policy document.
 *
 * The end is a matter of C# lexing: a bracket in a string, a char or a comment does not count. This file does that much and no
 * more, so that a document can be read without loading the parser.
 */

import { skipSpace } from '../white-space.js'

/** What was left open. `bracket` is also a closing bracket of the wrong kind, and `at` is then the place of that bracket. */
export type Unterminated = 'bracket' | 'string' | 'char' | 'comment' | 'interpolation'

/** The offset just after the matching bracket, or what stands open and where it began. */
export type ExpressionEnd =
  | { readonly kind: 'end'; readonly end: number }
  | { readonly kind: 'unterminated'; readonly what: Unterminated; readonly at: number }

/** Says whether an expression begins at this offset: `@(` or `@{`. */
export function expressionStartsAt(text: string, offset: number): boolean {
  // Most texts are no expressions, and many are short: the second character is only asked for where there is one.
  if (offset + 1 >= text.length || text.charCodeAt(offset) !== AT) return false
  const next = text.charCodeAt(offset + 1)
  return next === OPEN_PAREN || next === OPEN_BRACE
}

/**
 * Finds the end of the expression that begins at `start`.
 *
 * @param text the raw text of a document (entities already decoded where the document is plain XML)
 * @param start the offset of the `@` of `@(` or `@{`
 * @returns the offset just after the matching bracket; never throws
 * @example expressionEnd('<a b="@(")")"/>', 6) // { kind: 'end', end: 12 }
 */
export function expressionEnd(text: string, start: number): ExpressionEnd {
  return toEnd(matchBracket(text, start + 1, 0))
}

/** The same as a bare offset, for whoever reads many: -1 where the expression does not end. */
export function expressionEndOffset(text: string, start: number): number {
  return Math.max(-1, matchBracket(text, start + 1, 0))
}

const LINE_FEED = 10
const AT = 64
const DOLLAR = 36
const QUOTE = 34
const APOSTROPHE = 39
const BACKSLASH = 92
const SLASH = 47
const STAR = 42
const COLON = 58
const OPEN_PAREN = 40
const CLOSE_PAREN = 41
const OPEN_BRACKET = 91
const CLOSE_BRACKET = 93
const OPEN_BRACE = 123
const CLOSE_BRACE = 125

const kinds = ['bracket', 'string', 'char', 'comment', 'interpolation'] as const satisfies readonly Unterminated[]

/*
 * Inside of this file the end of something is a number, and a negative one says what stands open and where: a document has thousands
 * of strings, and an object for the end of each would cost more than finding it.
 */
type End = number

const open = (what: Unterminated, at: number): End => -1 - (at * kinds.length + kinds.indexOf(what))

function toEnd(end: End): ExpressionEnd {
  if (end >= 0) return { kind: 'end', end }
  const packed = -1 - end
  return { kind: 'unterminated', what: whatIsOpen(end), at: Math.floor(packed / kinds.length) }
}

const whatIsOpen = (end: End): Unterminated => kinds[(-1 - end) % kinds.length] ?? 'bracket'

const closerOf = (opener: number): number =>
  opener === OPEN_PAREN ? CLOSE_PAREN : opener === OPEN_BRACKET ? CLOSE_BRACKET : CLOSE_BRACE

/** C# ends a line at more than `\n`: also at `\r`, NEL, LS and PS. */
export const isNewline = (code: number): boolean =>
  code < 0x85 ? code === 10 || code === 13 : code === 0x85 || code === 0x2028 || code === 0x2029

/** Interpolated strings inside holes of interpolated strings: deeper than this nobody nests, and the stack has an end. */
const MAX_NESTING = 50

/** By code: whether a bracket, a string, a char or a comment may begin or end at this character. */
const stops = Uint8Array.from({ length: 128 }, (_, code) =>
  '"$\'()/@[]{}'.includes(String.fromCharCode(code)) ? 1 : 0,
)

/** The brackets that close what is open; a list of its own for each expression would take longer than reading it. */
const closers: number[] = []

/** From the offset of an opening bracket to the offset just after its match. */
function matchBracket(text: string, start: number, depth: number): End {
  const outside = closers.length
  const end = closerEnd(text, start, depth, outside)
  if (end < 0) closers.length = outside
  return end
}

function closerEnd(text: string, start: number, depth: number, outside: number): End {
  for (let i = start; i < text.length;) {
    const code = text.charCodeAt(i)
    // In front of a line there is nothing to stop at.
    if (code > 127 || stops[code] === 0) i = code === LINE_FEED ? skipSpace(text, i) : i + 1
    else if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) {
      closers.push(closerOf(code))
      i++
    } else if (code === CLOSE_PAREN || code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      if (closers.pop() !== code) return open('bracket', i)
      i++
      if (closers.length === outside) return i
    } else {
      const end = quotedEnd(text, i, depth)
      if (end < 0) return end
      i = Math.max(end, i + 1)
    }
  }
  return open('bracket', start)
}

/**
 * Skips a string, char or comment that begins at `i`, whatever its form.
 * @returns undefined when none begins here
 */
export function skipQuoted(text: string, i: number): ExpressionEnd | undefined {
  const end = quotedEnd(text, i, 0)
  return end === i ? undefined : toEnd(end)
}

/** The end of the string, char or comment that begins at `i`; `i` itself where none does. */
function quotedEnd(text: string, i: number, depth: number): End {
  switch (text.charCodeAt(i)) {
    case QUOTE:
      return stringEnd(text, i)
    case APOSTROPHE:
      return charEnd(text, i)
    case SLASH:
      return commentEnd(text, i)
    case AT:
      return text.charCodeAt(i + 1) === QUOTE ? verbatimEnd(text, i) : i
    case DOLLAR: {
      const next = text.charCodeAt(i + 1)
      const interpolated = next === QUOTE || (next === AT && text.charCodeAt(i + 2) === QUOTE)
      return interpolated ? interpolatedEnd(text, i, depth) : i
    }
    default:
      return i
  }
}

const stringEnd = (text: string, start: number): End => lineQuoteEnd(text, start, QUOTE, 'string')
const charEnd = (text: string, start: number): End => lineQuoteEnd(text, start, APOSTROPHE, 'char')

/** What begins and ends with the same mark, on one line. */
function lineQuoteEnd(text: string, start: number, mark: number, what: Unterminated): End {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === mark) return i + 1
    if (isNewline(code)) break
    if (code === BACKSLASH && !isNewline(text.charCodeAt(i + 1))) i++
  }
  return open(what, start)
}

function verbatimEnd(text: string, start: number): End {
  for (let i = text.indexOf('"', start + 2); i !== -1; i = text.indexOf('"', i + 2)) {
    if (text.charCodeAt(i + 1) !== QUOTE) return i + 1
  }
  return open('string', start)
}

function commentEnd(text: string, start: number): End {
  const next = text.charCodeAt(start + 1)
  if (next === STAR) {
    const close = text.indexOf('*/', start + 2)
    return close < 0 ? open('comment', start) : close + 2
  }
  if (next !== SLASH) return start
  let i = start + 2
  while (i < text.length && !isNewline(text.charCodeAt(i))) i++
  return i
}

/** Skips `$"..."` or `$@"..."`. */
function interpolatedEnd(text: string, start: number, depth: number): End {
  if (depth > MAX_NESTING) return open('interpolation', start)
  const verbatim = text.charCodeAt(start + 1) === AT
  let i = start + (verbatim ? 3 : 2)
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      if (!verbatim || text.charCodeAt(i + 1) !== QUOTE) return i + 1
      i += 2
    } else if (code === OPEN_BRACE && text.charCodeAt(i + 1) !== OPEN_BRACE) {
      const hole = holeEnd(text, i, verbatim, depth + 1)
      if (hole < 0) return hole
      i = hole
    } else if (code === OPEN_BRACE) i += 2
    else if (!verbatim && isNewline(code)) break
    else if (!verbatim && code === BACKSLASH && !isNewline(text.charCodeAt(i + 1))) i += 2
    else i++
  }
  return open('string', start)
}

/** From the `{` of a hole to the offset just after its `}`. A colon outside of nested brackets begins the format. */
function holeEnd(text: string, start: number, verbatim: boolean, depth: number): End {
  let i = start + 1
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === CLOSE_BRACE) return i + 1
    if (code === COLON) {
      if (text.charCodeAt(i + 1) === COLON) {
        i += 2
        continue
      }
      return formatEnd(text, start, i, verbatim)
    }
    if (code === CLOSE_PAREN || code === CLOSE_BRACKET || (!verbatim && isNewline(code)))
      return open('interpolation', start)
    if (code === QUOTE && !verbatim && holeEndsAtQuote(text, i)) return open('interpolation', start)
    const isBracket = code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE
    const end = isBracket ? matchBracket(text, i, depth) : quotedEnd(text, i, depth)
    if (end < 0) return whatIsOpen(end) === 'string' ? open('interpolation', start) : end
    i = Math.max(end, i + 1)
  }
  return open('interpolation', start)
}

/** A quote in a hole opens a nested string, unless the line has no second one: then it ends the outer string too early. */
function holeEndsAtQuote(text: string, quote: number): boolean {
  return stringEnd(text, quote) < 0
}

function formatEnd(text: string, holeStart: number, colon: number, verbatim: boolean): End {
  for (let i = colon + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === CLOSE_BRACE && text.charCodeAt(i + 1) === CLOSE_BRACE && text.charCodeAt(i + 2) === CLOSE_BRACE) i++
    else if (code === CLOSE_BRACE) return i + 1
    else if (code === BACKSLASH && !verbatim) i++
    else if (code === QUOTE || (!verbatim && isNewline(code))) break
  }
  return open('interpolation', holeStart)
}
