import { credentialManager } from './credential-manager.js'
import { filled } from './filled.js'
import type { Habits } from './habits.js'

export type Json = Readonly<Record<string, unknown>>

/** What a write is about. */
export interface Written {
  /** Lower-case address below the service, without a slash in front: `apis/orders`. */
  readonly key: string
  readonly name: string
  readonly service: string
  readonly habits: Habits
}

/** What the stub knows about one type of resource. */
export interface ResourceType {
  /** Its collection's place below the service, in lower case: `apis/operations`. */
  readonly path: string
  /** The end of its ARM type, where that is not the path. */
  readonly type: string
  /** Its answers carry ETags. */
  readonly entityTag: boolean
  /** The SDK waits for its writes. */
  readonly longRunning: boolean
  /** It ties a resource of that collection: neither body nor `If-Match`. */
  readonly links: string | undefined
  /** What the service makes of the properties it is given. */
  readonly store: (properties: Json, written: Written) => Json
  /** Properties that no answer shows. */
  readonly hidden: (properties: Json) => Json
}

type Row = Partial<Omit<ResourceType, 'path' | 'links'>> & { readonly type: string; readonly links?: string }

/** Paths and types by Azure's specification 2024-05-01; the keys are in the spelling of addresses. */
const rows: Readonly<Record<string, Row>> = {
  ...credentialManager,
  namedValues: { type: 'namedValues', longRunning: true, store: filled.namedValue, hidden: without('value') },
  certificates: { type: 'certificates', store: filled.certificate },
  backends: { type: 'backends', store: filled.backend },
  loggers: { type: 'loggers', store: filled.logger },
  caches: { type: 'caches' },
  schemas: { type: 'schemas', longRunning: true },
  policyFragments: { type: 'policyFragments', longRunning: true },
  policies: { type: 'policies' },
  diagnostics: { type: 'diagnostics', store: filled.diagnostic },
  tags: { type: 'tags' },
  groups: { type: 'groups', store: filled.group },
  apiVersionSets: { type: 'apiVersionSets', store: filled.versionSet },
  apis: { type: 'apis', longRunning: true, store: filled.api },
  'apis/policies': { type: 'apis/policies' },
  'apis/tags': { type: 'apis/tags', links: 'tags' },
  'apis/diagnostics': { type: 'apis/diagnostics', store: filled.diagnostic },
  'apis/schemas': { type: 'apis/schemas', longRunning: true },
  'apis/releases': { type: 'apis/releases', store: filled.release },
  'apis/operations': { type: 'apis/operations', store: filled.operation },
  'apis/operations/policies': { type: 'apis/operations/policies' },
  'apis/operations/tags': { type: 'apis/operations/tags', links: 'tags' },
  'apis/resolvers': { type: 'apis/resolvers' },
  'apis/resolvers/policies': { type: 'apis/resolvers/policies' },
  products: { type: 'products', store: filled.product },
  'products/apis': { type: 'products/apis', links: 'apis' },
  'products/groups': { type: 'products/groups', links: 'groups' },
  'products/tags': { type: 'products/tags', links: 'tags' },
  'products/policies': { type: 'products/policies' },
  subscriptions: { type: 'subscriptions', store: filled.subscription, hidden: without('primaryKey', 'secondaryKey') },
}

/** Every type, by its collection's place in lower case. */
export const types: ReadonlyMap<string, ResourceType> = new Map(
  Object.entries(rows).map(([path, row]): [string, ResourceType] => [
    path.toLowerCase(),
    {
      entityTag: row.links === undefined,
      longRunning: false,
      store: (properties) => properties,
      hidden: (properties) => properties,
      ...row,
      path: path.toLowerCase(),
      links: row.links,
    },
  ]),
)

/** The type of what stands at a lower-case address below the service. */
export function typeAt(key: string): ResourceType | undefined {
  const collections = key.split('/').filter((_segment, index) => index % 2 === 0)
  return types.get(collections.join('/'))
}

function without(...names: readonly string[]): ResourceType['hidden'] {
  return (properties) => {
    // The text of a named value is hidden only where it is a secret.
    if (names.includes('value') && properties['secret'] !== true) return properties
    return Object.fromEntries(Object.entries(properties).filter(([name]) => !names.includes(name)))
  }
}
