import { serviceId } from '@apim-kit/core'
import { resourcePath, type StoredResource } from '../store.js'
import type { ArmContext } from './arm-context.js'
import { behaviourOf } from './behaviours.js'
import { entityTag } from './if-match.js'
import { linkedBy } from './links.js'
import { presentProperties } from './present.js'

/** One answer of the management plane. */
export interface Answer {
  readonly status: 200 | 201 | 202 | 204
  /** Default: no body. */
  readonly body?: object | undefined
  /** Whether the body is written over several lines, as most of the service's types write it. Default: `false`. */
  readonly pretty?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** The answer that shows one resource, in the shape that was observed for its kind. */
export function resourceAnswer(
  status: Answer['status'],
  resource: StoredResource,
  query: URLSearchParams,
  arm: ArmContext,
): Answer {
  return {
    status,
    body: resourceBody(resource, query, arm),
    pretty: resource.kind.protocol.entityTag,
    headers: answerHeaders(resource),
  }
}

/** Observed: the types of credential manager have no entity tag, but name the region and order their keys differently. */
export function resourceBody(resource: StoredResource, query: URLSearchParams, arm: ArmContext): object {
  const { kind, names } = resource
  const id = `${serviceId(arm.service.address)}${resourcePath(resource)}`
  const name = names.at(-1)
  const type = kind.armType
  // A tie shows the resource that it ties.
  const subject = linkedBy(kind, names, arm.store) ?? resource
  const shown = presentProperties(subject.kind.fields, subject.properties)
  const properties = behaviourOf(subject.kind).show?.(shown, query, subject) ?? shown
  return kind.protocol.entityTag || kind.links !== undefined
    ? { id, type, name, properties }
    : { id, name, type, location: arm.service.location, properties }
}

/** Caching fields as observed. */
export function answerHeaders(resource: StoredResource): Record<string, string> {
  return resource.kind.protocol.entityTag
    ? { ETag: entityTag(resource), 'Cache-Control': 'private' }
    : { 'Cache-Control': 'no-cache', Pragma: 'no-cache', Expires: '-1' }
}

/** Turns an answer into what the listener sends. */
export function toResponse({ status, body, pretty = false, headers = {} }: Answer): Response {
  if (body === undefined) return new Response(null, { status, headers })
  // A line break inside a value is escaped, so every one that stands here is layout.
  const text = pretty ? JSON.stringify(body, null, 2).replaceAll('\n', '\r\n') : JSON.stringify(body)
  return new Response(text, { status, headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers } })
}
