/**
 * Collections of API Management 2024-05-01 that no kind describes yet. They are told apart from words that mean nothing, so
 * that a deployment learns that the emulator lacks something and not that it made a mistake.
 */
const known = new Set(
  [
    'attachments',
    'authorizationIdentityProviders',
    'authorizationServers',
    'comments',
    'contentTypes',
    'documentations',
    'gateways',
    'identityProviders',
    'issues',
    'notifications',
    'openidConnectProviders',
    'operationsByTags',
    'policyDescriptions',
    'policyRestrictions',
    'portalRevisions',
    'portalconfigs',
    'portalsettings',
    'privateEndpointConnections',
    'quotas',
    'regions',
    'reports',
    'revisions',
    'schemas',
    'settings',
    'tagDescriptions',
    'tagResources',
    'templates',
    'tenant',
    'users',
    'wikis',
    'workspaces',
  ].map((word) => word.toLowerCase()),
)

/** Whether the service has a collection or an action of that name, in whatever case. */
export function isKnownToService(segment: string): boolean {
  return known.has(segment.toLowerCase())
}
