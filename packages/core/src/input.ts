import * as z from 'zod/mini'
import { lengthChecks, type Field, type Fields, type InputNames, type ValueOf } from './fields.js'
import { Output } from './outputs.js'
import { isPolicyContent, type PolicyContent } from './policy-content.js'
import { suggestion, type Problem } from './problems.js'
import { isResource, type Resource } from './resource.js'
import { SecretReference } from './secrets.js'

/** What a caller may write for one field: a literal, or what stands for one until a plan is made. */
export type InputValue<F> = F extends { readonly type: 'secret' }
  ? SecretReference
  : F extends { readonly type: 'document' }
    ? PolicyContent
    : F extends { readonly type: 'group'; readonly fields: infer G extends Fields }
      ? InputOf<G>
      : F extends { readonly type: 'list'; readonly item: infer I }
        ? readonly InputValue<I>[]
        : F extends { readonly type: 'map'; readonly item: infer I; readonly options: infer O }
          ? Readonly<Record<string, InputValue<I> | MaybeKey<O> | undefined>>
          : F extends { readonly type: 'text'; readonly options: infer O }
            ? string | Symbolic<O> | ReferredTo<O> | MaybeSecret<O>
            : ValueOf<F>

type ReferredTo<O> =
  | (O extends { readonly refersTo: infer K extends string } ? Resource<K> : never)
  | (O extends { readonly alsoRefersTo: infer K extends string } ? Resource<K> : never)
  | (O extends { readonly namedValues: true } ? Resource<'namedValue'> : never)
/** Remembered text has to be known: its fingerprint is made of it. */
type Symbolic<O> = O extends { readonly remembered: true } ? never : Output
type MaybeSecret<O> = O extends { readonly secret: 'allowed' } ? SecretReference : never
type MaybeKey<O> = O extends { readonly secretKeys: readonly string[] } ? SecretReference : never

/** What a caller writes for a group of fields: required ones required, computed ones left out. */
export type InputOf<F extends Fields> = RequiredInput<Pick<F, InputNames<F, true>>> &
  OptionalInput<Pick<F, InputNames<F, false>>>

// Mapped over picked fields and not filtered by an `as` clause: an editor then shows the doc comments of the description.
type RequiredInput<F extends Fields> = { readonly [K in keyof F]: InputValue<F[K]> }
type OptionalInput<F extends Fields> = { readonly [K in keyof F]?: InputValue<F[K]> | undefined }

/** Checks what a caller wrote against the description; everything wrong is reported at once. */
export function inputProblems(fields: Fields, input: unknown, path = ''): Problem[] {
  const result = inputSchema(fields).safeParse(input)
  return result.success ? [] : result.error.issues.flatMap((issue) => toProblems(issue, { fields, input, path }))
}

const schemas = new WeakMap<Fields, z.ZodMiniType>()

function inputSchema(fields: Fields): z.ZodMiniType {
  const known = schemas.get(fields)
  if (known !== undefined) return known
  const inputs = Object.entries(fields).filter(([, field]) => field.options.computed !== true)
  const schema = z.strictObject(
    Object.fromEntries(
      inputs.map(([name, field]) => {
        const value = valueSchema(field)
        return [name, field.options.required === true ? value : z.optional(value)]
      }),
    ),
  )
  schemas.set(fields, schema)
  return schema
}

function valueSchema(field: Field): z.ZodMiniType {
  switch (field.type) {
    case 'secret':
      return secretSchema
    case 'document':
      return z.custom<PolicyContent>(
        isPolicyContent,
        'expected a policy document; build one with policies({ … }) of @apim-kit/policy-dsl',
      )
    case 'group':
      return inputSchema(field.fields ?? {})
    case 'list':
      return z.array(valueSchema(field.item ?? field)).check(...lengthChecks(field.options))
    case 'map':
      return mapSchema(field)
    case 'text':
      return symbolicOr(field)
    case 'flag':
    case 'integer':
    case 'number':
    case 'oneOf':
    case 'json':
      return field.schema
  }
}

const secretSchema = z.custom<SecretReference>(
  (value) => value instanceof SecretReference,
  'is a secret: give fromKeyVault(…), fromEnvironment(…) or fromValue(…) instead of the text itself',
)

/** A named value that was put where its text is wanted, by itself or by its display name. */
const isNamedValue = (value: unknown): boolean =>
  typeof value === 'string' ? onlyNamedValue.test(value) : isResource(value) && value.kind === namedValueKind

/** What a text that is one named value and nothing else looks like. */
export const onlyNamedValue = /^\{\{[A-Za-z0-9-._]+\}\}$/
const namedValueKind = 'namedValue'

const secretOrNamedValueSchema = z.custom(
  (value) => value instanceof SecretReference || isNamedValue(value),
  'is a secret: give fromKeyVault(…), fromEnvironment(…), fromValue(…), a named value or "{{name}}" instead of the text itself',
)

function mapSchema(field: Field): z.ZodMiniType {
  const { secretKeys = [] } = field.options
  const item = field.item ?? field
  const secret = item.options.namedValues === true ? secretOrNamedValueSchema : secretSchema
  const others = [valueSchema(item), ...(secretKeys.length > 0 ? [z.instanceof(SecretReference)] : [])] as const
  return z.catchall(
    z.object(Object.fromEntries(secretKeys.map((key) => [key, z.optional(secret)]))),
    z.optional(z.union(others)),
  )
}

/** Remembered text that was taken from another resource. */
const isContent = (value: unknown): boolean => value instanceof SecretReference && value.noun === 'content'

/** A text, or one of the values that stand for a text until a plan is made. */
function symbolicOr(field: Field): z.ZodMiniType {
  const { refersTo, alsoRefersTo, namedValues, remembered, secret } = field.options
  const kinds = [refersTo, alsoRefersTo, namedValues === true ? namedValueKind : undefined]
  const named = z.custom<Resource>((value) => isResource(value) && kinds.includes(value.kind))
  return z.union([
    field.schema,
    ...(remembered === true ? [z.custom(isContent)] : [z.instanceof(Output)]),
    ...(secret === 'allowed' ? [z.instanceof(SecretReference)] : []),
    ...(kinds.some((kind) => kind !== undefined) ? [named] : []),
  ])
}

/** What was checked, by what, and how its place is called. */
interface Subject {
  readonly fields: Fields
  readonly input: unknown
  readonly path: string
}

function toProblems(issue: z.core.$ZodIssue, subject: Subject): Problem[] {
  const { fields, input, path: base } = subject
  // The first alternative of a union is the literal: what people write, and so what the message is about.
  if (issue.code === 'invalid_union') {
    const [literal] = issue.errors
    return (literal ?? []).flatMap((inner) => toProblems({ ...inner, path: [...issue.path, ...inner.path] }, subject))
  }
  const path = [base, ...issue.path.map(String)].filter((part) => part !== '').join('.')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      rule: 'input/unknown-field',
      severity: 'error' as const,
      path: path === '' ? key : `${path}.${key}`,
      message: `there is no such field${suggestion(key, inputNamesAt(fields, issue.path))}`,
    }))
  const missing = issue.code === 'invalid_type' && at(input, issue.path) === undefined
  return [
    missing
      ? { rule: 'input/missing', severity: 'error', path, message: `is missing; expected ${issue.expected}` }
      : { rule: 'input/invalid', severity: 'error', path, message: explain(issue) },
  ]
}

/** The wording of an unfit value. It never repeats the value: a misplaced secret would be shown. */
function explain(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${issue.expected}`
    case 'invalid_value':
      return `expected one of ${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'too_small':
      return tooLittle(issue.origin, issue.minimum)
    case 'too_big':
      return tooMuch(issue.origin, issue.maximum)
    case 'invalid_format':
      return issue.pattern === undefined ? `is not a valid ${issue.format}` : `has to match ${issue.pattern}`
    default:
      return issue.message ?? 'is not valid'
  }
}

function tooLittle(origin: string, minimum: number | bigint): string {
  if (origin === 'string') return `is too short; at least ${minimum} characters are needed`
  if (origin === 'array') return `has too few items; at least ${minimum} are needed`
  return `is too small; it has to be at least ${minimum}`
}

function tooMuch(origin: string, maximum: number | bigint): string {
  if (origin === 'string') return `is too long; at most ${maximum} characters are allowed`
  if (origin === 'array') return `has too many items; at most ${maximum} are allowed`
  return `is too great; it has to be at most ${maximum}`
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (Reflect.get(inner, key) as unknown) : undefined),
    value,
  )
}

/** The names that a caller may write at a place of the input. */
function inputNamesAt(fields: Fields, path: readonly PropertyKey[]): string[] {
  const group = path.reduce<Fields | undefined>((at, key) => {
    if (at === undefined || typeof key === 'number') return at
    const field = at[String(key)]
    return field?.fields ?? field?.item?.fields
  }, fields)
  return Object.entries(group ?? {})
    .filter(([, field]) => field.options.computed !== true)
    .map(([name]) => name)
}
