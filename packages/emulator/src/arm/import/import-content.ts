import { kinds } from '@apim-kit/core'
import type { Properties, ResourceStore, StoredResource } from '../../store.js'
import { notSupported, validationError, invalid } from '../arm-error.js'
import { isObject } from '../read-properties.js'
import { openApi } from './open-api.js'

/** What an imported document makes of an API. */
export interface ImportedContent {
  /** What the document says of the API itself; the request's own properties win. */
  readonly properties: Properties
  /** The operations, by name. */
  readonly operations: ReadonlyMap<string, Properties>
}

/**
 * Reads the document that a request imports; undefined where it imports none.
 *
 * @throws ArmError 400 for a document that does not read, 501 for a format that is not emulated
 */
export function readContent({ format, value }: Properties): ImportedContent | undefined {
  if (typeof value !== 'string') return undefined
  if (format !== 'openapi' && format !== 'openapi+json') throw notSupported(`import of the format '${String(format)}'`)
  const document = parsed(value)
  if (document === undefined && format === 'openapi') throw notSupported('import of OpenAPI as YAML')
  if (!isObject(document) || !isObject(document['paths']))
    throw validationError([invalid('value', 'Parsing error(s): the document is no OpenAPI document.')])
  return openApi(document)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Makes the API's operations those of the document that was sent with it, and forgets the document, as the service does.
 * Operations that stay keep what is below them.
 */
export function importContent({ kind, names, properties }: StoredResource, store: ResourceStore): void {
  const content = readContent(properties)
  if (content === undefined) return
  for (const operation of store.list(kinds.operation, names))
    if (!content.operations.has(operation.names.at(-1) ?? '')) store.delete(kinds.operation, operation.names)
  for (const [name, operation] of content.operations) store.put(kinds.operation, [...names, name], operation)
  const { format: _format, value: _value, ...rest } = properties
  store.put(kind, names, rest)
}
