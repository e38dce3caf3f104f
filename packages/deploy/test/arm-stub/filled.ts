import type { Json, Written } from './types.js'

/*
 * What the service puts into answers beside what it was sent: defaults of the specification, and what only it knows.
 */

const expiry = '2030-01-01T00:00:00Z'

/** A link to something below the service comes back as its whole id. */
function wholeId(link: unknown, { service }: Written): unknown {
  if (typeof link !== 'string' || !/^\/[a-z]/i.test(link) || /^\/subscriptions\//i.test(link)) return link
  return `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/group/providers/Microsoft.ApiManagement/service/${service}${link}`
}

const withLists = (value: unknown, ...names: readonly string[]): Json => ({
  ...Object.fromEntries(names.map((name) => [name, []])),
  ...((value ?? {}) as Json),
})

/** What each type's answers hold; the keys are this file's own. */
export const filled = {
  namedValue: (given: Json): Json => ({ tags: null, secret: false, ...given, provisioningState: 'Succeeded' }),

  certificate: ({ keyVault }: Json): Json => ({
    subject: 'CN=shop.example',
    thumbprint: '0123456789ABCDEF0123456789ABCDEF01234567',
    expirationDate: expiry,
    ...(keyVault === undefined
      ? {}
      : { keyVault: { ...(keyVault as Json), lastStatus: { code: 'Success', timeStampUtc: expiry } } }),
  }),

  backend: (given: Json): Json =>
    given['pool'] === undefined
      ? { protocol: 'http', ...given }
      : { ...given, type: 'Pool', protocol: null, url: null },

  logger: (given: Json): Json => ({ isBuffered: true, ...given }),

  diagnostic: (given: Json, written: Written): Json => ({
    alwaysLog: 'allErrors',
    logClientIp: false,
    httpCorrelationProtocol: 'Legacy',
    verbosity: 'information',
    operationNameFormat: 'Name',
    metrics: null,
    ...given,
    loggerId: wholeId(given['loggerId'], written),
    sampling: { samplingType: 'fixed', percentage: 100, ...((given['sampling'] ?? {}) as Json) },
  }),

  group: (given: Json): Json => ({ description: null, builtIn: false, type: 'custom', externalId: null, ...given }),

  versionSet: (given: Json): Json => ({
    description: null,
    versionQueryName: null,
    versionHeaderName: null,
    ...given,
  }),

  api: (given: Json, written: Written): Json => {
    // The text of an import is taken in and forgotten; what a revision begins from is too.
    const { format, value, sourceApiId, wsdlSelector, apiType, apiVersionSetId, ...kept } = given
    void [format, value, sourceApiId, wsdlSelector, apiType]
    const revision = /;rev=(.+)$/i.exec(written.name)?.[1]
    return {
      apiRevision: revision ?? '1',
      description: null,
      subscriptionRequired: true,
      serviceUrl: null,
      protocols: ['https'],
      authenticationSettings: { oAuth2: null, openid: null },
      subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
      ...kept,
      ...(apiVersionSetId === undefined ? {} : { apiVersionSetId: wholeId(apiVersionSetId, written) }),
      isOnline: true,
    }
  },

  release: (given: Json, written: Written): Json => ({
    ...given,
    apiId: wholeId(given['apiId'], written),
    createdDateTime: expiry,
    updatedDateTime: expiry,
  }),

  operation: (given: Json): Json => ({
    templateParameters: [],
    description: null,
    policies: null,
    ...given,
    request: withLists(given['request'], 'queryParameters', 'headers', 'representations'),
    responses: ((given['responses'] ?? []) as Json[]).map((response) =>
      withLists(response, 'representations', 'headers'),
    ),
  }),

  product: (given: Json): Json => {
    const required = given['subscriptionRequired'] !== false
    return {
      description: null,
      terms: null,
      subscriptionRequired: true,
      ...(required ? { approvalRequired: false, subscriptionsLimit: null } : {}),
      state: 'notPublished',
      ...given,
    }
  },

  subscription: (given: Json, written: Written): Json => ({
    state: 'active',
    allowTracing: false,
    createdDate: expiry,
    startDate: null,
    expirationDate: null,
    endDate: null,
    notificationDate: null,
    stateComment: null,
    ...given,
    scope: wholeId(given['scope'], written),
    ownerId: wholeId(given['ownerId'] ?? null, written),
  }),
} as const
