import type { Habits } from './habits.js'
import { escaped, laidOut } from './policy-text.js'
import { nameOf, type Kept, type Refusal } from './store.js'
import { typeAt, type Json } from './types.js'

/** What resources and errors look like on the wire. */
export class Answers {
  readonly #base: string
  readonly #habits: Habits

  /** @param base - the service's ARM id */
  constructor(base: string, habits: Habits) {
    this.#base = base
    this.#habits = habits
  }

  /** @param asked - the form of policy documents that was asked for */
  resource({ path, properties, sent }: Kept, linked: Kept | undefined, asked: string): unknown {
    const type = typeAt(path.toLowerCase())
    const shown = this.#members(path, { ...type?.hidden((linked ?? { properties }).properties) })
    const document = isDocument(path) ? this.#document(sent, asked) : {}
    const location = type?.entityTag === false && type.links === undefined ? { location: 'East US' } : {}
    return this.#ordered({
      id: this.#cased(`${this.#base}/${path}`),
      name: nameOf(path),
      type: `Microsoft.ApiManagement/service/${type?.type ?? ''}`,
      ...location,
      ...(this.#habits.unknownMembers ? { systemData: { createdAt: '2030-01-01T00:00:00Z' }, kind: null } : {}),
      properties: { ...shown, ...document },
    })
  }

  error({ code, message, status, details }: Refusal): { readonly type: string; readonly text: string } {
    const json = (body: unknown): { type: string; text: string } => ({
      type: 'application/json; charset=utf-8',
      text: JSON.stringify(body),
    })
    const all = details.map((detail) => ({ code, ...detail }))
    switch (this.#habits.errorShape) {
      case 'arm':
        return json({ error: { code, message, target: null, details: all, additionalInfo: [] } })
      case 'bare':
        return json({ code, message, details: all })
      case 'apim':
        return json({ statusCode: status, message: [code, message, ...all.map((each) => each.message)].join(' ') })
      case 'text':
        return { type: 'text/html', text: `<html><body>${code}: ${message}</body></html>` }
      case 'empty':
        return { type: 'text/plain', text: '' }
    }
  }

  #document({ value, format }: Json, asked: string): Json {
    const xml = this.#habits.policyFormat === 'xml' || asked !== 'rawxml'
    const text = `${this.#habits.byteOrderMark ? '\uFEFF' : ''}${laidOut(String(value))}`
    return { format: xml ? 'xml' : 'rawxml', value: xml && format === 'rawxml' ? escaped(text) : text }
  }

  /** Optional members that hold nothing are left out, null or empty, as it is the habit; observed nulls stay. */
  #members(path: string, properties: Json): Json {
    const { nothing, unknownMembers } = this.#habits
    const entries = Object.entries(properties).flatMap(([name, value]): [string, unknown][] => {
      const empty = value === null || (Array.isArray(value) && value.length === 0)
      if (!empty || /^authorizationProviders/i.test(path)) return [[name, value]]
      if (nothing === 'absent') return []
      if (nothing === 'null') return [[name, null]]
      return [[name, Array.isArray(value) || /tags|ids|protocols/i.test(name) ? [] : emptyTexts.has(name) ? '' : null]]
    })
    const members = Object.fromEntries(entries)
    if (!unknownMembers) return members
    return { ...(withUnknown(members) as Json), isManagedByPortal: false, extension: { a: [1] } }
  }

  #cased(id: string): string {
    const { idCase } = this.#habits
    return idCase === 'lower' ? id.toLowerCase() : idCase === 'upper' ? id.toUpperCase() : id
  }

  #ordered(value: unknown): unknown {
    if (this.#habits.keyOrder === 'given') return value
    if (Array.isArray(value)) return value.map((each) => this.#ordered(each))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, each]) => [name, this.#ordered(each)]),
    )
  }
}

/** Items of lists have members that no model knows, too; what holds a user's own keys or data does not. */
function withUnknown(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map((each: unknown) => (isObject(each) ? { ...withUnknownIn(each), extension: 1 } : each))
  return isObject(value) ? withUnknownIn(value) : value
}

function withUnknownIn(value: object): Json {
  const own = new Set(['document', 'examples', 'credentials', 'parameters', 'grantTypes', 'value'])
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, own.has(name) ? (each as unknown) : withUnknown(each)]),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const emptyTexts = new Set(['description', 'terms', 'serviceUrl', 'termsOfServiceUrl', 'externalId', 'stateComment'])

function isDocument(path: string): boolean {
  return /(?:^|\/)policies\/[^/]+$|^policyFragments\//i.test(path)
}
