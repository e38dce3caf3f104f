import { MessageUrl } from '../expression/index.js'

/**
 * Where a request goes: the base address of the backend, and the path and query behind it. `set-backend-service` changes the
 * one, `rewrite-uri` the other; together they are `context.Request.Url`.
 */
export interface Target {
  /** Null when neither the API nor a policy names a backend. */
  readonly base: MessageUrl | null
  /** With its slash, or empty. */
  readonly path: string
  /** With its question mark, or empty. */
  readonly queryString: string
}

/** The whole address. Without a backend it is the gateway's own host, where nothing can be forwarded to. */
export function urlOf(target: Target, original: MessageUrl): MessageUrl {
  const { base, path, queryString } = target
  if (base === null) return original.with({ path: path === '' ? '/' : path, queryString })
  const basePath = base.path.endsWith('/') ? base.path.slice(0, -1) : base.path
  const whole = basePath + path
  return base.with({ path: whole === '' ? '/' : whole, queryString: joinedQuery(base.queryString, queryString) })
}

/** A backend's address from a text; undefined when it is no absolute http or https address. */
export function parseBackendUrl(text: string): MessageUrl | undefined {
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return undefined
  return MessageUrl.parse(text)
}

function joinedQuery(first: string, second: string): string {
  if (first === '' || second === '') return first + second
  return `${first}&${second.slice(1)}`
}
