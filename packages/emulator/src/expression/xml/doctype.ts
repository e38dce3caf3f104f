import { ApimKitError } from '@apim-kit/core/errors'
import { allocate } from '../run.js'
import { nameEnd } from './name-text.js'
import { XDocumentType } from './nodes.js'
import { decode, type Entities } from './references.js'
import { XmlSource } from './source.js'

/** A document type, and the entities that it declares. Nothing outside of the document is read. */
export interface Doctype {
  readonly node: XDocumentType
  readonly entities: Entities
}

/** `<!DOCTYPE …>`; the source stands behind `<!`. @throws DotNetException XmlException */
export function readDoctype(source: XmlSource): Doctype {
  const start = source.position
  if (source.text.length - start < 8) throw source.endOfFile('DOCTYPE', start)
  if (!source.take('DOCTYPE')) throw source.unexpected(start, "'DOCTYPE'")
  if (source.blanks() === 0) throw source.noWhiteSpace(source.position)
  const name = readName(source)
  source.blanks()
  const ids = externalIds(source)
  const subset = source.take('[') ? readSubset(source) : null
  source.blanks()
  if (source.atEnd) throw source.error('Incomplete DTD content.')
  if (!source.take('>')) throw source.error("Expecting external ID, '[' or '>'.")
  return {
    node: new XDocumentType(name, ids.publicId, ids.systemId, subset ?? ''),
    entities: declaredEntities(subset ?? ''),
  }
}

function readName(source: XmlSource): string {
  const start = source.position
  const end = nameEnd(source.text, start)
  if (end === start) throw source.wrongName(start, true)
  source.position = end
  return source.text.slice(start, end)
}

function externalIds(source: XmlSource): { publicId: string | null; systemId: string | null } {
  const found = /(?:SYSTEM|PUBLIC\s+(?:"([^"]*)"|'([^']*)'))\s+(?:"([^"]*)"|'([^']*)')\s*/y
  found.lastIndex = source.position
  const match = found.exec(source.text)
  if (match === null) return { publicId: null, systemId: null }
  source.position = found.lastIndex
  return { publicId: match[1] ?? match[2] ?? null, systemId: match[3] ?? match[4] ?? null }
}

/** What stands between the brackets, as it is written; quotes and comments may hold a bracket. */
function readSubset(source: XmlSource): string {
  const start = source.position
  const piece = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|"[^"]*"|'[^']*'|[^\]]/y
  while (source.text[source.position] !== ']') {
    piece.lastIndex = source.position
    const length = piece.exec(source.text)?.[0].length
    if (length === undefined) throw source.error('Incomplete DTD content.', source.text.length)
    source.position += length
  }
  source.position++
  return source.text.slice(start, source.position - 1)
}

function declaredEntities(subset: string): Entities {
  const entities = new Map<string, string>()
  for (const [, name = '', double, single] of subset.matchAll(/<!ENTITY\s+([\w:.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g)) {
    const value = double ?? single ?? ''
    allocate(value.length)
    entities.set(name, replacement(name, value))
  }
  return entities
}

/** Entities within entities are what makes a few lines a text without end: they are refused, as is markup. */
function replacement(name: string, value: string): string {
  if (/<|&(?!#)/.test(value)) {
    throw new ApimKitError(
      'not-supported',
      `The entity '${name}' holds markup or other entities, which the emulator does not replace.`,
    )
  }
  const source = new XmlSource(value)
  return decode(source, 0, value.length, false, new Map())
}
