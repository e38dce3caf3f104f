import { armId, keyOf, namesOf, type Resource } from '@apim-kit/core'
import type { Service } from './client.js'
import { toServiceError } from './errors.js'
import { limit } from './limit.js'
import type { ConnectionStatus } from './result.js'
import type { Item } from './sdk.js'

/** The only state of a connection that gives out tokens. */
const connected = 'Connected'

/** Where a person lands after signing in. The service demands an address; the portal is one that its administrators know. */
const afterLogin = 'https://portal.azure.com/'

/** Whether a resource is a connection. The state of connections is what this file is about; no other asks for a kind. */
export function isConnection(resource: Resource): resource is Resource<'connection'> {
  return resource.kind === 'connection'
}

/** Connections and the resources above them. */
export function connectionsOf(resources: readonly Resource[]): {
  readonly connections: readonly Resource<'connection'>[]
  readonly withParents: readonly Resource[]
} {
  const connections = resources.filter(isConnection)
  const parents = new Set(connections.flatMap(({ parent }) => (parent === undefined ? [] : [keyOf(parent)])))
  const withParents = resources.filter((resource) => isConnection(resource) || parents.has(keyOf(resource)))
  return { connections, withParents }
}

/**
 * The state of connections. One of the authorization code grant that nobody has signed in to is no failure: it gets a link.
 *
 * @param itemOf - what the service last said of a connection; undefined where it is not there
 * @param scrub - takes secrets out of what an identity provider says
 */
export async function connectionStatuses(
  service: Service,
  connections: readonly Resource<'connection'>[],
  itemOf: (connection: Resource<'connection'>) => Item | undefined,
  scrub: (text: string) => string,
): Promise<ConnectionStatus[]> {
  const bounded = limit(8)
  const statusOf = async (connection: Resource<'connection'>): Promise<ConnectionStatus> => {
    const id = armId(service.address, connection)
    const item = itemOf(connection)
    if (item === undefined) return { id, status: 'Error', error: notThere, loginLink: null }
    const { status = 'Error' } = item.properties
    if (status === connected) return { id, status: connected, error: null, loginLink: null }
    const error = errorOf(item)
    const answer = needsSignIn(item) ? await bounded(async () => loginLink(service, connection)) : { link: null }
    const message = scrub([error.message, answer.problem].filter((text) => text !== undefined).join(' '))
    return { id, status: String(status), error: { code: error.code, message }, loginLink: answer.link }
  }
  return Promise.all(connections.map(statusOf))
}

const notThere = { code: 'not-found', message: 'The connection is not on the service; apply the stack.' }

function errorOf(item: Item): { readonly code: string; readonly message: string } {
  const { code = 'Unknown', message = 'The service gives no reason.' } = (item.properties['error'] ?? {}) as {
    readonly code?: string
    readonly message?: string
  }
  return { code, message }
}

/** The connections that a person has to sign in to, by what the service says of each. */
export function waitingConnections(
  connections: readonly Resource<'connection'>[],
  itemOf: (connection: Resource<'connection'>) => Item | undefined,
): readonly Resource<'connection'>[] {
  return connections.filter((connection) => {
    const item = itemOf(connection)
    return item !== undefined && item.properties['status'] !== connected && needsSignIn(item)
  })
}

/** Client credentials need nobody: there an error is an error. */
function needsSignIn(item: Item): boolean {
  return String(item.properties['oauth2grantType']).toLowerCase() === 'authorizationcode'
}

async function loginLink(
  service: Service,
  connection: Resource<'connection'>,
): Promise<{ readonly link: string | null; readonly problem?: string }> {
  const [provider = '', name = ''] = namesOf(connection)
  const { resourceGroup, service: serviceName } = service.address
  try {
    const answer = await service.client.authorizationLoginLinks.post(resourceGroup, serviceName, provider, name, {
      postLoginRedirectUrl: afterLogin,
    })
    return { link: answer.loginLink ?? null }
  } catch (error) {
    return { link: null, problem: `There is no login link: ${toServiceError(error, service).message}` }
  }
}
