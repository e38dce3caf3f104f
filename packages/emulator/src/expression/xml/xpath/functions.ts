import { XAttribute, XElement, XProcessingInstruction, type XObject } from '../nodes.js'
import { qualifiedName } from '../write.js'
import { booleanOf, numberOf, stringOf, textOf, type Context, type XPathValue } from './evaluate.js'

type Run = (context: Context, values: readonly XPathValue[]) => XPathValue

const first = ({ node }: Context, [value]: readonly XPathValue[]): XObject | undefined =>
  value === undefined ? node : typeof value === 'object' ? value[0] : undefined

const text = ({ node }: Context, [value]: readonly XPathValue[]): string =>
  value === undefined ? textOf(node) : stringOf(value)

const strings = (values: readonly XPathValue[]): string[] => values.map(stringOf)

const normalized = (source: string): string => source.trim().replaceAll(/[ \t\r\n]+/g, ' ')

/** Half goes up, also below zero. */
const rounded = (value: number): number => (Number.isFinite(value) ? Math.floor(value + 0.5) : value)

function substring(source: string, from: number, length = Number.POSITIVE_INFINITY): string {
  const start = rounded(from)
  const end = start + rounded(length)
  return Array.from({ length: source.length }, (_, index) => source.charAt(index))
    .filter((_, index) => index + 1 >= start && index + 1 < end)
    .join('')
}

function translate(source: string, from: string, to: string): string {
  return Array.from({ length: source.length }, (_, index) => source.charAt(index))
    .map((unit) => (from.includes(unit) ? to.charAt(from.indexOf(unit)) : unit))
    .join('')
}

const nameOf = (node: XObject | undefined, read: (own: XElement | XAttribute) => string): string => {
  if (node instanceof XProcessingInstruction) return node.target
  return node instanceof XElement || node instanceof XAttribute ? read(node) : ''
}

/** The functions of XPath 1.0; `id` and `lang` are asked for by nobody. */
export const functions: Readonly<Record<string, Run>> = {
  last: ({ size }) => size,
  position: ({ position }) => position,
  count: (_, [nodes]) => (typeof nodes === 'object' ? nodes.length : 0),
  'local-name': (context, values) => nameOf(first(context, values), (own) => own.name.localName),
  'namespace-uri': (context, values) => nameOf(first(context, values), (own) => own.name.uri),
  name: (context, values) => nameOf(first(context, values), qualifiedName),
  string: text,
  concat: (_, values) => strings(values).join(''),
  'starts-with': (_, values) => {
    const [a = '', b = ''] = strings(values)
    return a.startsWith(b)
  },
  contains: (_, values) => {
    const [a = '', b = ''] = strings(values)
    return a.includes(b)
  },
  'substring-before': (_, values) => {
    const [a = '', b = ''] = strings(values)
    return a.includes(b) ? a.slice(0, a.indexOf(b)) : ''
  },
  'substring-after': (_, values) => {
    const [a = '', b = ''] = strings(values)
    return a.includes(b) ? a.slice(a.indexOf(b) + b.length) : ''
  },
  substring: (_, [source = '', from = 1, length]) =>
    substring(stringOf(source), numberOf(from), length === undefined ? undefined : numberOf(length)),
  'string-length': (context, values) => text(context, values).length,
  'normalize-space': (context, values) => normalized(text(context, values)),
  translate: (_, values) => {
    const [source = '', from = '', to = ''] = strings(values)
    return translate(source, from, to)
  },
  boolean: (_, [value = false]) => booleanOf(value),
  not: (_, [value = false]) => !booleanOf(value),
  true: () => true,
  false: () => false,
  number: (context, values) => numberOf(values[0] ?? textOf(context.node)),
  sum: (_, [nodes]) =>
    typeof nodes === 'object' ? nodes.reduce((total, node) => total + numberOf(textOf(node)), 0) : Number.NaN,
  floor: (_, [value = 0]) => Math.floor(numberOf(value)),
  ceiling: (_, [value = 0]) => Math.ceil(numberOf(value)),
  round: (_, [value = 0]) => rounded(numberOf(value)),
}
