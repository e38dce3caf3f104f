import { pathOf, serviceId, type ServiceAddress } from './arm-path.js'
import type { Field, Fields } from './fields.js'
import { kindOf } from './kinds/index.js'
import { Output, type ServiceOutputName } from './outputs.js'
import { isPolicyContent } from './policy-content.js'
import { isResource, type Resource } from './resource.js'
import { SecretReference } from './secrets.js'

/**
 * A resource's properties with every output and every named resource replaced by its text; secrets and documents still stand.
 *
 * @param address - the service, for fields that want a whole ARM id. Default: ids begin below the service
 */
export function fillOutputs(
  resource: Resource,
  outputs: Readonly<Record<ServiceOutputName, string>>,
  address?: ServiceAddress,
): Readonly<Record<string, unknown>> {
  const fill = (field: Field | undefined, value: unknown): unknown => {
    if (value instanceof Output) return value.fill(outputs)
    if (isResource(value)) return textOf(value, field, address)
    if (value instanceof SecretReference || isPolicyContent(value)) return value
    if (Array.isArray(value)) return value.map((item) => fill(field?.item, item))
    if (typeof value !== 'object' || value === null) return value
    return mapValues(value, (inner, name) => fill(field?.fields?.[name] ?? field?.item, inner))
  }
  const fields: Fields = kindOf(resource.kind)?.fields ?? {}
  return mapValues(resource.properties, (value, name) => fill(fields[name], value))
}

/** How a field writes the resource that stands in it: by name, by address, or as policies write a named value. */
function textOf(resource: Resource, field: Field | undefined, address: ServiceAddress | undefined): string {
  const referredBy = kindOf(resource.kind)?.referredBy
  if (field?.options.namedValues === true && referredBy !== undefined)
    return `{{${String(resource.properties[referredBy])}}}`
  switch (field?.options.form) {
    case 'path':
      return pathOf(resource)
    case 'armId':
      return `${address === undefined ? '' : serviceId(address)}${pathOf(resource)}`
    case undefined:
      return resource.name
  }
}

/** A secret of a resource, and where it stands: `properties.parameters.clientSecret`. */
export interface SecretField {
  readonly path: string
  readonly reference: SecretReference
}

/** The secrets of a resource's properties, and the content that the service keeps in another form. */
export function secretsOf(properties: Readonly<Record<string, unknown>>): SecretField[] {
  const walk = (value: unknown, path: string): SecretField[] => {
    if (value instanceof SecretReference) return [{ path, reference: value }]
    if (typeof value !== 'object' || value === null || isPolicyContent(value) || isResource(value)) return []
    if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, `${path}[${index}]`))
    return Object.entries(value).flatMap(([name, inner]) => walk(inner, `${path}.${name}`))
  }
  return walk(properties, 'properties')
}

/**
 * Properties in the form that a request carries: documents as `rawxml` text, secrets as `secretOf` gives them.
 * Keys that are undefined are left out.
 */
export function toWire(
  properties: Readonly<Record<string, unknown>>,
  secretOf: (path: string, reference: SecretReference) => string,
): Record<string, unknown> {
  const convert = (value: unknown, path: string): unknown => {
    if (value instanceof SecretReference) return secretOf(path, value)
    if (isPolicyContent(value)) return value.toRawXml()
    if (Array.isArray(value)) return value.map((item, index) => convert(item, `${path}[${index}]`))
    if (typeof value !== 'object' || value === null) return value
    return mapValues(value, (inner, name) => convert(inner, `${path}.${name}`))
  }
  return mapValues(properties, (value, name) => convert(value, `properties.${name}`))
}

function mapValues(object: object, map: (value: unknown, name: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(object)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, map(value, name)]),
  )
}
