import { ApimKitError, refuseUnknown } from '@apim-kit/core'
import { refuseOtherValues } from './option-values.js'
import { read, type ReadOptions } from './read.js'

/** How {@link format} reads and writes. */
export interface FormatOptions extends ReadOptions {
  /** The format to write. Default: the one that was read. */
  readonly to?: 'xml' | 'rawxml'
}

/**
 * Writes a text anew in the house layout. Comments and expressions stay as they are; formatting twice changes nothing.
 *
 * @throws ApimKitError `invalid-policy` where the text cannot be read without a doubt: what is lost in reading cannot be written;
 * `invalid-input` for what is no text, and for options that do not exist
 */
export function format(text: string, options: FormatOptions = {}): string {
  refuseUnknown('format', options, { format: true, to: true } satisfies Record<keyof FormatOptions, true>)
  refuseOtherValues('format', options, { to: ['xml', 'rawxml'] })
  const { to, ...how } = options
  const { document, problems, format: found } = read(text, how)
  if (document === undefined || problems.length > 0) {
    throw ApimKitError.of('invalid-policy', 'the policy document cannot be read:', problems)
  }
  return (to ?? found) === 'xml' ? document.toXml() : document.toRawXml()
}
