import { armId, namedValue, stack as toStack, type Resource, type SecretReference, type Stack } from '@apim-kit/core'
import { createHttpHeaders, createPipelineRequest, type HttpMethods } from '@azure/core-rest-pipeline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Service } from './client.js'
import { toServiceError, type ServiceError } from './errors.js'
import { areBundled, armTemplate } from './export/arm-template.js'
import { cutIntoParts, type PartLimits } from './export/parts.js'
import { secretsIn, toTemplate, type TemplateResource } from './export/template.js'
import type { TemplateSecret } from './export/template-secrets.js'
import { fromValue } from './secrets.js'
import type { SecretValues } from './secret-values.js'

/*
 * Three requests of Microsoft.Resources, sent through the pipeline of the client that is there: login, retries, quota. A
 * package for them would be another client; the newest @azure/arm-resources (8.0.0) also asks for Node 22.
 */

const apiVersion = '2022-09-01'

/** What became of one resource of a deployment; undefined where ARM did not begin it. */
export type Deployed =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'failed'; readonly error: ServiceError }
  | undefined

/** Hands resources to ARM in as many deployments as its limits ask for, one after the other. */
export class ArmEngine {
  readonly #service: Service
  readonly #stack: Stack
  readonly #values: SecretValues
  readonly #limits: PartLimits
  #count = 0
  readonly #run = Date.now().toString(36)

  constructor(service: Service, stack: Stack, values: SecretValues, limits: PartLimits = {}) {
    this.#service = service
    this.#stack = stack
    this.#values = values
    this.#limits = limits
  }

  /**
   * Deploys resources of the stack.
   *
   * @param preparing - hears of every part before anything else happens to it
   * @param mayBegin - asked before every deployment which of its resources may be part of it
   * @param begun - hears what is sent
   * @param ended - hears what became of each
   */
  async deploy(resources: readonly Resource[], { preparing, mayBegin, begun, ended }: DeployListener): Promise<void> {
    const template = await toTemplate(this.#stack, resources)
    const lengthOf = (reference: SecretReference): number =>
      reference.noun === 'secret' ? Buffer.byteLength(this.#values.get(reference) ?? '') : 0
    for (const part of cutIntoParts(template.resources, this.#limits, lengthOf)) {
      await preparing(part.map(({ resource }) => resource))
      const sent = part.filter(({ resource }) => mayBegin(resource))
      if (sent.length === 0) continue
      for (const { resource } of sent) begun(resource)
      const outcomes = await this.#deployPart(sent, secretsIn(sent, template.secrets), this.#values)
      for (const [index, { resource }] of sent.entries()) ended(resource, outcomes[index])
    }
  }

  /** Writes secret named values in one deployment. */
  async writeTexts(texts: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
    const values = new Map<SecretReference, string>()
    const resources = texts.map(({ name, text }) => {
      const value = fromValue(text)
      values.set(value, text)
      return namedValue(name, { value })
    })
    const template = await toTemplate(toStack({ name: this.#stack.name, resources }))
    for (const part of cutIntoParts(template.resources)) {
      const outcomes = await this.#deployPart(part, secretsIn(part, template.secrets), values)
      for (const outcome of outcomes) if (outcome?.outcome !== 'done') throw new DeploymentError(outcome?.error)
    }
  }

  async #deployPart(
    part: readonly TemplateResource[],
    secrets: readonly TemplateSecret[],
    values: SecretValues,
  ): Promise<Deployed[]> {
    const name = `apim-kit-${this.#stack.name.slice(0, 32)}-${this.#run}-${++this.#count}`
    const properties = {
      mode: 'Incremental',
      template: armTemplate(part, secrets),
      parameters: this.#parameters(secrets, values),
    }
    let refused: ServiceError | undefined
    try {
      await this.#start(name, { properties })
      refused = await this.#untilDone(name)
    } catch (error) {
      const understood = toServiceError(error, this.#service)
      // It may run all the same where only the answer was lost, but then nobody knows how it went.
      return part.map(() => ({ outcome: 'failed', error: understood }))
    }
    if (refused === undefined) return part.map(() => ({ outcome: 'done' }))
    const operations = await this.#operations(name)
    // Where no operation tells of a fault, the fault is that of the whole.
    if ([...operations.values()].every((each) => each?.outcome === 'done')) return this.#all(part, operations, refused)
    return part.map(({ resource }) => operations.get(armId(this.#service.address, resource).toLowerCase()))
  }

  /** A deployment that runs already is ours: the answer to the first request was lost. */
  async #start(name: string, body: object): Promise<void> {
    try {
      await this.#request('PUT', name, body)
    } catch (error) {
      if (toServiceError(error, this.#service).code !== 'DeploymentActive') throw error
    }
  }

  #all(part: readonly TemplateResource[], operations: ReadonlyMap<string, Deployed>, error: ServiceError): Deployed[] {
    return part.map(
      ({ resource }) =>
        operations.get(armId(this.#service.address, resource).toLowerCase()) ?? { outcome: 'failed', error },
    )
  }

  #parameters(secrets: readonly TemplateSecret[], values: SecretValues): object {
    const serviceName = { value: this.#service.address.service }
    const own = secrets.map(({ name, reference }): [string, string] => [name, values.get(reference) ?? ''])
    if (areBundled(secrets)) return { serviceName, secrets: { value: Object.fromEntries(own) } }
    return { serviceName, ...Object.fromEntries(own.map(([name, value]) => [name, { value }])) }
  }

  /** Waits for the end; gives the error that it ended with. */
  async #untilDone(name: string): Promise<ServiceError | undefined> {
    for (let pause = 20; ; pause = Math.min(pause * 2, 5000)) {
      const { properties } = (await this.#request('GET', name)) as {
        readonly properties?: { readonly provisioningState?: string; readonly error?: object }
      }
      const state = properties?.provisioningState
      if (state === 'Succeeded') return undefined
      if (state === 'Failed' || state === 'Canceled')
        return this.#errorOf(undefined, { error: properties?.error ?? { code: state } })
      await sleep(pause)
    }
  }

  async #operations(name: string): Promise<ReadonlyMap<string, Deployed>> {
    const { value = [] } = (await this.#request('GET', `${name}/operations`)) as {
      readonly value?: readonly Operation[]
    }
    return new Map(
      value.flatMap(({ properties }): [string, Deployed][] => {
        const id = properties.targetResource?.id?.toLowerCase()
        if (id === undefined) return []
        if (properties.provisioningState === 'Succeeded') return [[id, { outcome: 'done' }]]
        return [
          [
            id,
            { outcome: 'failed', error: this.#errorOf(statusNumber(properties.statusCode), properties.statusMessage) },
          ],
        ]
      }),
    )
  }

  #errorOf(statusCode: number | undefined, body: unknown): ServiceError {
    return toServiceError(
      { statusCode: statusCode ?? 409, response: { bodyAsText: JSON.stringify(body) } },
      this.#service,
    )
  }

  async #request(method: HttpMethods, path: string, body?: object): Promise<unknown> {
    const { endpoint, local, client, address } = this.#service
    const scope = `/subscriptions/${address.subscriptionId}/resourceGroups/${address.resourceGroup}`
    const request = createPipelineRequest({
      method,
      url: `${endpoint}${scope}/providers/Microsoft.Resources/deployments/${path}?api-version=${apiVersion}`,
      headers: createHttpHeaders({
        Accept: 'application/json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      }),
      allowInsecureConnection: local,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const { status, bodyAsText } = await client.sendRequest(request)
    if (status >= 300)
      throw Object.assign(new Error(`the service answered ${status}`), { statusCode: status, response: { bodyAsText } })
    return JSON.parse(bodyAsText ?? '{}') as unknown
  }
}

/** What {@link ArmEngine.deploy} asks and tells. */
export interface DeployListener {
  readonly preparing: (resources: readonly Resource[]) => Promise<void>
  readonly mayBegin: (resource: Resource) => boolean
  readonly begun: (resource: Resource) => void
  readonly ended: (resource: Resource, outcome: Deployed) => void
}

interface Operation {
  readonly properties: {
    readonly provisioningState?: string
    readonly statusCode?: number | string
    readonly statusMessage?: unknown
    readonly targetResource?: { readonly id?: string }
  }
}

/** A deployment of what is remembered did not work. */
class DeploymentError extends Error {
  override readonly name = 'DeploymentError'

  constructor(error: ServiceError | undefined) {
    super(error === undefined ? 'the deployment ended early' : `${error.code}: ${error.message}`)
  }
}

/** ARM writes numbers, and names such as `BadRequest`. */
function statusNumber(status: number | string | undefined): number | undefined {
  return typeof status === 'number' ? status : undefined
}
