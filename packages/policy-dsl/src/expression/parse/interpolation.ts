import { Diagnostics } from '../diagnostic.js'
import { decodeEscapes } from '../escapes.js'
import { tokenize } from '../lexer.js'
import type { Expression, InterpolatedHole, InterpolatedText } from '../syntax.js'
import type { Token } from '../token.js'
import { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'
import { scanHoles, type Hole } from './holes.js'
import { refuseRest } from './rest.js'

/** Wrong strings in holes of wrong strings: deeper than this their holes are not looked at, as each is read once a level. */
const MAX_WRONG_LEVELS = 8

/** Reads the parts of a `$"…"` token. Holes are read from the same source, so their places are true. */
export function parseInterpolated(cursor: Cursor, token: Token): Expression {
  const { source } = cursor
  const verbatim = source.startsWith('$@', token.start)
  const scanned = scanHoles(source, token.start, token.end)
  const parts: (InterpolatedText | InterpolatedHole)[] = []
  const text = (start: number, end: number): void => {
    if (end > start) parts.push({ kind: 'text', value: decodeText(cursor, start, end, verbatim), start, end })
  }
  let from = token.start + (verbatim ? 3 : 2)
  const isReadable = token.errors === undefined || cursor.holes < MAX_WRONG_LEVELS
  for (const hole of isReadable ? scanned.holes : []) {
    text(from, hole.open)
    parts.push(cursor.nested(() => parseHole(cursor, hole, verbatim)))
    from = hole.close + 1
  }
  text(from, scanned.textEnd)
  return { kind: 'interpolated-string', verbatim, parts, start: token.start, end: token.end }
}

function decodeText(cursor: Cursor, start: number, end: number, verbatim: boolean): string {
  const raw = cursor.source.slice(start, end)
  const text = verbatim ? raw.replaceAll('""', '"') : decodeEscapes(raw, start, cursor.diagnostics)
  return text.includes('{') || text.includes('}') ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text
}

function parseHole(outer: Cursor, { open, colon, close }: Hole, verbatim: boolean): InterpolatedHole {
  const { source, diagnostics, namedValues } = outer
  const start = open + 1
  const end = colon ?? close
  const tokens = tokenize(source, start, end, { namedValues }, new Diagnostics(source))
  const cursor = new Cursor(source, tokens, diagnostics, namedValues, outer.refused, outer.depth, outer.holes + 1)
  const { count } = diagnostics
  const value = parseExpression(cursor)
  const hasAlignment = cursor.accept(',') !== undefined
  const inAlignment = diagnostics.count
  const alignment = hasAlignment ? parseExpression(cursor) : undefined
  if (!cursor.is('end')) refuseRest(cursor, alignment ? inAlignment : count, alignment ?? value)
  cursor.next()
  outer.giveUpWith(cursor)
  const format = colon === undefined ? undefined : parseFormat(outer, colon, close, verbatim)
  return { kind: 'hole', value, alignment, format, start, end }
}

function parseFormat(cursor: Cursor, colon: number, end: number, verbatim: boolean): string {
  if (end === colon + 1) cursor.diagnostics.report('CS8089', { start: colon, end }, 'Empty format specifier.')
  else if (/\s/.test(cursor.source.charAt(end - 1))) {
    const message = 'A format specifier may not contain trailing whitespace.'
    cursor.diagnostics.report('CS8088', { start: colon, end }, message)
  }
  return decodeText(cursor, colon + 1, end, verbatim)
}
