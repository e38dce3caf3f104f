import type { Position } from './expression/position.js'
import type { Value } from './value.js'

/** The four sections of a policy document, by the names of their elements. */
export const sectionNames = ['inbound', 'backend', 'outbound', 'on-error'] as const

export type Section = (typeof sectionNames)[number]

const elementBrand = Symbol.for('apim-kit.element')
const commentBrand = Symbol.for('apim-kit.comment')

const none: readonly never[] = Object.freeze([])

/** What an element is made of. */
export interface ElementParts {
  readonly attributes?: readonly Attribute[]
  readonly children?: readonly Node[]
  readonly position?: Position | undefined
  readonly spaced?: boolean | undefined
  /** `false` leaves it open for the reader, which makes thousands: a document is frozen when it is handed out. Default: true. */
  readonly frozen?: boolean
}

/** One attribute, in the order of the document. */
export interface Attribute {
  readonly name: string
  readonly value: Value
  /** Where its name begins, if it was read. */
  readonly position?: Position
}

/** What stands in an element. White space that is only layout is no node. */
export type Node = Element | Comment | Value

/** One element of a document: plain frozen data. A policy is an element, and so is what stands in it. */
export class Element {
  readonly kind: 'element'
  readonly name: string
  readonly attributes: readonly Attribute[]
  readonly children: readonly Node[]
  /** Where its `<` stands, if it was read. */
  readonly position?: Position
  /** A blank line stands before it; for people, like a comment. */
  readonly spaced?: true

  constructor(name: string, { attributes = none, children = none, position, spaced, frozen }: ElementParts = {}) {
    this.kind = 'element'
    this.name = name
    this.attributes = frozen === false ? attributes : Object.freeze(attributes)
    this.children = frozen === false ? children : Object.freeze(children)
    if (position !== undefined) this.position = position
    if (spaced === true) this.spaced = true
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && elementBrand in value
  }
}

/** A comment. It stays where it was, and says nothing to the service. */
export class Comment {
  readonly kind: 'comment'
  /** Between `<!--` and `-->`. */
  readonly text: string
  readonly position?: Position
  /** A blank line stands before it. */
  readonly spaced?: true

  /** @param frozen - as in {@link ElementParts} */
  constructor(text: string, position?: Position, spaced?: boolean, frozen = true) {
    this.kind = 'comment'
    this.text = text
    if (position !== undefined) this.position = position
    if (spaced === true) this.spaced = true
    if (frozen) Object.freeze(this)
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && commentBrand in value
  }
}

Object.defineProperty(Element.prototype, elementBrand, { value: true })
Object.defineProperty(Comment.prototype, commentBrand, { value: true })

/**
 * A policy that may stand in the sections `S`. A policy for two sections fits into a slot for either, never the other way
 * round, so that a policy in a wrong section does not compile.
 */
export type Policy<S extends Section = Section> = Element & {
  /** For the compiler alone; never there at run time. */
  readonly '~sections'?: (section: S) => void
}

/** What a section holds: policies and comments; lists in it are flattened. */
export type PolicyList<S extends Section = Section> = readonly (Policy<S> | Comment | PolicyList<S>)[]

/** One list of nested lists of policies. */
export function flatten(list: PolicyList<never>): (Element | Comment)[] {
  return list.flatMap((entry) => (entry instanceof Element || entry instanceof Comment ? [entry] : flatten(entry)))
}

/** The child elements, without comments and text. */
export function childElements(element: Element): Element[] {
  return element.children.filter((node) => node instanceof Element)
}

/** The value of an attribute; undefined where it is not there. */
export function attributeOf(element: Element, name: string): Value | undefined {
  return element.attributes.find((attribute) => attribute.name === name)?.value
}
