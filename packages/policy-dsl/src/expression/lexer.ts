import type { Diagnostics, Finding } from './diagnostic.js'
import { isNewline, skipQuoted } from './scan.js'
import { decodeChar, decodeString, decodeVerbatim } from './escapes.js'
import { readNumber } from './numbers.js'
import { scanHoles } from './parse/holes.js'
import { KEYWORDS, PUNCTUATORS, type Token, type TokenKind } from './token.js'

/** How a source is cut into tokens. */
export interface LexOptions {
  /** Take `{{name}}` outside of strings as a token of its own: the document's named values are not replaced yet. */
  readonly namedValues: boolean
  /** Whether the source stands in braces, of which the closing one is the end; else what is missing there is told with the last token. */
  readonly inBraces?: boolean
}

/**
 * Cuts `source` from `start` to `end` into tokens; the last one is always `end`. What cannot be a token is one of kind `bad`. What is
 * wrong is kept with the tokens, and reported by who consumes them.
 */
export function tokenize(
  source: string,
  start: number,
  end: number,
  options: LexOptions,
  diagnostics: Diagnostics,
): Token[] {
  const tokens: Token[] = []
  const before = diagnostics.count
  const push = (token: Token): void => {
    tokens.push(diagnostics.count > before ? { ...token, errors: diagnostics.take(before) } : token)
  }
  let i = skipTrivia(source, start, start, end, diagnostics)
  while (i < end) {
    const token = readToken(source, i, end, options, diagnostics)
    push(token)
    i = skipTrivia(source, start, token.end, end, diagnostics)
    // What is wrong in the same line belongs to the token.
    if (diagnostics.count > before) blame(tokens, diagnostics.take(before))
  }
  const last = options.inBraces === false ? trailingEnd(source, tokens.at(-1)?.end ?? start, start, end) : end
  push({ kind: 'end', text: options.inBraces === true ? '}' : '', start: last, end: last, literal: undefined })
  return tokens
}

function blame(tokens: Token[], errors: readonly Finding[]): void {
  const last = tokens.pop()
  if (last) tokens.push({ ...last, errors: [...(last.errors ?? []), ...errors] })
}

/** Where the white space and comments end that belong to a token: with its line. Before the first token there are none. */
function trailingEnd(source: string, from: number, start: number, end: number): number {
  if (from === start) return from
  let i = from
  while (i < end) {
    const code = source.charCodeAt(i)
    if (isNewline(code)) return Math.min(i + (source.startsWith('\r\n', i) ? 2 : 1), end)
    if (isSpace(code)) i++
    else if (code === HASH) i = lineEnd(source, i, end)
    else if (code === SLASH && isCommentStart(source.charCodeAt(i + 1))) {
      const comment = skipQuoted(source, i)
      i = comment?.kind === 'end' ? comment.end : end
    } else return i
  }
  return end
}

function skipTrivia(source: string, start: number, from: number, end: number, diagnostics: Diagnostics): number {
  let i = from
  while (i < end) {
    const code = source.charCodeAt(i)
    if (code === 32 || (code >= 9 && code <= 13) || (code > 127 && (isNewline(code) || isSpace(code)))) i++
    else if (code === SLASH && isCommentStart(source.charCodeAt(i + 1))) {
      const comment = skipQuoted(source, i)
      if (comment?.kind !== 'end') {
        diagnostics.report('CS1035', { start: i, end }, "End-of-file found, '*/' expected")
        return end
      }
      i = comment.end
    } else if (code === HASH) i = skipDirective(source, start, i, end, diagnostics)
    else break
  }
  return Math.min(i, end)
}

const SLASH = 47
const BACKSLASH = 92
const HASH = 35

const DIRECTIVE = /#[ \t]*(?:if|elif|else|endif|define|undef|error|warning|line|pragma|region|endregion|r|load)\b/y

function skipDirective(source: string, start: number, at: number, end: number, diagnostics: Diagnostics): number {
  const after = lineEnd(source, at, end)
  DIRECTIVE.lastIndex = at
  if (!isFirstOnLine(source, start, at))
    diagnostics.report(
      'CS1040',
      { start: at, end: at + 1 },
      'Preprocessor directives must appear as the first non-whitespace character on a line',
    )
  else if (!DIRECTIVE.test(source)) {
    let word = at + 1
    while (isSpace(source.charCodeAt(word))) word++
    const place = word < after && isIdentifierStart(source.charCodeAt(word)) ? word : at
    diagnostics.report('CS1024', { start: place, end: after }, 'Preprocessor directive expected')
  }
  return after
}

/** `#pragma`, `#region` and the like: a line of its own, without meaning here. */
function isFirstOnLine(source: string, start: number, at: number): boolean {
  let i = at - 1
  while (i >= start && isSpace(source.charCodeAt(i))) i--
  return i < start || isNewline(source.charCodeAt(i))
}

function lineEnd(source: string, start: number, end: number): number {
  let i = start
  while (i < end && !isNewline(source.charCodeAt(i))) i++
  return i
}

const isCommentStart = (code: number): boolean => code === SLASH || code === 42
const isSpace = (code: number): boolean =>
  code === 32 ||
  code === 9 ||
  code === 11 ||
  code === 12 ||
  code === 0xa0 ||
  code === 0xfeff ||
  code === 0x1680 ||
  code === 0x202f ||
  code === 0x205f ||
  code === 0x3000 ||
  (code >= 0x2000 && code <= 0x200a)
const isDigit = (code: number): boolean => code >= 48 && code <= 57

const isAsciiLetter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95
const isIdentifierStart = (code: number): boolean =>
  isAsciiLetter(code) || (code > 127 && isLetter(String.fromCharCode(code)))
const isIdentifierPart = (code: number): boolean =>
  isAsciiLetter(code) || isDigit(code) || (code > 127 && isLetterOrMark(String.fromCharCode(code)))

// Made when the first name asks: as literals they were checked while the file is read, which takes longer than the rest of it.
let letters: RegExp | undefined
let lettersAndMarks: RegExp | undefined

function isLetter(text: string): boolean {
  letters ??= new RegExp(String.raw`[\p{L}\p{Nl}]`, 'u')
  return letters.test(text)
}

function isLetterOrMark(text: string): boolean {
  lettersAndMarks ??= new RegExp(String.raw`[\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\p{Cf}]`, 'u')
  return lettersAndMarks.test(text)
}

function readToken(source: string, i: number, end: number, options: LexOptions, diagnostics: Diagnostics): Token {
  const code = source.charCodeAt(i)
  if (isIdentifierStart(code)) return readWord(source, i, end)
  if (code === BACKSLASH && escapedUnit(source, i) !== undefined) return readEscapedIdentifier(source, i, i, end)
  if (isDigit(code) || (code === 46 && isDigit(source.charCodeAt(i + 1)))) return readNumber(source, i, diagnostics)
  if (code === 64 && startsIdentifier(source, i + 1)) return readVerbatimIdentifier(source, i, end)
  if (code === 34 || code === 39 || code === 36 || code === 64) return readQuoted(source, i, end, diagnostics)
  if (code === 123 && options.namedValues) {
    const name = readNamedValue(source, i)
    if (name) return name
  }
  for (const punctuator of PUNCTUATORS.get(code) ?? []) {
    if (source.startsWith(punctuator, i)) return token(punctuator, source, i, i + punctuator.length)
  }
  diagnostics.report('CS1056', { start: i, end: i + 1 }, `Unexpected character '${source.charAt(i)}'`)
  return token('bad', source, i, i + 1)
}

const NO_VERBATIM = 'Keyword, identifier, or string expected after verbatim specifier: @'

function token(kind: TokenKind, source: string, start: number, end: number): Token {
  return { kind, text: source.slice(start, end), start, end, literal: undefined }
}

function wordEnd(source: string, start: number, end: number): number {
  let i = start
  while (i < end && isIdentifierPart(source.charCodeAt(i))) i++
  return i
}

function readWord(source: string, start: number, end: number): Token {
  const after = wordEnd(source, start, end)
  if (source.charCodeAt(after) === BACKSLASH && escapedUnit(source, after))
    return readEscapedIdentifier(source, start, start, end)
  const text = source.slice(start, after)
  const kind = KEYWORDS.get(text) ?? 'identifier'
  const literal =
    kind === 'true' || kind === 'false'
      ? ({ type: 'bool', value: kind === 'true' } as const)
      : kind === 'null'
        ? ({ type: 'null', value: null } as const)
        : undefined
  return { kind: literal ? 'literal' : kind, text, start, end: start + text.length, literal }
}

/** `@class`: an identifier that looks like a keyword. */
const readVerbatimIdentifier = (source: string, start: number, end: number): Token =>
  readEscapedIdentifier(source, start, start + 1, end)

/** A name that may hold `\u0041`, which stands for the letter. It is never a keyword. */
function readEscapedIdentifier(source: string, start: number, from: number, end: number): Token {
  let text = ''
  let i = from
  while (i < end) {
    const to = wordEnd(source, i, end)
    text += source.slice(i, to)
    const unit = escapedUnit(source, to)
    i = to
    if (unit === undefined) break
    text += unit.text
    i = unit.end
  }
  return { kind: 'identifier', text, start, end: i, literal: undefined }
}

const startsIdentifier = (source: string, at: number): boolean =>
  isIdentifierStart(source.charCodeAt(at)) || escapedUnit(source, at) !== undefined

/** The `\u` escape of a letter or digit. */
function escapedUnit(source: string, at: number): { readonly text: string; readonly end: number } | undefined {
  ESCAPED_UNIT.lastIndex = at
  const [escape, hex] = source.charCodeAt(at) === BACKSLASH ? (ESCAPED_UNIT.exec(source) ?? []) : []
  if (escape === undefined || hex === undefined) return undefined
  const code = Number.parseInt(hex, 16)
  return isIdentifierPart(code) ? { text: String.fromCharCode(code), end: at + escape.length } : undefined
}

const ESCAPED_UNIT = /\\u([0-9a-fA-F]{4})/y

/** The document's rule for names of named values: letters, digits, `.`, `-` and `_`. */
const NAMED_VALUE = /\{\{\s*([A-Za-z0-9._-]+)\s*\}\}/y

function readNamedValue(source: string, start: number): Token | undefined {
  NAMED_VALUE.lastIndex = start
  const match = NAMED_VALUE.exec(source)
  return match?.[1] === undefined
    ? undefined
    : { kind: 'named-value', text: match[1], start, end: NAMED_VALUE.lastIndex, literal: undefined }
}

function readQuoted(source: string, start: number, end: number, diagnostics: Diagnostics): Token {
  if (source.startsWith('$"', start) || source.startsWith('$@"', start))
    return readInterpolated(source, start, end, diagnostics)
  const skipped = source.charCodeAt(start) === 36 ? undefined : skipQuoted(source, start)
  if (skipped === undefined) {
    if (source.charAt(start) === '@') diagnostics.report('CS1646', { start, end: start + 1 }, NO_VERBATIM)
    else diagnostics.report('CS1056', { start, end: start + 1 }, `Unexpected character '${source.charAt(start)}'`)
    return token('bad', source, start, start + 1)
  }
  const first = source.charCodeAt(start)
  const verbatim = first === 64
  const closed = skipped.kind === 'end' && skipped.end <= end
  const to = closed ? skipped.end : openEnd(source, start, end, verbatim)
  const text = source.slice(start, to)
  // An open one is read as if its end were there: what else is wrong with it is told too.
  const whole = closed ? text : text + (first === 39 ? "'" : '"')
  const before = diagnostics.count
  const literal = quotedLiteral(whole, start, diagnostics)
  if (!closed) {
    const [code, message] = verbatim
      ? (['CS1039', 'Unterminated string literal'] as const)
      : (['CS1010', 'Newline in constant'] as const)
    diagnostics.reportAround(before, code, { start, end: to }, message)
  }
  return { kind: 'literal', text, start, end: to, literal }
}

function quotedLiteral(text: string, start: number, diagnostics: Diagnostics): Token['literal'] {
  if (text.startsWith("'")) return { type: 'char', value: decodeChar(text, start, diagnostics) }
  return {
    type: 'string',
    value: text.startsWith('@') ? decodeVerbatim(text) : decodeString(text, start, diagnostics),
  }
}

/** A string that never ends takes the rest of its line, a verbatim one the rest of the source. */
function openEnd(source: string, start: number, end: number, verbatim: boolean): number {
  let to = start + 1
  while (to < end && (verbatim || !isNewline(source.charCodeAt(to)))) to++
  return to
}

function readInterpolated(source: string, start: number, end: number, diagnostics: Diagnostics): Token {
  const scanned = scanHoles(source, start, end)
  if (scanned.error !== undefined) diagnostics.add([scanned.error])
  return token('interpolated', source, start, scanned.end)
}
