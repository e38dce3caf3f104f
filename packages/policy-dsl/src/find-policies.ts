import { isResource } from '@apim-kit/core'
import type { Element } from './element.js'
import type { Field } from './fields.js'
import { describePolicy } from './read.js'
import type { Shape } from './shape.js'
import { dataValue, Expression, Literal, namedValueText, type Value } from './value.js'
import { propertyOf } from './view.js'
import { walk } from './walk.js'

/** A policy and where it stands. */
export interface FoundPolicy {
  readonly element: Element
  readonly path: string
}

/** Compares two values that are no policy's; knows `expect.stringContaining(…)` and the like. */
export type Equals = (one: unknown, other: unknown) => boolean

/**
 * The elements of a name, anywhere in a document, and among them those with these attributes and this text, given as a builder
 * takes them.
 */
export function findPolicies(
  root: Element,
  name: string,
  properties: object,
  equals: Equals,
): { readonly named: readonly FoundPolicy[]; readonly matching: readonly FoundPolicy[] } {
  const named: FoundPolicy[] = []
  const matching: FoundPolicy[] = []
  walk(root, describePolicy, ({ element, path, shape, role }) => {
    if (element.name !== name || role === 'root' || role === 'section') return
    named.push({ element, path })
    const entries = Object.entries(properties).filter(([, wanted]) => wanted !== undefined)
    if (entries.every(([property, wanted]) => says(shape ?? {}, element, property, wanted, equals)))
      matching.push({ element, path })
  })
  return { named, matching }
}

function says(shape: Shape, element: Element, property: string, wanted: unknown, equals: Equals): boolean {
  const field = property === 'text' ? (shape.attributes?.['text'] ?? shape.text) : shape.attributes?.[property]
  if (field === undefined) return false
  const value = propertyOf(shape, element, property) ?? defaultOf(field)
  return value instanceof Literal || value instanceof Expression ? sameAs(value, wanted, field, equals) : false
}

const defaultOf = ({ options }: Field): Value | undefined =>
  options.default === undefined ? undefined : new Literal(String(options.default))

function sameAs(value: Value, wanted: unknown, field: Field, equals: Equals): boolean {
  const expected = valueOfInput(wanted, field)
  const source = value instanceof Expression ? value.source : value.text
  if (expected === undefined) return equals(source, wanted)
  return expected.kind === value.kind && source === (expected instanceof Expression ? expected.source : expected.text)
}

/** The value that a builder makes of an input; undefined for what is none, such as `expect.any(String)`. */
function valueOfInput(input: unknown, field: Field): Value | undefined {
  if (input instanceof Literal || input instanceof Expression) return input
  if (isResource(input))
    return new Literal(input.kind === field.options.refersTo ? input.name : namedValueText(input as never))
  return typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
    ? dataValue(String(input))
    : undefined
}
