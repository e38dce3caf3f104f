import type { Field } from './fields.js'
import { childElements, type Attribute, type Element, type Node } from './element.js'
import { attributeName, elementName, fieldsByName, type Child, type Shape } from './shape.js'
import { Expression, Literal, valueOf, type Value } from './value.js'

/** The attribute of a property; undefined where it is not given. */
export function attributeFor(element: Element, property: string, field: Field): Attribute | undefined {
  const name = attributeName(property, field)
  return element.attributes.find((attribute) => attribute.name === name)
}

/** An attribute that the description of its element knows. */
export interface DescribedAttribute extends Attribute {
  readonly field: Field
}

/** The attributes of an element that its description knows, in the order of the document. */
export function describedAttributes({ attributes }: Element, shape: Shape | undefined): DescribedAttribute[] {
  if (shape === undefined || attributes.length === 0) return []
  const fields = fieldsByName(shape)
  return attributes.flatMap((attribute) => {
    const field = fields.get(attribute.name)
    return field === undefined ? [] : [{ ...attribute, field }]
  })
}

/** The child elements of a property, in order; the items of a list, not the element around them. */
export function childrenFor(element: Element, property: string, entry: Child): Element[] {
  const named = childElements(element).filter((each) => each.name === elementName(property, entry))
  if (entry.item === undefined) return named
  return named.flatMap((list) => childElements(list).filter((each) => each.name === entry.item))
}

/** The text of an element as one value. Comments in it do not count; no text at all is the empty one. */
export function textOf(element: Element): Value {
  const values = element.children.filter(isValue)
  const [first] = values
  if (first === undefined) return new Literal('')
  if (values.length === 1) return first
  return valueOf(
    values.map((value) => (value instanceof Expression ? value.source : value.text)).join(''),
    first.position,
  )
}

const isEmpty = (element: Element): boolean => !element.children.some(isValue)

/** Whether a node is text. */
export const isValue = (node: Node): node is Value => node instanceof Literal || node instanceof Expression

/**
 * What a property of an element says: the value of an attribute or of the text, `true` for children that are there, undefined
 * for what is not given.
 */
export function propertyOf(shape: Shape, element: Element, property: string): Value | true | undefined {
  const field = shape.attributes?.[property]
  if (field !== undefined) return attributeFor(element, property, field)?.value
  if (property === 'text') return isEmpty(element) ? undefined : textOf(element)
  if (property === 'policies') return childElements(element).length > 0 ? true : undefined
  const entry = shape.children?.[property]
  return entry !== undefined && childrenFor(element, property, entry).length > 0 ? true : undefined
}

/** How a property is called in the document: `@exists-action`, `value`. */
export function nameInDocument(shape: Shape, property: string): string {
  const field = shape.attributes?.[property]
  if (field !== undefined) return `@${attributeName(property, field)}`
  if (property === 'policies') return 'a policy inside'
  const entry = shape.children?.[property]
  return entry === undefined ? property : `<${elementName(property, entry)}>`
}
