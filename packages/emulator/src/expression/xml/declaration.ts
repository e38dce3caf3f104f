import { nameEnd } from './name-text.js'
import { XDeclaration } from './nodes.js'
import type { XmlSource } from './source.js'

/** The parts of `<?xml … ?>`, in their order. */
const parts = ['version', 'encoding', 'standalone'] as const

/** The XML declaration at the beginning of a document. @throws DotNetException XmlException */
export function readDeclaration(source: XmlSource): XDeclaration | null {
  if (source.text.length < 6 || !source.text.startsWith('<?xml') || nameEnd(`a${source.text[5]}`, 0) > 1) return null
  source.position = 5
  const values = new Map<string, string>()
  for (let next = 0; ;) {
    const space = source.blanks()
    if (source.text[source.position] === '?') return finish(source, values)
    if (source.atEnd && space === 0) throw source.endOfFile()
    if (space === 0 && next > 0) throw source.unexpected(source.position, "'?>'")
    const start = source.position
    const name = source.name()
    const known = parts.findIndex((part) => part === name)
    if (known < next || (next === 0 && known !== 0)) throw invalid(source, start)
    values.set(name, readValue(source, name))
    next = known + 1
  }
}

function finish(source: XmlSource, values: ReadonlyMap<string, string>): XDeclaration {
  const at = source.position
  if (at + 1 >= source.text.length) throw source.endOfFile(undefined, at)
  if (!source.take('?>')) throw source.unexpected(at, "''>''")
  if (values.size === 0) throw invalid(source, at)
  return new XDeclaration(
    values.get('version') ?? null,
    values.get('encoding') ?? null,
    values.get('standalone') ?? null,
  )
}

function readValue(source: XmlSource, name: string): string {
  const quote = source.openValue()
  const start = source.position
  let end = start
  while (end < source.text.length && !/["'<&]/.test(source.text.charAt(end))) end++
  if (end >= source.text.length) throw source.error('There is an unclosed literal string.', start)
  if (source.text[end] !== quote) throw invalid(source, start)
  const value = source.text.slice(start, end)
  if (name === 'version' && value !== '1.0') throw source.error(`Version number '${value}' is invalid.`, start)
  if (name === 'standalone' && value !== 'yes' && value !== 'no') throw invalid(source, start - 1)
  source.position = end + 1
  return value
}

const invalid = (source: XmlSource, offset: number): Error =>
  source.error('Syntax for an XML declaration is invalid.', offset)
