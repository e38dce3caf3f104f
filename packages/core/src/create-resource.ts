import { ApimKitError } from './errors.js'
import { isObject, whatIs } from './expected.js'
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
  expectDeclaration(kind, name, input)
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

/**
 * Refuses a name that is no text and an input that is no object, where the types say so: untyped code may pass anything. For
 * functions that look into their input before they declare a resource.
 *
 * @param asked - the function that was called. Default: the one that is named as the kind
 * @throws ApimKitError `invalid-input`
 */
export function expectDeclaration(kind: Kind, name: unknown, input: unknown, asked: string = kind.kind): void {
  const isName = typeof name === 'string'
  const problems = isName ? [] : [noName(kind, whatIs(name))]
  if (!isObject(input)) {
    const message = `expected an object of its properties, got ${whatIs(input)}; write ${asked}('name', { … })`
    problems.push({ rule: 'input/invalid', severity: 'error', path: '', message })
  }
  const title = isName ? `${kind.title} ${name}` : kind.title
  if (problems.length > 0) throw ApimKitError.of('invalid-input', `${title} is not valid:`, problems)
}

/** Text that the service will not give back, as a reference: what finds a new secret finds a new text too. */
function remembered(kind: Kind, name: string, properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(properties).map(([field, value]) => {
    if (typeof value !== 'string' || kind.fields[field]?.options.remembered !== true) return [field, value]
    return [field, new SecretReference(`${field} of ${kind.title} ${name}`, () => Promise.resolve(value), 'content')]
  })
  return Object.fromEntries(entries) as Record<string, unknown>
}

/** What a resource stands below, or is made of, where that is not given. */
export const notGiven = (path: string, met: unknown, wanted: string): Problem => ({
  rule: 'input/parent',
  severity: 'error',
  path,
  message: `${met === undefined ? 'is missing' : 'is something else'}; give the ${wanted}, as a value`,
})

/** Throws `invalid-input` where what a resource stands below is missing, or something else; types say so too, untyped code does not. */
export function throwIfNotBelow(kind: Kind, name: string, parent: unknown): void {
  const above = kind.parent
  if (above?.parent === undefined) return
  if (isResource(parent) && parent.kind === above.kind) return
  const problem = notGiven(above.title, parent, `${above.title} that it stands below`)
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
  const { pattern, min, max } = kind.name
  const fits = name.length >= min && name.length <= max && pattern.test(name)
  return fits ? [] : [noName(kind, JSON.stringify(name))]
}

const noName = ({ name: { words } }: Kind, met: string): Problem => ({
  rule: 'input/name',
  severity: 'error',
  path: 'name',
  message: `${met} is no name for it; allowed are ${words}`,
})
