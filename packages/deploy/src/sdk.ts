import { ApimKitError, type Kind } from '@apim-kit/core'
import type { PipelineResponse } from '@azure/core-rest-pipeline'
import { asApimKitError, statusOf } from './errors.js'
import type { Service } from './client.js'
import { fromModel, toModel, type SdkModel } from './sdk-model.js'

/** A resource as the service has it. */
export interface Item {
  readonly name: string
  /** In the form of the wire, as far as its kind describes them. */
  readonly properties: Readonly<Record<string, unknown>>
  /** Its version, where a GET tells it. */
  readonly entityTag?: string | undefined
}

/** What every request takes. */
export interface RequestOptions {
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined
}

/**
 * All resources of a kind below one parent, page by page; nothing where the parent is not there.
 *
 * @param parents - names of the parents below the service, outermost first
 */
export async function* list(
  service: Service,
  kind: Kind,
  parents: readonly string[],
  { signal }: RequestOptions = {},
): AsyncGenerator<readonly Item[]> {
  try {
    const answer = call(service, kind, 'list', [...parents, abortable(signal)]) as Paged | Promise<Whole>
    // Lists of policy documents have no pages.
    if (!('byPage' in answer)) yield ((await answer).value ?? []).map((model) => item(kind, model))
    else for await (const page of answer.byPage()) yield page.map((model) => item(kind, model))
  } catch (error) {
    if (statusOf(error) === 404) return
    throw asApimKitError(error, service, `list every ${kind.title}${below(parents)}`)
  }
}

/** One resource, with its policy document as a person would write it; undefined where it is not there. */
export async function get(
  service: Service,
  kind: Kind,
  names: readonly string[],
  { signal }: RequestOptions = {},
): Promise<Item | undefined> {
  const format = Object.values(kind.fields).some((field) => field.type === 'document') ? { format: 'rawxml' } : {}
  let answered = ''
  let entityTag: string | undefined
  const options = {
    ...abortable(signal),
    ...format,
    // The SDK (10.0.0) takes the answer of one of these methods, `apiPolicy.get`, for XML and loses what is in it. So the
    // answer is asked for as JSON, and read as it came.
    requestOptions: { customHeaders: { Accept: 'application/json' } },
    onResponse: ({ bodyAsText, headers }: Pick<PipelineResponse, 'bodyAsText' | 'headers'>) => {
      answered = bodyAsText ?? ''
      entityTag = headers.get('etag')
    },
  }
  try {
    await call(service, kind, 'get', [...names, options])
    const { name, properties } = JSON.parse(answered) as Item
    return { name, properties, entityTag }
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw asApimKitError(error, service, `read ${kind.title} ${names.join('/')}`)
  }
}

/** Long-running writes are asked for at this interval where the service names none. */
const pollInterval = 500

/**
 * Creates or replaces a resource and waits until the service is done with it.
 *
 * @param properties - in the form of the wire, secrets included
 * @param options.ifMatch - the version that is to be replaced. Default: whichever there is
 * @returns what the service says it has now
 * @throws the SDK's own error, for the caller to relate to a change
 */
export async function put(
  service: Service,
  kind: Kind,
  names: readonly string[],
  properties: Readonly<Record<string, unknown>>,
  { ifMatch }: { readonly ifMatch?: string | undefined } = {},
): Promise<Item> {
  const options = {
    ...(kind.protocol.longRunning ? { updateIntervalInMs: pollInterval } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  }
  const body = kind.links === undefined ? [toModel(kind.fields, properties)] : []
  const model = await call(service, kind, 'put', [...names, ...body, options])
  return item(kind, model as SdkModel)
}

/** Deletes a resource, whatever state it is in; one that is not there is no error. */
export async function remove(service: Service, kind: Kind, names: readonly string[]): Promise<void> {
  // `*`: credential manager was never seen to send an ETag that could be given here, and the SDK demands the header.
  try {
    await call(service, kind, 'delete', [...names, ...(kind.links === undefined ? ['*'] : [])])
  } catch (error) {
    // The specification says 204 for what is gone already; nobody has seen what the service says.
    if (statusOf(error) !== 404) throw error
  }
}

interface Paged {
  byPage(): AsyncIterable<readonly SdkModel[]>
}

interface Whole {
  readonly value?: readonly SdkModel[]
}

/** Calls the method that a kind's description names. `sdk.test-d.ts` proves for every kind that there is one. */
function call(
  service: Service,
  kind: Kind,
  verb: 'list' | 'get' | 'put' | 'delete' | 'reveal',
  args: readonly unknown[],
): unknown {
  // Every group has a `get`; a kind names it where it is needed to see all of a resource.
  const { group: groupName, [verb]: methodName = verb } = kind.sdk
  const group: unknown = Reflect.get(service.client, groupName)
  const method: unknown = typeof group === 'object' && group !== null ? Reflect.get(group, methodName) : undefined
  if (typeof method !== 'function')
    throw new ApimKitError('internal', `the SDK has no ${groupName}.${methodName}, which ${kind.title} needs`)
  const { resourceGroup, service: name } = service.address
  return Reflect.apply(method, group, [resourceGroup, name, ...args]) as unknown
}

function item(kind: Kind, model: SdkModel): Item {
  return { name: String(model['name']), properties: fromModel(kind.fields, model) }
}

function abortable(signal: AbortSignal | undefined): object {
  return signal === undefined ? {} : { abortSignal: signal }
}

function below(parents: readonly string[]): string {
  return parents.length === 0 ? '' : ` of ${parents.join('/')}`
}
