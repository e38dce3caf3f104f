import type { Problem } from '@apim-kit/core'
import { Element, type Comment } from './element.js'
import { messages } from './messages.js'
import { parse, type Parsed, type TextFormat } from './parse.js'
import { lineFeeds } from './value.js'

/** A text as a document: what stands at top level, and its root. */
export interface ParsedDocument {
  readonly nodes: readonly (Element | Comment)[]
  /** The first element; undefined where the text has none. */
  readonly root: Element | undefined
  readonly problems: readonly Problem[]
  /** The format that the text is in, as far as it tells: a text that could be either is `rawxml`. */
  readonly format: 'xml' | 'rawxml'
}

/** Reads a text of either format. */
export function parseDocument(text: string, format: TextFormat): ParsedDocument {
  // As every XML parser does it, before anything else; so nothing that follows has to know of other line ends.
  const source = lineFeeds(text.startsWith('\ufeff') ? text.slice(1) : text)
  const parsed = parseDeciding(source, format)
  const elements = parsed.nodes.filter((node) => node instanceof Element)
  return {
    nodes: parsed.nodes,
    root: elements[0],
    problems: [...parsed.problems, ...rootProblems(elements)],
    format: format === 'auto' ? formatOf(parsed) : format,
  }
}

/** Expressions that could be of either form follow the others: only where some are escaped and none is typed, they are escaped too. */
function parseDeciding(text: string, format: TextFormat): Parsed {
  const first = parse(text, { format, unclear: 'typed' })
  const { typed, escaped, unclear } = first.evidence
  return unclear > 0 && escaped > 0 && typed === 0 ? parse(text, { format, unclear: 'escaped' }) : first
}

const formatOf = ({ evidence: { typed, escaped } }: Parsed): 'xml' | 'rawxml' =>
  escaped > 0 && typed === 0 ? 'xml' : 'rawxml'

function rootProblems(elements: readonly Element[]): Problem[] {
  if (elements.length === 0)
    return [
      { rule: 'policy/not-well-formed', severity: 'error', message: messages.noRoot(), path: '', line: 1, column: 1 },
    ]
  return elements.slice(1).map(({ name, position }) => ({
    rule: 'policy/not-well-formed',
    severity: 'error',
    message: messages.severalRoots(name),
    path: '',
    ...position,
  }))
}
