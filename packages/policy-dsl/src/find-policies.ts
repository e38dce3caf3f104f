import { isResource } from '@apim-kit/core'
import { isPolicyList } from './build.js'
import { difference } from './compare.js'
import { childElements, Element, flatten } from './element.js'
import type { Field } from './fields.js'
import { describePolicy } from './read.js'
import type { Child, Shape } from './shape.js'
import { dataValue, Expression, Literal, namedValueText, type Value } from './value.js'
import { Variable } from './variable-handle.js'
import { childrenFor, propertyOf } from './view.js'
import { walk } from './walk.js'

/** A policy and where it stands. */
export interface FoundPolicy {
  readonly element: Element
  readonly path: string
}

/** Compares two values that are no policy's; knows `expect.stringContaining(…)` and the like. */
export type Equals = (one: unknown, other: unknown) => boolean

/** The elements of a name, anywhere in a document, and among them those that say what a pattern says; see `PolicyPattern`. */
export function findPolicies(
  root: Element,
  name: string,
  pattern: object,
  equals: Equals,
): { readonly named: readonly FoundPolicy[]; readonly matching: readonly FoundPolicy[] } {
  const named: FoundPolicy[] = []
  const matching: FoundPolicy[] = []
  walk(root, describePolicy, ({ element, path, shape, role }) => {
    if (element.name !== name || role === 'root' || role === 'section') return
    named.push({ element, path })
    if (saysAll(shape ?? {}, element, pattern, equals)) matching.push({ element, path })
  })
  return { named, matching }
}

const saysAll = (shape: Shape, element: Element, pattern: object, equals: Equals): boolean =>
  Object.entries(pattern).every(
    ([property, wanted]) => wanted === undefined || says(shape, element, property, wanted, equals),
  )

function says(shape: Shape, element: Element, property: string, wanted: unknown, equals: Equals): boolean {
  if (property === 'policies' && shape.policies !== undefined) return holds(childElements(element), wanted)
  const entry = shape.children?.[property]
  if (entry !== undefined) return saysChild(childrenFor(element, property, entry), entry, wanted, equals)
  const field = property === 'text' ? (shape.attributes?.['text'] ?? shape.text) : shape.attributes?.[property]
  if (field === undefined) return false
  const value = propertyOf(shape, element, property) ?? defaultOf(field)
  return value instanceof Literal || value instanceof Expression ? sameAs(value, wanted, field, equals) : false
}

/** Whether the children of one property are what is wanted of them: one, several, or the policies in it. */
function saysChild(children: readonly Element[], entry: Child, wanted: unknown, equals: Equals): boolean {
  const isOnlyPolicies = entry.shape.policies !== undefined && entry.shape.attributes === undefined
  if (isOnlyPolicies && Array.isArray(wanted)) return children.some((child) => holds(childElements(child), wanted))
  const list: readonly unknown[] = Array.isArray(wanted) ? wanted : [wanted]
  return inOrder(list, children, (each, child) => saysItem(child, entry.shape, each, equals))
}

function saysItem(element: Element, shape: Shape, wanted: unknown, equals: Equals): boolean {
  if (wanted instanceof Element) return difference(wanted, element) === undefined
  return isPattern(wanted) ? saysAll(shape, element, wanted, equals) : says(shape, element, 'text', wanted, equals)
}

/** An object of properties; not a value of any kind, nor a matcher such as `expect.any(String)`. */
const isPattern = (wanted: unknown): wanted is object =>
  typeof wanted === 'object' &&
  wanted !== null &&
  !('asymmetricMatch' in wanted) &&
  !(wanted instanceof Literal || wanted instanceof Expression || wanted instanceof Variable) &&
  !isResource(wanted)

/** Whether a list of policies, as their builders make them, stands among some. */
const holds = (policies: readonly Element[], wanted: unknown): boolean =>
  isPolicyList(wanted) &&
  inOrder(
    flatten(wanted).filter((each) => each instanceof Element),
    policies,
    (each, policy) => difference(each, policy) === undefined,
  )

/** Whether each wanted thing is met, in this order; others may stand between. Nothing wanted means that nothing is there. */
function inOrder<W>(
  wanted: readonly W[],
  met: readonly Element[],
  fits: (wanted: W, met: Element) => boolean,
): boolean {
  if (wanted.length === 0) return met.length === 0
  let next = 0
  for (const element of met) {
    const [first] = wanted.slice(next, next + 1)
    if (first !== undefined && fits(first, element)) next++
  }
  return next === wanted.length
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
  if (input instanceof Variable) return new Literal(input.name)
  if (isResource(input))
    return new Literal(input.kind === field.options.refersTo ? input.name : namedValueText(input as never))
  return typeof input === 'string' || typeof input === 'number' || typeof input === 'boolean'
    ? dataValue(String(input))
    : undefined
}
