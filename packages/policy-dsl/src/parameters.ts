import type { Field, Fields, ValueOf } from './fields.js'
import type { PolicyDefinition } from './define-policy.js'
import type { Element } from './element.js'
import type { Child, Children, Shape } from './shape.js'

type IsTrue<T, K extends string> = T extends { readonly options: { readonly [P in K]: true } } ? true : false
type HasDefault<T> = T extends { readonly options: { readonly default: string | number | boolean } } ? true : false

/** The value that a field has once it is evaluated. */
type Evaluated<F> = IsTrue<F, 'keepsType'> extends true ? unknown : ValueOf<F>
type FieldParameter<F> = IsTrue<F, 'later'> extends true ? () => Evaluated<F> : Evaluated<F>
type IsThere<F> = true extends IsTrue<F, 'required'> | HasDefault<F> ? true : false

type KeysThere<T> = { [K in keyof T]: IsThere<T[K]> extends true ? K : never }[keyof T]

// Mapped over a type parameter, not filtered with `as`, so that doc comments reach the editor; see input.ts.
type There<A, K extends keyof A> = { readonly [N in K]: FieldParameter<A[N]> }
type Maybe<A, K extends keyof A> = { readonly [N in K]?: FieldParameter<A[N]> }

type AttributeParameters<A> = A extends Fields
  ? There<A, KeysThere<A>> & Maybe<A, Exclude<keyof A, KeysThere<A>>>
  : unknown

type ChildParameter<C, P> =
  C extends Child<infer S, infer O, infer L>
    ? L extends string
      ? readonly ItemParameters<S, P>[]
      : O extends { readonly many: true }
        ? readonly ItemParameters<S, P>[]
        : ItemParameters<S, P>
    : never

/** A child that may repeat is always an array, empty where there is none; a list that is left out is undefined. */
type IsChildThere<C> = C extends { readonly options: { readonly many: true } } ? true : IsTrue<C, 'required'>

type ChildrenThere<C> = { [K in keyof C]: IsChildThere<C[K]> extends true ? K : never }[keyof C]
type ThereChildren<C, K extends keyof C, P> = { readonly [N in K]: ChildParameter<C[N], P> }
type MaybeChildren<C, K extends keyof C, P> = { readonly [N in K]?: ChildParameter<C[N], P> }

type ChildrenParameters<C, P> = C extends Children
  ? ThereChildren<C, ChildrenThere<C>, P> & MaybeChildren<C, Exclude<keyof C, ChildrenThere<C>>, P>
  : unknown

type ItemParameters<S extends Shape, P> = S extends { readonly unchecked: true }
  ? Element
  : S extends { readonly attributes: Fields } | { readonly children: Children }
    ? ObjectParameters<S, P>
    : S extends { readonly text: infer F extends Field }
      ? FieldParameter<F>
      : S extends { readonly policies: 'any' }
        ? P
        : ObjectParameters<S, P>

type ObjectParameters<S extends Shape, P> = AttributeParameters<S['attributes']> &
  ChildrenParameters<S['children'], P> &
  (S extends { readonly text: infer F extends Field } ? { readonly text: FieldParameter<F> } : unknown) &
  (S extends { readonly policies: 'any' } ? { readonly policies: P } : unknown)

/**
 * What a policy's behaviour works with: camelCase, defaults applied, expressions replaced by their values.
 *
 * @typeParam B - the policy's builder: `ParametersOf<typeof setHeader>`
 * @typeParam P - what nested policies were compiled to
 */
export type ParametersOf<B extends { readonly definition: PolicyDefinition }, P = unknown> = ObjectParameters<
  B['definition']['shape'],
  P
>
