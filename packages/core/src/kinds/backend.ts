import { flag, group, integer, list, mapOf, oneOf, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { expectList, expectObject } from '../expected.js'
import type { InputOf } from '../input.js'
import { createResource, expectDeclaration, throwIfInvalid } from '../create-resource.js'
import type { Problem } from '../problems.js'
import type { Resource } from '../resource.js'
import { misplacedProblems } from './choice.js'
import { duration } from './duration.js'
import { namedValueText } from './named-value-text.js'
import { serviceKind } from './service.js'

/** What the gateway adds to every request to the backend. The service shows all of it: secrets belong into named values. */
const credentials = group({
  /** Thumbprints of client certificates. */
  certificate: list(text({ caseInsensitive: true }), { max: 32 }),
  /** Client certificates, by the resource. */
  certificateIds: list(text({ refersTo: 'certificate', form: 'armId' }), { max: 32 }),
  /** Query parameters, each with its values. */
  query: mapOf(list(namedValueText())),
  /** Header fields, each with its values. */
  header: mapOf(list(namedValueText())),
  /** The Authorization header. */
  authorization: group({
    scheme: text({ required: true, min: 1, max: 100 }),
    parameter: namedValueText({ required: true, min: 1, max: 300 }),
  }),
})

const circuitBreaker = group({
  /** One or more rules; the service takes 15 at most. */
  rules: list(
    group({
      name: text({ required: true }),
      /** When the circuit opens. */
      failureCondition: group(
        {
          /** Failures within the interval. */
          count: integer({ min: 1 }),
          /** Failures in a hundred. */
          percentage: integer({ min: 1, max: 100 }),
          /** How long failures are counted. */
          interval: duration(),
          /** The status codes that are failures. */
          statusCodeRanges: list(
            group({
              min: integer({ required: true, min: 200, max: 599 }),
              max: integer({ required: true, min: 200, max: 599 }),
            }),
            { max: 10 },
          ),
          /** Errors of the gateway that are failures: `BackendConnectionFailure`. */
          errorReasons: list(text(), { max: 10 }),
        },
        { required: true },
      ),
      /** How long the circuit stays open. */
      tripDuration: duration(),
      /** Whether `Retry-After` of the backend says how long. */
      acceptRetryAfter: flag({ default: false }),
    }),
    { max: 15 },
  ),
})

/** A backend: the address that the gateway calls, or a pool of other backends. */
export const backendKind = defineKind({
  kind: 'backend',
  title: 'backend',
  parent: serviceKind,
  segment: 'backends',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    title: text({ min: 1, max: 300 }),
    description: text({ min: 1, max: 2000 }),
    /** Address of the backend; a pool has none. */
    url: text({ min: 1, max: 2000 }),
    protocol: oneOf(['http', 'soap'], { filled: true }),
    type: oneOf(['Single', 'Pool'], { default: 'Single', sdk: 'typePropertiesType' }),
    /** Azure's id or address of what stands behind it: `https://management.azure.com/subscriptions/…/sites/orders`. */
    resourceId: text({ min: 1, max: 2000, caseInsensitive: true }),
    credentials,
    /** An HTTP proxy on the way. */
    proxy: group({
      url: text({ required: true, min: 1, max: 2000 }),
      username: text(),
      password: namedValueText(),
    }),
    /** Which parts of the backend's certificate are looked at. */
    tls: group({
      validateCertificateChain: flag({ default: true }),
      validateCertificateName: flag({ default: true }),
    }),
    circuitBreaker,
    /** The backends of a pool. */
    pool: group({
      services: list(
        group({
          id: text({ required: true, refersTo: 'backend', form: 'armId' }),
          /** Its share of the requests within its priority. */
          weight: integer({ min: 0, max: 100, filled: true }),
          /** Groups of lower numbers are used first. */
          priority: integer({ min: 0, max: 100, filled: true }),
        }),
        { min: 1, max: 30 },
      ),
    }),
  },
  sdk: { group: 'backend', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

type BackendFields = InputOf<(typeof backendKind)['fields']>

/** A backend with an address of its own. */
export type SingleBackendInput = Omit<BackendFields, 'type' | 'pool' | 'url'> & {
  /** Address of the backend. */
  readonly url: NonNullable<BackendFields['url']>
  readonly pool?: never
}

/** A pool, which spreads requests over other backends. */
export type PoolInput = Pick<BackendFields, 'title' | 'description'> & {
  /** The backends, each with weight and priority, or simply the backends. */
  readonly pool: readonly (
    | Resource<'backend'>
    | { readonly backend: Resource<'backend'>; readonly weight?: number; readonly priority?: number }
  )[]
  readonly url?: never
}

/** What {@link backend} takes. */
export type BackendInput = SingleBackendInput | PoolInput

/**
 * Declares a backend: one address, or a pool of backends.
 *
 * API version 2024-05-01 and its SDK know no managed identity on a backend (later previews do); use the policy
 * `authenticationManagedIdentity` in front of it.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * const east = backend('orders-east', {
 *   url: 'https://east.orders.example',
 *   credentials: { header: { 'x-functions-key': ['{{orders-key}}'] } },
 *   circuitBreaker: { rules: [{
 *     name: 'down', tripDuration: 'PT1M',
 *     failureCondition: { count: 3, interval: 'PT5M', statusCodeRanges: [{ min: 500, max: 599 }] },
 *   }] },
 * })
 * backend('orders', { pool: [{ backend: east, weight: 3 }, west] })
 */
export function backend(name: string, input: BackendInput): Resource<'backend'> {
  expectDeclaration(backendKind, name, input)
  const resource = createResource(backendKind, name, undefined, input.pool === undefined ? input : poolOf(name, input))
  throwIfInvalid(resource, input.pool === undefined ? addressProblems(input) : poolProblems(input))
  return resource
}

function poolOf(name: string, { pool, ...rest }: PoolInput): object {
  expectList(`backend ${name}: pool`, pool, 'pool: [east, { backend: west, weight: 3 }]')
  const services = pool.map((item) => {
    expectObject(`backend ${name}: pool`, item, 'pool: [east, { backend: west, weight: 3 }]')
    const { backend: id, ...share } = 'backend' in item ? item : { backend: item }
    return { id, ...share }
  })
  return { ...rest, type: 'Pool', pool: { services } }
}

/** A pool is a name for other backends; how each of them is called is said there. */
function poolProblems(input: PoolInput): Problem[] {
  const own = Object.keys(input).filter((field) => !['title', 'description', 'pool'].includes(field))
  return misplacedProblems(input, own, 'a pool has none of its own; give it to the backends of the pool')
}

function addressProblems({ url }: Partial<SingleBackendInput>): Problem[] {
  if (url !== undefined) return []
  return [
    {
      rule: 'backend/address',
      severity: 'error',
      path: 'url',
      message: 'is missing; give the address of the backend, or pool: [ … ]',
    },
  ]
}
