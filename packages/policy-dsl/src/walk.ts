import type { PolicyDefinition } from './define-policy.js'
import { childElements, sectionNames, type Element, type Section } from './element.js'
import { childrenByName, type Child, type Shape } from './shape.js'

/** Finds what is known about the policy that an element is. */
export type Describe = (element: Element) => PolicyDefinition | undefined

/** An element on the way through a document. */
export interface Visited {
  readonly element: Element
  /** Where it stands: `inbound/choose[1]/when[2]/set-header[1]`. The root is left out, repeated elements are counted from 1. */
  readonly path: string
  /** What may stand in it; undefined where nothing describes it. */
  readonly shape: Shape | undefined
  /** What it is: the root, a section, a policy among others, or an element that belongs to a policy. */
  readonly role: 'root' | 'section' | 'policy' | 'part'
  /** The policy's definition, where the element is a described policy. */
  readonly definition: PolicyDefinition | undefined
  readonly section: Section | undefined
  readonly parent: Visited | undefined
}

/** Visits every element of a document, parents first, in the order of the text. */
export function walk(root: Element, describe: Describe, visit: (visited: Visited) => void): void {
  // A resolver's document is one policy, so its root is one.
  const described = describe(root)
  const definition = described?.description.resolver === 'root' ? described : undefined
  const top: Visited = {
    element: root,
    path: '',
    shape: definition?.shape,
    role: 'root',
    definition,
    section: undefined,
    parent: undefined,
  }
  descend(top, describe, visit)
}

function descend(visited: Visited, describe: Describe, visit: (visited: Visited) => void): void {
  visit(visited)
  const counts = new Map<string, number>()
  for (const element of childElements(visited.element)) {
    const count = (counts.get(element.name) ?? 0) + 1
    counts.set(element.name, count)
    descend(childOf(visited, element, count, describe), describe, visit)
  }
}

function childOf(parent: Visited, element: Element, count: number, describe: Describe): Visited {
  const section =
    parent.role === 'root' && parent.element.name === 'policies'
      ? sectionNames.find((name) => name === element.name)
      : undefined
  if (section !== undefined)
    return { element, path: section, shape: undefined, role: 'section', definition: undefined, section, parent }
  const path = `${parent.path === '' ? '' : `${parent.path}/`}${element.name}[${count}]`
  const common = { element, path, section: parent.section, parent }
  const holdsPolicies =
    parent.role === 'section' || parent.element.name === 'fragment' || parent.shape?.policies === 'any'
  const entry = parent.shape === undefined ? undefined : entryFor(parent.shape, element.name)
  if (entry !== undefined) return { ...common, role: 'part', definition: undefined, shape: shapeOf(entry) }
  if (!holdsPolicies) return { ...common, role: 'part', definition: undefined, shape: undefined }
  const definition = describe(element)
  return { ...common, role: 'policy', definition, shape: definition?.shape }
}

/** The child of a shape by the name of its element. */
export function entryFor(shape: Shape, name: string): Child | undefined {
  return childrenByName(shape).get(name)
}

const listShapes = new WeakMap<Child, Shape>()

/** The shape of a child: a list has a shape of its own, which holds nothing but its items. */
function shapeOf(entry: Child): Shape {
  if (entry.item === undefined) return entry.shape
  const known = listShapes.get(entry)
  if (known !== undefined) return known
  const shape: Shape = {
    children: { [entry.item]: listItem(entry, entry.item), ...entry.options.others },
    order: 'free',
  }
  listShapes.set(entry, shape)
  return shape
}

function listItem(entry: Child, element: string): Child {
  const { itemRequiredOnlyBy: source } = entry.options
  const options = {
    required: true,
    many: true,
    element,
    ...(source === undefined ? {} : { requiredOnlyBy: source }),
  } as const
  return { ...entry, item: undefined, options }
}
