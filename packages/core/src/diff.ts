import type { Field, Fields } from './fields.js'
import type { Properties } from './kind.js'
import { secondsOf } from './kinds/duration.js'
import { isPolicyContent } from './policy-content.js'
import { SecretReference } from './secrets.js'

/** One field that differs between what is wanted and what the service has. */
export interface FieldChange {
  /** In the words of the wire: `properties.oauth2.grantTypes.clientCredentials.resourceUri`. */
  readonly path: string
  /** What the service has; null for nothing. A secret is {@link redacted}. */
  readonly before: unknown
  /** What is wanted; null for nothing. A secret is {@link redacted}. */
  readonly after: unknown
}

/** What stands in a plan where a secret would. */
export const redacted = '[secret]'

/** What {@link diff} has to be told about secrets, since the service never gives them back. */
export type SecretChanged = (path: string) => boolean

/**
 * Compares by meaning: what the service fills in, defaults, null for absent, the case of identifiers and the layout of
 * documents are no difference.
 *
 * @param desired - properties with outputs filled in; secrets and documents stand as what they are
 * @param observed - properties as the service answered; undefined where the resource is not there
 */
export function diff(
  fields: Fields,
  desired: Readonly<Record<string, unknown>>,
  observed: Readonly<Record<string, unknown>> | undefined,
  secretChanged: SecretChanged,
): FieldChange[] {
  const secretAt = (path: string, secret: SecretReference): FieldChange[] => {
    const after = `[${secret.noun}]`
    // Whether there was a secret before cannot be seen; a resource that was not there had none.
    return secretChanged(path) ? [{ path, before: observed === undefined ? null : after, after }] : []
  }
  const seen = observed === undefined ? undefined : { ...observed, ...hidden(fields, desired, observed) }
  return groupChanges(fields, desired, seen, 'properties', secretAt)
}

/** What an answer left out and the service may have all the same: taken as it is wanted. */
function hidden(fields: Fields, desired: Properties, observed: Properties): object {
  const names = Object.keys(fields).filter(
    (name) => fields[name]?.options.mayBeHidden === true && (observed[name] ?? null) === null,
  )
  return Object.fromEntries(names.map((name) => [name, desired[name]]))
}

/** The change of the secret at a path, where it changes. */
type SecretAt = (path: string, secret: SecretReference) => FieldChange[]

function groupChanges(
  fields: Fields,
  desired: unknown,
  observed: unknown,
  path: string,
  secretAt: SecretAt,
): FieldChange[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const wanted = member(desired, name)
    const { filledFrom } = field.options
    if (wanted === undefined && filledFrom !== undefined && member(desired, filledFrom) !== undefined) return []
    return fieldChanges(field, wanted, member(observed, name), `${path}.${name}`, secretAt)
  })
}

function fieldChanges(
  field: Field,
  desired: unknown,
  observed: unknown,
  path: string,
  secretAt: SecretAt,
): FieldChange[] {
  const { computed, filled, writeOnly } = field.options
  if (computed || writeOnly || (filled && desired === undefined)) return []
  if (desired instanceof SecretReference) return secretAt(path, desired)
  if (field.type === 'group') return groupChanges(field.fields ?? {}, desired, observed, path, secretAt)
  if (field.type === 'map') return mapChanges(field, desired, observed, path, secretAt)
  if (field.type === 'list' && hasParts(field.item))
    return listChanges(field, desired ?? [], observed ?? [], path, secretAt)
  const before = observed ?? field.options.default ?? null
  const after = desired ?? field.options.default ?? null
  return same(field, after, before) ? [] : [{ path, before: observed ?? null, after: printable(after) }]
}

/** Whether the items of a list are compared one by one and in order, as groups are; lists of words are sets. */
function hasParts(item: Field | undefined): boolean {
  return item?.type === 'group' || item?.type === 'map'
}

/** Lists of one length are compared item by item, so that what the service fills in an item is no difference. */
function listChanges(
  field: Field,
  desired: unknown,
  observed: unknown,
  path: string,
  secretAt: SecretAt,
): FieldChange[] {
  if (!Array.isArray(desired) || !Array.isArray(observed) || desired.length !== observed.length)
    return [{ path, before: observed, after: desired }]
  return desired.flatMap((item, index) =>
    fieldChanges(field.item ?? field, item, observed[index], `${path}[${index}]`, secretAt),
  )
}

function mapChanges(
  field: Field,
  desired: unknown,
  observed: unknown,
  path: string,
  secretAt: SecretAt,
): FieldChange[] {
  const { filledKeys = [] } = field.options
  const names = new Set([...keys(desired), ...keys(observed)])
  return [...names].flatMap((name) => {
    const wanted = member(desired, name)
    if (wanted === undefined && filledKeys.includes(name)) return []
    return fieldChanges(field.item ?? field, wanted, member(observed, name), `${path}.${name}`, secretAt)
  })
}

function same(field: Field, desired: unknown, observed: unknown): boolean {
  if (isPolicyContent(desired)) return typeof observed === 'string' && desired.equals(observed)
  return canonical(field, desired) === canonical(field, observed)
}

/** A text that two values share exactly when they mean the same. Lists of words are sets to the service: their order does not count. */
function canonical(field: Field, value: unknown): string {
  if (value === null || value === undefined) return 'null'
  // The service makes no difference between nothing and an empty list or text; what is off by default may be left out.
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'null'
  if (value === false && field.type === 'flag') return 'null'
  if (field.options.form !== undefined && typeof value === 'string') return JSON.stringify(addressOf(value))
  // .NET writes a span of time in its own way: what was sent as PT60S may come back as PT1M.
  if (field.options.span && typeof value === 'string') return JSON.stringify(secondsOf(value) ?? value)
  if (field.type === 'oneOf' || field.options.caseInsensitive) return JSON.stringify(value).toLowerCase()
  if (field.type === 'list' && Array.isArray(value)) {
    return JSON.stringify(value.map((item) => canonical(field.item ?? field, item)).toSorted())
  }
  // Texts come back with the line ends of the service's own system.
  if (typeof value === 'string') return JSON.stringify(value.replaceAll('\r\n', '\n'))
  return JSON.stringify(inKeyOrder(value))
}

/** An address below the service: ARM ids compare without case, and the service writes short ones out. */
function addressOf(id: string): string {
  return id
    .toLowerCase()
    .replace(/^.*\/providers\/microsoft\.apimanagement\/service\/[^/]+(?=\/|$)/, '')
    .replace(/\/$/, '')
}

/** The same data, the keys of every object in one order. */
function inKeyOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inKeyOrder)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inKeyOrder(inner)]))
}

function printable(value: unknown): unknown {
  return isPolicyContent(value) ? value.toRawXml() : value
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
}

function keys(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
