import type { StoredResource } from '../store.js'
import { resourceBody, type Answer } from './answer.js'
import type { ArmContext } from './arm-context.js'
import { ArmError } from './arm-error.js'
import type { ArmRequest } from './arm-request.js'
import { behaviourOf } from './behaviours.js'
import { compileFilter, type Filterable } from './filter.js'
import { presentProperties } from './present.js'
import { requireParents, type Prepared } from './verbs.js'

/**
 * Lists the resources of a kind below one parent, page by page. `$top` makes pages smaller, it does not end the list: the link
 * to the next page is there as long as something is left.
 */
export function list(request: ArmRequest, arm: ArmContext): Prepared {
  const { kind, names, query } = request
  requireParents(request, arm)
  const { getOnly } = kind.sdk
  const listed = arm.store.list(kind, names).filter((resource) => getOnly?.test(resource.names.at(-1) ?? '') !== true)
  const matching = filtered(listed, query.get('$filter'))
  const skip = wholeNumber(query, '$skip', 0) ?? 0
  const end = skip + Math.min(wholeNumber(query, '$top', 1) ?? arm.pageSize, arm.pageSize)
  const value = matching.slice(skip, end).map((resource) => resourceBody(resource, query, arm))
  const nextLink = end < matching.length ? nextPage(request.url, end) : lastPage(kind.protocol.entityTag)
  const count = behaviourOf(kind).count === false ? {} : { count: matching.length }
  const answer: Answer = { status: 200, body: { value, ...count, ...nextLink }, pretty: kind.protocol.entityTag }
  return { status: 200, longRunning: false, run: () => answer }
}

function filtered(resources: readonly StoredResource[], filter: string | null): readonly StoredResource[] {
  if (filter === null || filter.trim() === '') return resources
  const matches = compileFilter(filter)
  return resources.filter((resource) => matches(filterable(resource)))
}

/** A filter sees what an answer shows: asking for a secret letter by letter finds nothing. */
function filterable({ kind, names, properties }: StoredResource): Filterable {
  const fields = Object.fromEntries(Object.keys(kind.fields).map((name) => [name, null]))
  return { ...fields, ...presentProperties(kind.fields, properties), name: names.at(-1) }
}

function nextPage(url: URL, skip: number): { nextLink: string } {
  const next = new URL(url)
  const others = Array.from(next.searchParams).filter(([name]) => name.toLowerCase() !== '$skip')
  next.search = new URLSearchParams([...others, ['$skip', String(skip)]]).toString()
  return { nextLink: next.href }
}

/** Both ends of a list that the specification's samples show: an empty link, and none. */
function lastPage(entityTag: boolean): { nextLink?: string } {
  return entityTag ? {} : { nextLink: '' }
}

function wholeNumber(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least) return value
  throw new ArmError(400, 'ValidationError', `${name} has to be a whole number, at least ${least}.`)
}
