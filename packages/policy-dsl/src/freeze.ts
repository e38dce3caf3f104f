import { Element, type Node } from './element.js'

/**
 * Freezes nodes and everything in them. The reader leaves that to whoever hands them out: it is a third of the time of reading, and
 * a text that is only compared with another, or written anew, is handed out to nobody.
 */
export function freezeNodes<T extends readonly Node[]>(nodes: T): T {
  if (!Object.isFrozen(nodes)) Object.freeze(nodes)
  for (const node of nodes) {
    // What was built is frozen as a whole, and what was read is not at all.
    if (Object.isFrozen(node)) continue
    if (node instanceof Element) freezeParts(node)
    Object.freeze(node)
  }
  return nodes
}

function freezeParts({ attributes, children }: Element): void {
  for (const attribute of Object.freeze(attributes)) {
    Object.freeze(attribute.value)
    Object.freeze(attribute)
  }
  freezeNodes(children)
}
