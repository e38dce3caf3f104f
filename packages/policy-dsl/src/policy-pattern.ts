import type { Element, PolicyList } from './element.js'
import type { Field, Fields } from './fields.js'
import type { FieldInput } from './input.js'
import type { policyBuilders, PolicyName } from './policy-builders.js'
import type { Child, Children, Shape } from './shape.js'

/**
 * What to look for in a policy, in the words of its builder, all of it optional: attributes, text, children, the policies inside. Of
 * children and policies those that are given have to be there, in this order; others may stand between them.
 */
export type PolicyPattern<N extends PolicyName> = ShapePattern<(typeof policyBuilders)[N]['definition']['shape']>

type ShapePattern<S extends Shape> = AttributesPattern<S['attributes']> &
  TextPattern<S> &
  ChildrenPattern<S['children']> &
  (S extends { readonly policies: 'any' } ? { readonly policies?: PolicyList<never> } : unknown)

type AttributesPattern<A> = A extends Fields ? { readonly [P in keyof A]?: FieldInput<A[P]> } : object

type TextPattern<S> = S extends { readonly text: infer F extends Field } ? { readonly text?: FieldInput<F> } : unknown

type ChildrenPattern<C> = C extends Children ? { readonly [P in keyof C]?: ChildPattern<C[P]> } : unknown

type ChildPattern<C> =
  C extends Child<infer S, infer O, infer L>
    ? L extends string
      ? readonly ItemPattern<S>[]
      : O extends { readonly many: true }
        ? ItemPattern<S> | readonly ItemPattern<S>[]
        : ItemPattern<S>
    : never

/** As in an input: an element that is nothing but its text is that text; where a policy stands, so may what its builder makes. */
type ItemPattern<S extends Shape> =
  | (S extends { readonly text: infer F extends Field } ? FieldInput<F> : never)
  | (S extends OnlyText ? never : S extends OnlyPolicies ? PolicyList<never> : ShapePattern<S>)
  | (S extends { readonly unchecked: true } | { readonly attributes: { readonly id: Field } } ? Element : never)

interface OnlyText {
  readonly text: Field
  readonly attributes?: undefined
  readonly children?: undefined
}

interface OnlyPolicies {
  readonly policies: 'any'
  readonly attributes?: undefined
}
