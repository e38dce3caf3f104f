import { isResource, suggestion, type Problem } from '@apim-kit/core'
import type { Field } from './fields.js'
import { Comment, Element, flatten, type Attribute, type Node, type PolicyList } from './element.js'
import { messages } from './messages.js'
import { ruleProblems } from './rules.js'
import { attributeName, elementName, type Child, type Shape } from './shape.js'
import {
  dataValue,
  Expression,
  expressionFault,
  illegalCharacter,
  isActive,
  Literal,
  namedValueText,
  type Value,
} from './value.js'
import { Variable } from './variable-handle.js'

/** An element made of a caller's input, and what was wrong with the input; with problems the element is not to be used. */
export interface Built {
  readonly element: Element
  readonly problems: readonly Problem[]
}

/** Makes an element of this shape. The input may come from untyped code: everything about it is checked. */
export function buildElement(name: string, shape: Shape, input: unknown): Built {
  const problems: Problem[] = []
  const element = build(name, shape, input, { path: '', report: (problem) => problems.push(problem) })
  if (problems.length === 0)
    problems.push(...ruleProblems(shape, element, '').filter((problem) => problem.severity === 'error'))
  return { element, problems }
}

interface Place {
  /** Property path from the builder's input: `requiredClaims[0].name`. */
  readonly path: string
  readonly report: (problem: Problem) => void
}

const inside = (place: Place, property: string): Place => ({
  ...place,
  path: place.path === '' ? property : `${place.path}.${property}`,
})

const refuse = (place: Place, rule: string, message: string): undefined => {
  place.report({ rule, severity: 'error', path: place.path, message })
  return undefined
}

function build(name: string, shape: Shape, input: unknown, place: Place): Element {
  const properties = asProperties(shape, input, place)
  reportUnknown(shape, properties, place)
  return new Element(name, {
    attributes: attributesFrom(shape, properties, place),
    children: [
      ...textFrom(shape, properties, place),
      ...childrenFrom(shape, properties, place),
      ...(shape.policies === undefined ? [] : policiesFrom(properties['policies'], inside(place, 'policies'))),
    ],
  })
}

type Properties = Readonly<Record<string, unknown>>

/** An element that is only text or only policies may be given as that; everything else is an object of properties. */
function asProperties(shape: Shape, input: unknown, place: Place): Properties {
  if (input === undefined) return {}
  if (shape.text !== undefined && (isFieldInput(input) || Array.isArray(input))) return { text: input }
  if (shape.policies !== undefined && Array.isArray(input)) return { policies: input }
  if (typeof input === 'object' && input !== null && !Array.isArray(input) && !(input instanceof Element))
    return { ...input }
  refuse(place, 'input/type', messages.expected(describeShape(shape), input))
  return {}
}

const isFieldInput = (input: unknown): boolean =>
  typeof input !== 'object' ||
  input === null ||
  input instanceof Literal ||
  input instanceof Expression ||
  input instanceof Variable ||
  isResource(input)

const propertiesOf = (shape: Shape): string[] => [
  ...Object.keys(shape.attributes ?? {}),
  ...(shape.text === undefined ? [] : ['text']),
  ...Object.keys(shape.children ?? {}),
  ...(shape.policies === undefined ? [] : ['policies']),
]

const describeShape = (shape: Shape): string =>
  propertiesOf(shape).length === 0 ? 'nothing' : `an object with ${propertiesOf(shape).join(', ')}`

function reportUnknown(shape: Shape, properties: Properties, place: Place): void {
  const known = propertiesOf(shape)
  for (const property of Object.keys(properties)) {
    if (!known.includes(property))
      refuse(inside(place, property), 'input/unknown', `is not known here${suggestion(property, known)}`)
  }
}

function attributesFrom(shape: Shape, properties: Properties, place: Place): Attribute[] {
  return Object.entries(shape.attributes ?? {}).flatMap(([property, field]) => {
    const value = valueFrom(field, properties[property], inside(place, property))
    return value === undefined ? [] : [{ name: attributeName(property, field), value }]
  })
}

function textFrom(shape: Shape, properties: Properties, place: Place): Node[] {
  const { text: field } = shape
  const input = properties['text']
  if (field === undefined) return []
  const here = input === undefined ? place : inside(place, 'text')
  if (!Array.isArray(input)) return textNodes(field, input, here)
  if (input.filter((each) => !(each instanceof Comment)).length !== 1)
    refuse(here, 'input/type', messages.expected('one text, and comments beside it', input))
  return input.flatMap((each) => (each instanceof Comment ? [each] : textNodes(field, each, here)))
}

function textNodes(field: Field, input: unknown, place: Place): Node[] {
  const value = valueFrom(field, input, place)
  // Empty text is no node: `<value></value>` and `<value />` are the same.
  return value === undefined || (value instanceof Literal && value.text === '') ? [] : [value]
}

function childrenFrom(shape: Shape, properties: Properties, place: Place): Node[] {
  return Object.entries(shape.children ?? {}).flatMap(([property, entry]) =>
    childFrom(elementName(property, entry), entry, properties[property], inside(place, property)),
  )
}

function childFrom(name: string, entry: Child, input: unknown, place: Place): Node[] {
  const { options, item } = entry
  if (input === undefined) {
    if (options.required === true) refuse(place, 'input/required', messages.missing())
    return []
  }
  if (item !== undefined && Array.isArray(input) && input.some(Array.isArray))
    return commentedList(name, entry, input, place)
  const several = item !== undefined || (Array.isArray(input) && !isOnlyPolicies(entry))
  const inputs: readonly unknown[] = several && Array.isArray(input) ? input : [input]
  const given = inputs.filter((each) => !(each instanceof Comment)).length
  if (given === 0 && (item !== undefined || options.required === true))
    refuse(place, 'input/required', messages.emptyList())
  if (several && item === undefined && options.many !== true && given !== 1)
    refuse(place, 'input/type', messages.expected(`one ${name}`, input))
  const elements = inputs.map((each, index) =>
    each instanceof Comment ? each : itemFrom(item ?? name, entry, each, several ? at(place, index) : place),
  )
  return item === undefined ? elements : [new Element(name, { children: elements })]
}

/** A list with comments beside its element: a list in the list is the list itself. */
function commentedList(name: string, entry: Child, input: readonly unknown[], place: Place): Node[] {
  if (input.filter((each) => !(each instanceof Comment)).length !== 1)
    refuse(place, 'input/type', messages.expected('one list, and comments beside it', input))
  return input.flatMap((each) => (each instanceof Comment ? [each] : childFrom(name, entry, each, place)))
}

/** Nothing but policies: a list is what the child itself is made of. */
const isOnlyPolicies = ({ shape }: Child): boolean => shape.policies !== undefined && shape.attributes === undefined

const at = (place: Place, index: number): Place => ({ ...place, path: `${place.path}[${index}]` })

function itemFrom(name: string, entry: Child, input: unknown, place: Place): Element {
  if (entry.policy && input instanceof Element) {
    if (input.name !== name) refuse(place, 'input/type', messages.expected(name, input))
    return input
  }
  if (entry.shape.unchecked === true) {
    refuse(place, 'input/type', messages.expected(`the element <${name}>, made by markup(…)`, input))
  }
  return build(name, entry.shape, input, place)
}

function policiesFrom(input: unknown, place: Place): Node[] {
  if (isPolicyList(input)) return flatten(input)
  const { path, message } = noPolicy(input)
  refuse({ ...place, path: `${place.path}${path}` }, 'input/type', message)
  return []
}

/** What of untyped input is no list of policies, or no policy in one, and where it stands: `[1][0]`. */
export function noPolicy(input: unknown, path = ''): { readonly path: string; readonly message: string } {
  if (!Array.isArray(input)) {
    return { path, message: messages.expected(path === '' ? 'a list of policies' : 'a policy', input) }
  }
  const index = input.findIndex((each) => !isPolicyNode(each) && !isPolicyList(each))
  return noPolicy(input[index], `${path}[${index}]`)
}

const isPolicyNode = (input: unknown): boolean => input instanceof Element || input instanceof Comment

/** Whether untyped input is a list of policies and comments, lists in lists included. */
export function isPolicyList(input: unknown): input is PolicyList<never> {
  return Array.isArray(input) && input.every((each) => isPolicyNode(each) || isPolicyList(each))
}

/** The value of one field: what the caller asked for by type stays what it is, everything else is data. */
function valueFrom(field: Field, input: unknown, place: Place): Value | undefined {
  if (input === undefined)
    return field.options.required === true ? refuse(place, 'input/required', messages.missing()) : undefined
  if (input instanceof Expression) return expressionFrom(field, input, place)
  if (input instanceof Literal) return checkedCharacters(input.text, input, place)
  if (input instanceof Variable) return variableFrom(field, input, place)
  if (isResource(input)) return resourceFrom(field, input, place)
  return literalFrom(field, input, place)
}

function expressionFrom(field: Field, input: Expression, place: Place): Value | undefined {
  if (field.options.expressions === false)
    return refuse(place, 'policy/expression-not-allowed', messages.expressionNotAllowed())
  const fault = expressionFault(input.source)
  return fault === undefined ? input : refuse(place, 'policy/expression', fault)
}

function resourceFrom(
  field: Field,
  input: { readonly kind: string; readonly name: string },
  place: Place,
): Value | undefined {
  if (input.kind === 'namedValue') return new Literal(namedValueText(input as Parameters<typeof namedValueText>[0]))
  if (input.kind === field.options.refersTo) return new Literal(input.name)
  return refuse(place, 'input/type', messages.expected(describeField(field), input))
}

/** The name of a handle, where a variable of its type may be named. */
function variableFrom(field: Field, { name, type }: Variable, place: Place): Value | undefined {
  const { holds } = field.options
  if (holds === 'any' || holds === type) return literalFrom(field, name, place)
  return refuse(place, 'input/type', messages.handleExpected(name, type, holds))
}

function literalFrom(field: Field, input: unknown, place: Place): Value | undefined {
  if (!field.schema.safeParse(input).success)
    return refuse(place, 'input/type', messages.expected(describeField(field), input))
  const data = String(input)
  if (!isActive(data)) return checkedCharacters(data, new Literal(data), place)
  if (field.options.expressions === false) return refuse(place, 'input/not-literal', messages.notLiteral(data))
  return dataValue(data)
}

function checkedCharacters(data: string, value: Value, place: Place): Value | undefined {
  const illegal = illegalCharacter(data)
  return illegal === undefined ? value : refuse(place, 'input/character', messages.illegalCharacter(illegal))
}

/** What a field takes, for people. */
export function describeField(field: Field): string {
  switch (field.type) {
    case 'flag':
      return 'true or false'
    case 'integer':
      return 'a whole number'
    case 'number':
      return 'a number'
    case 'oneOf':
      return (field.values ?? []).map((value) => JSON.stringify(value)).join(' or ')
    default:
      return field.options.refersTo === undefined ? 'text' : `text or a ${field.options.refersTo}`
  }
}
