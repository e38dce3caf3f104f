import type { Resource } from '@apim-kit/core'
import type { Field, Fields, ValueOf } from './fields.js'
import type { Comment, PolicyList, Element, Section } from './element.js'
import type { Child, Children, Shape } from './shape.js'
import type { Expression, NamedValue } from './value.js'
import type { Variable, VariableType } from './variable-handle.js'

/**
 * What a caller may write for one field: a literal of its type, a named value, an expression where one is allowed, or the
 * resource that the field names, a handle of the variable that it names.
 */
export type FieldInput<F extends Field> =
  | ValueOf<F>
  | NamedValue
  | (F['options'] extends { readonly expressions: false } ? never : Expression)
  | (F['options'] extends { readonly refersTo: infer K extends string } ? Resource<K> : never)
  | (F['options'] extends { readonly holds: infer T } ? HandleOf<T> : never)

type HandleOf<T> = T extends VariableType ? Variable<T> : Variable

type IsRequired<T> = T extends { readonly options: { readonly required: true } } ? true : false

type RequiredKeys<T> = { [K in keyof T]: IsRequired<T[K]> extends true ? K : never }[keyof T]
type OptionalKeys<T> = Exclude<keyof T, RequiredKeys<T>>

// These map over a type parameter `K extends keyof T`, as `Pick` does: only so do the doc comments of a description reach the
// caller's editor. A mapping that filters its keys with `as` loses them.
type Required<T extends Fields, K extends keyof T> = { readonly [P in K]: FieldInput<T[P]> }
type Optional<T extends Fields, K extends keyof T> = { readonly [P in K]?: FieldInput<T[P]> | undefined }

type AttributesInput<A> = A extends Fields ? Required<A, RequiredKeys<A>> & Optional<A, OptionalKeys<A>> : unknown

type TextInput<S extends Shape> = S extends { readonly text: Field }
  ? IsRequired<S['text']> extends true
    ? { readonly [P in keyof Pick<S, 'text'>]: Commented<S[P]> }
    : { readonly [P in keyof Pick<S, 'text'>]?: Commented<S[P]> | undefined }
  : unknown

/** A text, or a text with comments before or after it. */
type Commented<F extends Field> =
  | FieldInput<F>
  | readonly [...Comment[], FieldInput<F>]
  | readonly [FieldInput<F>, ...Comment[]]

type PoliciesInput<S extends Shape, In extends Section> = S extends { readonly policies: 'any' }
  ? { readonly policies: PolicyList<In> }
  : unknown

/**
 * One child: as many as wanted may be given as a list or alone. Comments may stand in the list; a single child with a comment
 * before or after it is a list too.
 */
type ChildInput<C, In extends Section> =
  C extends Child<infer S, infer O, infer L>
    ? L extends string
      ? ListInput<ListItem<S, In> | Comment>
      : O extends { readonly many: true }
        ? ChildItem<S, In> | readonly (ChildItem<S, In> | Comment)[]
        : ChildItem<S, In> | readonly [...Comment[], ChildItem<S, In>] | readonly [ChildItem<S, In>, ...Comment[]]
    : never

/** The items of a list; or that list with comments before or after the element around it. */
type ListInput<I> = readonly I[] | readonly [...Comment[], readonly I[]] | readonly [readonly I[], ...Comment[]]

/** A list in a list is the list itself, so that a text among the items has no comments of its own. */
type ListItem<S extends Shape, In extends Section> = S extends {
  readonly text: infer F extends Field
  readonly attributes?: undefined
}
  ? FieldInput<F>
  : ItemInput<S, In>

/** Where a policy is the child, what its own builder makes may stand too. */
type ChildItem<S extends Shape, In extends Section> = S extends { readonly unchecked: true }
  ? Element
  : ItemInput<S, In> | (S extends { readonly attributes: { readonly id: Field } } ? Element : never)

type RequiredChildren<C, K extends keyof C, In extends Section> = { readonly [P in K]: ChildInput<C[P], In> }
type OptionalChildren<C, K extends keyof C, In extends Section> = {
  readonly [P in K]?: ChildInput<C[P], In> | undefined
}

type ChildrenInput<C, In extends Section> = C extends Children
  ? RequiredChildren<C, RequiredKeys<C>, In> & OptionalChildren<C, OptionalKeys<C>, In>
  : unknown

/** All properties of an element, as an object. */
export type ObjectInput<S extends Shape, In extends Section> = AttributesInput<S['attributes']> &
  TextInput<S> &
  ChildrenInput<S['children'], In> &
  PoliciesInput<S, In>

/** An element that is nothing but its text is given as that text; one that is nothing but policies, as their list. */
export type ItemInput<S extends Shape, In extends Section> =
  | (S extends { readonly text: infer F extends Field } ? Commented<F> : never)
  | (S extends { readonly policies: 'any'; readonly attributes?: undefined } ? PolicyList<In> : ObjectInput<S, In>)

/** Whether any policies may stand somewhere in an element, so that its sections follow from theirs. */
export type HoldsPolicies<S extends Shape> = S extends { readonly policies: 'any' }
  ? true
  : S extends { readonly children: infer C extends Children }
    ? true extends { [K in keyof C]: C[K] extends Child<infer I extends Shape> ? HoldsPolicies<I> : false }[keyof C]
      ? true
      : false
    : false

/** Nothing at all may be left out where something is required. */
export type InputArguments<I> = unknown extends I
  ? readonly []
  : object extends I
    ? readonly [input?: I]
    : readonly [input: I]
