import type { Scope } from '@apim-kit/policy-dsl'
import type {
  ApiProperties,
  Deployed,
  GatewayConfiguration,
  OperationProperties,
  PolicyAddress,
  PolicyDocument,
  ProductProperties,
} from '../emulator-context.js'
import {
  HeaderCollection,
  type ApiInfo,
  type MessageUrl,
  type OperationInfo,
  type ProductInfo,
} from '../expression/index.js'
import { placeOf } from './api-place.js'
import { compileDocument, type CompiledDocument } from './compile-document.js'
import type { DocumentSources } from './compile-scope.js'
import { compose } from './compose.js'
import type { Pipeline } from './pipeline.js'
import { GatewayProduct } from './product.js'
import { createRouter, type ApiRoute, type RouteMatch, type Router } from './routing.js'
import type { Steps } from './step.js'
import { subscriptionKeys, type KeyHolder } from './subscription-keys.js'
import { parseBackendUrl } from './target.js'

/** An API, ready to serve. */
export interface CompiledApi {
  readonly info: ApiInfo
  /** ARM name in lower case, without a revision: what scopes of subscriptions name. */
  readonly name: string
  readonly subscriptionRequired: boolean
  /** The products that it belongs to, in the order of creation. */
  readonly products: readonly CompiledProduct[]
  /** Why the emulator cannot serve it; every request is answered with this. */
  readonly refusal: string | undefined
}

/** A product, as requests made under it need it. */
export interface CompiledProduct {
  /** ARM name in lower case. */
  readonly name: string
  readonly info: ProductInfo
  readonly subscriptionRequired: boolean
}

/** An operation, ready to serve. */
export interface CompiledOperation {
  readonly info: OperationInfo
  /** Of requests under no product, or one without a document. */
  readonly pipeline: Pipeline
  /** Of requests under a product that has a document, by the product's name. */
  readonly productPipelines: ReadonlyMap<string, Pipeline>
}

/** What a request is for. */
export interface Matched {
  readonly api: CompiledApi
  readonly operation: CompiledOperation
  /** The path below the API's. */
  readonly rest: string
  readonly route: RouteMatch<CompiledApi, CompiledOperation>
}

/** A compiled document with what it was compiled with beside its text: while that is the same, so is it. */
interface Kept {
  readonly document: CompiledDocument
  readonly fragments: ReadonlyMap<string, PolicyDocument | undefined>
  readonly namedValues: ReadonlyMap<string, string | undefined>
}

/** All that is deployed at one moment, compiled: the routes and every operation's effective policies. */
export class CompiledConfiguration {
  /** The policies of on-error for requests that match no operation: only the global scope knows them. */
  readonly globalOnError: Steps
  /** The active subscriptions by key. */
  readonly keys: ReadonlyMap<string, KeyHolder>
  readonly #source: GatewayConfiguration
  readonly #router: Router<CompiledApi, CompiledOperation>
  readonly #documents = new Map<string, Kept>()
  readonly #previous: ReadonlyMap<string, Kept>

  /** @param previous what was compiled before: documents that did not change are taken from there */
  constructor(source: GatewayConfiguration, previous?: CompiledConfiguration) {
    this.#source = source
    this.keys = subscriptionKeys(source.listSubscriptions())
    this.#previous = previous?.documents ?? new Map()
    const global = this.#documentsAt({ scope: 'global' })
    this.globalOnError = compose(global).onError
    this.#router = createRouter(
      [...source.listApis(), ...source.listRevisions()].flatMap((api) => this.#apiRoutes(api, global)),
    )
    this.#previous = new Map()
  }

  /** The compiled documents, for the configuration that comes after this one. */
  get documents(): ReadonlyMap<string, Kept> {
    return this.#documents
  }

  /** Finds the operation of a request; undefined when no API or operation fits. */
  match(method: string, url: MessageUrl, headers = new HeaderCollection()): Matched | undefined {
    const route = this.#router.match(method, url.path, url.queryString, (place, name) =>
      place === 'Header' ? headers.get(name)?.[0] : queryValue(url, name),
    )
    if (route?.operation === undefined) return undefined
    return { api: route.api, operation: route.operation, rest: route.rest, route }
  }

  #apiRoutes(
    api: Deployed<ApiProperties>,
    global: readonly CompiledDocument[],
  ): readonly ApiRoute<CompiledApi, CompiledOperation>[] {
    const { id, properties } = api
    const { paths, version, problem } = placeOf(api, (versionSetId) => this.#source.getVersionSet(versionSetId))
    // Products and subscriptions belong to an API with all its revisions.
    const apiId = id.replace(/;rev=[^;]*$/i, '')
    const info = apiInfo(apiId, properties)
    const name = apiId.toLowerCase()
    const products = this.#source.listProducts(apiId)
    const own = this.#documentsAt({ scope: 'api', apiId: id })
    const productDocuments = products.flatMap((product) => {
      const documents = this.#documentsAt({ scope: 'product', productId: product.id })
      return documents.length === 0 ? [] : [{ name: product.id.toLowerCase(), documents }]
    })
    const route = {
      version,
      target: {
        info,
        name,
        subscriptionRequired: properties.subscriptionRequired,
        products: products.map((product) => this.#product(product)),
        refusal: problem ?? refusalOf(id, properties),
      },
      operations: this.#source.listOperations(id).map((operation) => {
        const narrow = [...this.#documentsAt({ scope: 'operation', apiId: id, operationId: operation.id }), ...own]
        return {
          method: operation.properties.method,
          urlTemplate: operation.properties.urlTemplate,
          target: {
            info: operationInfo(operation),
            pipeline: compose([...narrow, ...global]),
            productPipelines: new Map(
              productDocuments.map((product) => [product.name, compose([...narrow, ...product.documents, ...global])]),
            ),
          },
        }
      }),
    }
    return paths.map((path) => ({ ...route, path }))
  }

  #product({ id, properties }: Deployed<ProductProperties>): CompiledProduct {
    const apis = (): readonly ApiInfo[] =>
      this.#source
        .listApis()
        .filter((api) => this.#source.listProducts(api.id).some((product) => product.id === id))
        .map((api) => apiInfo(api.id, api.properties))
    return {
      name: id.toLowerCase(),
      info: new GatewayProduct(id, properties, apis),
      subscriptionRequired: properties.subscriptionRequired,
    }
  }

  /** The document of a scope, as a list that is empty where there is none: such a scope is passed over. */
  #documentsAt(address: PolicyAddress): readonly CompiledDocument[] {
    const document = this.#source.getPolicy(address)
    return document === undefined ? [] : [this.#compiled(document, address.scope)]
  }

  #compiled(document: PolicyDocument, scope: Scope): CompiledDocument {
    const key = `${scope} ${document.format} ${document.text}`
    const kept = this.#documents.get(key) ?? this.#stillValid(this.#previous.get(key)) ?? this.#compile(document, scope)
    this.#documents.set(key, kept)
    return kept.document
  }

  #stillValid(kept: Kept | undefined): Kept | undefined {
    if (kept === undefined) return undefined
    const isSame =
      [...kept.namedValues].every(([name, text]) => this.#source.getNamedValue(name) === text) &&
      [...kept.fragments].every(([id, fragment]) => isSameDocument(this.#source.getFragment(id), fragment))
    return isSame ? kept : undefined
  }

  #compile(document: PolicyDocument, scope: Scope): Kept {
    const namedValues = new Map<string, string | undefined>()
    const fragments = new Map<string, PolicyDocument | undefined>()
    const sources: DocumentSources = {
      namedValue: (name) => remembered(namedValues, name, this.#source.getNamedValue(name)),
      fragment: (id) => remembered(fragments, id, this.#source.getFragment(id)),
    }
    return { document: compileDocument(document, scope, sources), namedValues, fragments }
  }
}

function queryValue(url: MessageUrl, wanted: string): string | undefined {
  for (const [name, values] of url.query) if (name.toLowerCase() === wanted.toLowerCase()) return values[0]
  return undefined
}

function remembered<T>(map: Map<string, T>, key: string, value: T): T {
  map.set(key, value)
  return value
}

function isSameDocument(one: PolicyDocument | undefined, other: PolicyDocument | undefined): boolean {
  return one?.text === other?.text && one?.format === other?.format
}

/**
 * What of an API the emulator does not honour. The listener has no TLS, so that a request cannot tell whether it means http or
 * https: an API that speaks either answers.
 */
function refusalOf(id: string, { protocols, type }: ApiProperties): string | undefined {
  if (!protocols.some((protocol) => protocol === 'http' || protocol === 'https')) {
    return `The API '${id}' speaks ${protocols.join(', ')} only, which the emulator does not; add http or https.`
  }
  if (type !== undefined && type !== null && type !== 'http') {
    return `The API '${id}' is of the type ${type}, which the emulator does not serve; it serves http.`
  }
  return undefined
}

function apiInfo(id: string, properties: ApiProperties): ApiInfo {
  return {
    id,
    name: properties.displayName,
    path: properties.path,
    version: properties.apiVersion ?? null,
    revision: properties.apiRevision,
    isCurrentRevision: properties.isCurrent,
    serviceUrl: parseBackendUrl(properties.serviceUrl ?? '') ?? null,
    protocols: properties.protocols,
    subscriptionKeyParameterNames: properties.subscriptionKeyParameterNames,
  }
}

function operationInfo({ id, properties }: Deployed<OperationProperties>): OperationInfo {
  return { id, name: properties.displayName, method: properties.method, urlTemplate: properties.urlTemplate }
}
