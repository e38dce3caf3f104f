import type { Type } from '@apim-kit/policy-dsl/expression'
import { elementsOf, isWalkable } from '../compile/walk.js'
import { parseDateTime } from '../text/date-parse.js'
import { type IntegerType, parseDecimal, parseDouble, parseInteger, parseSingle } from '../text/number-parse.js'
import { numberStyles } from '../text/number-scan.js'
import { types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { now } from '../values/clock.js'
import { argumentException, argumentNull, invalidOperation } from '../values/exceptions.js'
import { Guid } from '../values/guid.js'
import type { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { box, toText } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { XAttribute, type XContainer, XDocument, XDocumentType, XElement, XNode, XObject, XText } from './nodes.js'
import {
  dateTimeOffsetText,
  dateTimeText,
  duration,
  parseDuration,
  parseFlag,
  parseXmlDateTimeOffset,
  realText,
} from './values.js'

/** A value as XML text: `true`, round-trip numbers, ISO dates. @throws DotNetException ArgumentException */
export function xmlText(value: ClrValue): string {
  if (value === null) throw argumentException('The argument cannot be converted to a string.')
  if (value instanceof XObject) throw argumentException('An XObject cannot be used as a value.')
  if (!(value instanceof Boxed)) return toText(value)
  switch (value.type.id) {
    case 'System.Boolean':
      return value.value === true ? 'true' : 'false'
    case 'System.Double':
      return realText(value.value as number)
    case 'System.Single':
      return realText(value.value as number, true)
    case 'System.DateTime':
      return dateTimeText(value.value as DateTime)
    case 'System.DateTimeOffset':
      return dateTimeOffsetText(value.value as DateTimeOffset)
    case 'System.TimeSpan':
      return duration(value.value as TimeSpan)
    default:
      return toText(value)
  }
}

/** `(T)element` and `(T)attribute`: the text read as XML has it. */
export function fromXml(value: XElement | XAttribute | null, type: Type, parameter: string): ClrValue {
  const element = types().nullableElement(type)
  if (value === null) {
    if (element !== undefined || type.id === 'System.String') return null
    throw argumentNull(parameter)
  }
  const text = value instanceof XElement ? value.text : value.value
  const reader = readers[(element ?? type).id]
  if (reader === undefined) throw new Error(`XML has no ${type.id}.`)
  return reader(text)
}

const { leadingWhite, trailingWhite, leadingSign, decimalPoint, exponent } = numberStyles
const unsigned = leadingWhite | trailingWhite
const signed = unsigned | leadingSign

const integer =
  (type: IntegerType) =>
  (text: string): number =>
    Number(parseInteger(text, type, type.startsWith('u') ? unsigned : signed))

/** `INF` and `-INF`, and every sign of zero. */
function real(text: string, parse: (text: string, style: number) => number): number {
  const word = text.trim()
  if (word === 'INF') return Infinity
  if (word === '-INF') return -Infinity
  const value = parse(word, signed | decimalPoint | exponent)
  return value === 0 && word.startsWith('-') ? -0 : value
}

/** How texts are read, by type: `XmlConvert` for most. */
export const readers: Readonly<Record<string, (text: string) => ClrValue>> = {
  'System.String': (text) => text,
  'System.Boolean': (text) => parseFlag(text.toLowerCase()),
  'System.Int32': integer('int'),
  'System.UInt32': integer('uint'),
  'System.Int64': (text) => parseInteger(text, 'long', signed),
  'System.UInt64': (text) => parseInteger(text, 'ulong', unsigned),
  'System.Single': (text) => real(text, parseSingle),
  'System.Double': (text) => real(text, parseDouble),
  'System.Decimal': (text) => parseDecimal(text, signed | decimalPoint),
  'System.TimeSpan': parseDuration,
  'System.Guid': (text) => Guid.parse(text),
  'System.DateTimeOffset': parseXmlDateTimeOffset,
  // 128 keeps the kind that the text has.
  'System.DateTime': (text) => parseDateTime(text, now(), 128),
}

/**
 * Adds content as LINQ to XML takes it: nodes and attributes as they are, sequences one by one, anything else as text.
 *
 * @param at where nodes go, and attributes then do not; at the end by default
 * @throws DotNetException ArgumentException, InvalidOperationException for what cannot stand there
 */
export function addXmlContent(target: XContainer, content: ClrValue, at?: number): void {
  let index = at ?? target.nodes.length
  for (const part of contentParts(content)) {
    if (part instanceof XAttribute) {
      if (at !== undefined || !(target instanceof XElement))
        throw argumentException('An attribute cannot be added to content.')
      target.addAttribute(part)
    } else if (part instanceof XNode) {
      checkPlace(target, part)
      target.insertNode(part, index++)
    } else index = addText(target, typeof part === 'string' ? part : xmlText(part), index)
  }
}

function checkPlace(target: XContainer, node: XNode): void {
  const isMisplaced = target instanceof XDocument ? node instanceof XText && node.cdata : node instanceof XDocumentType
  if (isMisplaced || node instanceof XDocument) {
    const kind = node instanceof XDocument ? 'Document' : node instanceof XText ? 'CDATA' : 'DocumentType'
    throw argumentException(`A node of type ${kind} cannot be added to content.`)
  }
  if (!(target instanceof XDocument)) return
  if (node instanceof XText) checkBlank(node.value)
  const isSecond =
    (node instanceof XElement && target.rootElement !== null) ||
    (node instanceof XDocumentType &&
      target.nodes.some((own) => own instanceof XDocumentType || own instanceof XElement))
  if (isSecond) throw invalidOperation('This operation would create an incorrectly structured document.')
}

function checkBlank(text: string): void {
  if (!/^[ \t\r\n]*$/.test(text)) throw argumentException('Non white space characters cannot be added to content.')
}

/** Text joins the text before it. */
function addText(target: XContainer, text: string, index: number): number {
  if (target instanceof XDocument) checkBlank(text)
  const before = target.nodes[index - 1]
  if (target instanceof XElement) target.selfClosing = false
  if (before instanceof XText && !before.cdata) {
    before.value += text
    return index
  }
  if (text === '') return index
  target.insertNode(new XText(text), index)
  return index + 1
}

function* contentParts(content: ClrValue): Generator<ClrValue> {
  if (content === null) return
  if (typeof content === 'string' || content instanceof XNode || content instanceof XAttribute || !isWalkable(content))
    yield content
  else {
    const elements = elementsOf(content)
    for (const element of elements) yield* contentParts(box(elements.elementType, element))
  }
}
