import { namedValuesIn } from '@apim-kit/policy-dsl'
import type { BackendCredentials, BackendProperties, Deployed, GatewayConfiguration } from '../emulator-context.js'
import { HeaderCollection, type MessageUrl } from '../expression/index.js'
import type { HeaderField } from '../outbound.js'
import { notSupported } from './not-supported.js'
import { PolicyError } from './policy-error.js'
import { parseBackendUrl } from './target.js'

/** A backend resource with one address, ready to be forwarded to. */
export interface Backend {
  /** Its ARM name. */
  readonly id: string
  readonly base: MessageUrl
  /** Fields that every request to it carries, in the place of the caller's. */
  readonly headers: readonly HeaderField[]
  /** Query parameters that every request to it carries, joined and encoded; empty for none. */
  readonly query: string
}

/**
 * The backends by name, read once after a change.
 *
 * @throws PolicyError from the function that it gives: by name where there is none, where the backend wants what the emulator
 * does not do, and where a named value is missing
 */
export function createBackends(source: Pick<GatewayConfiguration, 'getBackend' | 'getNamedValue' | 'onChange'>): {
  readonly get: (backendId: string) => Backend
  readonly close: () => void
} {
  const kept = new Map<string, Backend>()
  return {
    get: (backendId) => {
      const known = kept.get(backendId)
      if (known !== undefined) return known
      const stored = source.getBackend(backendId)
      // The wording is the service's, which refuses documents that name it.
      if (stored === undefined) throw new PolicyError(`Backend with id '${backendId}' could not be found.`)
      const backend = read(stored, (name) => source.getNamedValue(name))
      kept.set(backendId, backend)
      return backend
    },
    close: source.onChange(() => kept.clear()),
  }
}

function read({ id, properties }: Deployed<BackendProperties>, namedValue: NamedValues): Backend {
  const why = refusal(properties)
  if (why !== undefined) throw notSupported(`The backend '${id}' cannot be used: ${why}.`)
  const base = parseBackendUrl(properties.url ?? '')
  if (base === undefined) {
    throw new PolicyError(
      `The url of the backend '${id}' is '${properties.url ?? ''}'; write an http or https address.`,
    )
  }
  const filled = (text: string): string => fill(text, id, namedValue)
  return { id, base, ...credentialsOf(properties.credentials ?? {}, filled) }
}

/** What of a backend the emulator does not do: a request that went without it would be another one. */
function refusal({
  type,
  pool,
  circuitBreaker,
  credentials,
  protocol,
  proxy,
  tls,
}: BackendProperties): string | undefined {
  if (type === 'Pool' || isGiven(pool)) return 'it is a pool, and the emulator does not balance load yet'
  if (isGiven(circuitBreaker?.rules)) {
    return 'it has a circuit breaker, which the emulator does not have yet'
  }
  if (isGiven(credentials?.certificate) || isGiven(credentials?.certificateIds)) {
    return 'it wants a client certificate, and the emulator has none'
  }
  if (protocol === 'soap') return 'it speaks soap, which the emulator does not'
  if (isGiven(proxy)) return 'it is behind a proxy, and the emulator sends requests directly'
  return tls?.validateCertificateChain === false || tls?.validateCertificateName === false
    ? 'its certificate is not to be looked at, and the emulator always does so'
    : undefined
}

/** Neither left out nor empty. */
const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)

type NamedValues = (displayName: string) => string | undefined

function fill(text: string, backendId: string, namedValue: NamedValues): string {
  return [...new Set(namedValuesIn(text))].reduce((filled, name) => {
    const value = namedValue(name)
    if (value === undefined) {
      throw new PolicyError(
        `The credentials of the backend '${backendId}' name the named value '${name}', which is not there.`,
      )
    }
    return filled.replaceAll(`{{${name}}}`, () => value)
  }, text)
}

function credentialsOf(
  { header = {}, query = {}, authorization }: BackendCredentials,
  filled: (text: string) => string,
): Pick<Backend, 'headers' | 'query'> {
  const headers = Object.entries(header).flatMap(([name, values]) =>
    values.map((value): HeaderField => [name, filled(value)]),
  )
  if (authorization !== undefined && authorization !== null) {
    headers.push(['Authorization', `${filled(authorization.scheme)} ${filled(authorization.parameter)}`])
  }
  const parameters = Object.entries(query).flatMap(([name, values]) =>
    values.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(filled(value))}`),
  )
  return { headers, query: parameters.join('&') }
}

/**
 * The fields of a request with the backend's own in them. How these go together with fields of the same name is not documented;
 * here the backend's replace them, so that a caller's `Authorization` does not reach a backend that was given another.
 */
export function withBackendHeaders(fields: readonly HeaderField[], { headers }: Backend): HeaderField[] {
  const names = new HeaderCollection(headers)
  return [...fields.filter(([name]) => !names.has(name)), ...headers]
}

/** The address of a request with the backend's own query parameters behind those that are there. */
export function withBackendQuery(url: MessageUrl, { query }: Backend): MessageUrl {
  if (query === '') return url
  return url.with({ queryString: url.queryString === '' ? `?${query}` : `${url.queryString}&${query}` })
}
