import { contentElements } from './content-elements.js'
import { Comment, Element, type Attribute, type Node } from './element.js'
import type { Value } from './value.js'
import { isValue } from './view.js'

/** What a writer does with the pieces of a document; the layout between them is the same for every writer. */
export interface Sink {
  /** White space that is only layout. */
  space(text: string): void
  open(name: string, attributes: readonly Attribute[], empty: boolean): void
  close(name: string): void
  /** @param kept - white space that is the whole text is read as text here, not as layout */
  text(value: Value, kept: boolean): void
  comment(comment: Comment): void
}

const indentation = '    '

/**
 * Walks a node in the house layout: four blanks a level, one element or comment a line, attributes on the line of their element,
 * at most one blank line between siblings and only where there was one. Where text stands among the children, nothing is added to it.
 */
export function layOut(node: Element | Comment, sink: Sink): void {
  write(node, { lineBreak: '\n', content: false }, sink)
}

interface Context {
  readonly lineBreak: string
  /** In markup that is content, as the reader keeps it. */
  readonly content: boolean
}

function write(node: Element | Comment, context: Context, sink: Sink): void {
  if (node instanceof Comment) sink.comment(node)
  else writeElement(node, context, sink)
}

function writeElement({ name, attributes, children }: Element, context: Context, sink: Sink): void {
  sink.open(name, attributes, children.length === 0)
  if (children.length === 0) return
  const content = context.content || contentElements.has(name)
  if (content || children.some(isValue)) {
    const kept = context.content || (content && children.some((child) => child instanceof Element))
    for (const child of children) {
      if (isValue(child)) sink.text(child, kept)
      else write(child, { ...context, content }, sink)
    }
  } else writeLines(children, { ...context, content }, sink)
  sink.close(name)
}

function writeLines(children: readonly Node[], { lineBreak, content }: Context, sink: Sink): void {
  const inner = `${lineBreak}${indentation}`
  children.forEach((child, index) => {
    if (isValue(child)) return
    sink.space(index > 0 && child.spaced === true ? `\n${inner}` : inner)
    write(child, { lineBreak: inner, content }, sink)
  })
  sink.space(lineBreak)
}
