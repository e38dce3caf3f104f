import { step } from '../../run.js'
import { XAttribute, XContainer, XElement, XNode, type XObject } from '../nodes.js'
import type { Axis } from './syntax.js'

/** The nodes on an axis, the nearest first. */
export function nodesOn(axis: Axis, node: XObject): Iterable<XObject> {
  switch (axis) {
    case 'self':
      return [node]
    case 'parent':
      return node.parent === null ? [] : [node.parent]
    case 'child':
      return childrenOf(node)
    case 'attribute':
      return node instanceof XElement ? node.attributes.filter((own) => !own.isNamespaceDeclaration) : []
    case 'ancestor':
      return ancestorsOf(node)
    case 'ancestor-or-self':
      return [node, ...ancestorsOf(node)]
    case 'descendant':
      return descendantsOf(node)
    case 'descendant-or-self':
      return [node, ...descendantsOf(node)]
    case 'following-sibling':
      return siblingsOf(node, 1)
    case 'preceding-sibling':
      return siblingsOf(node, -1)
    case 'following':
      return beyond(node, 1)
    case 'preceding':
      return beyond(node, -1)
  }
}

const childrenOf = (node: XObject): readonly XNode[] => (node instanceof XContainer ? node.nodes : [])

function* descendantsOf(node: XObject): Generator<XNode> {
  for (const child of childrenOf(node)) {
    step()
    yield child
    yield* descendantsOf(child)
  }
}

function* ancestorsOf(node: XObject): Generator<XContainer> {
  for (let own = node.parent; own !== null; own = own.parent) yield own
}

function siblingsOf(node: XObject, direction: 1 | -1): readonly XNode[] {
  if (!(node instanceof XNode) || node.parent === null) return []
  const { nodes } = node.parent
  return direction === 1 ? nodes.slice(node.index + 1) : nodes.slice(0, node.index).toReversed()
}

/** All that begins after a node has ended, or has ended before it begins. */
function* beyond(node: XObject, direction: 1 | -1): Generator<XNode> {
  for (let own: XObject | null = node instanceof XAttribute ? node.parent : node; own !== null; own = own.parent) {
    for (const sibling of siblingsOf(own, direction)) {
      const inside = [sibling, ...descendantsOf(sibling)]
      yield* direction === 1 ? inside : inside.toReversed()
    }
  }
}

/** The nodes in the order of the document, each once. */
export function inOrder(nodes: Iterable<XObject>): XObject[] {
  const all = [...new Set(nodes)]
  const [first] = all
  if (first === undefined || all.length === 1) return all
  const places = new Map<XObject, number>()
  const visit = (node: XObject): void => {
    step()
    places.set(node, places.size)
    if (node instanceof XElement) for (const attribute of node.attributes) places.set(attribute, places.size)
    childrenOf(node).forEach(visit)
  }
  visit([...ancestorsOf(first)].at(-1) ?? first)
  return all.toSorted((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0))
}
