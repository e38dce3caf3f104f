import type { Diagnostics } from './diagnostic.js'
import { isNewline, skipQuoted, type Unterminated } from './scan.js'
import { decodeChar, decodeString, decodeVerbatim } from './escapes.js'
import { readNumber } from './numbers.js'
import { KEYWORDS, PUNCTUATORS, type Token, type TokenKind } from './token.js'

/** How a source is cut into tokens. */
export interface LexOptions {
  /** Take `{{name}}` outside of strings as a token of its own: the document's named values are not replaced yet. */
  readonly namedValues: boolean
}

/** Cuts `source` from `start` to `end` into tokens; the last one is always `end`. What cannot be a token is reported and left out. */
export function tokenize(
  source: string,
  start: number,
  end: number,
  options: LexOptions,
  diagnostics: Diagnostics,
): Token[] {
  const tokens: Token[] = []
  let i = skipTrivia(source, start, end, diagnostics)
  while (i < end) {
    const token = readToken(source, i, end, options, diagnostics)
    if (token.kind !== 'bad') tokens.push(token)
    i = skipTrivia(source, token.end, end, diagnostics)
  }
  tokens.push({ kind: 'end', text: '', start: end, end, literal: undefined })
  return tokens
}

function skipTrivia(source: string, start: number, end: number, diagnostics: Diagnostics): number {
  let i = start
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
    } else if (code === HASH && isFirstOnLine(source, start, i)) i = lineEnd(source, i, end)
    else break
  }
  return Math.min(i, end)
}

const SLASH = 47
const BACKSLASH = 92
const HASH = 35

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
  if (source.charCodeAt(after) === BACKSLASH) return readEscapedIdentifier(source, start, start, end)
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

const STRING_OPEN: Readonly<Record<Unterminated, readonly [code: string, message: string]>> = {
  string: ['CS1010', 'Newline in constant'],
  char: ['CS1010', 'Newline in constant'],
  interpolation: ['CS8076', "Missing close delimiter '}' for interpolated expression started with '{'."],
  bracket: ['CS8076', "Missing close delimiter '}' for interpolated expression started with '{'."],
  comment: ['CS1035', "End-of-file found, '*/' expected"],
}

function readQuoted(source: string, start: number, end: number, diagnostics: Diagnostics): Token {
  const skipped = skipQuoted(source, start)
  if (skipped === undefined) {
    diagnostics.report('CS1056', { start, end: start + 1 }, `Unexpected character '${source.charAt(start)}'`)
    return token('bad', source, start, start + 1)
  }
  if (skipped.kind !== 'end' || skipped.end > end) return readOpenQuoted(source, start, end, skipped, diagnostics)
  const first = source.charCodeAt(start)
  if (first === 36) return token('interpolated', source, start, skipped.end)
  const text = source.slice(start, skipped.end)
  const literal =
    first === 39
      ? ({ type: 'char', value: decodeChar(text, start, diagnostics) } as const)
      : ({
          type: 'string',
          value: first === 64 ? decodeVerbatim(text) : decodeString(text, start, diagnostics),
        } as const)
  return { kind: 'literal', text, start, end: skipped.end, literal }
}

/** A string that never ends takes the rest of its line (a verbatim one: of the source), and counts as a string. */
function readOpenQuoted(
  source: string,
  start: number,
  end: number,
  skipped: ReturnType<typeof skipQuoted> & object,
  diagnostics: Diagnostics,
): Token {
  const what = skipped.kind === 'end' ? 'string' : skipped.what
  const verbatim = source.charCodeAt(start) === 64 || source.startsWith('$@', start)
  const [code, message] = verbatim && what === 'string' ? ['CS1039', 'Unterminated string literal'] : STRING_OPEN[what]
  const at = what === 'interpolation' || what === 'bracket' ? start + 1 : start
  let to = start + 1
  while (to < end && (verbatim || !isNewline(source.charCodeAt(to)))) to++
  diagnostics.report(code, { start: at, end: to }, message)
  return { kind: 'literal', text: source.slice(start, to), start, end: to, literal: { type: 'string', value: '' } }
}
