import type { RequestMessage } from '../expression/index.js'
import type { CompiledApi, CompiledProduct } from './compiled-configuration.js'
import { notSupported } from './not-supported.js'
import { PolicyError, type PlacedError } from './policy-error.js'
import type { KeyHolder } from './subscription-keys.js'

/** With what a request was let in. */
export interface Access {
  /** The subscription of its key; undefined without one. */
  readonly holder?: KeyHolder | undefined
  /** The product in whose context it runs. */
  readonly product?: CompiledProduct | undefined
}

/**
 * The built-in check of the subscription key, by the documentation's rules for requests with and without one:
 *
 * - a key of an active subscription to the API, to one of its products or to all APIs opens it; only that of a product brings
 *   the product's context;
 * - another key, or none: a product of the API that requires no subscription (an open product) opens it, in its context;
 * - without a key an API that requires none is open; with a wrong key it is not (observed too).
 *
 * The key stays in the request and reaches the backend: the service's own examples delete the header in inbound so that it
 * does not.
 *
 * @throws PolicyError for a subscription whose scope the emulator does not know
 */
export function checkSubscription(
  api: CompiledApi,
  request: RequestMessage,
  keys: ReadonlyMap<string, KeyHolder>,
): Access | PlacedError {
  const key = keyOf(api, request)
  const holder = key === undefined ? undefined : keys.get(key)
  const access = holder === undefined ? undefined : opened(api, holder)
  if (access !== undefined) return access
  const open = api.products.find(({ subscriptionRequired }) => !subscriptionRequired)
  if (open !== undefined) return { product: open }
  return key === undefined && !api.subscriptionRequired ? {} : denied(api, request, key !== undefined)
}

function opened(api: CompiledApi, holder: KeyHolder): Access | undefined {
  const { scope } = holder
  switch (scope.kind) {
    case 'all':
      return { holder }
    case 'api':
      return scope.name === api.name ? { holder } : undefined
    case 'product': {
      const product = api.products.find(({ name }) => name === scope.name)
      return product === undefined ? undefined : { holder, product }
    }
    case 'unknown':
      throw notSupported(
        `The subscription '${holder.info.id}' has the scope '${holder.scopeText}', which the emulator does not know; use a product, an API or /apis.`,
      )
  }
}

/** The header is looked at before the query; an empty one is none. Names of query parameters compare without case. */
function keyOf({ info }: CompiledApi, { headers, originalUrl }: RequestMessage): string | undefined {
  const { header, query } = info.subscriptionKeyParameterNames
  const fromHeader = headers.get(header)?.[0]
  if (fromHeader !== undefined && fromHeader !== '') return fromHeader
  for (const [name, values] of originalUrl.query) {
    if (name.toLowerCase() === query.toLowerCase() && values[0] !== undefined && values[0] !== '') return values[0]
  }
  return undefined
}

function denied({ info }: CompiledApi, { originalUrl }: RequestMessage, hasKey: boolean): PlacedError {
  const { scheme, host } = originalUrl
  const { header } = info.subscriptionKeyParameterNames
  const error = new PolicyError(hasKey ? invalidKey : missingKey, {
    status: 401,
    reason: hasKey ? 'SubscriptionKeyInvalid' : 'SubscriptionKeyNotFound',
    // As observed; RFC 9110, section 15.5.2 asks for one with every 401.
    headers: [
      [
        'WWW-Authenticate',
        `AzureApiManagementKey realm="${scheme}://${host}/${info.path}",name="${header}",type="header"`,
      ],
    ],
  })
  return { error, place: { source: 'authorization', scope: null, section: null, path: null, policyId: null } }
}

const missingKey =
  'Access denied due to missing subscription key. Make sure to include subscription key when making requests to this API.'

const invalidKey =
  'Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription.'
