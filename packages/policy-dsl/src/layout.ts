import { Comment, Element, type Attribute, type Node } from './element.js'
import type { Value } from './value.js'
import { isValue } from './view.js'

/** What a writer does with the pieces of a document; the layout between them is the same for every writer. */
export interface Sink {
  /** White space that is only layout. */
  space(text: string): void
  open(name: string, attributes: readonly Attribute[], empty: boolean): void
  close(name: string): void
  text(value: Value): void
  comment(text: string): void
}

const indentation = '    '

/**
 * Walks a node in the house layout: four blanks a level, one element or comment a line, attributes on the line of their element,
 * at most one blank line between siblings and only where there was one. Where text stands among the children, nothing is added to it.
 */
export function layOut(node: Element | Comment, sink: Sink): void {
  write(node, '\n', sink)
}

function write(node: Node, lineBreak: string, sink: Sink): void {
  if (node instanceof Comment) sink.comment(node.text)
  else if (isValue(node)) sink.text(node)
  else writeElement(node, lineBreak, sink)
}

function writeElement({ name, attributes, children }: Element, lineBreak: string, sink: Sink): void {
  sink.open(name, attributes, children.length === 0)
  if (children.length === 0) return
  if (children.some(isValue)) for (const child of children) write(child, lineBreak, sink)
  else writeLines(children, lineBreak, sink)
  sink.close(name)
}

function writeLines(children: readonly Node[], lineBreak: string, sink: Sink): void {
  const inner = `${lineBreak}${indentation}`
  children.forEach((child, index) => {
    const spaced = index > 0 && 'spaced' in child && child.spaced === true
    sink.space(spaced ? `\n${inner}` : inner)
    write(child, inner, sink)
  })
  sink.space(lineBreak)
}
