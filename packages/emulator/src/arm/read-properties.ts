import type { Field, Fields } from '@apim-kit/core/fields'
import type { Properties } from '../store.js'
import { notSupported } from './arm-error.js'

/**
 * Reads the `properties` of a request into the kind's own spelling: names and enumerations are read without case, null counts
 * as left out, and what only the service sets is ignored, as the live service does.
 *
 * @throws ArmError for a property that the kind does not describe: it would be lost without a word otherwise
 */
export function readProperties(fields: Fields, sent: object, path = ''): Properties {
  const read = Object.entries(sent).flatMap(([key, value]): [string, unknown][] => {
    if (value === null || value === undefined) return []
    const name = spelling(Object.keys(fields), key)
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (field === undefined) throw notSupported(`property '${path}${key}'`)
    return field.options.computed === true ? [] : [[name, readValue(field, value, `${path}${name}`)]]
  })
  return Object.fromEntries(read)
}

function readValue(field: Field, value: unknown, path: string): unknown {
  switch (field.type) {
    case 'group':
      return isObject(value) ? readProperties(field.fields ?? {}, value, `${path}.`) : value
    case 'list':
      return Array.isArray(value) ? value.map((item) => readValue(field.item ?? field, item, path)) : value
    case 'map':
      return isObject(value) ? readMap(field, value) : value
    case 'oneOf':
      return typeof value === 'string' ? spelling(field.values ?? [], value) : value
    default:
      return value
  }
}

/** The keys are the service's business and null is echoed; only those that we have to find again get our spelling. */
function readMap(field: Field, value: object): Properties {
  const { secretKeys = [], filledKeys = [] } = field.options
  const ours = [...secretKeys, ...filledKeys]
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [spelling(ours, key), item as unknown]))
}

/** The known word that `word` is without regard to case; `word` itself where there is none. */
function spelling(words: readonly string[], word: string): string {
  return words.find((known) => known.toLowerCase() === word.toLowerCase()) ?? word
}

/** Properties with the service's defaults where nothing was given. */
export function withDefaults(fields: Fields, properties: Properties): Properties {
  const defaults = Object.entries(fields).flatMap(([name, field]): [string, unknown][] =>
    field.options.default === undefined ? [] : [[name, field.options.default]],
  )
  return { ...Object.fromEntries(defaults), ...properties }
}

/** A member of a request's body, found without case. */
export function memberOf(value: unknown, name: string): unknown {
  if (!isObject(value)) return undefined
  const entry = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())
  return entry?.[1]
}

/** Whether a JSON value is an object and not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
