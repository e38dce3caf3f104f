import { kinds, type Kind } from '@apim-kit/core'
import type { Field, Fields } from '@apim-kit/core/fields'
import {
  constantFrom,
  assert,
  dictionary,
  property,
  record,
  string,
  array,
  boolean,
  integer,
  type Arbitrary,
} from 'fast-check'
import { describe, expect, it } from 'vitest'
import { presentProperties } from './present.js'

const planted = 'planted-secret'

/** Stored properties with every secret that the fields know planted, in whatever case a map's key was sent. */
function stored(fields: Fields): Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(fields).map(([name, field]) => [name, valueOf(field)])
  return record(Object.fromEntries(entries) as Record<string, Arbitrary<unknown>>, { requiredKeys: [] })
}

function valueOf(field: Field): Arbitrary<unknown> {
  const secret = constantFrom(planted)
  switch (field.type) {
    case 'secret':
      return secret
    case 'group':
      return stored(field.fields ?? {})
    case 'list':
      return array(valueOf(field.item ?? field), { maxLength: 2 })
    case 'map':
      return mapOf(field.options.secretKeys ?? [])
    case 'flag':
      return boolean()
    case 'integer':
      return integer()
    case 'oneOf':
      return constantFrom(...(field.values ?? []))
    default:
      return field.options.secret === 'allowed' ? secret : string()
  }
}

function mapOf(secretKeys: readonly string[]): Arbitrary<unknown> {
  const spelt = secretKeys.flatMap((key) => [key, key.toUpperCase(), key.toLowerCase()])
  const secrets = Object.fromEntries(spelt.map((key) => [key, constantFrom(planted)]))
  return record(secrets, { requiredKeys: [] }).chain((chosen) =>
    dictionary(string(), string()).map((others) => ({ ...others, ...chosen })),
  )
}

describe.each(Object.values<Kind>(kinds))('presentProperties of $kind', ({ fields }) => {
  it('shows no secret, whatever is stored', () => {
    assert(
      property(stored(fields), (properties) => {
        const shown = presentProperties(fields, { ...properties, secret: true })
        expect(JSON.stringify(shown)).not.toContain(planted)
      }),
    )
  })

  it('shows null for what a client may give and did not', () => {
    const shown = presentProperties(fields, {})
    for (const value of Object.values(shown)) expect(value).toBeNull()
  })
})

it('shows a value that may be a secret and is none', () => {
  const { fields } = kinds.namedValue
  expect(presentProperties(fields, { value: 'seen', secret: false })).toMatchObject({ value: 'seen' })
})
