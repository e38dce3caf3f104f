import { readdirSync, readFileSync } from 'node:fs'
import { read, type Element, type PolicyDocument } from '@apim-kit/policy-dsl'

const folder = new URL('../packages/policy-dsl/test/corpus/', import.meta.url)

/** A document of the project's own corpus, in both texts. */
export interface CorpusDocument {
  readonly document: PolicyDocument
  readonly xml: string
  readonly rawXml: string
}

/** The project's own corpus: what the contract tests read, too. */
export function corpus(): readonly CorpusDocument[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .map((name) => {
      const { document } = read(readFileSync(new URL(name, folder), 'utf8'))
      if (document === undefined) throw new Error(`${name} is no document`)
      return { document, xml: flat(document.toXml()), rawXml: flat(document.toRawXml()) }
    })
}

/** A text as it comes from a file: a text that was put together is a tree of its pieces, which every reader reads slower. */
const flat = (text: string): string => Buffer.from(text).toString()

/** What fast-xml-parser's builder takes for a document, with `preserveOrder`. */
export const orderedObject = ({ nodes }: PolicyDocument): unknown[] => nodes.map(orderedNode)

function orderedNode(node: Element['children'][number]): unknown {
  switch (node.kind) {
    case 'comment':
      return { '#comment': [{ '#text': node.text }] }
    case 'literal':
      return { '#text': node.text }
    case 'expression':
      return { '#text': node.source }
    default:
      return {
        [node.name]: node.children.map(orderedNode),
        ...(node.attributes.length === 0 ? {} : { ':@': attributesOf(node) }),
      }
  }
}

const attributesOf = ({ attributes }: Element): unknown =>
  Object.fromEntries(
    attributes.map(({ name, value }) => [`@_${name}`, value.kind === 'expression' ? value.source : value.text]),
  )
