import { getRequestListener } from '@hono/node-server'
import type { RequestListener } from 'node:http'
import { vaultOfHost } from './key-vault/routes.js'

/** Something that answers requests. */
interface Answering {
  fetch(request: Request): Response | Promise<Response>
}

/** What shares the listener of the management plane. */
export interface ManagementParts {
  readonly arm: Answering
  readonly keyVault: Answering
  readonly control: Answering
  readonly consent: Answering
  readonly identity: Answering
}

/** Paths tell who is meant where the host does not; what nobody else knows is Entra's, whose paths begin with a tenant. */
const byPath: readonly (readonly [RegExp, Exclude<keyof ManagementParts, 'identity'>])[] = [
  [/^\/subscriptions(?:\/|$)/i, 'arm'],
  [/^\/secrets(?:\/|$)/i, 'keyVault'],
  [/^\/emulator(?:\/|$)/, 'control'],
  [/^\/redirect\/apim\//, 'consent'],
]

/** One listener for everything but the gateway. */
export function managementListener(parts: ManagementParts): RequestListener {
  const answer = (request: Request): Response | Promise<Response> => {
    if (vaultOfHost(request.headers.get('host') ?? '') !== undefined) return parts.keyVault.fetch(request)
    const { pathname } = new URL(request.url)
    const [, part = 'identity'] = byPath.find(([path]) => path.test(pathname)) ?? []
    return parts[part].fetch(request)
  }
  // The globals stay as they are: an emulator is a guest in its process.
  const listener = getRequestListener(answer, { overrideGlobalObjects: false })
  return (request, response) => void listener(request, response)
}
