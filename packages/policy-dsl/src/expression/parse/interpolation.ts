import { Diagnostics } from '../diagnostic.js'
import { decodeEscapes } from '../escapes.js'
import { tokenize } from '../lexer.js'
import { skipInterpolated } from '../scan.js'
import type { Expression, InterpolatedHole, InterpolatedText } from '../syntax.js'
import type { Token } from '../token.js'
import { Cursor } from './cursor.js'
import { parseExpression } from './expressions.js'

/** Reads the parts of a `$"…"` token. Holes are read from the same source, so their places are true. */
export function parseInterpolated(cursor: Cursor, token: Token): Expression {
  const verbatim = token.text.startsWith('$@')
  const parts: (InterpolatedText | InterpolatedHole)[] = []
  skipInterpolated(cursor.source, token.start, {
    text(start, end) {
      if (end > start) parts.push({ kind: 'text', value: decodeText(cursor, start, end, verbatim), start, end })
    },
    hole(start, end, format) {
      if (format && format.start === format.end) {
        const colon = { start: format.start - 1, end: format.end }
        cursor.diagnostics.report('CS8089', colon, 'Empty format specifier.')
      }
      const text = format && decodeText(cursor, format.start, format.end, verbatim)
      parts.push(cursor.nested(() => parseHole(cursor, start, end, text)))
    },
  })
  return { kind: 'interpolated-string', verbatim, parts, start: token.start, end: token.end }
}

/** A lone `}` in the text is an error; a lone `{` cannot be, it began a hole. */
function decodeText(cursor: Cursor, start: number, end: number, verbatim: boolean): string {
  const raw = cursor.source.slice(start, end)
  const braces = raw.replaceAll('{{', '').replaceAll('}}', '')
  if (braces.includes('}')) {
    const at = start + raw.indexOf('}')
    const message = "A '}' character must be escaped (by doubling) in an interpolated string."
    cursor.diagnostics.report('CS8086', { start: at, end: at + 1 }, message)
  }
  const text = verbatim ? raw.replaceAll('""', '"') : decodeEscapes(raw, start, cursor.diagnostics)
  return text.includes('{') || text.includes('}') ? text.replaceAll('{{', '{').replaceAll('}}', '}') : text
}

function parseHole(outer: Cursor, start: number, end: number, format: string | undefined): InterpolatedHole {
  const { source, diagnostics, namedValues } = outer
  if (source.slice(start, end).trim() === '') {
    diagnostics.report('CS1733', { start: end, end }, 'Expected expression')
    return { kind: 'hole', value: { kind: 'missing', start, end }, alignment: undefined, format, start, end }
  }
  const inner = new Diagnostics(source)
  const cursor = new Cursor(
    source,
    tokenize(source, start, end, { namedValues }, inner),
    inner,
    namedValues,
    outer.depth,
  )
  const value = parseExpression(cursor)
  const alignment = cursor.accept(',') ? parseExpression(cursor) : undefined
  if (!cursor.is('end')) cursor.reportHere('CS1003', `Syntax error, ',' expected`)
  for (const found of inner.inOrder()) diagnostics.report(found.code, found, found.message)
  return { kind: 'hole', value, alignment, format, start, end }
}
