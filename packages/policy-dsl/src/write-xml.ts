import { ApimKitError } from '@apim-kit/core'
import type { create, fragment } from 'xmlbuilder2'
import { Comment, type Attribute, type Element } from './element.js'
import { escapeAttribute, escapeComment, escapeExpression, escapeText } from './escape.js'
import { layOut, type Sink } from './layout.js'
import { messages } from './messages.js'
import { Expression, type Value } from './value.js'

type Builder = ReturnType<typeof fragment>

/** What of xmlbuilder2 writes. It is handed in: who writes decides how it is loaded. */
export interface XmlBuilder {
  readonly create: typeof create
  readonly fragment: typeof fragment
}

/**
 * Writes nodes as well-formed XML, format `xml`: expressions are escaped like all text.
 *
 * @throws ApimKitError `invalid-policy` where a name is no name in XML
 */
export function writeXml(nodes: readonly (Element | Comment)[], xmlBuilder: XmlBuilder): string {
  return nodes
    .map((node, index) => (index === 0 ? '' : node.spaced === true ? '\n\n' : '\n') + writeNode(node, xmlBuilder))
    .join('')
}

function writeNode(node: Element | Comment, { create, fragment }: XmlBuilder): string {
  if (node instanceof Comment) return fragment().com(escapeComment(node.text)).end()
  const document = create()
  layOut(node, new BuilderSink(document))
  return document.end({ headless: true, spaceBeforeSlash: true })
}

/**
 * Hands the pieces to xmlbuilder2. All text is escaped before: its own escaping leaves alone what looks like an entity, so that
 * the text `&amp;` would come back as `&`.
 */
class BuilderSink implements Sink {
  #at: Builder

  constructor(document: Builder) {
    this.#at = document
  }

  space(text: string): void {
    this.#at.txt(text)
  }

  open(name: string, attributes: readonly Attribute[], empty: boolean): void {
    const element = this.#at.ele(xmlName(name))
    for (const { name: attribute, value } of attributes) {
      element.att(
        xmlName(attribute),
        value instanceof Expression ? escapeExpression(value.source, true) : escapeAttribute(value.text),
      )
    }
    if (!empty) this.#at = element
  }

  close(): void {
    this.#at = this.#at.up()
  }

  text(value: Value, kept: boolean): void {
    this.#at.txt(value instanceof Expression ? escapeExpression(value.source, false) : escapeText(value.text, kept))
  }

  comment({ text }: Comment): void {
    this.#at.com(escapeComment(text))
  }
}

function xmlName(name: string): string {
  if (/^[\p{L}_:][\p{L}\p{N}_:.-]*$/u.test(name)) return name
  throw new ApimKitError('invalid-policy', messages.notAName(name))
}
