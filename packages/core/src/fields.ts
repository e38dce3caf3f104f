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
  /** The service fills it in from that field beside it, where that field is given: an API's description from the imported document. */
  readonly filledFrom?: string
  /** Sent, but never compared: the service does not give it back, or gives it back in a form of its own choice. */
  readonly writeOnly?: true
  /** A text that the service keeps in another form and never gives back: sent again when it is another than the one sent last. */
  readonly remembered?: true
  /** A field of a kind's own level: answers may leave it out as a whole, though the service has it; then it is no difference. */
  readonly mayBeHidden?: true
  /** Compared without regard to case: identifiers, GUIDs, enumerations. */
  readonly caseInsensitive?: true
  /** A span of time as ISO 8601 writes it: `PT60S` and `PT1M` are the same. */
  readonly span?: true
  /** The kind of resource that the text names; a resource itself may stand there. */
  readonly refersTo?: string
  /** With `refersTo`: a second kind that may stand there. */
  readonly alsoRefersTo?: string
  /**
   * With `refersTo`: how the service writes the resource. `path` is the address below the service, `/loggers/x`; `armId` the
   * whole one. Both compare as the same address. Default: the name.
   */
  readonly form?: 'path' | 'armId'
  /** `{{name}}` in the text stands for a named value. */
  readonly namedValues?: true
  /** A text that may be a secret: then a secret reference stands there, and the text is write-only. */
  readonly secret?: 'allowed'
  /** Its name in the SDK's model, where that differs from the name on the wire. */
  readonly sdk?: string
  /** Its name in the SDK's model of what is sent, where that differs from the model of what is read. */
  readonly sdkPut?: string
  /** A group whose fields stand in the place of the group itself in the SDK's model. */
  readonly flattened?: true
  /** A policy's attribute: its name in XML, where it is not the kebab-case of the field's name. */
  readonly attribute?: string
  /** A policy's attribute or text: `false` where a C# expression is refused. Default: allowed. */
  readonly expressions?: false
  /** A text: fewest characters. A number: the smallest. A list: fewest items. Default: no limit. */
  readonly min?: number
  /** A text: most characters. A number: the greatest. A list: most items. Default: no limit. */
  readonly max?: number
  /** A value that fits: for reference pages and tests, where a pattern allows little. */
  readonly example?: string
  /** A text: what it has to match. */
  readonly pattern?: RegExp
  /** A map: the keys whose values are secrets, given by reference only and never read back. Default: none. */
  readonly secretKeys?: readonly string[]
  /** A map: the keys that the service fills in by itself when they are left out. Default: none. */
  readonly filledKeys?: readonly string[]
}

export type FieldType =
  | 'text'
  | 'flag'
  | 'integer'
  | 'number'
  | 'oneOf'
  | 'secret'
  | 'list'
  | 'group'
  | 'map'
  | 'json'
  | 'document'

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

// Fields that hold others have interfaces: a declaration names them with what they hold. Spelt out, it would say that twice, for the
// type of the values and for the fields, and twice again a level deeper: the kinds took two megabytes of declarations.

/** Several values of one field. */
export interface ListField<F extends Field, O extends FieldOptions> {
  readonly type: 'list'
  readonly options: O
  readonly schema: z.ZodMiniType<readonly ValueOf<F>[]>
  readonly item: F
}

/** Fields under one name. */
export interface GroupField<F extends Fields, O extends FieldOptions> {
  readonly type: 'group'
  readonly options: O
  readonly schema: z.ZodMiniType<ValuesOf<F>>
  readonly fields: F
}

/** Values by name. */
export interface MapField<F extends Field, O extends FieldOptions> {
  readonly type: 'map'
  readonly options: O
  readonly schema: z.ZodMiniType<Readonly<Record<string, ValueOf<F>>>>
  readonly item: F
}

/**
 * Completes a field. Its schema is made when a value is checked first: a program meets a few of the thousand fields that are
 * described, and making all of the schemas was most of the time that an import took.
 */
function withSchema<F extends object, Value>(
  field: F,
  make: () => z.ZodMiniType<Value>,
): F & { readonly schema: z.ZodMiniType<Value> } {
  let schema: z.ZodMiniType<Value> | undefined
  return Object.defineProperty(field, 'schema', { enumerable: true, get: () => (schema ??= make()) }) as F & {
    readonly schema: z.ZodMiniType<Value>
  }
}

/** What a number has to be; the SDK and the service count both ends in. */
function range({ min, max }: FieldOptions = {}): z.core.$ZodCheck<number>[] {
  return [...(min === undefined ? [] : [z.gte(min)]), ...(max === undefined ? [] : [z.lte(max)])]
}

/** How long a text or a list has to be. */
export function lengthChecks({ min, max }: FieldOptions = {}): z.core.$ZodCheck<{ readonly length: number }>[] {
  return [...(min === undefined ? [] : [z.minLength(min)]), ...(max === undefined ? [] : [z.maxLength(max)])]
}

/** A text field. */
export function text<const O extends FieldOptions>(options?: O): Field<string, O> & { readonly type: 'text' } {
  return withSchema({ type: 'text', options: options ?? ({} as O) }, () => {
    const { pattern } = options ?? {}
    return z.string().check(...lengthChecks(options), ...(pattern === undefined ? [] : [z.regex(pattern)]))
  })
}

/** A true or false field. */
export function flag<const O extends FieldOptions>(options?: O): Field<boolean, O> & { readonly type: 'flag' } {
  return withSchema({ type: 'flag', options: options ?? ({} as O) }, () => z.boolean())
}

/** A whole number. */
export function integer<const O extends FieldOptions>(options?: O): Field<number, O> & { readonly type: 'integer' } {
  return withSchema({ type: 'integer', options: options ?? ({} as O) }, () => z.int().check(...range(options)))
}

/** A number, whole or not. */
export function number<const O extends FieldOptions>(options?: O): Field<number, O> & { readonly type: 'number' } {
  return withSchema({ type: 'number', options: options ?? ({} as O) }, () => z.number().check(...range(options)))
}

/** One of some words. Written as listed; the service's answers compare without regard to case. */
export function oneOf<const V extends string, const O extends FieldOptions>(
  values: readonly V[],
  options?: O,
): Omit<Field<V, O>, 'type' | 'values'> & { readonly type: 'oneOf'; readonly values: readonly V[] } {
  return withSchema({ type: 'oneOf', options: options ?? ({} as O), values }, () => z.enum(values))
}

/** A write-only text that only a secret reference may give. */
export function secret<const O extends FieldOptions>(options?: O): Field<string, O> & { readonly type: 'secret' } {
  return withSchema({ type: 'secret', options: options ?? ({} as O) }, () => z.string())
}

/** Several values of one field, in order. */
export function list<F extends Field, const O extends FieldOptions>(item: F, options?: O): ListField<F, O> {
  return withSchema(
    { type: 'list', options: options ?? ({} as O), item },
    () => z.array(item.schema).check(...lengthChecks(options)) as z.ZodMiniType as z.ZodMiniType<readonly ValueOf<F>[]>,
  )
}

/** Fields under one name. */
export function group<const F extends Fields, const O extends FieldOptions>(fields: F, options?: O): GroupField<F, O> {
  return withSchema({ type: 'group', options: options ?? ({} as O), fields }, () => {
    const shape = Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [
        name,
        field.options.required ? field.schema : z.optional(field.schema),
      ]),
    )
    return z.strictObject(shape) as z.ZodMiniType as z.ZodMiniType<ValuesOf<F>>
  })
}

/** Texts by name, where the names are the service's business. */
export function map<const O extends FieldOptions>(options?: O): MapField<Text, O> {
  const field = { type: 'map' as const, options: options ?? ({} as O), item: text({}) }
  return withSchema(field, () => z.record(z.string(), z.string()))
}

type Text = Field<string, object> & { readonly type: 'text' }

/** Values of one kind by name, where the names are the user's business. */
export function mapOf<F extends Field, const O extends FieldOptions>(item: F, options?: O): MapField<F, O> {
  return withSchema(
    { type: 'map', options: options ?? ({} as O), item },
    () => z.record(z.string(), item.schema) as z.ZodMiniType as z.ZodMiniType<Readonly<Record<string, ValueOf<F>>>>,
  )
}

/** Data that only its reader understands, compared key by key: the definitions of a schema. */
export function json<const O extends FieldOptions>(options?: O): Field<Json, O> & { readonly type: 'json' } {
  const field = { type: 'json' as const, options: options ?? ({} as O) }
  return withSchema(field, () => z.json() as z.ZodMiniType as z.ZodMiniType<Json>)
}

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

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
