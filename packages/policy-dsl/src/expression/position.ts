import { isNewline } from './scan.js'

/** A stretch of the source: `start` is the first offset, `end` the one after the last. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A place for people: both numbers begin at 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** The line and column of an offset, counted as the C# compiler counts. `\r\n` is one line end. */
export function positionOf(source: string, offset: number): Position {
  let line = 1
  let lineStart = 0
  for (let i = 0; i < offset && i < source.length; i++) {
    const code = source.charCodeAt(i)
    if (!isNewline(code)) continue
    if (code === 13 && source.charCodeAt(i + 1) === 10) i++
    line++
    lineStart = i + 1
  }
  return { line, column: Math.max(0, offset - lineStart) + 1 }
}

/** The source line of an offset with a caret under it, for messages. */
export function caretAt(source: string, offset: number): string {
  let from = Math.min(offset, source.length)
  while (from > 0 && !isNewline(source.charCodeAt(from - 1))) from--
  let to = Math.min(offset, source.length)
  while (to < source.length && !isNewline(source.charCodeAt(to))) to++
  const before = source.slice(from, offset).replace(/[^\t]/g, ' ')
  return `${source.slice(from, to)}\n${before}^`
}
