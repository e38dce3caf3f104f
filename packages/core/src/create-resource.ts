import { ApimKitError } from './errors.js'
import { inputProblems } from './input.js'
import type { Kind } from './kind.js'
import type { Problem } from './problems.js'
import { SecretReference } from './secrets.js'
import { isResource, resourceBrand, resourceTitle, type Resource } from './resource.js'

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
  throwIfNotBelow(kind, name, parent)
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined))
  const properties = remembered(kind, name, given)
  const children: Resource[] = []
  const resource: Resource<N> = { kind: kind.kind, name, parent, properties, children }
  Object.defineProperty(resource, resourceBrand, { value: true })
  const problems = [...nameProblems(kind, name), ...inputProblems(kind.fields, given)]
  // What fields have to do with each other is only known once each of them fits.
  throwIfInvalid(resource, problems.length > 0 ? problems : kind.check(properties), resourceTitle(kind, resource))
  children.push(...childrenOf(resource))
  Object.freeze(children)
  Object.freeze(properties)
  return Object.freeze(resource)
}

/** Text that the service will not give back, as a reference: what finds a new secret finds a new text too. */
function remembered(kind: Kind, name: string, properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(properties).map(([field, value]) => {
    if (typeof value !== 'string' || kind.fields[field]?.options.remembered !== true) return [field, value]
    return [field, new SecretReference(`${field} of ${kind.title} ${name}`, () => Promise.resolve(value), 'content')]
  })
  return Object.fromEntries(entries) as Record<string, unknown>
}

/** Throws `invalid-input` where what a resource stands below is missing, or something else; types say so too, untyped code does not. */
export function throwIfNotBelow(kind: Kind, name: string, parent: unknown): void {
  const above = kind.parent
  if (above?.parent === undefined) return
  if (isResource(parent) && parent.kind === above.kind) return
  const message = `${parent === undefined ? 'is missing' : 'is something else'}; give the ${above.title} that it stands below, as a value`
  const problem: Problem = { rule: 'input/parent', severity: 'error', path: above.title, message }
  throw ApimKitError.of('invalid-input', `${kind.title} ${name} is not valid:`, [problem])
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
