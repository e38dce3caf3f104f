import { ApimKitError, type Kind } from '@apim-kit/core'
import type { PipelineResponse } from '@azure/core-rest-pipeline'
import { asApimKitError, statusOf } from './errors.js'
import type { Service } from './client.js'
import { described, fromModel, toModel, type SdkModel } from './sdk-model.js'

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
  let begun = false
  try {
    const answer = call(service, kind, 'list', [...parents, abortable(signal)]) as Paged | Promise<Whole>
    // Lists of policy documents have no pages.
    if (!('byPage' in answer)) yield ((await answer).value ?? []).map((model) => item(kind, model))
    else
      for await (const page of answer.byPage()) {
        begun = true
        yield page.map((model) => item(kind, model))
      }
  } catch (error) {
    // What is missing in the middle of a list is no end of it: the rest would be taken for not there, and written over.
    if (!begun && isNowhere(error)) return
    throw asApimKitError(error, service, `list every ${kind.title}${below(parents)}`)
  }
}

/** Whether there is no such collection: no parent, or a service of a pricing tier, or a stand-in for one, that lacks the kind. */
function isNowhere(error: unknown): boolean {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  return [404, 405, 501].includes(statusOf(error) ?? 0) || code === 'MethodNotAllowedInPricingTier'
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
    const { name, properties = {} } = JSON.parse(answered) as Partial<Item>
    return { name: name ?? names.at(-1) ?? '', properties: described(kind.fields, properties), entityTag }
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
  let answered: string | undefined
  const options = {
    ...(kind.protocol.longRunning ? { updateIntervalInMs: pollInterval } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    onResponse: ({ bodyAsText }: Pick<PipelineResponse, 'bodyAsText'>) => (answered = bodyAsText ?? undefined),
  }
  const body = kind.links === undefined ? [toModel(kind.fields, properties)] : []
  try {
    const model = await call(service, kind, 'put', [...names, ...body, options])
    return item(kind, model as SdkModel)
  } catch (error) {
    throw statusOf(error) === undefined && hasFailed(answered) ? failedOperation(answered) : error
  }
}

/**
 * Whether an answer says that a long-running operation came to nothing. The poller makes a sentence of that, and loses the single
 * faults and their places in a policy document.
 */
function hasFailed(answered: string | undefined): answered is string {
  return answered !== undefined && /"status"\s*:\s*"(?:failed|canceled|cancelled)"/i.test(answered)
}

function failedOperation(bodyAsText: string): Error {
  return Object.assign(new Error('the operation failed'), { response: { bodyAsText } })
}

/** Deletes a resource, whatever state it is in; one that is not there is no error. */
export async function remove(service: Service, kind: Kind, names: readonly string[]): Promise<void> {
  const options = kind.sdk.deleteOptions === undefined ? [] : [kind.sdk.deleteOptions]
  // `*`: credential manager was never seen to send an ETag that could be given here, and the SDK demands the header.
  const condition = kind.links === undefined ? ['*'] : []
  try {
    await call(service, kind, 'delete', [...names, ...condition, ...options])
  } catch (error) {
    // The specification says 204 for what is gone already; nobody has seen what the service says.
    if (statusOf(error) !== 404) throw error
  }
}

/**
 * The secrets of a resource, where the service tells them; undefined where it is not there, or does not tell.
 *
 * @throws ApimKitError `not-authorized` where the login may not ask
 */
export async function reveal(
  service: Service,
  kind: Kind,
  names: readonly string[],
  { signal }: RequestOptions = {},
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { reveal: action = '' } = kind.sdk
  try {
    return (await call(service, kind, 'reveal', [...names, abortable(signal)])) as Readonly<Record<string, unknown>>
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    const permission = `${kind.armType.replace(/\/$/, '')}/${action}/action`
    throw asApimKitError(error, service, `read the secrets of ${kind.title} ${names.join('/')} (${permission})`)
  }
}

/** Where a person signs in; null where the service gives no address. */
export async function askLoginLink(
  service: Service,
  kind: Kind,
  names: readonly string[],
  postLoginRedirectUrl: string,
): Promise<string | null> {
  const { group = '', post = '' } = kind.sdk.loginLink ?? {}
  const answer = await callMethod(service, group, post, [...names, { postLoginRedirectUrl }])
  return (answer as { readonly loginLink?: string }).loginLink ?? null
}

/**
 * The revisions of an API, or of whatever has some: the names by which they are resources of its kind, without the one that
 * the name itself stands for.
 */
export async function listRevisions(
  service: Service,
  kind: Kind,
  names: readonly string[],
  { signal }: RequestOptions = {},
): Promise<string[]> {
  const { group = '', list: method = '' } = kind.sdk.revisions ?? {}
  const found: string[] = []
  try {
    const answer = callMethod(service, group, method, [...names, abortable(signal)]) as Paged
    for await (const page of answer.byPage())
      for (const { apiId, isCurrent } of page)
        if (isCurrent !== true && typeof apiId === 'string') found.push(apiId.split('/').at(-1) ?? '')
  } catch (error) {
    // What has no such list has no revisions.
    if ([404, 405, 501].includes(statusOf(error) ?? 0)) return []
    throw asApimKitError(error, service, `list the revisions of ${kind.title} ${names.join('/')}`)
  }
  return found
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
  const { group, [verb]: methodName = verb } = kind.sdk
  return callMethod(service, group, methodName, args)
}

function callMethod(service: Service, groupName: string, methodName: string, args: readonly unknown[]): unknown {
  const group: unknown = Reflect.get(service.client, groupName)
  const method: unknown = typeof group === 'object' && group !== null ? Reflect.get(group, methodName) : undefined
  if (typeof method !== 'function') throw new ApimKitError('internal', `the SDK has no ${groupName}.${methodName}`)
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
