import { deepEquals } from './scalar.js'
import { JArray, JObject, type JToken, JValue } from './token.js'

/** `JsonMergeSettings`, by the numbers of its enums. */
export interface MergeSettings {
  /** 0 concat, 1 union, 2 replace, 3 merge. Default 0. */
  arrays: number
  /** 0 ignore, 1 merge. Default 0: a null does not replace a value. */
  nulls: number
}

/** Merges content into an object or array, as `JContainer.Merge` does. */
export function mergeInto(target: JToken, content: JToken, settings: MergeSettings): void {
  if (target instanceof JObject && content instanceof JObject) mergeObjects(target, content, settings)
  else if (target instanceof JArray && content instanceof JArray) mergeArrays(target, content, settings)
}

function mergeObjects(target: JObject, content: JObject, settings: MergeSettings): void {
  for (const { name, value } of content.properties) {
    const known = target.get(name)
    const isNull = value instanceof JValue && value.value === null
    if (known === undefined) target.set(name, value)
    else if (isNull ? settings.nulls === 1 : !mergeable(known, value)) target.set(name, value)
    else mergeInto(known, value, settings)
  }
}

function mergeable(a: JToken, b: JToken): boolean {
  return (a instanceof JObject && b instanceof JObject) || (a instanceof JArray && b instanceof JArray)
}

function mergeArrays(target: JArray, content: JArray, settings: MergeSettings): void {
  if (settings.arrays === 2) target.clear()
  content.children.forEach((item, index) => {
    const known = target.children[index]
    if (settings.arrays === 1 && target.children.some((own) => deepEquals(own, item))) return
    if (settings.arrays !== 3 || known === undefined) target.add(item)
    else if (mergeable(known, item)) mergeInto(known, item, settings)
    else if (!(item instanceof JValue && item.value === null) || settings.nulls === 1) target.setAt(index, item)
  })
}
