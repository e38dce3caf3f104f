import { currentRuntime } from '../run.js'
import type { Type } from '@apim-kit/policy-dsl/expression'
import { convertObject } from '../members/convert.js'
import { elementsOf, isWalkable } from '../compile/walk.js'
import { formatDateTime, formatDateTimeOffset } from '../text/date-format.js'
import { parseDateTimeOffset, tryParseDateTime } from '../text/date-parse.js'
import { formatDouble, formatSingle } from '../text/number-format.js'
import { types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { now } from '../values/clock.js'
import { argumentException, argumentNull, formatException } from '../values/exceptions.js'
import { Guid } from '../values/guid.js'
import { type DateTime, type DateTimeOffset, TimeSpan } from '../values/time.js'
import { box, toText } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { XAttribute, type XContainer, XDocument, XElement, XNode, XText } from './nodes.js'

/** A value as XML text: `true`, round-trip numbers, ISO dates. */
export function xmlText(value: ClrValue): string {
  if (value instanceof XAttribute) return value.value
  if (!(value instanceof Boxed)) return toText(value)
  switch (value.type.id) {
    case 'System.Boolean':
      return value.value === true ? 'true' : 'false'
    case 'System.Double':
      return formatDouble(value.value as number, 'R', currentRuntime()).replace('Infinity', 'INF')
    case 'System.Single':
      return formatSingle(value.value as number, 'R', currentRuntime()).replace('Infinity', 'INF')
    case 'System.DateTime':
      return formatDateTime(value.value as DateTime, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK")
        .replace('.Z', 'Z')
        .replace(/\.$/, '')
    case 'System.DateTimeOffset':
      return formatDateTimeOffset(value.value as DateTimeOffset, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz").replace(
        /\.(?=[+-])/,
        '',
      )
    case 'System.TimeSpan':
      return duration(value.value as TimeSpan)
    default:
      return toText(value)
  }
}

/** `PT1H30M`. */
export function duration(value: TimeSpan): string {
  const absolute = value.ticks < 0n ? value.negate() : value
  const part = (unit: 'days' | 'hours' | 'minutes', letter: string): string =>
    absolute.part(unit) === 0 ? '' : `${absolute.part(unit)}${letter}`
  const fraction = (absolute.ticks % 10_000_000n).toString().padStart(7, '0').replace(/0+$/, '')
  const seconds =
    absolute.part('seconds') === 0 && fraction === ''
      ? ''
      : `${absolute.part('seconds')}${fraction === '' ? '' : `.${fraction}`}S`
  const time = part('hours', 'H') + part('minutes', 'M') + seconds
  const days = part('days', 'D')
  return `${value.ticks < 0n ? '-' : ''}P${days}${time === '' ? (days === '' ? 'T0S' : '') : `T${time}`}`
}

export function parseDuration(text: string): TimeSpan {
  const match = /^(-)?P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d{1,7}))?S)?)?$/.exec(text.trim())
  if (match === null) throw formatException(`The string '${text}' is not a valid TimeSpan value.`)
  const [days, hours, minutes, seconds] = [match[2], match[3], match[4], match[5]].map((part) => Number(part ?? 0))
  const whole =
    TimeSpan.of(days ?? 0, hours ?? 0, minutes ?? 0, seconds ?? 0).ticks + BigInt((match[6] ?? '').padEnd(7, '0'))
  return new TimeSpan(match[1] === '-' ? -whole : whole)
}

/** `(T)element` and `(T)attribute`: the text read as XML has it. */
export function fromXml(value: XElement | XAttribute | null, type: Type): ClrValue {
  const element = types().nullableElement(type)
  if (value === null) {
    if (element !== undefined || type.id === 'System.String') return null
    throw argumentNull('element')
  }
  const text = value instanceof XElement ? value.text : value.value
  return parseXml(text, element ?? type)
}

function parseXml(text: string, type: Type): ClrValue {
  switch (type.id) {
    case 'System.String':
      return text
    case 'System.Boolean':
      return parseFlag(text)
    case 'System.TimeSpan':
      return parseDuration(text)
    case 'System.Guid':
      return Guid.parse(text)
    case 'System.DateTimeOffset':
      return parseDateTimeOffset(text, now())
    case 'System.DateTime': {
      const roundtripKind = 128
      const date = tryParseDateTime(text, now(), roundtripKind)
      if (date === undefined) throw formatException(`The string '${text}' is not a valid AllXsd value.`)
      return date
    }
    default:
      return convertObject(text.trim(), type)
  }
}

export function parseFlag(text: string): boolean {
  const word = text.trim().toLowerCase()
  if (word === 'true' || word === '1') return true
  if (word === 'false' || word === '0') return false
  throw formatException(`The string '${text}' is not a valid Boolean value.`)
}

/**
 * Adds content as LINQ to XML takes it: nodes and attributes as they are, sequences one by one, anything else as text.
 *
 * @param at where nodes go; at the end by default
 */
export function addXmlContent(target: XContainer, content: ClrValue, at = target.nodes.length): void {
  let index = at
  for (const part of contentParts(content)) {
    if (part instanceof XAttribute) {
      if (target instanceof XElement) target.addAttribute(part)
    } else if (part instanceof XNode && !(part instanceof XDocument)) target.insertNode(part, index++)
    else if (part instanceof XDocument) throw argumentException('An XDocument cannot be content of a node.')
    else if (target instanceof XDocument)
      throw argumentException('Non white space characters cannot be added to content.')
    else index = addText(target, xmlText(part), index)
  }
}

/** Text joins the text before it. */
function addText(target: XContainer, text: string, index: number): number {
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
