import { argumentException, argumentNull, formatException, overflowException } from '../values/exceptions.js'
import { DotNetException } from '../values/exception.js'
import { TimeSpan } from '../values/time.js'
import { tryParseTimeSpan } from './time-span-parse.js'

const overflow =
  'The TimeSpan could not be parsed because at least one of the numeric components is out of range or contains too many digits.'

/** `TimeSpanStyles.AssumeNegative`: for custom formats, which have no sign. */
const assumeNegative = 1

/**
 * `TimeSpan.ParseExact`, by the first format that fits.
 *
 * @throws DotNetException ArgumentNull, Argument, Format or OverflowException
 */
export function parseExactTimeSpan(text: string | null, formats: readonly (string | null)[], styles: number): TimeSpan {
  if (styles !== 0 && styles !== assumeNegative)
    throw argumentException('An undefined TimeSpanStyles value is being used.', 'styles')
  if (text === null) throw argumentNull('input', 'String reference not set to an instance of a String.')
  if (formats.length === 0) throw formatException('No format specifiers were provided.')
  const [only] = formats
  if (formats.length === 1 && only !== undefined) return read(text, only, styles)
  for (const format of formats) {
    const value = attempt(() => read(text, format, styles))
    if (value !== undefined) return value
  }
  throw formatException()
}

/** `TimeSpan.TryParseExact`. */
export function tryParseExactTimeSpan(
  text: string,
  formats: readonly (string | null)[],
  styles: number,
): TimeSpan | undefined {
  return attempt(() => parseExactTimeSpan(text, formats, styles))
}

function attempt(run: () => TimeSpan): TimeSpan | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof DotNetException && error.typeName !== 'System.ArgumentException') return undefined
    throw error
  }
}

function read(text: string, format: string | null, styles: number): TimeSpan {
  if (format === null) throw argumentNull('format', 'String reference not set to an instance of a String.')
  if (format === '') throw formatException('Format specifier was invalid.')
  if (format.length > 1) return readPattern(text, format, styles)
  const pattern = standard[format]
  if (pattern === undefined) throw formatException()
  if (!pattern.test(text.trim())) throw formatException()
  const value = tryParseTimeSpan(text.replace(/^(\s*-?\d+):(?=\d+:\d+:)/, '$1.'))
  if (value === undefined) throw overflowException(overflow)
  return value
}

/** The texts of the formats of one letter. */
const standard: Readonly<Record<string, RegExp>> = {
  c: /^-?(?:\d+|(?:\d+\.)?\d+:\d+(?::\d+(?:\.\d{1,7})?)?)$/,
  t: /^-?(?:\d+|(?:\d+\.)?\d+:\d+(?::\d+(?:\.\d{1,7})?)?)$/,
  T: /^-?(?:\d+|(?:\d+\.)?\d+:\d+(?::\d+(?:\.\d{1,7})?)?)$/,
  g: /^-?(?:\d+|(?:\d+:)?\d+:\d+(?::\d+(?:\.\d{1,7})?)?)$/,
  G: /^-?\d+:\d+:\d+:\d+\.\d{1,7}$/,
}

/** The digits that a specifier takes: one letter one digit or two, days any number, more letters as many. */
function digitsOf(letter: string, length: number): readonly [least: number, most: number] {
  if (letter === 'F') return [0, length]
  if (letter === 'f') return [length, length]
  if (length > 1) return [length, letter === 'd' ? 8 : length]
  return [1, letter === 'd' ? 8 : 2]
}

const limits: Readonly<Record<string, number>> = { d: 10_675_199, h: 23, m: 59, s: 59 }

function readPattern(text: string, format: string, styles: number): TimeSpan {
  const parts = new Map<string, string>()
  let at = 0
  const take = (literal: string): void => {
    if (!text.startsWith(literal, at)) throw formatException()
    at += literal.length
  }
  for (const [piece] of format.matchAll(/'[^']*'|"[^"]*"|\\[\s\S]|([dhmsfF])\1*|[\s\S]/g)) {
    if (/^[dhmsfF]/.test(piece)) {
      const letter = piece.charAt(0)
      if (parts.has(letter.toLowerCase()) || piece.length > (letter === 'd' ? 8 : /[fF]/.test(letter) ? 7 : 2))
        throw formatException()
      const [least, most] = digitsOf(letter, piece.length)
      const run = digitsAt(text, at, most)
      if (run.length < least) throw formatException()
      at += run.length
      parts.set(letter.toLowerCase(), run)
    } else if (/^['"].*['"]$/s.test(piece) && piece.length > 1) take(piece.slice(1, -1))
    else if (piece.length > 1) take(piece.charAt(1))
    else if (piece !== '%') throw formatException()
  }
  if (at < text.length) throw formatException()
  return spanOf(parts, styles)
}

function digitsAt(text: string, start: number, most: number): string {
  let end = start
  while (end < start + most && /^[0-9]$/.test(text.charAt(end))) end++
  return text.slice(start, end)
}

function spanOf(parts: ReadonlyMap<string, string>, styles: number): TimeSpan {
  const part = (letter: string): number => {
    const value = Number(parts.get(letter) ?? 0)
    if (value > (limits[letter] ?? Infinity)) throw overflowException(overflow)
    return value
  }
  const whole = TimeSpan.of(part('d'), part('h'), part('m'), part('s'))
  const span = new TimeSpan(whole.ticks + BigInt((parts.get('f') ?? '').padEnd(7, '0')))
  return (styles & assumeNegative) === 0 ? span : span.negate()
}
