import * as z from 'zod/mini'

/** What is known about a field beside the type of its value. Every verb asks these, never a kind's or a policy's name. */
export interface FieldOptions {
  /** A caller has to give it. Default: optional. */
  readonly required?: true
  /** What the service assumes when the field is left out; such a value is never a difference. */
  readonly default?: string | number | boolean | readonly string[]
  /** Set by the service alone: no input, never a difference. */
  readonly computed?: true
  /** The service fills it in when it is left out, and whatever it fills in is no difference. */
  readonly filled?: true
  /** Sent, but never compared: the service does not give it back, or gives it back in a form of its own choice. */
  readonly writeOnly?: true
  /** Compared without regard to case: identifiers, GUIDs, enumerations. */
  readonly caseInsensitive?: true
  /** The kind of resource that the text names; a resource itself may stand there. */
  readonly refersTo?: string
  /** A text that may be a secret: then a secret reference stands there, and the text is write-only. */
  readonly secret?: 'allowed'
  /** Its name in the SDK's model, where that differs from the name on the wire. */
  readonly sdk?: string
  /** A policy's attribute: its name in XML, where it is not the kebab-case of the field's name. */
  readonly attribute?: string
  /** A policy's attribute or text: `false` where a C# expression is refused. Default: allowed. */
  readonly expressions?: false
  /** A text: fewest characters. Default: 0. */
  readonly min?: number
  /** A text: most characters. Default: no limit. */
  readonly max?: number
  /** A text: what it has to match. */
  readonly pattern?: RegExp
  /** A map: the keys whose values are secrets, given by reference only and never read back. Default: none. */
  readonly secretKeys?: readonly string[]
  /** A map: the keys that the service fills in by itself when they are left out. Default: none. */
  readonly filledKeys?: readonly string[]
}

export type FieldType = 'text' | 'flag' | 'integer' | 'number' | 'oneOf' | 'secret' | 'list' | 'group' | 'map' | 'document'

/**
 * One field of a description: a zod schema of its literal values, and what else the verbs need to know.
 * `Value` is the type of a literal value, `Options` keeps what the caller wrote so that input types follow from it.
 */
export interface Field<Value = unknown, Options extends FieldOptions = FieldOptions> {
  readonly type: FieldType
  readonly options: Options
  /** Checks a literal value. */
  readonly schema: z.ZodMiniType<Value>
  /** The allowed values of a `oneOf`. */
  readonly values?: readonly string[]
  /** The item of a `list`, the value of a `map`. */
  readonly item?: Field
  /** The fields of a `group`. */
  readonly fields?: Fields
}

export type Fields = Readonly<Record<string, Field>>

/** A text field. */
export function text<const O extends FieldOptions>(options?: O): Field<string, O> & { readonly type: 'text' } {
  const { min, max, pattern } = options ?? {}
  const checks = [
    ...(min === undefined ? [] : [z.minLength(min)]),
    ...(max === undefined ? [] : [z.maxLength(max)]),
    ...(pattern === undefined ? [] : [z.regex(pattern)]),
  ]
  return { type: 'text', options: options ?? ({} as O), schema: z.string().check(...checks) }
}

/** A true or false field. */
export function flag<const O extends FieldOptions>(options?: O): Field<boolean, O> & { readonly type: 'flag' } {
  return { type: 'flag', options: options ?? ({} as O), schema: z.boolean() }
}

/** A whole number. */
export function integer<const O extends FieldOptions>(options?: O): Field<number, O> & { readonly type: 'integer' } {
  return { type: 'integer', options: options ?? ({} as O), schema: z.int() }
}

/** A number, whole or not. */
export function number<const O extends FieldOptions>(options?: O): Field<number, O> & { readonly type: 'number' } {
  return { type: 'number', options: options ?? ({} as O), schema: z.number() }
}

/** One of some words. Written as listed; the service's answers compare without regard to case. */
export function oneOf<const V extends string, const O extends FieldOptions>(
  values: readonly V[],
  options?: O,
): Omit<Field<V, O>, 'type' | 'values'> & { readonly type: 'oneOf'; readonly values: readonly V[] } {
  return { type: 'oneOf', options: options ?? ({} as O), values, schema: z.enum(values) }
}

/** A write-only text that only a secret reference may give. */
export function secret<const O extends FieldOptions>(options?: O): Field<string, O> & { readonly type: 'secret' } {
  return { type: 'secret', options: options ?? ({} as O), schema: z.string() }
}

/** Several values of one field, in order. */
export function list<F extends Field, const O extends FieldOptions>(
  item: F,
  options?: O,
): Omit<Field<readonly ValueOf<F>[], O>, 'type' | 'item'> & { readonly type: 'list'; readonly item: F } {
  return {
    type: 'list',
    options: options ?? ({} as O),
    item,
    schema: z.array(item.schema) as z.ZodMiniType as z.ZodMiniType<readonly ValueOf<F>[]>,
  }
}

/** Fields under one name. */
export function group<const F extends Fields, const O extends FieldOptions>(
  fields: F,
  options?: O,
): Omit<Field<ValuesOf<F>, O>, 'type' | 'fields'> & { readonly type: 'group'; readonly fields: F } {
  const shape = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      field.options.required ? field.schema : z.optional(field.schema),
    ]),
  )
  return {
    type: 'group',
    options: options ?? ({} as O),
    fields,
    schema: z.strictObject(shape) as z.ZodMiniType as z.ZodMiniType<ValuesOf<F>>,
  }
}

/** Texts by name, where the names are the service's business. */
export function map<const O extends FieldOptions>(
  options?: O,
): Field<Readonly<Record<string, string>>, O> & { readonly type: 'map' } {
  return {
    type: 'map',
    options: options ?? ({} as O),
    item: text(),
    schema: z.record(z.string(), z.string()),
  }
}

/** The type of a field's literal value. */
export type ValueOf<F> = F extends { readonly schema: z.ZodMiniType<infer Value> } ? Value : never

type IsRequired<F> = F extends { readonly options: { readonly required: true } } ? true : false
type IsComputed<F> = F extends { readonly options: { readonly computed: true } } ? true : false

/** The literal values of a group of fields, required ones required. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F as IsRequired<F[K]> extends true ? K : never]: ValueOf<F[K]>
} & {
  readonly [K in keyof F as IsRequired<F[K]> extends true ? never : K]?: ValueOf<F[K]> | undefined
}

/** Keeps of a description the fields that a caller gives: all but the computed ones, the required ones or the others. */
export type InputNames<F extends Fields, Required extends boolean> = {
  [K in keyof F]: IsComputed<F[K]> extends true ? never : IsRequired<F[K]> extends Required ? K : never
}[keyof F]
