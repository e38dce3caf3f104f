import { parseQuery } from '../expression/index.js'
import { compareTemplates, compileTemplate, matchQuery, type UrlTemplate } from './url-template.js'

/** An API as the router needs it; `target` is what the router gives back. */
export interface ApiRoute<A, O> {
  /** Below the gateway's host, with or without slashes around it; empty for the root. */
  readonly path: string
  /** With what a request names this version of several APIs at one path; undefined for the one that needs no naming. */
  readonly version?: ApiVersion | undefined
  readonly target: A
  readonly operations: readonly OperationRoute<O>[]
}

/** The header or query parameter that names a version, and the version. */
export interface ApiVersion {
  readonly in: 'Header' | 'Query'
  readonly name: string
  readonly value: string
}

/** What a request says in a header or query parameter; undefined when it lacks it. */
export type VersionReader = (place: ApiVersion['in'], name: string) => string | undefined

/** An operation as the router needs it. */
export interface OperationRoute<O> {
  readonly method: string
  readonly urlTemplate: string
  readonly target: O
}

/** What a request was found to be for. */
export interface RouteMatch<A, O> {
  readonly api: A
  /** Undefined when the API has no such operation. */
  readonly operation: O | undefined
  /** The path below the API's, with its slash; empty when the request's path is the API's own. */
  readonly rest: string
  /** `context.Request.MatchedParameters`: decoded values. */
  readonly parameters: ReadonlyMap<string, string>
  /** The same values as they stood in the URL, for `rewrite-uri`. */
  readonly encodedParameters: ReadonlyMap<string, string>
  /** Names of the query parameters that the template names, in lower case. */
  readonly templateQuery: ReadonlySet<string>
}

/** Finds the API and operation of a request. */
export interface Router<A, O> {
  /** Undefined when no API has this path. `queryString` with its question mark, or empty. */
  match(method: string, path: string, queryString: string, versionIn?: VersionReader): RouteMatch<A, O> | undefined
}

interface Candidate<O> {
  readonly template: UrlTemplate
  readonly templateQuery: ReadonlySet<string>
  readonly target: O
}

/** The operations of one method of one API. */
interface MethodTable<O> {
  /** By path, in lower case: most operations are found here. */
  readonly fixed: ReadonlyMap<string, readonly Candidate<O>[]>
  readonly patterns: readonly Candidate<O>[]
}

interface CompiledApi<A, O> {
  readonly version: ApiVersion | undefined
  readonly target: A
  readonly methods: ReadonlyMap<string, MethodTable<O>>
}

const none: ReadonlyMap<string, string> = new Map()
const noNames: ReadonlySet<string> = new Set()

/**
 * Builds the router. The API with the longest path that begins the request's wins, whole segments compared without regard to
 * case; when it lacks the operation, no shorter one is tried. Of the operations the one with the most specific template wins,
 * the first of two equal ones. (The service documents neither; this is how its path matching is described in public.)
 *
 * @example createRouter([{ path: 'orders', target: 'orders', operations: [{ method: 'GET', urlTemplate: '/{id}', target: 'get' }] }])
 */
export function createRouter<A, O>(apis: readonly ApiRoute<A, O>[]): Router<A, O> {
  const byPath = groupBy(
    apis.map(({ path, version, target, operations }) => ({
      path: normalized(path),
      api: { version, target, methods: methodTables(operations) },
    })),
    ({ path }) => path,
  )
  return {
    match: (method, path, queryString, versionIn = () => undefined) => {
      const lower = path.toLowerCase()
      for (let end = lower.length; end >= 0; end = end === 0 ? -1 : Math.max(0, lower.lastIndexOf('/', end - 1))) {
        const found = byPath.get(lower.slice(0, end))
        if (found === undefined) continue
        const api = ofVersion(
          found.map((each) => each.api),
          versionIn,
        )
        return api && matchOperation(api, method, path.slice(end), queryString)
      }
      return undefined
    },
  }
}

/**
 * The API of the version that the request names. The one without a version answers only requests that name none: another
 * version than those that there are is a mistake of the caller's. Names and values compare without case, as ARM does when it
 * looks for two APIs in one place. Of two that are alike the first stays.
 */
function ofVersion<A, O>(apis: readonly CompiledApi<A, O>[], versionIn: VersionReader): CompiledApi<A, O> | undefined {
  let isNamed = false
  for (const api of apis) {
    if (api.version === undefined) continue
    const named = versionIn(api.version.in, api.version.name)?.toLowerCase()
    if (named === api.version.value.toLowerCase()) return api
    isNamed ||= named !== undefined
  }
  return isNamed ? undefined : apis.find(({ version }) => version === undefined)
}

/** `/Orders/` → `/orders`; the root is the empty text. */
function normalized(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '').toLowerCase()
  return trimmed === '' ? '' : `/${trimmed}`
}

function methodTables<O>(operations: readonly OperationRoute<O>[]): Map<string, MethodTable<O>> {
  const byMethod = groupBy(operations, (operation) => operation.method.toUpperCase())
  return new Map([...byMethod].map(([method, routes]) => [method, methodTable(routes)]))
}

function methodTable<O>(routes: readonly OperationRoute<O>[]): MethodTable<O> {
  const candidates = routes
    .map(({ urlTemplate, target }) => candidate(urlTemplate, target))
    .toSorted((a, b) => compareTemplates(a.template, b.template))
  const fixed = candidates.filter(({ template }) => template.fixedPath !== undefined)
  return {
    fixed: groupBy(fixed, ({ template }) => rootAsEmpty(template.fixedPath ?? '')),
    patterns: candidates.filter(({ template }) => template.fixedPath === undefined),
  }
}

/** `Map.groupBy`, which Node 20 lacks. */
function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

function candidate<O>(urlTemplate: string, target: O): Candidate<O> {
  const template = compileTemplate(urlTemplate.startsWith('/') ? urlTemplate : `/${urlTemplate}`)
  const names = template.query.map(({ name }) => name.toLowerCase())
  return { template, templateQuery: names.length === 0 ? noNames : new Set(names), target }
}

/** An operation at `/` answers the API's own path with and without the slash. */
function rootAsEmpty(path: string): string {
  return path === '/' ? '' : path
}

function matchOperation<A, O>(
  api: CompiledApi<A, O>,
  method: string,
  rest: string,
  queryString: string,
): RouteMatch<A, O> {
  const table = api.methods.get(method.toUpperCase())
  const candidates = table === undefined ? [] : (table.fixed.get(rootAsEmpty(rest.toLowerCase())) ?? [])
  for (const { template, templateQuery, target } of candidates) {
    if (template.query.length === 0) return found(api, target, rest, templateQuery, none, none)
    const query = matchQuery(template, parseQuery(queryString))
    if (query !== undefined) return found(api, target, rest, templateQuery, none, query)
  }
  for (const { template, templateQuery, target } of table?.patterns ?? []) {
    const path = template.matchPath(rest === '' ? '/' : rest)
    const query = path && (template.query.length === 0 ? none : matchQuery(template, parseQuery(queryString)))
    if (path !== undefined && query !== undefined) return found(api, target, rest, templateQuery, path, query)
  }
  return found(api, undefined, rest, noNames, none, none)
}

function found<A, O>(
  api: CompiledApi<A, O>,
  operation: O | undefined,
  rest: string,
  templateQuery: ReadonlySet<string>,
  path: ReadonlyMap<string, string>,
  query: ReadonlyMap<string, string>,
): RouteMatch<A, O> {
  if (path.size === 0 && query.size === 0) {
    return { api: api.target, operation, rest, templateQuery, parameters: none, encodedParameters: none }
  }
  const parameters = new Map([...path].map(([name, value]) => [name, decoded(value)]))
  const encodedParameters = new Map(path)
  for (const [name, value] of query) {
    parameters.set(name, value)
    encodedParameters.set(name, encodeURIComponent(value))
  }
  return { api: api.target, operation, rest, templateQuery, parameters, encodedParameters }
}

/** A `%` that begins no escape stays as it is. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
