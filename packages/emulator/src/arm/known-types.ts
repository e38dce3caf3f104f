/**
 * Collections of API Management 2024-05-01 that no kind describes yet. They are told apart from words that mean nothing, so
 * that a deployment learns that the emulator lacks something and not that it made a mistake.
 */
const known = new Set(
  [
    'apiVersionSets',
    'attachments',
    'authorizationIdentityProviders',
    'authorizationServers',
    'backends',
    'caches',
    'certificates',
    'comments',
    'contentTypes',
    'diagnostics',
    'documentations',
    'gateways',
    'groups',
    'identityProviders',
    'issues',
    'loggers',
    'notifications',
    'openidConnectProviders',
    'operationsByTags',
    'policies',
    'policyDescriptions',
    'policyFragments',
    'policyRestrictions',
    'portalRevisions',
    'portalconfigs',
    'portalsettings',
    'privateEndpointConnections',
    'products',
    'quotas',
    'regions',
    'releases',
    'reports',
    'resolvers',
    'revisions',
    'schemas',
    'settings',
    'subscriptions',
    'tagDescriptions',
    'tagResources',
    'tags',
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
