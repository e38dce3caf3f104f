import { attributeOf, Comment, Element, type Node, type PolicyList } from '../element.js'
import type { Field } from '../fields.js'
import { markup } from '../markup.js'
import { rawPolicy } from '../raw-policy.js'
import { attributeName, elementName, type Child, type Shape } from '../shape.js'
import { Literal } from '../value.js'
import { attributeFor, isValue, textOf } from '../view.js'
import type { Code, Entry } from './code.js'
import { builders, rawCode, remade } from './checked.js'
import { Inexpressible, reasons } from './inexpressible.js'
import { commentCode } from './comments.js'
import { stringCode } from './literals.js'
import { valueCode, type Sourced, type ValuePlace } from './value-code.js'

/** A property on its way: what a builder is given, and the code of it. */
interface Property extends Sourced, Omit<Entry, 'code'> {
  readonly name: string
}

/** Where an element stands. */
export interface Context {
  /** The code of policies that stand in it. */
  readonly list: (nodes: readonly Node[]) => Sourced<PolicyList<never>>
  /** What a constant of the element's text is called. */
  readonly owner: string
}

/** What a builder of this shape has to be given to make the element. */
export function inputCode(element: Element, shape: Shape, context: Context): Sourced {
  const properties = [...attributeProperties(element, shape), ...contentProperties(element, shape, context)]
  const [only] = properties
  if (only !== undefined && properties.length === 1 && standsAlone(only.name, shape))
    return { value: only.value, code: only.code }
  if (properties.length === 0 && shape.text !== undefined) return { value: '', code: stringCode('') }
  return {
    value: Object.fromEntries(properties.map(({ name, value }) => [name, value])),
    code: { kind: 'object', entries: properties },
  }
}

const standsAlone = (property: string, shape: Shape): boolean =>
  (property === 'text' && shape.text !== undefined) || (property === 'policies' && shape.attributes === undefined)

function attributeProperties(element: Element, shape: Shape): Property[] {
  const known = new Map(
    Object.entries(shape.attributes ?? {}).map(([property, field]) => [
      attributeName(property, field),
      { property, field },
    ]),
  )
  return element.attributes.map(({ name, value }) => {
    const found = known.get(name)
    if (found === undefined) throw new Inexpressible(reasons.unknownAttribute(name, element.name))
    const place = { field: found.field, name: constantName(element, found.property), isLiquid: false }
    return { name: found.property, ...valueCode(value, place) }
  })
}

/**
 * What a constant of a value is called: a header's value as the header, the key under which a variable is kept as the variable,
 * anything else as its property.
 */
function constantName(element: Element, property: string): string {
  const from = property === 'value' ? 'name' : property === 'key' ? 'variable-name' : undefined
  const name = from === undefined ? undefined : attributeOf(element, from)
  if (!(name instanceof Literal)) return property
  return property === 'key' ? `${name.text}-key` : name.text
}

function contentProperties(element: Element, shape: Shape, context: Context): Property[] {
  if (shape.policies !== undefined && shape.children === undefined && !element.children.some(isValue))
    return [{ name: 'policies', ...context.list(element.children) }]
  const text = textProperty(element, shape, context.owner)
  return [...text, ...childProperties(element, shape, context)]
}

function textProperty(element: Element, shape: Shape, owner: string): Property[] {
  const { children } = element
  const hasText = children.some(isValue)
  if (shape.text === undefined && hasText) throw new Inexpressible(reasons.text(element.name))
  if (shape.text === undefined || (!hasText && !isCommentAlone(children, shape))) return []
  if (children.some((child) => child instanceof Element)) throw new Inexpressible(reasons.markup(element.name))
  const place = { field: shape.text, name: owner, isLiquid: isTemplate(element, shape) }
  return [{ name: 'text', ...textCode(element, place) }]
}

/** Comments in an element that could hold a text, and holds nothing else. */
const isCommentAlone = (children: readonly Node[], shape: Shape): boolean =>
  shape.children === undefined && children.length > 0 && children.every((child) => child instanceof Comment)

/** The text, with the comments that stand beside it. */
function textCode(element: Element, place: ValuePlace): Sourced {
  const text = valueCode(textOf(element), place)
  const at = element.children.findIndex(isValue)
  const commentsIn = (nodes: readonly Node[]): Sourced[] =>
    nodes.filter((node) => node instanceof Comment).map((node) => commentCode(node))
  const before = commentsIn(element.children.slice(0, Math.max(at, 0)))
  const after = commentsIn(element.children.slice(Math.max(at, 0)))
  const parts = [...before, text, ...after]
  return parts.length === 1 ? text : { value: parts.map(({ value }) => value), code: { kind: 'list', entries: parts } }
}

/** Whether an attribute says that the text is a template of the language that the field may hold. */
function isTemplate(element: Element, { attributes = {}, text }: Shape): boolean {
  const language: Field['options']['template'] = text?.options.template
  const field = attributes['template']
  const value = field === undefined ? undefined : attributeFor(element, 'template', field)?.value
  return language !== undefined && value instanceof Literal && value.text === language
}

/** The children of one property, in the order of the document, with the comments that stand with them. */
interface Group {
  readonly property: string
  readonly entry: Child
  readonly nodes: (Element | Comment)[]
}

function childProperties(element: Element, shape: Shape, { list }: Context): Property[] {
  const owner = attributeOf(element, 'name')
  return groupsOf(element, shape).map(({ property, entry, nodes }) => ({
    name: property,
    ...groupCode(nodes, entry, { list, owner: owner instanceof Literal ? owner.text : property }),
  }))
}

/** Comments belong to the child that follows; where it has no list for them, to the one before. */
function groupsOf(element: Element, shape: Shape): Group[] {
  const known = new Map(
    Object.entries(shape.children ?? {}).map(([property, entry]) => [
      elementName(property, entry),
      { property, entry },
    ]),
  )
  const groups: Group[] = []
  let waiting: Comment[] = []
  for (const node of element.children) {
    if (node instanceof Comment) waiting.push(node)
    if (!(node instanceof Element)) continue
    const found = known.get(node.name)
    if (found === undefined) throw new Inexpressible(unknownChild(node, element, shape))
    const last = groups.at(-1)
    const isNext = last?.property !== found.property
    if (isNext && groups.some(({ property }) => property === found.property))
      throw new Inexpressible(reasons.order(element.name))
    const hasPlace = holdsComments(found.entry)
    if (isNext && !hasPlace) last?.nodes.push(...waiting)
    const nodes = [...(isNext && !hasPlace ? [] : waiting), node]
    if (isNext) groups.push({ ...found, nodes })
    else last.nodes.push(...nodes)
    waiting = []
  }
  groups.at(-1)?.nodes.push(...waiting)
  return groups
}

const unknownChild = (child: Element, parent: Element, shape: Shape): string =>
  shape.markup === 'content' ? reasons.markup(parent.name) : reasons.unknownChild(child.name, parent.name)

/** Not those whose list is what they are made of: policies. */
const holdsComments = ({ shape }: Child): boolean => !(shape.policies !== undefined && shape.attributes === undefined)

function groupCode(nodes: readonly (Element | Comment)[], entry: Child, context: Context): Sourced & Partial<Entry> {
  const { item } = entry
  const entries = nodes.map((node) => ({
    spaced: node.spaced ?? false,
    ...(node instanceof Comment
      ? commentCode(node)
      : item === undefined
        ? itemCode(node, entry, context)
        : itemsCode(node, entry, item, context)),
  }))
  if (item !== undefined && nodes.filter((node) => node instanceof Element).length > 1)
    throw new Inexpressible(reasons.order(nodes[0] instanceof Element ? nodes[0].name : item))
  const [only] = entries
  if (only !== undefined && entries.length === 1 && !isCommentedText(only, entry)) return only
  return { value: entries.map(({ value }) => value), code: listOf(entries) }
}

/** A text with its comments is a list: alone, it would be taken for that of the children. */
const isCommentedText = ({ code }: Sourced, { item, shape }: Child): boolean =>
  code.kind === 'list' && item === undefined && shape.policies === undefined

/** A list in an element of its own; only its items can be told. */
function itemsCode(list: Element, entry: Child, item: string, context: Context): Sourced {
  if (list.attributes.length > 0)
    throw new Inexpressible(reasons.unknownAttribute(list.attributes[0]?.name ?? '', list.name))
  const entries = list.children.map((node: Node) => {
    if (node instanceof Comment) return { spaced: node.spaced ?? false, ...commentCode(node) }
    if (!(node instanceof Element)) throw new Inexpressible(reasons.text(list.name))
    if (node.name !== item) throw new Inexpressible(reasons.unknownChild(node.name, list.name))
    return { spaced: node.spaced ?? false, ...itemCode(node, entry, context) }
  })
  return { value: entries.map(({ value }) => value), code: listOf(entries) }
}

/** Nothing separates the first item from what is before it. */
const listOf = (entries: readonly Entry[]): Code => ({
  kind: 'list',
  entries: entries.map((entry, index) => (index === 0 ? { ...entry, spaced: false } : entry)),
})

/** One child. A policy that stands in another one may be raw by itself. */
function itemCode(element: Element, entry: Child, context: Context): Sourced & { readonly note?: string } {
  if (entry.shape.unchecked === true) return rawCode('markup', markup, element)
  if (!entry.policy) return inputCode(element, entry.shape, context)
  try {
    const input = inputCode(element, entry.shape, context)
    const builder = builders.get(element.name)
    if (builder !== undefined) remade(element, builder, input.value)
    return input
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error
    return { ...rawCode('rawPolicy', rawPolicy, element), note: error.message }
  }
}
