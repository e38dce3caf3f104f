import { keyOf, type ServiceAddress } from './arm-path.js'
import { ApimKitError } from './errors.js'
import { expectList, expectObject, expectText } from './expected.js'
import { kindOf } from './kinds/index.js'
import { suggestion, type Problem } from './problems.js'
import { fillOutputs } from './properties.js'
import { referencesOf, type Reference } from './references.js'
import { isResource, resourceTitle, type Resource } from './resource.js'
import { uniqueMarks } from './unique.js'

const brand = Symbol.for('apim-kit.stack')

/** Resources that are deployed together. */
export interface Stack {
  /** Tells what this stack owns on a service from what other stacks own. */
  readonly name: string
  /** Where it goes unless the caller of a deployment says otherwise. */
  readonly service: Partial<ServiceAddress>
  /** Every resource, those that come with others included; what a resource needs stands before it. */
  readonly resources: readonly Resource[]
  /** What a resource needs to be there first: its parent and what it names. */
  readonly dependenciesOf: (resource: Resource) => readonly Resource[]
}

/** What {@link stack} takes. */
export interface StackInput {
  /** 1 to 60 letters, digits, hyphens; the same from run to run, since the service remembers by it what the stack owns. */
  readonly name: string
  /** The service to deploy to. Default: what the caller of the deployment or the environment says. */
  readonly service?: Partial<ServiceAddress>
  readonly resources: readonly Resource[]
}

/** Whether a value is a stack, also one made by a second copy of this package. */
export function isStack(value: unknown): value is Stack {
  return typeof value === 'object' && value !== null && brand in value
}

const example = "stack({ name: 'shop', resources: [ … ] })"

/**
 * Puts resources together and checks that they fit: no two of one name, everything that is named is there.
 *
 * @throws ApimKitError `invalid-stack`, with every problem found; `invalid-input` for what holds no resources
 * @example
 * export default stack({ name: 'shop', resources: [provider, client, mayUse, orders] })
 */
export function stack(input: StackInput): Stack {
  expectObject('stack', input, example)
  expectText('stack: name', input.name, example)
  expectList('stack: resources', input.resources, example)
  const resources = flatten(input.resources)
  const index = new Index(resources)
  const problems = [
    ...nameProblems(input.name),
    ...duplicates(resources),
    ...alike(resources),
    ...resources.flatMap((resource) => index.missing(resource)),
    ...tooMany(resources),
  ]
  if (problems.length > 0) throw ApimKitError.of('invalid-stack', `stack ${input.name} is not valid:`, problems)
  const dependenciesOf = (resource: Resource): readonly Resource[] => index.dependencies(resource)
  const result: Stack = Object.assign(Object.create(null), {
    name: input.name,
    service: Object.freeze({ ...input.service }),
    resources: Object.freeze(inOrder(resources, dependenciesOf)),
    dependenciesOf,
  }) as Stack
  Object.defineProperty(result, brand, { value: true })
  return Object.freeze(result)
}

function flatten(resources: readonly Resource[]): Resource[] {
  return resources.flatMap((resource, position) => {
    if (!isResource(resource))
      throw new ApimKitError(
        'invalid-input',
        `resources[${position}] is no resource; declare it with namedValue(…), api(…) or the like`,
      )
    return [resource, ...flatten(resource.children)]
  })
}

function nameProblems(name: string): Problem[] {
  if (/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?$/.test(name)) return []
  return [
    {
      rule: 'stack/name',
      severity: 'error',
      path: 'name',
      message: 'is no name for a stack; 1 to 60 letters, digits and hyphens',
    },
  ]
}

function duplicates(resources: readonly Resource[]): Problem[] {
  const twice = new Set(repeated(resources, keyOf))
  const namesakes = repeated(resources, referredKey).filter((resource) => !twice.has(resource))
  const declared =
    'is declared twice; two resources of one kind below one parent need different names, without regard to case'
  return [
    ...[...twice].map((resource) => duplicate(resource, declared)),
    ...namesakes.map((resource) => duplicate(resource, sameCall(resource))),
  ]
}

const duplicate = (resource: Resource, message: string): Problem => ({
  rule: 'stack/duplicate',
  severity: 'error',
  path: titleOf(resource),
  message,
})

const sameCall = (resource: Resource): string =>
  `another one has its ${kindOf(resource.kind)?.referredBy ?? 'name'} ${JSON.stringify(calledName(resource))}, by which it is named; give it one of its own`

/** Resources below one parent that have in common what the service lets only one of them have. */
function alike(resources: readonly Resource[]): Problem[] {
  const first = new Map<string, Resource>()
  return resources.flatMap((resource) => {
    const parent = resource.parent === undefined ? '' : keyOf(resource.parent)
    return uniqueMarks(resource, fillOutputs(resource, unknownOutputs)).flatMap(({ words, field, mark }): Problem[] => {
      const key = [parent, resource.kind, mark].join('\n')
      const other = first.get(key)
      if (other === undefined) first.set(key, resource)
      // Those of one name are reported as such.
      if (other === undefined || keyOf(other) === keyOf(resource)) return []
      const message = `has the same ${words} as ${titleOf(other)}; the service allows only one`
      return [
        { rule: 'stack/not-unique', severity: 'error', path: `${titleOf(resource)}: properties.${field}`, message },
      ]
    })
  })
}

/** What the service will know is one text wherever it stands, and no text that anybody writes. */
const unknownOutputs = {
  principalId: '\0principalId',
  tenantId: '\0tenantId',
  gatewayUrl: '\0gatewayUrl',
  name: '\0name',
}

function repeated(resources: readonly Resource[], key: (resource: Resource) => string | undefined): Resource[] {
  const seen = new Set<string>()
  return resources.filter((resource) => {
    const own = key(resource)
    if (own === undefined) return false
    const again = seen.has(own)
    seen.add(own)
    return again
  })
}

/** The key by which others name a resource, for kinds that are named by another field than their name. */
function referredKey(resource: Resource): string | undefined {
  const field = kindOf(resource.kind)?.referredBy
  if (field === undefined) return undefined
  return referenceKey(resource.kind, calledName(resource), undefined)
}

/** A stack's resources by what others call them. */
class Index {
  readonly #byKey: ReadonlyMap<string, Resource>
  readonly #byReference = new Map<string, Resource>()

  constructor(resources: readonly Resource[]) {
    this.#byKey = new Map(resources.map((resource) => [keyOf(resource), resource]))
    for (const resource of resources)
      this.#byReference.set(referenceKey(resource.kind, calledName(resource), resource.parent?.name), resource)
  }

  dependencies(resource: Resource): Resource[] {
    const parent = resource.parent === undefined ? undefined : this.#byKey.get(keyOf(resource.parent))
    const named = referencesOf(resource).map((reference) => this.#find(reference))
    return [...new Set([parent, ...named])].filter((found) => found !== undefined)
  }

  missing(resource: Resource): Problem[] {
    const { parent } = resource
    const orphan = parent !== undefined && !this.#byKey.has(keyOf(parent))
    return [
      ...(orphan ? [absent(titleOf(resource), `${titleOf(parent)}, below which it stands, is not in the stack`)] : []),
      ...referencesOf(resource)
        .filter((reference) => !isThereAnyway(reference) && this.#find(reference) === undefined)
        .map((reference) => this.#unresolved(resource, reference)),
    ]
  }

  #find(reference: Reference): Resource | undefined {
    return this.#byReference.get(referenceKey(reference.kind, reference.name, reference.parent))
  }

  #unresolved(resource: Resource, reference: Reference): Problem {
    const title = kindOf(reference.kind)?.title ?? reference.kind
    const known = [...this.#byReference.values()].filter(({ kind }) => kind === reference.kind).map(calledName)
    const below = reference.parent === undefined ? '' : ` of ${reference.parent}`
    const { line, column } = reference
    return {
      ...absent(
        `${titleOf(resource)}: ${reference.path}`,
        `${title} ${JSON.stringify(reference.name)}${below} is not in the stack${suggestion(reference.name, known) || '; add it to its resources'}`,
      ),
      ...(line === undefined ? {} : { line }),
      ...(column === undefined ? {} : { column }),
    }
  }
}

/** Built-in resources need nobody to create them; of kinds that apim-kit does not know it can say nothing. */
function isThereAnyway({ kind: name, name: called }: Reference): boolean {
  const kind = kindOf(name)
  return kind === undefined || kind.builtIn.includes(called.toLowerCase())
}

/** More resources below one parent than the service allows. */
function tooMany(resources: readonly Resource[]): Problem[] {
  const counts = new Map<string, { resource: Resource; count: number }>()
  for (const resource of resources) {
    if (kindOf(resource.kind)?.maxPerParent === undefined) continue
    const collection = `${resource.parent === undefined ? '' : keyOf(resource.parent)}/${resource.kind}`
    counts.set(collection, { resource, count: (counts.get(collection)?.count ?? 0) + 1 })
  }
  return [...counts.values()].flatMap(({ resource, count }): Problem[] => {
    const { title = '', maxPerParent = Infinity } = kindOf(resource.kind) ?? {}
    if (count <= maxPerParent) return []
    const parent = resource.parent === undefined ? 'the service' : titleOf(resource.parent)
    const message = `has ${count} resources of the kind ${title}; the service allows ${maxPerParent}`
    return [{ rule: 'stack/too-many', severity: 'error', path: parent, message }]
  })
}

function absent(path: string, message: string): Problem {
  return { rule: 'stack/unresolved-reference', severity: 'error', path, message }
}

function titleOf(resource: Resource): string {
  const kind = kindOf(resource.kind)
  return kind === undefined ? `${resource.kind} ${resource.name}` : resourceTitle(kind, resource)
}

/** What others write to name the resource: its name, or the field that its kind is named by. */
function calledName(resource: Resource): string {
  const field = kindOf(resource.kind)?.referredBy
  return field === undefined ? resource.name : String(resource.properties[field])
}

/** Names compare without regard to case as ids do; display names with it, as policies do. */
function referenceKey(kind: string, name: string, parent: string | undefined): string {
  const exact = kindOf(kind)?.referredBy !== undefined
  return `${kind}:${parent?.toLowerCase() ?? ''}:${exact ? name : name.toLowerCase()}`
}

/** Sorts so that what a resource needs stands before it; otherwise the order stays. */
function inOrder(
  resources: readonly Resource[],
  dependenciesOf: (resource: Resource) => readonly Resource[],
): Resource[] {
  const done = new Set<Resource>()
  const visit = (resource: Resource, chain: readonly Resource[]): void => {
    if (done.has(resource)) return
    if (chain.includes(resource)) throw cycle([...chain.slice(chain.indexOf(resource)), resource])
    for (const needed of dependenciesOf(resource)) visit(needed, [...chain, resource])
    done.add(resource)
  }
  for (const resource of resources) visit(resource, [])
  return [...done]
}

function cycle(chain: readonly Resource[]): ApimKitError {
  return new ApimKitError(
    'invalid-stack',
    `resources need each other in a circle: ${chain.map(titleOf).join(' => ')}; take one reference out`,
  )
}
