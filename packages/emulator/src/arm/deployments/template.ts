import { serviceId, type ServiceAddress } from '@apim-kit/core'
import { ArmError } from '../arm-error.js'
import { isObject, memberOf } from '../read-properties.js'
import { evaluate, invalidTemplate, type TemplateFunctions } from './template-expression.js'

/** A resource of a template, evaluated. */
export interface TemplateResource {
  readonly type: string
  readonly apiVersion: string
  /** ARM id. */
  readonly id: string
  readonly dependsOn: readonly string[]
  /** As it stands in the template; evaluated when its turn comes, since it may ask for what is deployed before. */
  readonly properties: unknown
}

/** What a template may ask for. */
export interface TemplateScope {
  readonly address: ServiceAddress
  /** The resource of an id, as a GET shows it. */
  readonly show: (id: string) => Record<string, unknown>
  /** The value of a Key Vault secret; undefined where there is none. */
  readonly secretOf: (vault: string, name: string, version: string | undefined) => string | undefined
}

/** A template, its parameters filled in. */
export class Template {
  readonly resources: readonly TemplateResource[]
  readonly #functions: TemplateFunctions

  constructor(template: unknown, parameters: unknown, scope: TemplateScope) {
    if (!isObject(template) || !Array.isArray(template['resources']))
      throw invalidTemplate('a template is an object with resources')
    const values = parameterValues(template['parameters'], parameters, scope)
    this.#functions = functionsOf(values, template['variables'], scope)
    this.resources = template['resources'].map((resource: unknown) => this.#resource(resource, scope))
  }

  /** Evaluates a part of the template. */
  evaluate(value: unknown): unknown {
    return evaluate(value, this.#functions)
  }

  #resource(resource: unknown, { address }: TemplateScope): TemplateResource {
    if (!isObject(resource)) throw invalidTemplate('a resource is an object')
    for (const feature of ['condition', 'copy', 'scope'])
      if (resource[feature] !== undefined)
        throw new ArmError(501, 'NotSupportedByEmulator', `'${feature}' of a resource in a template is not emulated.`)
    const [type, name, apiVersion] = ['type', 'name', 'apiVersion'].map((field) => {
      const value = this.evaluate(resource[field])
      if (typeof value === 'string') return value
      throw invalidTemplate(`a resource has no ${field}`)
    }) as [string, string, string]
    const dependsOn = this.evaluate(resource['dependsOn'] ?? [])
    if (!Array.isArray(dependsOn)) throw invalidTemplate(`dependsOn of ${name} is no list`)
    return {
      type,
      apiVersion,
      id: resourceId(address, type, name.split('/')),
      dependsOn: dependsOn.map(String),
      properties: resource['properties'],
    }
  }
}

function parameterValues(declared: unknown, given: unknown, scope: TemplateScope): ReadonlyMap<string, unknown> {
  const values = new Map<string, unknown>()
  const passed = new Map(
    Object.entries(isObject(given) ? given : {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  for (const [name, parameter] of Object.entries(isObject(declared) ? declared : {})) {
    const value = passed.get(name.toLowerCase())
    passed.delete(name.toLowerCase())
    if (isObject(value) && 'reference' in value)
      values.set(name.toLowerCase(), referredSecret(name, value['reference'], parameter, scope))
    else if (isObject(value) && 'value' in value) values.set(name.toLowerCase(), value['value'])
    else if (isObject(parameter) && 'defaultValue' in parameter)
      values.set(name.toLowerCase(), parameter['defaultValue'])
    else throw invalidTemplate(`The value for the template parameter '${name}' is not provided`)
  }
  const [unknown] = passed.keys()
  if (unknown === undefined) return values
  throw invalidTemplate(
    `The following parameters were supplied, but do not correspond to any parameters defined in the template: '${unknown}'`,
  )
}

/** "Use Azure Key Vault to pass secure parameter values": the vault's ARM id, the secret's name and, if wanted, its version. */
function referredSecret(name: string, reference: unknown, parameter: unknown, { secretOf }: TemplateScope): string {
  const type = String(memberOf(parameter, 'type')).toLowerCase()
  if (type !== 'securestring')
    throw invalidTemplate(`The parameter '${name}' refers to a secret, so its type has to be secureString, not ${type}`)
  const id = memberOf(memberOf(reference, 'keyVault'), 'id')
  const [, vault] = /\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/i.exec(String(id)) ?? []
  const secretName = memberOf(reference, 'secretName')
  const version = memberOf(reference, 'secretVersion')
  if (vault === undefined || typeof secretName !== 'string')
    throw invalidTemplate(`The reference of the parameter '${name}' has to name a Key Vault by its id, and a secret`)
  const found = secretOf(vault.toLowerCase(), secretName, typeof version === 'string' ? version : undefined)
  if (found !== undefined) return found
  throw new ArmError(
    400,
    'KeyVaultParameterReferenceNotFound',
    `The secret '${secretName}' of the vault '${vault}', to which the parameter '${name}' refers, could not be found.`,
  )
}

function functionsOf(
  parameters: ReadonlyMap<string, unknown>,
  variables: unknown,
  { address, show }: TemplateScope,
): TemplateFunctions {
  const functions: TemplateFunctions = {
    parameters: (name) => {
      const key = String(name).toLowerCase()
      if (parameters.has(key)) return parameters.get(key)
      throw invalidTemplate(`The template parameter '${String(name)}' is not found`)
    },
    variables: (name) => evaluate(isObject(variables) ? variables[String(name)] : undefined, functions),
    concat: (...parts) => (parts.every(Array.isArray) ? parts.flat() : parts.map(String).join('')),
    format: (pattern, ...values) =>
      String(pattern).replaceAll(/\{(\d+)\}/g, (_, index) => String(values[Number(index)])),
    createobject: (...parts) =>
      Object.fromEntries(
        parts.flatMap((part, index) => (index % 2 === 0 ? [[String(part), parts[index + 1]]] : [])),
      ) as unknown,
    createarray: (...items) => items,
    string: (value) => (typeof value === 'string' ? value : JSON.stringify(value)),
    resourceid: (type, ...names) => resourceId(address, String(type), names.map(String)),
    reference: (id, _version, full) => {
      const shown = show(String(id))
      return full === 'Full' ? shown : shown['properties']
    },
    subscription: () => ({ subscriptionId: address.subscriptionId, id: `/subscriptions/${address.subscriptionId}` }),
    resourcegroup: () => ({ name: address.resourceGroup, id: serviceId(address).replace(/\/providers\/.*$/, '') }),
    true: () => true,
    false: () => false,
    null: () => null,
  }
  return functions
}

/** `Microsoft.ApiManagement/service/apis` and the names `shop`, `orders`: the segments alternate. */
function resourceId({ subscriptionId, resourceGroup }: ServiceAddress, type: string, names: readonly string[]): string {
  const [provider = '', ...segments] = type.split('/')
  if (segments.length !== names.length)
    throw invalidTemplate(`the type '${type}' and the name '${names.join('/')}' differ in their number of segments`)
  const path = segments.map((segment, index) => `/${segment}/${names[index] ?? ''}`).join('')
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/${provider}${path}`
}
