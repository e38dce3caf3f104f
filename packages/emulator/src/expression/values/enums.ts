import type { TypeDefinition } from '@apim-kit/policy-dsl/expression'
import { argumentException, argumentNull, conversionOverflow, formatException } from './exceptions.js'

/** Enums whose values combine; .NET marks them with [Flags]. */
const flags = new Set([
  'System.Text.RegularExpressions.RegexOptions',
  'System.Security.Cryptography.X509Certificates.X509KeyStorageFlags',
  'System.Globalization.NumberStyles',
  'System.Globalization.DateTimeStyles',
  'System.StringSplitOptions',
  'System.Xml.Linq.SaveOptions',
  'System.Xml.Linq.LoadOptions',
])

function members(definition: TypeDefinition): [name: string, value: number][] {
  return [...definition.members].flatMap(([name, [member]]) =>
    typeof member?.value === 'number' ? [[name, member.value]] : [],
  )
}

/** The name of an enum's value; names joined by commas for flags, else the number. */
export function enumText(definition: TypeDefinition, value: number): string {
  const flagged = (): string | undefined =>
    flags.has(definition.name) ? flagNames(members(definition), value) : undefined
  return exactName(definition, value) ?? flagged() ?? String(value)
}

function exactName(definition: TypeDefinition, value: number): string | undefined {
  return members(definition).find(([, number]) => number === value)?.[0]
}

function flagNames(all: readonly [string, number][], value: number): string | undefined {
  let rest = value
  const names: string[] = []
  for (const [name, number] of all.toSorted((a, b) => b[1] - a[1])) {
    if (number === 0 || (rest & number) !== number) continue
    rest &= ~number
    names.unshift(name)
  }
  return rest === 0 ? names.join(', ') : undefined
}

/** `Enum.ToString(format)`: `G` and `F` the name, `D` the number, `X` hexadecimal. */
export function formatEnum(definition: TypeDefinition, value: number, format: string | null): string {
  switch ((format ?? '').toUpperCase()) {
    case '':
    case 'G':
      return enumText(definition, value)
    case 'F':
      // As if it were marked with [Flags].
      return exactName(definition, value) ?? flagNames(members(definition), value) ?? String(value)
    case 'D':
      return String(value)
    case 'X':
      return (value >>> 0).toString(16).toUpperCase().padStart(8, '0')
    default:
      throw formatException('Format String can be only "G", "g", "X", "x", "F", "f", "D" or "d".')
  }
}

/** The value of a name, a list of names or a number; undefined when it is none. @throws DotNetException OverflowException */
export function tryParseEnum(definition: TypeDefinition, text: string, ignoreCase = false): number | undefined {
  const trimmed = text.trim()
  if (/^[+-]?\d+$/.test(trimmed)) {
    const number = Number(trimmed)
    if ((number | 0) !== number) throw conversionOverflow('an Int32')
    return number
  }
  const all = members(definition)
  let result = 0
  for (const part of trimmed.split(',')) {
    const name = part.trim()
    const found = all.find(([known]) => (ignoreCase ? known.toLowerCase() === name.toLowerCase() : known === name))
    if (found === undefined) return undefined
    result |= found[1]
  }
  return result
}

/** `Enum.Parse`. @throws DotNetException ArgumentNullException, ArgumentException */
export function parseEnum(definition: TypeDefinition, text: string | null, ignoreCase = false): number {
  if (text === null) throw argumentNull('value')
  if (text.trim() === '') throw argumentException('Must specify valid information for parsing in the string.')
  const value = tryParseEnum(definition, text, ignoreCase)
  if (value === undefined) throw argumentException(`Requested value '${text.trim()}' was not found.`)
  return value
}

/** The names in the order of their values. */
export function enumNames(definition: TypeDefinition): string[] {
  return members(definition)
    .toSorted((a, b) => a[1] - b[1])
    .map(([name]) => name)
}

export function enumValues(definition: TypeDefinition): number[] {
  return members(definition)
    .map(([, value]) => value)
    .toSorted((a, b) => a - b)
}
