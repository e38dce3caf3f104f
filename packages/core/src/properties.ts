import { Output, type ServiceOutputName } from './outputs.js'
import { isPolicyContent } from './policy-content.js'
import { isResource, type Resource } from './resource.js'
import { SecretReference } from './secrets.js'

/** A resource's properties with every output and every named resource replaced by its text; secrets and documents still stand. */
export function fillOutputs(
  resource: Resource,
  outputs: Readonly<Record<ServiceOutputName, string>>,
): Readonly<Record<string, unknown>> {
  const fill = (value: unknown): unknown => {
    if (value instanceof Output) return value.fill(outputs)
    if (isResource(value)) return value.name
    if (value instanceof SecretReference || isPolicyContent(value)) return value
    if (Array.isArray(value)) return value.map(fill)
    if (typeof value !== 'object' || value === null) return value
    return mapValues(value, fill)
  }
  return mapValues(resource.properties, fill)
}

/** A secret of a resource, and where it stands: `properties.parameters.clientSecret`. */
export interface SecretField {
  readonly path: string
  readonly reference: SecretReference
}

/** The secrets of a resource's properties. */
export function secretsOf(properties: Readonly<Record<string, unknown>>): SecretField[] {
  const walk = (value: unknown, path: string): SecretField[] => {
    if (value instanceof SecretReference) return [{ path, reference: value }]
    if (typeof value !== 'object' || value === null || isPolicyContent(value)) return []
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
