import type { Field, Fields } from '@apim-kit/core/fields'
import type { Properties } from '../store.js'
import { isObject } from './read-properties.js'

/**
 * Stored properties as an answer shows them: without any secret, null where nothing was given. What a client never sees is
 * decided here alone.
 */
export function presentProperties(fields: Fields, stored: Properties): Properties {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]): [string, unknown][] => {
      if (isSecret(field, stored, stored[name]) || isForgotten(field)) return []
      const value = presentValue(field, stored[name])
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

/** A text that may be a secret is one when the flag `secret` beside it says so, or when it may hold named values and is none. */
function isSecret(field: Field, siblings: Properties, value: unknown): boolean {
  if (field.type === 'secret') return true
  if (field.options.secret !== 'allowed') return false
  return siblings['secret'] === true || (field.options.namedValues === true && !isNamedValue(value))
}

/** One named value and nothing else: it says where the secret is, so it is none. */
function isNamedValue(value: unknown): boolean {
  return typeof value === 'string' && /^\{\{[^{}]+\}\}$/.test(value)
}

/** What the service takes and never shows again. */
function isForgotten({ options }: Field): boolean {
  return options.writeOnly === true || options.remembered === true
}

function presentValue(field: Field, value: unknown): unknown {
  if (value === undefined) return absent(field)
  if (field.type === 'group') return isObject(value) ? presentGroup(field, value) : value
  if (field.type === 'map') return isObject(value) ? withoutSecretKeys(field, value) : value
  if (field.type === 'list' && Array.isArray(value)) return value.map((item) => presentValue(field.item ?? field, item))
  return value
}

/** Inside a group nothing is filled in: what was not given is not there (observed for `oauth2`). */
function presentGroup(field: Field, value: Properties): Properties {
  const shown = presentProperties(field.fields ?? {}, value)
  return Object.fromEntries(Object.entries(shown).filter(([name]) => value[name] !== undefined))
}

function withoutSecretKeys(field: Field, value: Properties): Properties {
  const secrets = (field.options.secretKeys ?? []).map((key) => key.toLowerCase())
  return Object.fromEntries(
    Object.entries(value).filter(([key, item]) => !secrets.includes(key.toLowerCase()) || isNamedValue(item)),
  )
}

/** The service answers null for a simple property without a value (observed for `appIds`, `description`). */
function absent(field: Field): unknown {
  const { computed, required, filled } = field.options
  return field.type === 'group' || field.type === 'map' || computed || required || filled ? undefined : null
}
