import type { Kind } from './kind.js'
import { kindOf, kinds, serviceKind } from './kinds/index.js'
import type { Resource } from './resource.js'

/** Where an API Management service stands in Azure. */
export interface ServiceAddress {
  /** A GUID; the SDK refuses anything else. */
  readonly subscriptionId: string
  readonly resourceGroup: string
  /** The service's name. */
  readonly service: string
}

/** The service's own ARM id. */
export function serviceId({ subscriptionId, resourceGroup, service }: ServiceAddress): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${serviceKind.armType}/${service}`
}

/** A resource's address below its service: `/apis/orders/operations/get`. */
export function pathOf(resource: Resource): string {
  const segment = kindOf(resource.kind)?.segment ?? resource.kind
  return `${resource.parent === undefined ? '' : pathOf(resource.parent)}/${segment}/${resource.name}`
}

/** A resource's ARM id. */
export function armId(address: ServiceAddress, resource: Resource): string {
  return `${serviceId(address)}${pathOf(resource)}`
}

/** What tells two resources of one service apart: ARM compares ids without regard to case. */
export function keyOf(resource: Resource): string {
  return pathOf(resource).toLowerCase()
}

/** The names of a resource and its parents, outermost first: what SDK methods take behind the service. */
export function namesOf(resource: Resource): string[] {
  return [...(resource.parent === undefined ? [] : namesOf(resource.parent)), resource.name]
}

/** What an ARM address means. */
export interface ParsedPath {
  readonly address: ServiceAddress
  readonly kind: Kind
  /** Names of the parents and of the resource itself, outermost first; a collection has its parents' names only. */
  readonly names: readonly string[]
  /** Whether the address is a resource, all resources of a kind below one parent, or an action on a resource. */
  readonly target: 'resource' | 'collection' | 'action'
  /** The last segment of an action: `listValue`. */
  readonly action?: string
}

const servicePath =
  /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/Microsoft\.ApiManagement\/service\/([^/]+)(.*)$/i

/** Reads an ARM address, without its query; undefined where it is none of a known kind. Case does not count, names keep theirs. */
export function parsePath(path: string): ParsedPath | undefined {
  const match = servicePath.exec(path)
  if (match === null) return undefined
  const [, subscriptionId = '', resourceGroup = '', service = '', rest = ''] = match
  const address = {
    subscriptionId: decode(subscriptionId),
    resourceGroup: decode(resourceGroup),
    service: decode(service),
  }
  const segments = rest.split('/').filter((segment) => segment !== '')
  return descend(address, serviceKind, [], segments.map(decode))
}

function descend(
  address: ServiceAddress,
  kind: Kind,
  names: readonly string[],
  rest: readonly string[],
): ParsedPath | undefined {
  const [segment, name, ...deeper] = rest
  if (segment === undefined) return { address, kind, names, target: 'resource' }
  const child = childrenOf(kind).find((candidate) => candidate.segment.toLowerCase() === segment.toLowerCase())
  if (child === undefined)
    return name === undefined ? { address, kind, names, target: 'action', action: segment } : undefined
  if (name === undefined) return { address, kind: child, names, target: 'collection' }
  return descend(address, child, [...names, name], deeper)
}

/** The kinds that stand directly below a kind. */
export function childrenOf(kind: Kind): Kind[] {
  return Object.values<Kind>(kinds).filter((candidate) => candidate.parent?.kind === kind.kind)
}

/** Percent-decoded; as it stands where the encoding is broken, so that a bad address is simply not found. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
