import { parsePath, serviceId, type Kind, type ServiceAddress } from '@apim-kit/core'
import type { Field, Fields } from '@apim-kit/core/fields'
import type { Properties } from '../store.js'
import type { ArmContext } from './arm-context.js'
import { invalid, type ErrorDetail } from './arm-error.js'
import { behaviourOf } from './behaviours.js'
import { isObject } from './read-properties.js'

/** Properties with every id that begins below the service written out, as the service keeps them. */
export function withWholeIds(fields: Fields, properties: Properties, address: ServiceAddress): Properties {
  const write = (field: Field | undefined, value: unknown): unknown => {
    if (typeof value === 'string' && field?.options.form !== undefined) return wholeId(value, address)
    if (Array.isArray(value)) return value.map((item) => write(field?.item, item))
    if (!isObject(value) || field?.type === 'json') return value
    return mapValues(value, (name, inner) => write(field?.fields?.[name] ?? field?.item, inner))
  }
  return mapValues(properties, (name, value) => write(fields[name], value))
}

function wholeId(id: string, address: ServiceAddress): string {
  return id.startsWith('/') && !/\/providers\//i.test(id) ? `${serviceId(address)}${id}` : id
}

function mapValues(object: Properties, map: (name: string, value: unknown) => unknown): Properties {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, map(name, value)]))
}

/** Ids that name nothing: the service refuses what refers to a resource that is not there. */
export function missingTargets(fields: Fields, properties: Properties, arm: ArmContext): ErrorDetail[] {
  const look = (field: Field | undefined, value: unknown, path: string): ErrorDetail[] => {
    if (typeof value === 'string' && field?.options.refersTo !== undefined && field.options.form !== undefined)
      return isThere(value, field, arm) ? [] : [invalid(path, `'${path}' names a resource that is not there.`)]
    if (Array.isArray(value)) return value.flatMap((item, index) => look(field?.item, item, `${path}[${index}]`))
    if (!isObject(value) || field?.type === 'json') return []
    return Object.entries(value).flatMap(([name, inner]) =>
      look(field?.fields?.[name] ?? field?.item, inner, `${path}.${name}`),
    )
  }
  return Object.entries(properties).flatMap(([name, value]) => look(fields[name], value, name))
}

function isThere(id: string, { options }: Field, arm: ArmContext): boolean {
  const parsed = parsePath(id)
  if (parsed === undefined || serviceId(parsed.address).toLowerCase() !== serviceId(arm.service.address).toLowerCase())
    return false
  if (![options.refersTo, options.alsoRefersTo].includes(parsed.kind.kind)) return false
  return (
    parsed.target === 'collection' ||
    arm.store.get(parsed.kind, realNames(parsed.kind, parsed.names, arm)) !== undefined
  )
}

/** The names under which a resource is kept: the service has a second name for some, `orders;rev=1` for the current revision. */
export function realNames(kind: Kind, names: readonly string[], arm: ArmContext): readonly string[] {
  const chain: Kind[] = []
  for (let each: Kind | undefined = kind; each?.parent !== undefined; each = each.parent) chain.unshift(each)
  return names.map((name, depth) => {
    const at = chain[depth]
    return at === undefined ? name : (behaviourOf(at).realName?.(name, arm) ?? name)
  })
}
