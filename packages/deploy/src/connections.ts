import { armId, keyOf, kindOf, namesOf, type Kind, type Resource } from '@apim-kit/core'
import type { Service } from './client.js'
import { toServiceError } from './errors.js'
import { limit } from './limit.js'
import { kindFor } from './observe.js'
import type { ConnectionStatus } from './result.js'
import { askLoginLink, type Item } from './sdk.js'

/** Where a person lands after signing in. The service demands an address; the portal is one that its administrators know. */
const afterLogin = 'https://portal.azure.com/'

/** Resources that give out tokens and say whether they do, which only connections are, and the resources above them. */
export function connectionsOf(resources: readonly Resource[]): {
  readonly connections: readonly Resource[]
  readonly withParents: readonly Resource[]
} {
  const connections = resources.filter((resource) => tokensOf(resource) !== undefined)
  const parents = new Set(connections.flatMap(({ parent }) => (parent === undefined ? [] : [keyOf(parent)])))
  const withParents = resources.filter((resource) => tokensOf(resource) !== undefined || parents.has(keyOf(resource)))
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
  connections: readonly Resource[],
  itemOf: (connection: Resource) => Item | undefined,
  scrub: (text: string) => string,
): Promise<ConnectionStatus[]> {
  const bounded = limit(8)
  const statusOf = async (connection: Resource): Promise<ConnectionStatus> => {
    const id = armId(service.address, connection)
    const item = itemOf(connection)
    if (item === undefined) return { id, status: 'Error', error: notThere, loginLink: null }
    const status = stateOf(connection, item)
    if (isConnected(connection, item)) return { id, status, error: null, loginLink: null }
    const error = errorOf(connection, item)
    const answer = needsSignIn(connection, item)
      ? await bounded(async () => loginLink(service, connection))
      : { link: null }
    const message = scrub([error.message, answer.problem].filter((text) => text !== undefined).join(' '))
    return { id, status, error: { code: scrub(error.code), message }, loginLink: answer.link }
  }
  return Promise.all(connections.map(statusOf))
}

const notThere = { code: 'not-found', message: 'The connection is not on the service; apply the stack.' }

function tokensOf({ kind }: Resource): Kind['tokens'] {
  return kindOf(kind)?.tokens
}

function stateOf(connection: Resource, { properties }: Item): string {
  const status = properties[tokensOf(connection)?.status ?? '']
  return typeof status === 'string' ? status : 'Error'
}

/** Whether it gives out tokens. */
export function isConnected(connection: Resource, item: Item): boolean {
  return stateOf(connection, item) === tokensOf(connection)?.connected
}

/** Whether an answer does not say how it is. */
export function isSilent(connection: Resource, { properties }: Item): boolean {
  return properties[tokensOf(connection)?.status ?? ''] === undefined
}

function errorOf(connection: Resource, item: Item): { readonly code: string; readonly message: string } {
  const { code = 'Unknown', message = 'The service gives no reason.' } = (item.properties[
    tokensOf(connection)?.error ?? ''
  ] ?? {}) as {
    readonly code?: string
    readonly message?: string
  }
  return { code, message }
}

/** The connections that a person has to sign in to, by what the service says of each. */
export function waitingConnections(
  connections: readonly Resource[],
  itemOf: (connection: Resource) => Item | undefined,
): readonly Resource[] {
  return connections.filter((connection) => {
    const item = itemOf(connection)
    return item !== undefined && !isConnected(connection, item) && needsSignIn(connection, item)
  })
}

/** Client credentials need nobody: there an error is an error. */
function needsSignIn(connection: Resource, { properties }: Item): boolean {
  const signIn = tokensOf(connection)?.signIn
  return signIn !== undefined && String(properties[signIn.field]).toLowerCase() === signIn.value.toLowerCase()
}

async function loginLink(
  service: Service,
  connection: Resource,
): Promise<{ readonly link: string | null; readonly problem?: string }> {
  try {
    return { link: await askLoginLink(service, kindFor(connection), namesOf(connection), afterLogin) }
  } catch (error) {
    return { link: null, problem: `There is no login link: ${toServiceError(error, service).message}` }
  }
}
