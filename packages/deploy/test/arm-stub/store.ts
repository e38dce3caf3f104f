import type { Habits } from './habits.js'
import { typeAt, type Json } from './types.js'

/** A resource as the stub keeps it: with its secrets. */
export interface Kept {
  /** The address below the service as it was first written. */
  readonly path: string
  readonly properties: Json
  /** What was sent last: secrets and documents as they came. */
  readonly sent: Json
  /** Counts writes; the ETag is made of it. */
  readonly version: number
}

/** Everything that a service holds, by lower-case address below it. */
export type Snapshot = ReadonlyMap<string, Kept>

/** Why a request is refused. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: readonly { readonly target: string; readonly message: string }[] = [],
  ) {
    super(message)
  }
}

const builtInGroups = ['administrators', 'developers', 'guests']

/** The resources of one service: what stands below what, what ties what, which revision is the API. */
export class Store {
  #kept = new Map<string, Kept>()
  /** How often something came to be that was not there, by address. */
  readonly creations = new Map<string, number>()
  readonly #service: string
  readonly #habits: Habits
  #version = 1

  constructor(service: string, habits: Habits) {
    this.#service = service
    this.#habits = habits
    this.clear()
  }

  /** Leaves what every service has. */
  clear(): void {
    const groups = builtInGroups.map((name): [string, Kept] => {
      const properties = {
        displayName: name,
        description: 'Built in.',
        builtIn: true,
        type: 'system',
        externalId: null,
      }
      return [`groups/${name}`, { path: `groups/${name}`, properties, sent: properties, version: 1 }]
    })
    this.#kept = new Map(groups)
  }

  snapshot(): Snapshot {
    return new Map(this.#kept)
  }

  restore(snapshot: Snapshot): void {
    this.#kept = new Map(snapshot)
  }

  get(path: string): Kept | undefined {
    return this.#kept.get(this.#keyOf(path))
  }

  /** What stands in a collection; of APIs the current revisions. */
  list(collection: string): Kept[] {
    const prefix = `${this.#keyOf(collection)}/`
    const below = [...this.#kept].filter(([key]) => key.startsWith(prefix) && !key.slice(prefix.length).includes('/'))
    return below.filter(([key]) => prefix !== 'apis/' || !key.includes(';rev=')).map(([, kept]) => kept)
  }

  /** Creates or replaces; gives whether it was there before. */
  put(path: string, sent: Json): { readonly kept: Kept; readonly existed: boolean } {
    const key = this.#keyOf(path)
    const type = typeAt(key)
    if (type === undefined) throw new Refusal(404, 'ResourceNotFound', `There is no type of resource at ${path}.`)
    this.#demandParent(key)
    if (type.links !== undefined) this.#demand(`${type.links}/${nameOf(key)}`)
    this.#refuseTwins(key, sent)
    this.#refuseUnknownNames(sent)
    const before = this.#kept.get(key)
    const name = path.slice(path.lastIndexOf('/') + 1)
    const made = type.store(sent, {
      key,
      name: before === undefined ? name : nameOf(before.path),
      service: this.#service,
      habits: this.#habits,
    })
    const properties = this.#habits.ownNamedValues ? this.#hideCredentials(key, made) : made
    const kept = { path: before?.path ?? path, properties, sent, version: ++this.#version }
    this.#kept.set(key, kept)
    if (before === undefined) this.#created(key, sent)
    return { kept, existed: before !== undefined }
  }

  /** Deletes, with everything below and every tie; gives whether it was there. */
  delete(path: string): boolean {
    const key = this.#keyOf(path)
    if (!this.#kept.has(key)) return false
    this.#refuseUsed(key)
    const revisions = key.startsWith('apis/') && !key.includes(';') ? `${key};rev=` : undefined
    for (const each of this.#kept.keys())
      if (
        each === key ||
        each.startsWith(`${key}/`) ||
        (revisions !== undefined && each.startsWith(revisions)) ||
        this.#ties(each, key)
      )
        this.#kept.delete(each)
    this.#kept.delete(`namedvalues/${ownNamedValue(key)}`)
    return true
  }

  /** The lower-case address; a revision that is current stands at the API's own. */
  #keyOf(path: string): string {
    const key = path.toLowerCase()
    const [, api = '', revision, rest = ''] = /^apis\/([^/;]+);rev=([^/]+)(.*)$/.exec(key) ?? []
    const current = this.#kept.get(`apis/${api}`)?.properties['apiRevision'] ?? '1'
    return revision !== undefined && revision === current ? `apis/${api}${rest}` : key
  }

  #demand(key: string): void {
    if (this.#kept.has(key)) return
    throw new Refusal(404, 'ResourceNotFound', `${key} not found.`)
  }

  #demandParent(key: string): void {
    const parent = key.split('/').slice(0, -2).join('/')
    if (parent !== '') this.#demand(parent)
    const base = /^(apis\/[^/]+);rev=[^/]+$/.exec(key)?.[1]
    if (base !== undefined) this.#demand(base)
  }

  #ties(link: string, key: string): boolean {
    const type = typeAt(link)
    return type?.links !== undefined && key === `${type.links}/${nameOf(link)}`
  }

  /** What may be there once only: a named value's display name, a principal of a connection, the path of an API. */
  #refuseTwins(key: string, sent: Json): void {
    const unique: Readonly<Record<string, string>> = { namedvalues: 'displayName', accesspolicies: 'objectId' }
    const [collection = ''] = key.split('/').slice(-2)
    const field = unique[collection]
    if (field === undefined) return
    const prefix = key.slice(0, key.lastIndexOf('/') + 1)
    const twin = [...this.#kept].find(
      ([other, { sent: theirs }]) => other !== key && other.startsWith(prefix) && theirs[field] === sent[field],
    )
    if (twin !== undefined)
      throw new Refusal(400, 'ValidationError', 'One or more fields contain incorrect values:', [
        { target: field, message: `${field} is taken by ${twin[0]}.` },
      ])
  }

  #refuseUnknownNames(sent: Json): void {
    const { value, format } = sent
    if (typeof value !== 'string' || format === undefined || !value.trimStart().startsWith('<')) return
    const known = this.list('namedValues').map(({ sent: { displayName } }) => displayName)
    for (const match of value.matchAll(/\{\{([^{}]+)\}\}/g)) {
      if (known.includes(match[1])) continue
      const before = value.slice(0, match.index).split('\n')
      const message = `Error in element 'set-header' on line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}: Cannot find a property '${match[1]}'`
      throw new Refusal(400, 'ValidationError', 'One or more fields contain incorrect values:', [
        { target: 'set-header', message },
      ])
    }
  }

  #refuseUsed(key: string): void {
    const displayName = key.startsWith('namedvalues/') ? this.#kept.get(key)?.sent['displayName'] : undefined
    const needle = typeof displayName === 'string' ? `{{${displayName.toLowerCase()}}}` : `/${key}"`
    const user = [...this.#kept].find(
      ([other, { sent }]) => !other.startsWith(`${key}/`) && JSON.stringify(sent).toLowerCase().includes(needle),
    )
    if (user !== undefined) throw new Refusal(400, 'ValidationError', `${key} is in use by ${user[0]}.`)
  }

  /** What comes to be with a new resource: administrators see every product, a release makes a revision the API. */
  #created(key: string, sent: Json): void {
    this.creations.set(key, (this.creations.get(key) ?? 0) + 1)
    if (/^products\/[^/]+$/.test(key)) {
      const path = `${key}/groups/administrators`
      this.#kept.set(path, { path, properties: {}, sent: {}, version: 1 })
    }
    const [, api] = /^apis\/([^/]+)\/releases\/[^/]+$/.exec(key) ?? []
    const [, revision] = /;rev=([^/]+)$/.exec(String(sent['apiId'])) ?? []
    if (api !== undefined && revision !== undefined) this.#release(api, revision)
  }

  #release(api: string, revision: string): void {
    const [own, next] = [`apis/${api}`, `apis/${api};rev=${revision}`]
    if (!this.#kept.has(next)) return
    const former = `${own};rev=${String(this.#kept.get(own)?.properties['apiRevision'])}`
    const stays = (key: string): boolean => key.startsWith(`${own}/releases/`)
    const moved = [...this.#kept].map(([key, kept]): [string, Kept] => {
      const to = within(key, next)
        ? own + key.slice(next.length)
        : within(key, own) && !stays(key)
          ? former + key.slice(own.length)
          : key
      return [to, to === key ? kept : { ...kept, path: to }]
    })
    this.#kept = new Map(moved)
  }

  /** Credentials go into secret named values of the service's own, whose names answers show. */
  #hideCredentials(key: string, properties: Json): Json {
    const isText = (text: unknown): text is string => typeof text === 'string' && !text.startsWith('{{')
    const hide = (text: string): string => {
      const [name, displayName] = [ownNamedValue(key), `Credentials--${ownNamedValue(key)}`]
      const own = { displayName, secret: true, value: text, tags: null }
      this.#kept.set(`namedvalues/${name}`, { path: `namedValues/${name}`, properties: own, sent: own, version: 1 })
      return `{{${displayName}}}`
    }
    const { credentials, connectionString } = properties
    if (key.startsWith('caches/') && isText(connectionString))
      return { ...properties, connectionString: hide(connectionString) }
    if (!key.startsWith('loggers/')) return properties
    const entries = Object.entries((credentials ?? {}) as Json).map(([name, text]) => [
      name,
      /string|key/i.test(name) && isText(text) ? hide(text) : text,
    ])
    return { ...properties, credentials: Object.fromEntries(entries) as Json }
  }
}

function ownNamedValue(key: string): string {
  return Buffer.from(key).toString('hex').padEnd(24, '0').slice(-24)
}

function within(key: string, parent: string): boolean {
  return key === parent || key.startsWith(`${parent}/`)
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
