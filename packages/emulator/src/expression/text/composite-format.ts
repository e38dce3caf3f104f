import { allocate } from '../run.js'
import { argumentNull, formatException } from '../values/exceptions.js'
import { formatAligned, traitsOf } from '../values/traits.js'
import { types } from '../types.js'
import type { ClrValue } from '../values/value.js'

/** `String.Format`: `{index,alignment:format}` holes, doubled braces for themselves; arguments are in object form. */
export function compositeFormat(format: string | null, args: readonly ClrValue[]): string {
  if (format === null) throw argumentNull('format')
  const hole = /\{\{|\}\}|\{(\d{1,6})\s*(?:,\s*(-?\d{1,6})\s*)?(?::((?:[^{}]|\{\{|\}\})*))?\}|[{}]/g
  const text = format.replace(hole, (match: string, index?: string, alignment?: string, own?: string) => {
    if (match === '{{') return '{'
    if (match === '}}') return '}'
    if (index === undefined) throw formatException()
    return formatAligned(formatArgument(args, Number(index), own), Number(alignment ?? 0))
  })
  allocate(text.length)
  return text
}

function formatArgument(args: readonly ClrValue[], index: number, format: string | undefined): string {
  const value = args[index]
  if (value === undefined) {
    throw formatException(
      'Index (zero based) must be greater than or equal to zero and less than the size of the argument list.',
    )
  }
  const own = format?.replaceAll('{{', '{').replaceAll('}}', '}')
  return value === null ? '' : traitsOf(types().special.object).format(value, own ?? null)
}
