import * as fields from '@apim-kit/core/fields'
import type { Field as CoreField, FieldOptions } from '@apim-kit/core/fields'

import type { Gateway, Scope } from './define-policy.js'
import type { VariableType } from './variable-handle.js'

export type { ValueOf } from '@apim-kit/core/fields'

/** What a policy's field may say beside core's options. */
export interface PolicyFieldOptions extends FieldOptions {
  /**
   * Of a number, a flag or one of a few words: the documentation does not say whether an expression may stand here, and it may not
   * work; a warning says so. In free text one is taken without a word.
   */
  readonly expressionsUnstated?: true
  /** With `expressions: false`: an expression is taken as the text that it is, which breaks neither a save nor a call; a warning. */
  readonly expressionIsText?: true
  /** Only one source knows the field at all; met in a document, it is a warning that says so. */
  readonly onlyIn?: Source
  /** Of a `oneOf`: the values that only one source knows; met in a document, they are a warning that says so. */
  readonly valuesOnlyIn?: Readonly<Record<string, Source>>
  /** Of a `oneOf`: the gateways on which a value works, where it does not on all; elsewhere it is a warning. */
  readonly valueGateways?: Readonly<Record<string, readonly Gateway[]>>
  /** Places where the service was seen to refuse it, though no source says so: a warning. */
  readonly refusedAt?: { readonly places: readonly (Scope | 'fragment')[]; readonly because: string }
  /** Only one source requires the field; left out, it is a warning that says so. */
  readonly requiredOnlyBy?: Source
  /** With `refersTo`: the property that names the parent of what is named here. */
  readonly parent?: string
  /** With `refersTo`: a word that names no resource. */
  readonly keyword?: string
  /** The gateway hands over the value of an expression with its .NET type, not as text. */
  readonly keepsType?: true
  /** Of an integer: an expression that gives an `int` was seen to be refused on save; a warning. */
  readonly wantsLong?: true
  /** Evaluated when the behaviour asks for it, and as often as it asks: the condition of a `when` or a `retry`. */
  readonly later?: true
  /** It names a context variable, which the policy sets or reads. */
  readonly variable?: 'set' | 'read'
  /** What the variable that it names holds: a handle of this type may stand here; `any` where the policy says no type. */
  readonly holds?: VariableType | 'any'
  /**
   * Its text is a credential, which everybody who may read the document can read too: a `password` is chosen by people, a `key` made
   * by a machine. `named`: it is one where the name that stands beside it, or in the policy around it, is that of a credential;
   * `parameter`: the same, of a query parameter, whose names are shorter.
   */
  readonly credential?: 'password' | 'key' | 'named' | 'parameter'
  /** It ends the wait for another service, on which the caller waits too. */
  readonly limitsWait?: true
  /** Where it is true, an answer with an error's status fails, so that nobody takes it for a good one. */
  readonly failsOnErrorStatus?: true
  /** The text is a template of this language, not text with named values, where the attribute `template` says so. */
  readonly template?: 'liquid'
}

/** Where facts about policies come from; they do not always agree. */
export type Source = 'the documentation' | "Microsoft's schemas" | 'the policy toolkit'

/** Core's field, with the options of policies. */
export type Field<Value = unknown, Options extends PolicyFieldOptions = PolicyFieldOptions> = CoreField<Value, Options>

export type Fields = Readonly<Record<string, Field>>

export const text: <const O extends PolicyFieldOptions>(options?: O) => Field<string, O> & { readonly type: 'text' } =
  fields.text

export const flag: <const O extends PolicyFieldOptions>(options?: O) => Field<boolean, O> & { readonly type: 'flag' } =
  fields.flag

export const integer: <const O extends PolicyFieldOptions>(
  options?: O,
) => Field<number, O> & { readonly type: 'integer' } = fields.integer

export const number: <const O extends PolicyFieldOptions>(
  options?: O,
) => Field<number, O> & { readonly type: 'number' } = fields.number

export const oneOf: <const V extends string, const O extends PolicyFieldOptions>(
  values: readonly V[],
  options?: O,
) => Field<V, O> & { readonly type: 'oneOf'; readonly values: readonly V[] } = fields.oneOf
