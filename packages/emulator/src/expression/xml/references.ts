import { nameEnd } from './name-text.js'
import type { XmlSource } from './source.js'
import { illegalCharacter } from './xml-exception.js'

const predefined: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** What is more than itself in a text, and in the value of an attribute. Half a pair of surrogates is nothing. */
const inText = /&|\r\n?|\]\]>|[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu
const inValue = /&|\r\n|[\r\n\t<\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]/gu

/** The names that a document declares, with what they stand for. */
export type Entities = ReadonlyMap<string, string>

/**
 * A part of the source as it is meant: with references replaced, line ends made one, and in an attribute every white space a blank.
 *
 * @throws DotNetException XmlException
 */
export function decode(source: XmlSource, start: number, end: number, isValue: boolean, entities: Entities): string {
  const { text } = source
  const special = isValue ? inValue : inText
  let result = ''
  let done = start
  special.lastIndex = start
  for (let match = special.exec(text); match !== null && match.index < end; match = special.exec(text)) {
    const [found] = match
    const at = match.index
    result += text.slice(done, at)
    done = at + found.length
    if (found === '&') {
      const reference = readReference(source, at, entities)
      result += reference.text
      done = reference.end
      special.lastIndex = done
    } else result += plainForm(source, found, at, isValue)
  }
  return result + text.slice(done, end)
}

function plainForm(source: XmlSource, found: string, at: number, isValue: boolean): string {
  if (found === ']]>') throw source.error("']]>' is not allowed in character data.", at)
  if (found === '<') throw source.error("'<', hexadecimal value 0x3C, is an invalid attribute character.", at)
  if (!/^[\r\n\t]/.test(found)) throw source.illegal(at)
  return source.raw ? found : isValue ? ' ' : '\n'
}

interface Reference {
  readonly text: string
  readonly end: number
}

function readReference(source: XmlSource, at: number, entities: Entities): Reference {
  if (at + 1 >= source.text.length) throw source.endOfFile(undefined, at)
  return source.text[at + 1] === '#' ? readCharacter(source, at) : readEntity(source, at, entities)
}

function readCharacter(source: XmlSource, at: number): Reference {
  const { text } = source
  const isHex = text[at + 2] === 'x'
  const start = at + (isHex ? 3 : 2)
  const digits = isHex ? /[0-9a-fA-F]*/y : /[0-9]*/y
  digits.lastIndex = start
  const found = digits.exec(text)?.[0] ?? ''
  const end = start + found.length
  if (end >= text.length) throw source.endOfFile('', at)
  if (found === '' || text[end] !== ';') {
    throw source.error(`Invalid syntax for a ${isHex ? 'hexadecimal' : 'decimal'} numeric entity reference.`, end)
  }
  return { text: characterOf(source, codeOf(source, found, isHex ? 16 : 10, start), start), end: end + 1 }
}

function codeOf(source: XmlSource, digits: string, radix: number, start: number): number {
  let code = 0
  for (const [index, digit] of Array.from(digits).entries()) {
    code = code * radix + Number.parseInt(digit, radix)
    if (code > 0x7fffffff) throw source.error('Invalid value of a character entity reference.', start + index)
  }
  return code
}

function characterOf(source: XmlSource, code: number, start: number): string {
  if (code > 0x10ffff) throw source.error(illegalCharacter(String.fromCharCode(0xd7c0 + (code >> 10)), 0), start)
  const letter = String.fromCodePoint(code)
  if (!source.raw && /^[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ud800-\udfff]$/u.test(letter)) {
    throw source.error(illegalCharacter(letter, 0), start)
  }
  return letter
}

function readEntity(source: XmlSource, at: number, entities: Entities): Reference {
  const { text } = source
  const start = at + 1
  const end = nameEnd(text, start)
  if (end === start || end >= text.length || text[end] === ':') {
    throw source.error('An error occurred while parsing EntityName.', start)
  }
  if (text[end] !== ';') throw source.unexpected(end, "';'")
  const name = text.slice(start, end)
  const known = Object.hasOwn(predefined, name) ? predefined[name] : entities.get(name)
  if (known === undefined) throw source.error(`Reference to undeclared entity '${name}'.`, start)
  return { text: known, end: end + 1 }
}
