import { ApimKitError } from './errors.js'
import { inputProblems } from './input.js'
import type { Kind } from './kind.js'
import type { Problem } from './problems.js'

const brand = Symbol.for('apim-kit.resource')

/**
 * One declared resource: plain frozen data. `properties` has the form of the wire, with secret references, outputs, other
 * resources and policy documents still standing where their texts will be.
 */
export interface Resource<K extends string = string> {
  readonly kind: K
  /** Its name in ARM addresses. */
  readonly name: string
  /** The resource below which it stands; undefined directly below the service. */
  readonly parent: Resource | undefined
  readonly properties: Readonly<Record<string, unknown>>
  /** Resources that come with it, such as an API's policy. */
  readonly children: readonly Resource[]
}

/** Whether a value is a declared resource. */
export function isResource(value: unknown): value is Resource {
  return typeof value === 'object' && value !== null && brand in value
}

/** `connection client-connection`: how messages and plans name a resource. */
export function resourceTitle(
  kind: Kind,
  resource: { readonly name: string; readonly parent: Resource | undefined },
): string {
  return kind.name.fixed === undefined
    ? `${kind.title} ${resource.name}`
    : `${kind.title} of ${resource.parent?.name ?? 'the service'}`
}

/**
 * Declares a resource of a kind. The functions named after kinds (`namedValue`, `api` …) are thin forms of this one.
 *
 * @param name - its name in ARM addresses
 * @param parent - undefined directly below the service
 * @param input - the fields of `properties`; fields that are undefined count as left out
 * @param childrenOf - makes the resources that come with it, once it is known itself
 * @throws ApimKitError `invalid-input`, with a problem for every field that does not fit
 */
export function createResource<N extends string>(
  kind: Kind<N>,
  name: string,
  parent: Resource | undefined,
  input: object,
  childrenOf: (resource: Resource<N>) => readonly Resource[] = () => [],
): Resource<N> {
  const properties = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const children: Resource[] = []
  const resource: Resource<N> = { kind: kind.kind, name, parent, properties, children }
  Object.defineProperty(resource, brand, { value: true })
  throwIfInvalid(
    resource,
    [...nameProblems(kind, name), ...inputProblems(kind.fields, properties)],
    resourceTitle(kind, resource),
  )
  children.push(...childrenOf(resource))
  Object.freeze(children)
  Object.freeze(properties)
  return Object.freeze(resource)
}

/** Throws `invalid-input` where there are problems. */
export function throwIfInvalid(
  resource: Resource,
  problems: readonly Problem[],
  title = `${resource.kind} ${resource.name}`,
): void {
  if (problems.length > 0) throw ApimKitError.of('invalid-input', `${title} is not valid:`, problems)
}

function nameProblems(kind: Kind, name: string): Problem[] {
  const { pattern, min, max, words } = kind.name
  if (typeof name === 'string' && name.length >= min && name.length <= max && pattern.test(name)) return []
  return [
    {
      rule: 'input/name',
      severity: 'error',
      path: 'name',
      message: `${JSON.stringify(name)} is no name for it; allowed are ${words}`,
    },
  ]
}
