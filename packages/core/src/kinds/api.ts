import { flag, group, list, oneOf, text } from '../fields.js'
import type { InputOf } from '../input.js'
import { defineKind, type Properties } from '../kind.js'
import type { PolicyContent } from '../policy-content.js'
import { createResource, expectDeclaration, notGiven } from '../create-resource.js'
import { ApimKitError } from '../errors.js'
import { isResource, type Resource } from '../resource.js'
import { linksOf } from './link.js'
import { definePolicyKind, policyOf } from './policy.js'
import { serviceKind } from './service.js'
import { defineTagLink } from './tag.js'

const oauth2 = { authorizationServerId: text({ caseInsensitive: true }), scope: text() }
const openid = {
  openidProviderId: text({ caseInsensitive: true }),
  bearerTokenSendingMethods: list(oneOf(['authorizationHeader', 'query'])),
}

/** An API: a path below the gateway, and the backend behind it. A name that ends with `;rev=2` is a revision of the API before it. */
export const apiKind = defineKind({
  kind: 'api',
  title: 'API',
  parent: serviceKind,
  segment: 'apis',
  name: {
    pattern: /^[^*#&+:<>?/\\%]+$/,
    min: 1,
    max: 256,
    words: '1 to 256 characters, none of * # & + : < > ? / \\ %',
  },
  needs: /^(.+);rev=[^;]+$/i,
  unique: [{ words: 'path and version', field: 'path', of: placeOf }],
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 300 }),
    /** What stands behind the gateway's host in an address; empty for the root. */
    path: text({ required: true, max: 400 }),
    description: text({ filledFrom: 'value' }),
    /** Address of the backend; without one a policy has to name it or answer by itself. */
    serviceUrl: text({ max: 2000, filledFrom: 'value' }),
    /** How clients may call it. */
    protocols: list(oneOf(['http', 'https', 'ws', 'wss']), { default: ['https'] }),
    /** What it is; an imported document says so by itself. */
    type: oneOf(['http', 'soap', 'websocket', 'graphql', 'odata', 'grpc'], {
      default: 'http',
      filledFrom: 'value',
      sdk: 'apiType',
    }),
    /** Whether a call needs a subscription key. */
    subscriptionRequired: flag({ default: true }),
    /** Where the key is read from; left out, the service's own names stand. */
    subscriptionKeyParameterNames: group({ header: text(), query: text() }, { filled: true }),
    /** How the developer portal's console signs in. The gateway asks for no token because of it: a policy does. */
    authenticationSettings: group(
      {
        oAuth2: group(oauth2),
        openid: group(openid),
        oAuth2AuthenticationSettings: list(group(oauth2)),
        openidAuthenticationSettings: list(group(openid)),
      },
      { filled: true },
    ),
    /** The set of versions to which it belongs. */
    apiVersionSetId: text({ refersTo: 'apiVersionSet', form: 'path', example: '/apiVersionSets/orders' }),
    /** Its version in that set: `v2`. */
    apiVersion: text({ max: 100 }),
    apiVersionDescription: text({ max: 256 }),
    /** Revision that the resource is; the service begins with 1. */
    apiRevision: text({ filled: true, min: 1, max: 100 }),
    apiRevisionDescription: text({ filled: true, max: 256 }),
    isCurrent: flag({ filled: true }),
    isOnline: flag({ computed: true }),
    termsOfServiceUrl: text({ filledFrom: 'value' }),
    contact: group({ name: text(), url: text(), email: text() }, { filledFrom: 'value' }),
    license: group({ name: text(), url: text() }, { filledFrom: 'value' }),
    /** A new API or revision begins as a copy of that one. Sent with every write. */
    sourceApiId: text({ refersTo: 'api', form: 'path', writeOnly: true, example: '/apis/orders' }),
    /** How `value` is written; the formats with `link` take its address. */
    format: oneOf(
      [
        'openapi',
        'openapi+json',
        'openapi-link',
        'openapi+json-link',
        'swagger-json',
        'swagger-link-json',
        'wsdl',
        'wsdl-link',
        'wadl-xml',
        'wadl-link-json',
        'graphql-link',
        'odata',
        'odata-link',
        'grpc',
        'grpc-link',
      ],
      { writeOnly: true },
    ),
    /**
     * The document to import, or its address. The service makes operations and schemas of it and forgets the text; what it
     * exports later is another text. So the text is remembered by its fingerprint, as a secret is.
     */
    value: text({ remembered: true }),
    /** WSDL: which service and endpoint of the document is meant. */
    wsdlSelector: group({ wsdlServiceName: text(), wsdlEndpointName: text() }, { writeOnly: true }),
    /** WSDL: pass SOAP through, or make a REST API of it. */
    apiType: oneOf(['http', 'soap', 'websocket', 'graphql', 'odata', 'grpc'], { writeOnly: true, sdk: 'soapApiType' }),
    /** OpenAPI: what becomes of required query parameters. */
    translateRequiredQueryParameters: oneOf(['template', 'query'], {
      writeOnly: true,
      sdk: 'translateRequiredQueryParametersConduct',
    }),
    provisioningState: text({ computed: true }),
  },
  sdk: {
    group: 'api',
    list: 'listByService',
    // Lists leave out the revisions that are not current.
    get: 'get',
    getOnly: /;rev=/i,
    revisions: { group: 'apiRevision', list: 'listByService', first: /;rev=1$/i },
    put: 'beginCreateOrUpdateAndWait',
    delete: 'beginDeleteAndWait',
    // Whose revisions they are is looked at before.
    deleteOptions: { deleteRevisions: true },
  },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** Where requests reach an API. Its revisions share the path; versions of a set do, and differ in the version. */
function placeOf({ path, apiVersionSetId, apiVersion }: Properties, name: string): string | undefined {
  if (/;rev=/i.test(name)) return undefined
  const version = typeof apiVersionSetId === 'string' && typeof apiVersion === 'string' ? apiVersion : ''
  return `${String(path).replaceAll(/^\/+|\/+$/g, '')}\n${version}`.toLowerCase()
}

/** The policy document of an API. */
export const apiPolicyKind = definePolicyKind({
  kind: 'apiPolicy',
  parent: apiKind,
  policyScope: 'api',
  sdk: { group: 'apiPolicy', list: 'listByApi', get: 'get', put: 'createOrUpdate', delete: 'delete' },
})

/** A tag of an API. */
export const apiTagKind = defineTagLink('apiTag', apiKind, {
  group: 'tag',
  list: 'listByApi',
  put: 'assignToApi',
  delete: 'detachFromApi',
})

type ApiFields = InputOf<(typeof apiKind)['fields']>

/** What comes with an API. */
interface ApiParts {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: ApiFields['displayName']
  readonly tags?: readonly Resource<'tag'>[]
  /** The policy document of the API's scope. */
  readonly policy?: PolicyContent
}

/** A document to import comes with its format. */
type ImportedContent =
  | { readonly value?: undefined; readonly format?: undefined }
  | { readonly value: string; readonly format: NonNullable<ApiFields['format']> }

/** What {@link api} takes. */
export type ApiInput = Omit<ApiFields, 'displayName' | 'value' | 'format'> & ApiParts & ImportedContent

/**
 * Declares an API, with its policy and tags where they are given.
 *
 * An imported document is sent again when its text changes, from whichever machine that is seen. What changes behind a link
 * cannot be seen: read the document yourself and give its text. An import replaces the API's operations, so declare operations
 * or import them, not both.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * api('orders', { path: 'orders', serviceUrl: 'https://orders.example', policy: policies({ inbound: [base()] }) })
 * api('stock', { path: 'stock', format: 'openapi', value: await readFile('stock.yaml', 'utf8') })
 * api('events', { path: 'events', type: 'websocket', serviceUrl: 'wss://events.example' })
 */
export function api(name: string, input: ApiInput): Resource<'api'> {
  expectDeclaration(apiKind, name, input)
  const { policy, tags, ...properties } = input
  const protocols = [properties.type === 'websocket' ? 'wss' : 'https']
  return createResource(apiKind, name, undefined, { displayName: name, protocols, ...properties }, (resource) => [
    ...linksOf(apiTagKind, resource, tags),
    ...(policy === undefined ? [] : [policyOf(apiPolicyKind, resource, policy)]),
  ])
}

/** What {@link apiRevision} takes: the API, and what differs from it. */
export type ApiRevisionInput = Partial<Omit<ApiFields, 'value' | 'format' | 'apiRevision' | 'isCurrent'>> &
  Pick<ApiParts, 'policy' | 'tags'> &
  ImportedContent & {
    /** The API of which it is a revision. */
    readonly api: Resource<'api'>
  }

/**
 * Declares a revision of an API: a change that is not live until {@link apiRelease} makes it so. Its operations and policies
 * are declared below it as below any API. What is not given here is as in the API.
 *
 * @param number - the revision, as the service counts: `2`
 * @throws ApimKitError `invalid-input`
 * @example
 * const second = apiRevision('2', { api: orders, apiRevisionDescription: 'New prices', serviceUrl: 'https://new.orders.example' })
 * operation('get-order', { api: second, method: 'GET', urlTemplate: '/{id}' })
 */
export function apiRevision(number: string, input: ApiRevisionInput): Resource<'api'> {
  expectDeclaration(apiKind, number, input, 'apiRevision')
  const { api: base, policy, tags, ...properties } = input
  if (!isResource(base) || base.kind !== 'api')
    throw ApimKitError.of('invalid-input', `API revision ${number} is not valid:`, [
      notGiven('api', base, 'API of which it is a revision'),
    ])
  const { isCurrent: _current, ...inherited } = base.properties
  const resource = { ...inherited, ...properties, apiRevision: number }
  return createResource(apiKind, `${base.name};rev=${number}`, undefined, resource, (revision) => [
    ...linksOf(apiTagKind, revision, tags),
    ...(policy === undefined ? [] : [policyOf(apiPolicyKind, revision, policy)]),
  ])
}
