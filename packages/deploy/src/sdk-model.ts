import type { Field, Fields } from '@apim-kit/core/fields'

/** A resource as the SDK has it: the properties stand beside `id` and `name`, some of them under another name. */
export type SdkModel = Readonly<Record<string, unknown>>

/** Properties of the wire in the SDK's names. The SDK drops what it does not know, so every name has to be its own. */
export function toModel(fields: Fields, properties: Readonly<Record<string, unknown>>): SdkModel {
  return renamed(fields, properties, (name, field) => [name, field.options.sdk ?? name], toModel)
}

/** The SDK's model in the names of the wire: only what the kind describes. */
export function fromModel(fields: Fields, model: SdkModel): Record<string, unknown> {
  return renamed(fields, model, (name, field) => [field.options.sdk ?? name, name], fromModel)
}

type Names = (name: string, field: Field) => readonly [from: string, to: string]

function renamed(
  fields: Fields,
  source: object,
  names: Names,
  deeper: (fields: Fields, value: SdkModel) => object,
): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, field]) => {
    const [from, to] = names(name, field)
    return [to, value(field, Reflect.get(source, from), deeper)] as const
  })
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

function value(field: Field, inner: unknown, deeper: (fields: Fields, value: SdkModel) => object): unknown {
  if (typeof inner !== 'object' || inner === null) return inner
  if (field.type === 'list' && field.item !== undefined && Array.isArray(inner))
    return inner.map((item) => value(field.item ?? field, item, deeper))
  return field.fields === undefined ? inner : deeper(field.fields, inner as SdkModel)
}
