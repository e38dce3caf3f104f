import { text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import type { SecretOrNamedValue } from './logger.js'
import { secretOrNamedValue } from './named-value-text.js'
import { serviceKind } from './service.js'

/** An external Redis cache, which the caching policies use. */
export const cacheKind = defineKind({
  kind: 'cache',
  title: 'cache',
  parent: serviceKind,
  segment: 'caches',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    description: text({ max: 2000 }),
    /** Redis' connection string. Given itself it goes into a named value that the service makes. */
    connectionString: secretOrNamedValue({ required: true }),
    /** The region that uses it, or `default`. */
    useFromLocation: text({ required: true, max: 256, caseInsensitive: true }),
    /** Azure's address of the cache. */
    resourceId: text({ max: 2000, caseInsensitive: true }),
  },
  sdk: { group: 'cache', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What {@link cache} takes. */
export interface CacheInput {
  /** Redis' connection string. */
  readonly connectionString: SecretOrNamedValue
  /** The region that uses it. Default: `default`, every region without one of its own. */
  readonly useFromLocation?: string
  readonly description?: string
  /** Azure's address of the cache. */
  readonly resourceId?: string
}

/**
 * Declares an external cache.
 *
 * @param name - the service's portal uses the region, or `default`
 * @throws ApimKitError `invalid-input`
 * @example
 * cache('default', { connectionString: fromKeyVault('shop', 'redis') })
 */
export function cache(name: string, input: CacheInput): Resource<'cache'> {
  expectDeclaration(cacheKind, name, input)
  return createResource(cacheKind, name, undefined, { useFromLocation: 'default', ...input })
}
