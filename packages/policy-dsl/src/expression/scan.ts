/**
 * Finds where an expression ends in the raw text of a policy document.
 *
 * The end is a matter of C# lexing: a bracket in a string, a char or a comment does not count. This file does that much and no
 * more, so that a document can be read without loading the parser.
 */

/** What was left open. `bracket` is also a closing bracket of the wrong kind, and `at` is then the place of that bracket. */
export type Unterminated = 'bracket' | 'string' | 'char' | 'comment' | 'interpolation'

/** The offset just after the matching bracket, or what stands open and where it began. */
export type ExpressionEnd =
  | { readonly kind: 'end'; readonly end: number }
  | { readonly kind: 'unterminated'; readonly what: Unterminated; readonly at: number }

/** Says whether an expression begins at this offset: `@(` or `@{`. */
export function expressionStartsAt(text: string, offset: number): boolean {
  const next = text.charCodeAt(offset + 1)
  return text.charCodeAt(offset) === AT && (next === OPEN_PAREN || next === OPEN_BRACE)
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
  return matchBracket(text, start + 1)
}

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

const end = (offset: number): ExpressionEnd => ({ kind: 'end', end: offset })
const open = (what: Unterminated, at: number): ExpressionEnd => ({ kind: 'unterminated', what, at })

const closerOf = (opener: number): number =>
  opener === OPEN_PAREN ? CLOSE_PAREN : opener === OPEN_BRACKET ? CLOSE_BRACKET : CLOSE_BRACE

/** C# ends a line at more than `\n`: also at `\r`, NEL, LS and PS. */
export const isNewline = (code: number): boolean =>
  code === 10 || code === 13 || code === 0x85 || code === 0x2028 || code === 0x2029

/** Interpolated strings inside holes of interpolated strings: deeper than this nobody nests, and the stack has an end. */
const MAX_NESTING = 50

/** From the offset of an opening bracket to the offset just after its match. */
function matchBracket(text: string, start: number, depth = 0): ExpressionEnd {
  const openers: number[] = []
  let i = start
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE) {
      openers.push(i)
      i++
    } else if (code === CLOSE_PAREN || code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      const opener = openers.pop()
      if (opener === undefined || closerOf(text.charCodeAt(opener)) !== code) return open('bracket', i)
      i++
      if (openers.length === 0) return end(i)
    } else {
      const skipped = skipQuoted(text, i, depth)
      if (skipped === undefined) i++
      else if (skipped.kind === 'end') i = skipped.end
      else return skipped
    }
  }
  return open('bracket', openers[0] ?? start)
}

/**
 * Skips a string, char or comment that begins at `i`, whatever its form.
 * @returns undefined when none begins here
 */
export function skipQuoted(text: string, i: number, depth = 0): ExpressionEnd | undefined {
  const code = text.charCodeAt(i)
  if (code === QUOTE) return skipString(text, i)
  if (code === APOSTROPHE) return skipChar(text, i)
  if (code === SLASH) return skipComment(text, i)
  if (code === AT && text.charCodeAt(i + 1) === QUOTE) return skipVerbatim(text, i)
  if (code === DOLLAR && text.charCodeAt(i + 1) === QUOTE) return skipInterpolated(text, i, undefined, depth)
  if (code === DOLLAR && text.charCodeAt(i + 1) === AT && text.charCodeAt(i + 2) === QUOTE)
    return skipInterpolated(text, i, undefined, depth)
  return undefined
}

function skipString(text: string, start: number): ExpressionEnd {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) return end(i + 1)
    if (isNewline(code)) break
    if (code === BACKSLASH && !isNewline(text.charCodeAt(i + 1))) i++
  }
  return open('string', start)
}

function skipVerbatim(text: string, start: number): ExpressionEnd {
  for (let i = start + 2; i < text.length; i++) {
    if (text.charCodeAt(i) !== QUOTE) continue
    if (text.charCodeAt(i + 1) !== QUOTE) return end(i + 1)
    i++
  }
  return open('string', start)
}

function skipChar(text: string, start: number): ExpressionEnd {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === APOSTROPHE) return end(i + 1)
    if (isNewline(code)) break
    if (code === BACKSLASH && !isNewline(text.charCodeAt(i + 1))) i++
  }
  return open('char', start)
}

function skipComment(text: string, start: number): ExpressionEnd | undefined {
  const next = text.charCodeAt(start + 1)
  if (next === STAR) {
    const close = text.indexOf('*/', start + 2)
    return close < 0 ? open('comment', start) : end(close + 2)
  }
  if (next !== SLASH) return undefined
  let i = start + 2
  while (i < text.length && !isNewline(text.charCodeAt(i))) i++
  return end(i)
}

/** Where the parts of an interpolated string stand, seen by the one who skips it. */
export interface InterpolationVisitor {
  /** Text between holes; escapes are not decoded. */
  text(start: number, end: number): void
  /** A hole: its code without the braces, and its format without the colon. */
  hole(start: number, end: number, format: { readonly start: number; readonly end: number } | undefined): void
}

/** Skips `$"..."` or `$@"..."`, and names its parts to the visitor on the way. */
export function skipInterpolated(
  text: string,
  start: number,
  visitor?: InterpolationVisitor,
  depth = 0,
): ExpressionEnd {
  if (depth > MAX_NESTING) return open('interpolation', start)
  const verbatim = text.charCodeAt(start + 1) === AT
  let i = start + (verbatim ? 3 : 2)
  let partStart = i
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      if (!verbatim || text.charCodeAt(i + 1) !== QUOTE) {
        visitor?.text(partStart, i)
        return end(i + 1)
      }
      i += 2
    } else if (code === OPEN_BRACE && text.charCodeAt(i + 1) !== OPEN_BRACE) {
      visitor?.text(partStart, i)
      const hole = skipHole(text, i, verbatim, visitor, depth + 1)
      if (hole.kind !== 'end') return hole
      i = partStart = hole.end
    } else if (code === OPEN_BRACE) i += 2
    else if (!verbatim && isNewline(code)) break
    else if (!verbatim && code === BACKSLASH && !isNewline(text.charCodeAt(i + 1))) i += 2
    else i++
  }
  return open('string', start)
}

/** From the `{` of a hole to the offset just after its `}`. A colon outside of nested brackets begins the format. */
function skipHole(
  text: string,
  start: number,
  verbatim: boolean,
  visitor: InterpolationVisitor | undefined,
  depth: number,
): ExpressionEnd {
  let i = start + 1
  while (i < text.length) {
    const code = text.charCodeAt(i)
    if (code === CLOSE_BRACE) {
      visitor?.hole(start + 1, i, undefined)
      return end(i + 1)
    }
    if (code === COLON) {
      if (text.charCodeAt(i + 1) === COLON) {
        i += 2
        continue
      }
      return skipFormat(text, start, i, verbatim, visitor)
    }
    if (code === CLOSE_PAREN || code === CLOSE_BRACKET || (!verbatim && isNewline(code)))
      return open('interpolation', start)
    if (code === QUOTE && !verbatim && holeEndsAtQuote(text, i)) return open('interpolation', start)
    const skipped =
      code === OPEN_PAREN || code === OPEN_BRACKET || code === OPEN_BRACE
        ? matchBracket(text, i, depth)
        : skipQuoted(text, i, depth)
    if (skipped === undefined) i++
    else if (skipped.kind === 'end') i = skipped.end
    else return skipped.what === 'string' ? open('interpolation', start) : skipped
  }
  return open('interpolation', start)
}

/** A quote in a hole opens a nested string, unless the line has no second one: then it ends the outer string too early. */
function holeEndsAtQuote(text: string, quote: number): boolean {
  return skipString(text, quote).kind !== 'end'
}

function skipFormat(
  text: string,
  holeStart: number,
  colon: number,
  verbatim: boolean,
  visitor: InterpolationVisitor | undefined,
): ExpressionEnd {
  for (let i = colon + 1; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === CLOSE_BRACE && text.charCodeAt(i + 1) === CLOSE_BRACE && text.charCodeAt(i + 2) === CLOSE_BRACE) i++
    else if (code === CLOSE_BRACE) {
      visitor?.hole(holeStart + 1, colon, { start: colon + 1, end: i })
      return end(i + 1)
    } else if (code === BACKSLASH && !verbatim) i++
    else if (code === QUOTE || (!verbatim && isNewline(code))) break
  }
  return open('interpolation', holeStart)
}
