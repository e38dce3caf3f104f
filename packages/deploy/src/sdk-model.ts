import type { Field, Fields } from '@apim-kit/core/fields'

/** A resource as the SDK has it: the properties stand beside `id` and `name`, some of them under another name. */
export type SdkModel = Readonly<Record<string, unknown>>

/** Properties of the wire in the SDK's names. The SDK drops what it does not know, so every name has to be its own. */
export function toModel(fields: Fields, properties: Readonly<Record<string, unknown>>): SdkModel {
  const entries = Object.entries(fields).flatMap(([name, field]): [string, unknown][] => {
    const inner = value(field, properties[name], toModel)
    if (field.options.flattened === true) return Object.entries(inner ?? {})
    return [[field.options.sdkPut ?? field.options.sdk ?? name, inner]]
  })
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined))
}

/** The SDK's model in the names of the wire: only what the kind describes. */
export function fromModel(fields: Fields, model: SdkModel): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, field]) => {
    if (field.options.flattened !== true) return [name, value(field, model[field.options.sdk ?? name], fromModel)]
    const inner = fromModel(field.fields ?? {}, model)
    return [name, Object.keys(inner).length > 0 ? inner : undefined]
  })
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined)) as Record<string, unknown>
}

/** What a kind describes of properties that are in the names of the wire already. */
export function described(fields: Fields, properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(fields).map(([name, field]) => [name, value(field, properties[name], described)])
  return Object.fromEntries(entries.filter(([, inner]) => inner !== undefined)) as Record<string, unknown>
}

function value(field: Field, inner: unknown, deeper: (fields: Fields, value: SdkModel) => object): unknown {
  if (typeof inner !== 'object' || inner === null) return inner
  if (field.type === 'list' && field.item !== undefined && Array.isArray(inner))
    return inner.map((item) => value(field.item ?? field, item, deeper))
  if (field.type === 'map' && field.item?.fields !== undefined) return eachValue(field.item, inner, deeper)
  return field.fields === undefined ? inner : deeper(field.fields, inner as SdkModel)
}

/** The keys of a map are the user's; what stands at each is renamed. */
function eachValue(item: Field, map: object, deeper: (fields: Fields, value: SdkModel) => object): object {
  return Object.fromEntries(Object.entries(map).map(([key, inner]) => [key, value(item, inner, deeper)]))
}
