/** Which of Entra's two generations of endpoints was asked. */
export type EndpointVersion = 1 | 2

/** Paths below the tenant. */
export const endpointPaths = {
  1: { token: 'oauth2/token', keys: 'discovery/keys', metadata: '.well-known/openid-configuration' },
  2: { token: 'oauth2/v2.0/token', keys: 'discovery/v2.0/keys', metadata: 'v2.0/.well-known/openid-configuration' },
} as const

/** What an endpoint does. */
export type EndpointName = keyof (typeof endpointPaths)[1]

const byPath = new Map(
  ([1, 2] as const).flatMap((version) =>
    (['token', 'keys', 'metadata'] as const).map((name) => [endpointPaths[version][name] as string, { version, name }]),
  ),
)

/** The endpoint at a path below the tenant, read without case. */
export const findEndpoint = (path: string) => byPath.get(path.toLowerCase())

/** `iss` of the tokens of a tenant, by the version of the token. */
export const issuers = {
  1: (tenantId: string) => `https://sts.windows.net/${tenantId}/`,
  2: (tenantId: string) => `https://login.microsoftonline.com/${tenantId}/v2.0`,
} as const

/** The host names under which the world knows Entra. */
export const entraHosts = ['login.microsoftonline.com', 'login.windows.net', 'sts.windows.net'] as const

/** Was the request meant for Entra itself? */
export const isEntraHost = (hostname: string): boolean => entraHosts.some((host) => host === hostname)

/** `common` and its like: whoever signs in brings the tenant along. */
export const isTenantless = (tenant: string): boolean => ['common', 'organizations'].includes(tenant.toLowerCase())
