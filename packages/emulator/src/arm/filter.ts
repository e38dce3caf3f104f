import { suggestion } from '@apim-kit/core'
import { ArmError } from './arm-error.js'

/** What a filter can ask of an item: the fields of a resource by their names, `name` among them. */
export type Filterable = Readonly<Record<string, unknown>>

const comparisons = new Map<string, (order: number) => boolean>(
  Object.entries({
    eq: (order) => order === 0,
    ne: (order) => order !== 0,
    gt: (order) => order > 0,
    ge: (order) => order >= 0,
    lt: (order) => order < 0,
    le: (order) => order <= 0,
  }),
)

const functions = new Map<string, (text: string, part: string) => boolean>(
  Object.entries({
    contains: (text, part) => text.includes(part),
    startswith: (text, part) => text.startsWith(part),
    endswith: (text, part) => text.endsWith(part),
  }),
)

const literal = String.raw`'((?:[^']|'')*)'`
const comparison = new RegExp(String.raw`^\s*([\w./]+)\s+(\w+)\s+${literal}`)
const call = new RegExp(String.raw`^\s*(\w+)\s*\(\s*([\w./]+)\s*,\s*${literal}\s*\)`)
// The one function of OData 3 that names the part first.
const substringOf = new RegExp(String.raw`^\s*substringof\s*\(\s*${literal}\s*,\s*([\w./]+)\s*\)`)

/**
 * Compiles the simple forms of `$filter` that the specification documents: comparisons with a text, and the functions on texts,
 * joined by `and`. Texts compare without case.
 *
 * @throws ArmError 400 for everything else, instead of a list that was not filtered
 */
export function compileFilter(filter: string): (item: Filterable) => boolean {
  const conditions = readConditions(filter, filter)
  return (item) => conditions.every((condition) => condition(item))
}

function readConditions(text: string, filter: string): ((item: Filterable) => boolean)[] {
  const [condition, length] = readCondition(text, filter)
  const rest = text.slice(length).trimStart()
  if (rest === '') return [condition]
  if (!/^and\b/.test(rest)) throw unreadable(filter)
  return [condition, ...readConditions(rest.slice('and'.length), filter)]
}

function readCondition(text: string, filter: string): [(item: Filterable) => boolean, number] {
  const reversed = substringOf.exec(text)
  if (reversed !== null) {
    const [match, part = '', field = ''] = reversed
    return [(item) => textOf(item, field).includes(unquoted(part)), match.length]
  }
  const [match, name = '', field = '', part = ''] = call.exec(text) ?? []
  const test = functions.get(name)
  if (match !== undefined && test !== undefined)
    return [(item) => test(textOf(item, field), unquoted(part)), match.length]
  const [compared, left = '', operator = '', right = ''] = comparison.exec(text) ?? []
  const holds = comparisons.get(operator)
  if (compared === undefined || holds === undefined) throw unreadable(filter)
  return [(item) => holds(order(textOf(item, left), unquoted(right))), compared.length]
}

function textOf(item: Filterable, field: string): string {
  const wanted = field.replace(/^properties[./]/i, '').toLowerCase()
  const entry = Object.entries(item).find(([name]) => name.toLowerCase() === wanted)
  if (entry === undefined)
    throw new ArmError(400, 'ValidationError', `$filter names '${field}'${suggestion(field, Object.keys(item))}`)
  const [, value] = entry
  return typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase() : ''
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'").toLowerCase()
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

function unreadable(filter: string): ArmError {
  const forms = "name eq 'x', contains(displayName,'x'), joined by and"
  return new ArmError(400, 'ValidationError', `$filter '${filter}' is not emulated; there are: ${forms}`)
}
