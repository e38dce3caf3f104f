import type { SecretReference } from '../secrets.js'
import { connection } from './connection.js'
import { credentialProvider } from './credential-provider.js'
import type { Resource } from '../resource.js'

declare const clientSecret: SecretReference
const clientId = 'id'

// Every known identity provider by its own name, with its own parameters.
export const github = credentialProvider.github('github', {
  authorizationCode: { clientId, clientSecret, scopes: 'repo' },
})
export const google = credentialProvider.google('google', { authorizationCode: { clientId, clientSecret } })
export const serviceNow = credentialProvider.servicenow('now', {
  authorizationCode: { clientId, clientSecret, instanceName: 'dev1' },
})
const urls = { authorizationUrl: 'https://a', tokenUrl: 'https://t', refreshUrl: 'https://t' }
export const pkce = credentialProvider.oauth2pkce('pkce', { authorizationCode: { clientId, clientSecret, ...urls } })
export const entra = credentialProvider.aad('entra', { clientCredentials: { resourceUri: 'api://backend' } })
export const signIn = credentialProvider.aad('sign-in', {
  authorizationCode: { clientId, clientSecret, resourceUri: 'https://graph.microsoft.com' },
})
export const generic = credentialProvider.oauth2('generic', { clientCredentials: { tokenUrl: 'https://t' } })
export const unknown = credentialProvider('contoso', {
  identityProvider: 'contoso',
  oauth2: { grantTypes: { clientCredentials: { tokenUrl: 'https://t', whatever: 'x' } } },
})

// @ts-expect-error: the client secret stands on the connections
credentialProvider.aad('p', { clientCredentials: { resourceUri: 'api://backend', clientSecret } })
// @ts-expect-error: resourceUri is missing
credentialProvider.aad('p', { clientCredentials: { tenantId: 't' } })
// @ts-expect-error: a parameter of another identity provider
credentialProvider.github('p', { authorizationCode: { clientId, clientSecret, instanceName: 'dev1' } })
// @ts-expect-error: a parameter of the other grant
credentialProvider.oauth2('p', { clientCredentials: { tokenUrl: 'https://t', clientId } })
// @ts-expect-error: GitHub has no client credentials grant
credentialProvider.github('p', { clientCredentials: { scopes: 'repo' } })
const both = {
  clientCredentials: { resourceUri: 'x' },
  authorizationCode: { clientId, clientSecret, resourceUri: 'x' },
}
// @ts-expect-error: one grant only
credentialProvider.aad('p', both)
// @ts-expect-error: a secret is given by reference
credentialProvider.github('p', { authorizationCode: { clientId, clientSecret: 'text' } })
// @ts-expect-error: ServiceNow needs the name of its instance
credentialProvider.servicenow('p', { authorizationCode: { clientId, clientSecret } })
// @ts-expect-error: neither grant
credentialProvider.aad('p', { displayName: 'P' })
export const names: 'contoso' extends keyof typeof credentialProvider ? 'listed' : 'not listed' = 'not listed'

// The parameters of a connection follow from its provider's grant.
export const connections: Resource<'connection'>[] = [
  connection('c', { provider: entra, clientId, clientSecret }),
  connection('c', { provider: generic, clientId, clientSecret }),
  connection('c', { provider: signIn }),
  connection('c', { provider: github }),
  connection('c', { provider: unknown }),
  connection('c', { provider: unknown, clientId, clientSecret, parameters: { audience: 'x' } }),
]

// @ts-expect-error: client credentials need a client id and a secret
connection('c', { provider: entra })
// @ts-expect-error: the secret is missing
connection('c', { provider: generic, clientId })
// @ts-expect-error: somebody signs in, so there are no parameters
connection('c', { provider: github, clientId })
// @ts-expect-error: nor a secret
connection('c', { provider: signIn, clientSecret })
// @ts-expect-error: further parameters are for identity providers that nobody has listed
connection('c', { provider: entra, clientId, clientSecret, parameters: { audience: 'x' } })
// @ts-expect-error: there is no such parameter
connection('c', { provider: entra, clientId, clientSecret, audience: 'x' })
// @ts-expect-error: a provider is a resource
connection('c', { provider: 'entra', clientId, clientSecret })
