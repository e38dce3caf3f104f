import { formatException, overflowException } from '../values/exceptions.js'

/** What a text must have to be a Guid of a format. */
interface Form {
  readonly dashes?: boolean
  readonly braces?: boolean
  readonly parentheses?: boolean
}

/** The forms of `ParseExact`; of what a form leaves open, `Parse` takes either. */
const FORMS: Readonly<Record<string, Form>> = {
  D: { dashes: true, braces: false, parentheses: false },
  N: { dashes: false, braces: false, parentheses: false },
  B: { dashes: true, braces: true, parentheses: false },
  P: { dashes: true, braces: false, parentheses: true },
  X: { dashes: false, braces: true, parentheses: false },
}

const UNRECOGNIZED = 'Unrecognized Guid format.'
const LENGTH = 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).'
const INVALID_CHARACTER = 'Guid string should only contain hexadecimal characters.'
const NO_COMMA =
  "Could not find a comma, or the length between the previous token and the comma was zero (i.e., '0x,'etc.)."
const NO_BRACE =
  "Could not find a brace, or the length between the previous token and the brace was zero (i.e., '0x,'etc.)."

/** Whether a letter is one of `ParseExact`'s. */
export const isGuidFormat = (format: string): boolean => Object.hasOwn(FORMS, format.toUpperCase())

/**
 * The 32 digits of a Guid.
 * @param format a letter of `ParseExact`; any form without it
 * @throws DotNetException FormatException, OverflowException
 */
export function parseGuidDigits(text: string, format?: string): string {
  const trimmed = text.trim()
  const form: Form = format === undefined ? {} : (FORMS[format.toUpperCase()] ?? {})
  const dashes = trimmed.includes('-')
  const braces = trimmed.includes('{')
  const fits =
    trimmed !== '' &&
    (form.dashes ?? dashes) === dashes &&
    (form.braces ?? braces) === braces &&
    (form.parentheses ?? trimmed.includes('(')) === trimmed.includes('(')
  if (!fits) throw formatException(UNRECOGNIZED)
  if (dashes) return withDashes(trimmed)
  return braces ? withPrefixes(trimmed.replace(/\s+/g, '')) : plain(trimmed)
}

function plain(text: string): string {
  if (text.length !== 32) throw formatException(LENGTH)
  if (!/^[0-9a-fA-F]*$/.test(text)) throw formatException(INVALID_CHARACTER)
  return text.toLowerCase()
}

function withDashes(text: string): string {
  const closing = { '{': '}', '(': ')' }[text.charAt(0)]
  if (closing === undefined ? text.length !== 36 : text.length !== 38 || !text.endsWith(closing))
    throw formatException(LENGTH)
  const inner = closing === undefined ? text : text.slice(1, -1)
  if ([8, 13, 18, 23].some((at) => inner.charAt(at) !== '-'))
    throw formatException('Dashes are in the wrong position for GUID parsing.')
  const [a, b, c, d] = [inner.slice(0, 8), inner.slice(9, 13), inner.slice(14, 18), inner.slice(19, 23)].map((part) =>
    group(part, INVALID_CHARACTER),
  )
  return `${a}${b}${c}${d}${group(inner.slice(24), LENGTH)}`
}

/** One group of digits, which .NET reads as a number: a sign or `0x` may stand before fewer of them. */
function group(text: string, wrong: string): string {
  if (text.startsWith('-')) throw formatException('String cannot contain a minus sign if the base is not 10.')
  const digits = /^\+?(?:0[xX])?([0-9a-fA-F]*)/.exec(text)
  if (digits?.[1] === undefined || digits[1] === '') throw formatException('Could not find any recognizable digits.')
  if (digits[0] !== text) throw formatException(wrong)
  return digits[1].toLowerCase().padStart(text.length, '0')
}

/** `{0x6f9619ff,0x8b86,0xd011,{0xb4,0x2d,0x00,0xcf,0x4f,0xc9,0x64,0xff}}` */
function withPrefixes(text: string): string {
  let at = 0
  const read = (end: ',' | '}', width: number): string => {
    if (!/^0x/i.test(text.slice(at))) throw formatException("Expected hex 0x in '{0}'.")
    const until = text.indexOf(end, at)
    if (until - at <= 2) throw formatException(end === ',' ? NO_COMMA : NO_BRACE)
    const digits = text.slice(at + 2, until)
    at = until + 1
    return number(digits, width)
  }
  const open = (): void => {
    if (text.charAt(at++) !== '{') throw formatException('Expected {0xdddddddd, etc}.')
  }
  open()
  const parts = [read(',', 8), read(',', 4), read(',', 4)]
  open()
  for (let index = 0; index < 8; index++) parts.push(read(index < 7 ? ',' : '}', 2))
  if (text.charAt(at) !== '}') throw formatException('Could not find the ending brace.')
  if (at + 1 < text.length) throw formatException('Additional non-parsable characters are at the end of the string.')
  return parts.join('')
}

/** A number of so many digits: of too large a short one the last count, as of an int that becomes a short. */
function number(digits: string, width: number): string {
  const [found = ''] = /^[0-9a-fA-F]*/.exec(digits) ?? []
  if (found === '') throw formatException('Could not find any recognizable digits.')
  if (found !== digits) throw formatException('Additional non-parsable characters are at the end of the string.')
  const significant = found.toLowerCase().replace(/^0+/, '')
  if (significant.length > 8) throw overflowException('Value was either too large or too small for a UInt32.')
  if (width === 2 && significant.length > 2)
    throw formatException('Value was either too large or too small for an unsigned byte.')
  return significant.padStart(width, '0').slice(-width)
}
