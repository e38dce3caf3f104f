import {
  apiVersion,
  TemplateText,
  type TemplateResource,
  type TemplateValue,
  type TextPart,
  type Unknown,
} from './template.js'
import type { TemplateSecret } from './template-secrets.js'

/** A template for Azure Resource Manager, as JSON. */
export interface ArmTemplate {
  readonly $schema: string
  readonly contentVersion: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly resources: readonly object[]
}

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#'
const serviceName = `parameters('serviceName')`
const serviceId = `resourceId('Microsoft.ApiManagement/service', ${serviceName})`

/** A template with these resources. What they need and is not among them has to be there. */
export function armTemplate(resources: readonly TemplateResource[], secrets: readonly TemplateSecret[]): ArmTemplate {
  return envelope(secrets, armResources(resources, secretAccess(secrets)))
}

/** What stands around resources: the name of the service, and the secrets. */
export function envelope(secrets: readonly TemplateSecret[], resources: readonly object[]): ArmTemplate {
  return { $schema: schema, contentVersion: '1.0.0.0', parameters: armParameters(secrets), resources }
}

/** ARM allows 256 parameters; from here on the secrets come as one. */
const mostParameters = 200

/** Whether the secrets come as one parameter, an object with the names of the secrets. */
export function areBundled(secrets: readonly TemplateSecret[]): boolean {
  return secrets.length > mostParameters
}

function armParameters(secrets: readonly TemplateSecret[]): Record<string, unknown> {
  const named = { serviceName: { type: 'string', metadata: { description: 'The API Management service.' } } }
  if (areBundled(secrets))
    return { ...named, secrets: { type: 'secureObject', metadata: { description: 'Every secret, by its name.' } } }
  const entries = secrets.map(({ name, description }) => [name, { type: 'secureString', metadata: { description } }])
  return { ...named, ...(Object.fromEntries(entries) as object) }
}

type SecretAccess = (name: string) => string

/** How an expression gets at a secret. */
export function secretAccess(secrets: readonly TemplateSecret[]): SecretAccess {
  return areBundled(secrets) ? (name) => `parameters('secrets').${name}` : (name) => `parameters('${name}')`
}

/** Resources in the words of ARM. */
export function armResources(resources: readonly TemplateResource[], secret: SecretAccess): object[] {
  const here = new Set(resources)
  return resources.map((each) => armResource(each, here, secret))
}

function armResource(each: TemplateResource, here: ReadonlySet<TemplateResource>, secret: SecretAccess): object {
  const { names, properties, dependsOn } = each
  const needed = dependsOn.filter((other) => here.has(other)).map((other) => `[${resourceIdOf(other)}]`)
  return {
    type: armTypeOf(each),
    apiVersion,
    name: `[concat(${serviceName}, ${quoted(`/${names.join('/')}`)})]`,
    ...(needed.length === 0 ? {} : { dependsOn: needed }),
    ...(properties === undefined ? {} : { properties: armValue(properties, secret) }),
  }
}

/** The service writes a slash behind one type in its answers; addresses have none. */
export function armTypeOf({ kind }: Pick<TemplateResource, 'kind'>): string {
  return kind.armType.replace(/\/$/, '')
}

function resourceIdOf(each: TemplateResource): string {
  return `resourceId(${[quoted(armTypeOf(each)), serviceName, ...each.names.map(quoted)].join(', ')})`
}

function armValue(value: TemplateValue, secret: SecretAccess): unknown {
  if (typeof value === 'string') return literal(value)
  if (value instanceof TemplateText) return `[${expression(value.parts, secret)}]`
  if (Array.isArray(value)) return value.map((item: TemplateValue) => armValue(item, secret))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [literal(name), armValue(inner, secret)]))
}

/**
 * ARM takes a text between brackets for an expression; a second bracket in front says that it is none. One that only begins
 * with a bracket is a text to ARM and not to every tool, so it is written as an expression that gives it.
 */
function literal(text: string): string {
  if (!text.startsWith('[')) return text
  return text.endsWith(']') ? `[${text}` : `[concat('[', ${quoted(text.slice(1))})]`
}

function expression(parts: readonly TextPart[], secret: SecretAccess): string {
  const terms = parts.map((part) => {
    if (typeof part === 'string') return quoted(part)
    return 'secret' in part ? secret(part.secret) : known[part.known]
  })
  const [only] = terms
  return terms.length === 1 && only !== undefined ? only : `concat(${terms.join(', ')})`
}

/** A text inside an expression. */
function quoted(text: string): string {
  return `'${text.replaceAll(`'`, `''`)}'`
}

const known: Readonly<Record<Unknown, string>> = {
  principalId: `reference(${serviceId}, '${apiVersion}', 'Full').identity.principalId`,
  tenantId: `reference(${serviceId}, '${apiVersion}', 'Full').identity.tenantId`,
  gatewayUrl: `reference(${serviceId}, '${apiVersion}').gatewayUrl`,
  name: serviceName,
  subscriptionId: 'subscription().subscriptionId',
  resourceGroup: 'resourceGroup().name',
}
