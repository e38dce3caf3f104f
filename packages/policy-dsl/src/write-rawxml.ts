import type { Attribute, Comment, Element } from './element.js'
import { escapeAttribute, escapeComment, escapeText } from './escape.js'
import { layOut, type Sink } from './layout.js'
import { Expression, type Value } from './value.js'

/** Writes nodes as a person would, format `rawxml`: expressions stand as typed, everything else is XML. */
export function writeRawXml(nodes: readonly (Element | Comment)[]): string {
  const sink = new RawSink()
  nodes.forEach((node, index) => {
    if (index > 0) sink.space(node.spaced === true ? '\n\n' : '\n')
    layOut(node, sink)
  })
  return sink.result
}

class RawSink implements Sink {
  result = ''

  space(text: string): void {
    this.result += text
  }

  open(name: string, attributes: readonly Attribute[], empty: boolean): void {
    this.result += `<${name}`
    for (const { name: attribute, value } of attributes) {
      this.result += ` ${attribute}="${value instanceof Expression ? value.source : escapeAttribute(value.text)}"`
    }
    this.result += empty ? ' />' : '>'
  }

  close(name: string): void {
    this.result += `</${name}>`
  }

  text(value: Value, kept: boolean): void {
    this.result += value instanceof Expression ? value.source : escapeText(value.text, kept)
  }

  /**
   * A comment that was read is written as it stood, dashes and all: who took that text takes this one. In one that was built XML's rule
   * is kept, since what the service does with `--` in format `rawxml` is not documented, only that all but expressions is XML.
   */
  comment({ text, position }: Comment): void {
    this.result += `<!--${position === undefined ? escapeComment(text) : text}-->`
  }
}
