import { Comment, Element, sectionNames, type Node } from './element.js'
import { messages } from './messages.js'
import { Expression, Literal, type Value } from './value.js'

/** Where two documents say different things. */
export interface Difference {
  /** `inbound/set-header[1]/@name`; the root is the empty path. */
  readonly path: string
  /** What each of them has there, for people. */
  readonly message: string
}

/**
 * The first difference between two elements in what they tell the service; undefined where there is none.
 *
 * Layout, comments, quotes, escaping, the order of attributes and the order of sections do not count. Attributes that repeat a
 * default do: the service gives back what it was sent and adds none, and where our knowledge of a default were wrong, a change
 * that somebody wrote down would be taken for none.
 */
export function difference(left: Element, right: Element, path = ''): Difference | undefined {
  if (left.name !== right.name) return { path, message: messages.differentElement(left.name, right.name) }
  return attributeDifference(left, right, path) ?? childDifference(meaningful(left), meaningful(right), path)
}

function attributeDifference(left: Element, right: Element, path: string): Difference | undefined {
  const others = new Map(right.attributes.map(({ name, value }) => [name, value]))
  for (const { name, value } of left.attributes) {
    const other = others.get(name)
    others.delete(name)
    if (other === undefined || !sameValue(value, other)) return valueDifference(`${path}/@${name}`, value, other)
  }
  const [extra] = others
  return extra === undefined ? undefined : valueDifference(`${path}/@${extra[0]}`, undefined, extra[1])
}

function childDifference(left: readonly Node[], right: readonly Node[], path: string): Difference | undefined {
  const counts = new Map<string, number>()
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const one = left[index]
    const other = right[index]
    const found =
      one instanceof Element && other instanceof Element
        ? difference(one, other, stepInto(path, one, counts))
        : nodeDifference(one, other, path)
    if (found !== undefined) return found
  }
  return undefined
}

function stepInto(path: string, { name }: Element, counts: Map<string, number>): string {
  const count = (counts.get(name) ?? 0) + 1
  counts.set(name, count)
  const step = path === '' && sectionNames.some((section) => section === name) ? name : `${name}[${count}]`
  return path === '' ? step : `${path}/${step}`
}

function nodeDifference(one: Node | undefined, other: Node | undefined, path: string): Difference | undefined {
  if (isText(one) && isText(other)) return sameValue(one, other) ? undefined : valueDifference(path, one, other)
  return { path, message: messages.differentNode(nodeWords(one), nodeWords(other)) }
}

const isText = (node: Node | undefined): node is Value => node instanceof Literal || node instanceof Expression

function nodeWords(node: Node | undefined): string {
  if (node instanceof Element) return `<${node.name}>`
  return isText(node) ? messages.shownValue(sourceOf(node)) : 'nothing'
}

const sourceOf = (value: Value): string => (value instanceof Expression ? value.source : value.text)

const sameValue = (one: Value, other: Value): boolean => one.kind === other.kind && sourceOf(one) === sourceOf(other)

const valueDifference = (path: string, one: Value | undefined, other: Value | undefined): Difference => ({
  path,
  message: messages.differentNode(nodeWords(one), nodeWords(other)),
})

/** The children that tell the service something: no comments, text in one piece, sections in their own order. */
function meaningful(element: Element): readonly Node[] {
  const nodes: Node[] = []
  for (const node of element.children) {
    const last = nodes.at(-1)
    if (node instanceof Literal && last instanceof Literal) nodes[nodes.length - 1] = new Literal(last.text + node.text)
    else if (!(node instanceof Comment)) nodes.push(node)
  }
  return element.name === 'policies' ? nodes.toSorted((a, b) => rank(a) - rank(b)) : nodes
}

function rank(node: Node): number {
  const index = node instanceof Element ? sectionNames.findIndex((name) => name === node.name) : -1
  return index === -1 ? sectionNames.length : index
}
