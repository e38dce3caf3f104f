import type { Properties, UniqueRule } from './kind.js'
import { kindOf } from './kinds/index.js'

/** What a resource has that no other of its kind below its parent may have. */
export interface UniqueMark extends Pick<UniqueRule, 'words' | 'field' | 'nameless'> {
  /** Differs from rule to rule and from value to value. */
  readonly mark: string
}

/**
 * What nobody else below the same parent may have.
 *
 * @param properties - in the form of the wire
 * @example
 * uniqueMarks(get, get.properties) // [{ words: 'method and URL template', field: 'urlTemplate', mark: … }]
 */
export function uniqueMarks(
  { kind, name }: { readonly kind: string; readonly name: string },
  properties: Properties,
): UniqueMark[] {
  return (kindOf(kind)?.unique ?? []).flatMap(({ words, field, of, nameless }) => {
    const value = of(properties, name)
    if (value === undefined) return []
    return [{ words, field, mark: `${words}\n${value}`, ...(nameless === undefined ? {} : { nameless }) }]
  })
}
