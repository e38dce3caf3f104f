import { text, type FieldOptions } from '../fields.js'
import { onlyNamedValue } from '../input.js'

/**
 * A text that may hold named values: `{{name}}`, or the named value itself. The service shows such a text to everybody who may
 * read the resource, so a secret belongs into a named value.
 */
export const namedValueText = <const O extends FieldOptions>(
  options?: O,
): ReturnType<typeof text<O & { readonly namedValues: true }>> =>
  text({ ...(options ?? ({} as O)), namedValues: true as const })

/** A secret of the service's own: given by a secret reference, or as a named value that holds it. */
export const secretOrNamedValue = <const O extends FieldOptions>(
  options?: O,
): ReturnType<typeof text<O & { readonly namedValues: true; readonly secret: 'allowed' }>> =>
  text({
    ...(options ?? ({} as O)),
    namedValues: true as const,
    secret: 'allowed' as const,
    pattern: onlyNamedValue,
    example: '{{name}}',
  })
