import { allocate } from '../run.js'
import { argumentNull, formatException } from '../values/exceptions.js'
import { formatAligned, traitsOf } from '../values/traits.js'
import { types } from '../types.js'
import type { ClrValue } from '../values/value.js'

const MISFORMED = (): Error => formatException()

/** `String.Format`: `{index,alignment:format}` holes, doubled braces for themselves; arguments are in object form. */
export function compositeFormat(format: string | null, args: readonly ClrValue[]): string {
  if (format === null) throw argumentNull('format')
  let text = ''
  let at = 0
  while (at < format.length) {
    const char = format.charAt(at)
    if ((char === '{' || char === '}') && format.charAt(at + 1) === char) {
      text += char
      at += 2
    } else if (char === '{') {
      const hole = readHole(format, at, args)
      allocate(Math.abs(hole.alignment))
      text += formatAligned(formatArgument(hole.value, hole.format), hole.alignment)
      at = hole.end
    } else if (char === '}') throw MISFORMED()
    else {
      const end = nextBrace(format, at)
      text += format.slice(at, end)
      at = end
    }
  }
  allocate(text.length)
  return text
}

function nextBrace(format: string, at: number): number {
  let end = at
  while (end < format.length && format.charAt(end) !== '{' && format.charAt(end) !== '}') end++
  return end
}

interface Hole {
  readonly value: ClrValue
  readonly alignment: number
  readonly format: string | null
  readonly end: number
}

const INDEX = /\{(\d{1,7}) */y
const ALIGNMENT = /, *(-?\d{1,7}) */y
const OWN_FORMAT = /:((?:[^{}]|\{\{|\}\})*)/y

/** The index counts before the rest is looked at. */
function readHole(format: string, start: number, args: readonly ClrValue[]): Hole {
  const index = match(INDEX, format, start)
  if (index === undefined || index.end === format.length) throw MISFORMED()
  const value = args[Number(index.inner)]
  if (value === undefined) {
    throw formatException(
      'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
    )
  }
  const alignment = match(ALIGNMENT, format, index.end)
  const own = match(OWN_FORMAT, format, alignment?.end ?? index.end)
  const end = own?.end ?? alignment?.end ?? index.end
  if (format.charAt(end) !== '}') throw MISFORMED()
  const ownFormat = own?.inner.replaceAll('{{', '{').replaceAll('}}', '}') ?? null
  return { value, alignment: Number(alignment?.inner ?? 0), format: ownFormat, end: end + 1 }
}

function match(
  pattern: RegExp,
  text: string,
  at: number,
): { readonly inner: string; readonly end: number } | undefined {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found === null ? undefined : { inner: found[1] ?? '', end: pattern.lastIndex }
}

function formatArgument(value: ClrValue, format: string | null): string {
  return value === null ? '' : traitsOf(types().special.object).format(value, format)
}
