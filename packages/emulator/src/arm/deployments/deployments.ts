import type { ServiceAddress } from '@apim-kit/core'
import { randomUUID } from 'node:crypto'
import type { Answer } from '../answer.js'
import { ArmError } from '../arm-error.js'
import { isObject, memberOf } from '../read-properties.js'
import { Template, type TemplateResource, type TemplateScope } from './template.js'
import { invalidTemplate } from './template-expression.js'

/** Sends a request to the management plane itself. */
export type Send = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ readonly status: number; readonly body: unknown }>

/** What ARM allows one template. */
const mostResources = 800
const largestTemplate = 4 * 1024 * 1024
const mostParameters = 256

const address =
  /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+\/providers\/microsoft\.resources\/deployments\/([^/]+)(\/operations)?\/?$/i

interface Deployment {
  readonly id: string
  readonly name: string
  state: 'Accepted' | 'Running' | 'Succeeded' | 'Failed'
  error: object | undefined
  readonly operations: Operation[]
}

interface Operation {
  readonly id: string
  readonly target: TemplateResource
  readonly succeeded: boolean
  readonly status: number
  readonly message: unknown
}

/** Deployments of templates to the resource group: each resource goes through the routes that a client would use. */
export class Deployments {
  readonly #address: ServiceAddress
  readonly #send: Send
  readonly #secretOf: TemplateScope['secretOf']
  readonly #deployments = new Map<string, Deployment>()

  constructor(service: ServiceAddress, send: Send, secretOf: TemplateScope['secretOf']) {
    this.#address = service
    this.#send = send
    this.#secretOf = secretOf
  }

  /** Answers a request for a deployment; undefined where the address is none. */
  async answer(method: string, path: string, body: () => Promise<unknown>): Promise<Answer | undefined> {
    const match = address.exec(path)
    if (match === null) return undefined
    const [, name = '', operations] = match
    if (method === 'PUT' && operations === undefined) return this.#start(decodeURIComponent(name), path, await body())
    const deployment = this.#deployments.get(name.toLowerCase())
    if (deployment === undefined)
      throw new ArmError(404, 'DeploymentNotFound', `Deployment '${decodeURIComponent(name)}' could not be found.`)
    if (method === 'GET')
      return { status: 200, body: operations === undefined ? shown(deployment) : listed(deployment) }
    throw new ArmError(405, 'MethodNotAllowed', `${method} is no method of Microsoft.Resources/deployments here.`)
  }

  async #start(name: string, id: string, body: unknown): Promise<Answer> {
    const properties = memberOf(body, 'properties')
    if (memberOf(properties, 'mode') !== 'Incremental')
      throw new ArmError(
        501,
        'NotSupportedByEmulator',
        `Deployments of mode '${String(memberOf(properties, 'mode'))}' are not emulated; use Incremental.`,
      )
    const scope = await this.#scope()
    const template = this.#read(properties, scope)
    const deployment: Deployment = { id, name, state: 'Accepted', error: undefined, operations: [] }
    this.#deployments.set(name.toLowerCase(), deployment)
    // A client hears of it while it runs, as with the service.
    void this.#run(deployment, template, scope)
    return { status: 201, body: shown(deployment) }
  }

  #read(properties: unknown, scope: TemplateScope): Template {
    const template = memberOf(properties, 'template')
    const parameters = memberOf(isObject(template) ? template : undefined, 'parameters')
    if (Buffer.byteLength(JSON.stringify(template ?? null)) > largestTemplate)
      throw new ArmError(400, 'RequestContentTooLarge', 'The template is larger than 4 MB.')
    if (isObject(parameters) && Object.keys(parameters).length > mostParameters)
      throw invalidTemplate(`The number of template parameters limit exceeded. Limit: '${mostParameters}'`)
    const read = new Template(template, memberOf(properties, 'parameters'), scope)
    if (read.resources.length > mostResources)
      throw invalidTemplate(
        `The number of template resources limit exceeded. Limit: '${mostResources}' and actual: '${read.resources.length}'`,
      )
    const known = new Set(read.resources.map(({ id }) => id.toLowerCase()))
    for (const { id, dependsOn } of read.resources)
      for (const needed of dependsOn)
        if (!known.has(needed.toLowerCase()))
          throw invalidTemplate(`The resource '${needed}', which '${id}' needs, is not defined in the template`)
    return read
  }

  async #run(deployment: Deployment, template: Template, scope: TemplateScope): Promise<void> {
    deployment.state = 'Running'
    const done = new Set<string>()
    const failures: object[] = []
    let waiting = [...template.resources]
    while (waiting.length > 0) {
      const ready = waiting.filter(({ dependsOn }) => dependsOn.every((needed) => done.has(needed.toLowerCase())))
      if (ready.length === 0) break
      const started = new Set(ready)
      waiting = waiting.filter((resource) => !started.has(resource))
      for (const resource of ready) {
        const operation = await this.#deploy(resource, template, scope)
        deployment.operations.push(operation)
        if (operation.succeeded) done.add(resource.id.toLowerCase())
        else failures.push({ code: 'BadRequest', target: resource.id, message: JSON.stringify(operation.message) })
      }
    }
    const message = 'At least one resource deployment operation failed. Please list deployment operations for details.'
    if (failures.length > 0) deployment.error = { code: 'DeploymentFailed', message, details: failures }
    else if (waiting.length > 0)
      deployment.error = { code: 'InvalidTemplate', message: 'Circular dependency detected.' }
    deployment.state = deployment.error === undefined ? 'Succeeded' : 'Failed'
  }

  async #deploy(target: TemplateResource, template: Template, scope: TemplateScope): Promise<Operation> {
    const id = randomUUID().replaceAll('-', '').slice(0, 16).toUpperCase()
    try {
      const nested = target.type.toLowerCase() === 'microsoft.resources/deployments'
      const { status, body } = nested
        ? await this.#deployNested(target, template, scope)
        : await this.#put(target, template)
      return { id, target, succeeded: status < 300, status, message: body }
    } catch (error) {
      if (!(error instanceof ArmError)) throw error
      return { id, target, succeeded: false, status: error.status, message: error }
    }
  }

  #put({ id, apiVersion, properties }: TemplateResource, template: Template): ReturnType<Send> {
    const body = properties === undefined ? undefined : { properties: template.evaluate(properties) }
    return this.#send('PUT', `${id}?api-version=${apiVersion}`, body)
  }

  async #deployNested(target: TemplateResource, outer: Template, scope: TemplateScope): ReturnType<Send> {
    const { properties } = target
    const inner = memberOf(memberOf(properties, 'expressionEvaluationOptions'), 'scope')
    if (inner !== 'inner')
      throw new ArmError(
        501,
        'NotSupportedByEmulator',
        `A nested deployment is emulated with expressionEvaluationOptions.scope 'inner' only.`,
      )
    const template = new Template(
      memberOf(properties, 'template'),
      outer.evaluate(memberOf(properties, 'parameters')),
      scope,
    )
    const name = target.id.split('/').at(-1) ?? ''
    const deployment: Deployment = { id: target.id, name, state: 'Accepted', error: undefined, operations: [] }
    this.#deployments.set(name.toLowerCase(), deployment)
    await this.#run(deployment, template, scope)
    return { status: deployment.error === undefined ? 200 : 409, body: { error: deployment.error } }
  }

  /** The service itself is all that templates may refer to; what they deploy they know. */
  async #scope(): Promise<TemplateScope> {
    const { subscriptionId, resourceGroup, service } = this.#address
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.ApiManagement/service/${service}`
    const { body } = await this.#send('GET', `${id}?api-version=2024-05-01`)
    return {
      address: this.#address,
      secretOf: this.#secretOf,
      show: (asked) => {
        if (asked.toLowerCase() === id.toLowerCase() && isObject(body)) return body
        throw new ArmError(
          501,
          'NotSupportedByEmulator',
          `reference() of '${asked}' is not emulated; of the service it is.`,
        )
      },
    }
  }
}

function shown({ id, name, state, error }: Deployment): object {
  const failed = error === undefined ? {} : { error }
  return {
    id,
    name,
    type: 'Microsoft.Resources/deployments',
    properties: { mode: 'Incremental', provisioningState: state, ...failed },
  }
}

/** Secrets were parameters, and those are never shown. */
function listed({ id, operations }: Deployment): object {
  const value = operations.map((operation) => ({
    id: `${id}/operations/${operation.id}`,
    operationId: operation.id,
    properties: {
      provisioningOperation: 'Create',
      provisioningState: operation.succeeded ? 'Succeeded' : 'Failed',
      statusCode: operation.status,
      ...(operation.succeeded ? {} : { statusMessage: operation.message }),
      targetResource: {
        id: operation.target.id,
        resourceType: operation.target.type,
        resourceName: operation.target.id.split('/').at(-1),
      },
    },
  }))
  return { value }
}
