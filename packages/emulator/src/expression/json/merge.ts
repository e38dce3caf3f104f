import { isWalkable, objectsOf } from '../compile/walk.js'
import { typeName } from '../types.js'
import { invalidCast } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { deepEquals } from './scalar.js'
import { JContainer, JList, JObject, JProperty, JToken, tokenTypes } from './token.js'

/** `JsonMergeSettings`, by the numbers of its enums. */
export interface MergeSettings {
  /** 0 concat, 1 union, 2 replace, 3 merge. Default 0. */
  arrays: number
  /** 0 ignore, 1 merge. Default 0: a null does not replace a value. */
  nulls: number
}

/** Merges content into a container, as `JContainer.Merge` does: content of another kind changes nothing. */
export function mergeInto(target: JContainer, content: ClrValue, settings: MergeSettings): void {
  if (target instanceof JObject && content instanceof JObject) mergeObjects(target, content, settings)
  else if (target instanceof JList) mergeLists(target, content, settings)
  else if (target instanceof JProperty && content instanceof JProperty && !isNull(content.value))
    target.value = content.value
}

function mergeObjects(target: JObject, content: JObject, settings: MergeSettings): void {
  for (const property of content.walked()) {
    const { name, value } = property as JProperty
    const known = target.get(name)
    if (known === undefined) target.set(name, value)
    else if (known instanceof JContainer && known.tokenType === value.tokenType) mergeInto(known, value, settings)
    else if (!isNull(value) || settings.nulls === 1) target.set(name, value)
  }
}

const isNull = (token: JToken): boolean => token.tokenType === tokenTypes.null

function mergeLists(target: JList, content: ClrValue, settings: MergeSettings): void {
  const items = itemsOf(content)
  if (items === undefined) return
  if (settings.arrays === 2) target.clear()
  let index = 0
  for (const item of items) {
    if (settings.arrays === 3 && index < target.count) mergeItem(target, index, item, settings)
    else if (settings.arrays !== 1 || !target.children.some((own) => deepEquals(own, item))) target.add(item)
    index++
  }
}

function mergeItem(target: JList, index: number, item: JToken, settings: MergeSettings): void {
  const known = target.at(index)
  if (known instanceof JContainer) mergeInto(known, item, settings)
  else if (!isNull(item)) target.setAt(index, item)
}

/** The tokens of a list or of a sequence of tokens; undefined for what is neither. */
function itemsOf(content: ClrValue): Iterable<JToken> | undefined {
  if (content instanceof JList) return content.walked()
  const isSequence =
    !(content instanceof JToken) &&
    !(content instanceof Uint8Array) &&
    typeof content !== 'string' &&
    isWalkable(content)
  return isSequence ? onlyTokens(content) : undefined
}

function* onlyTokens(content: Exclude<ClrValue, null>): Generator<JToken> {
  for (const item of objectsOf(content)) {
    if (!(item instanceof JToken)) throw invalidCast(typeName(item), 'Newtonsoft.Json.Linq.JToken')
    yield item
  }
}
