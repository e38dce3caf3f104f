import { uniqueMarks } from '@apim-kit/core'
import type { ResourceStore, StoredResource } from '../store.js'
import { invalid, type ErrorDetail } from './arm-error.js'
import type { Draft } from './behaviour.js'

/** What a resource wants to have that only one below its parent may have, and another one has. */
export function takenDetails(draft: Draft, store: ResourceStore): ErrorDetail[] {
  const wanted = marksOf(draft)
  if (wanted.length === 0) return []
  const others = store.list(draft.kind, draft.names.slice(0, -1)).filter((other) => other !== draft.before)
  return wanted.flatMap(({ field, words, mark }) => {
    const owner = others.find((other) => marksOf(other).some((theirs) => theirs.mark === mark))
    if (owner === undefined) return []
    return [invalid(field, `The ${draft.kind.title} '${owner.names.at(-1)}' has this ${words} already.`)]
  })
}

function marksOf({
  kind,
  names,
  properties,
}: Pick<StoredResource, 'kind' | 'names' | 'properties'>): ReturnType<typeof uniqueMarks> {
  return uniqueMarks({ kind: kind.kind, name: names.at(-1) ?? '' }, properties)
}
