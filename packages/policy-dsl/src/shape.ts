import type { Field, Fields, Source } from './fields.js'
import { kebabCase } from './names.js'
import type { Rule } from './rules.js'

/** How often a child element may stand in its parent. */
export interface ChildOptions {
  /** At least one. Default: none needed. */
  readonly required?: true
  /** As many as wanted. Default: at most one. */
  readonly many?: true
  /** Its name in XML, where it is not the kebab-case of the property. */
  readonly element?: string
  /** Only one source requires it; left out, it is a warning that says so. */
  readonly requiredOnlyBy?: Source
  /** Only one source knows it at all; met in a document, it is a warning that says so. */
  readonly onlyIn?: Source
  /** Only one source lets it stand more than once; a second one is a warning that says so. */
  readonly repeatedOnlyBy?: Source
  /** A list: only one source wants an item in it; an empty one is a warning that says so. */
  readonly itemRequiredOnlyBy?: Source
  /** It says whom a token is for: any item of a list does, or among claims the one that is called `aud`. */
  readonly limitsAudience?: 'items' | 'claims'
  /** A list: other elements that may stand among the items. They can be read, not built. */
  readonly others?: Children
}

/** What may stand in an element: the same vocabulary for a policy, for its children and for theirs. */
export interface Shape {
  readonly attributes?: Fields
  /** The element's text. */
  readonly text?: Field
  /** Child elements by property name, in the order of the policy's statement. */
  readonly children?: Children
  /** Any policies of the section may stand here. */
  readonly policies?: 'any'
  /** The policies that may stand directly inside, where not any may: `true`, or the one source that knows them here. */
  readonly only?: Readonly<Record<string, true | Source>>
  /** The policies inside run at the same time. Default: one after another. */
  readonly sideBySide?: true
  /** Policies that one source keeps out of this one, with the reason: a warning. */
  readonly except?: Readonly<Record<string, string>>
  /**
   * What children out of the statement's order are. Default: an error. `any`: a warning, since Microsoft's schemas take any order
   * here; a text: a warning for that reason; `free`: nothing, since every source takes any order.
   */
  readonly order?: 'any' | 'free' | { readonly because: string }
  /** Markup inside is content that must not be touched, white space included: an XML body. */
  readonly markup?: 'content'
  /** Text beside the children, which only one source allows; a warning says so. */
  readonly bareTextOnlyIn?: Source
  /** Foreign markup, or asked for by name: nothing in it is checked. */
  readonly unchecked?: true
  /** Facts about several properties at once. */
  readonly rules?: readonly Rule[]
}

export type Children = Readonly<Record<string, Child>>

/** A child element. `item` is set for a list: `<audiences><audience/>…</audiences>` is one property that holds an array. */
export interface Child<
  S extends Shape = Shape,
  O extends ChildOptions = ChildOptions,
  L extends string | undefined = string | undefined,
> {
  readonly shape: S
  readonly options: O
  /** The name of the elements inside, where this one only wraps a list of them. */
  readonly item: L
  /** The element is a policy; what one builder makes may stand here too. */
  readonly policy: boolean
}

/** A child element of its own shape. */
export function child<const S extends Shape, const O extends ChildOptions = object>(
  shape: S,
  options?: O,
): Child<S, O, undefined> {
  return { shape, options: options ?? ({} as O), item: undefined, policy: false }
}

/** A child element that wraps a list of at least one `item`. */
export function listOf<const S extends Shape, const L extends string, const O extends ChildOptions = object>(
  item: L,
  shape: S,
  options?: O,
): Child<S, O, L> {
  return { shape, options: options ?? ({} as O), item, policy: false }
}

/** A policy that stands in another one, such as `set-header` in `send-request`. */
export function nested<S extends Shape, const O extends ChildOptions = object>(
  builder: { readonly definition: { readonly shape: S } },
  options?: O,
): Child<S, O, undefined> {
  return {
    shape: builder.definition.shape,
    options: options ?? ({} as O),
    item: undefined,
    policy: true,
  }
}

/** A child element of another language, such as a stylesheet. Its input is made by `markup(…)`. */
export function foreign<const O extends ChildOptions = object>(options?: O): Child<ForeignShape, O, undefined> {
  return {
    shape: { unchecked: true, markup: 'content' },
    options: options ?? ({} as O),
    item: undefined,
    policy: true,
  }
}

/** The shape of what no description looks into. */
export interface ForeignShape extends Shape {
  readonly unchecked: true
  readonly markup: 'content'
}

/** The name of a property's attribute in XML. */
export const attributeName = (property: string, field: Field): string => field.options.attribute ?? kebabCase(property)

/** The name of a property's child element in XML. */
export const elementName = (property: string, entry: Child): string => entry.options.element ?? kebabCase(property)

// Every element of every document is looked up, so the names are made once for each shape.
const fieldsByShape = new WeakMap<Shape, ReadonlyMap<string, Field>>()
const childrenByShape = new WeakMap<Shape, ReadonlyMap<string, Child>>()

/** The fields of a shape by the names of their attributes. */
export function fieldsByName(shape: Shape): ReadonlyMap<string, Field> {
  const known = fieldsByShape.get(shape)
  if (known !== undefined) return known
  const fields = new Map(
    Object.entries(shape.attributes ?? {}).map(([property, field]) => [attributeName(property, field), field]),
  )
  fieldsByShape.set(shape, fields)
  return fields
}

/** The children of a shape by the names of their elements. */
export function childrenByName(shape: Shape): ReadonlyMap<string, Child> {
  const known = childrenByShape.get(shape)
  if (known !== undefined) return known
  const children = new Map(
    Object.entries(shape.children ?? {}).map(([property, entry]) => [elementName(property, entry), entry]),
  )
  childrenByShape.set(shape, children)
  return children
}
