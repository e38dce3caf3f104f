import type { Kind } from '@apim-kit/core'
import type { Field, Fields } from '@apim-kit/core/fields'
import { invalid, type ErrorDetail } from './arm-error.js'
import { isObject } from './read-properties.js'

/** Checks a resource's own name. */
export function nameDetails(kind: Kind, name: string): ErrorDetail[] {
  const { pattern, min, max, words } = kind.name
  const fits = name.length >= min && name.length <= max && pattern.test(name)
  return fits ? [] : [invalid('name', `The name of a ${kind.title} has to be ${words}.`)]
}

/** Checks properties against the fields of a kind; everything wrong is told at once, without the values. */
export function propertyDetails(
  fields: Fields,
  properties: Readonly<Record<string, unknown>>,
  path = '',
): ErrorDetail[] {
  return Object.entries(fields).flatMap(([name, field]) => fieldDetails(field, properties[name], `${path}${name}`))
}

function fieldDetails(field: Field, value: unknown, path: string): ErrorDetail[] {
  if (value === undefined) return field.options.required === true ? [invalid(path, `'${path}' must not be empty.`)] : []
  if (field.type === 'group' && isObject(value)) return propertyDetails(field.fields ?? {}, value, `${path}.`)
  if (field.type === 'map' && field.item?.type === 'text') return mapDetails(value, path)
  // What a client gives by secret reference, the service gets as text.
  if (field.options.secret === 'allowed' && field.options.namedValues === true) return textDetails(value, path)
  const result = field.schema.safeParse(value)
  if (result.success) return []
  return result.error.issues.map((issue) => {
    const place = [path, ...issue.path.map(String)].join('.')
    return invalid(place, `'${place}' ${wording(issue, field)}`)
  })
}

function textDetails(value: unknown, path: string): ErrorDetail[] {
  return typeof value === 'string' && value !== '' ? [] : [invalid(path, `'${path}' must not be empty.`)]
}

/** The specification wants texts; the service takes truth values too and echoes both, and null. */
function mapDetails(value: unknown, path: string): ErrorDetail[] {
  if (!isObject(value)) return [invalid(path, `'${path}' has to be a map of texts.`)]
  return Object.entries(value)
    .filter(([, item]) => item !== null && typeof item !== 'string' && typeof item !== 'boolean')
    .map(([key]) => invalid(`${path}.${key}`, `'${path}.${key}' has to be a text.`))
}

type Issue = NonNullable<ReturnType<Field['schema']['safeParse']>['error']>['issues'][number]

function wording(issue: Issue, field: Field): string {
  switch (issue.code) {
    case 'invalid_type':
      return `has to be of type ${issue.expected}.`
    case 'invalid_value':
      return `has to be one of ${(field.values ?? issue.values.map(String)).join(', ')}.`
    case 'too_small':
      return `has to have at least ${issue.minimum} characters.`
    case 'too_big':
      return `has to have at most ${issue.maximum} characters.`
    case 'invalid_format':
      return issue.pattern === undefined ? 'is not well formed.' : `has to match ${issue.pattern}.`
    case 'unrecognized_keys':
      return `must not hold ${issue.keys.join(', ')}.`
    default:
      return 'is not valid.'
  }
}
