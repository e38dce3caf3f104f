import { ApimKitError, isStack, type ServiceAddress, type Stack } from '@apim-kit/core'
import { areBundled, armTemplate, envelope, secretAccess } from './arm-template.js'
import { bicepFile, bicepModules, quoted } from './bicep.js'
import { cutIntoParts, type PartLimits } from './parts.js'
import { secretsIn, toTemplate, type TemplateResource } from './template.js'
import type { TemplateSecret } from './template-secrets.js'

/** How to export. */
export interface ExportOptions {
  /** The language. */
  readonly to: 'arm-template' | 'bicep'
  /** Name of the first file, without its ending; the others begin with it. Default: the stack's name. */
  readonly name?: string | undefined
  /**
   * Where it goes, for the file of parameters: Key Vaults are taken to stand in that resource group. Default: what the stack
   * says; where that is not all, there is no such file.
   */
  readonly service?: Partial<ServiceAddress> | undefined
  /** What one template may hold. Default: ARM's limits. */
  readonly limits?: PartLimits | undefined
}

/** A file of an export. */
export interface ExportedFile {
  readonly name: string
  readonly text: string
}

/**
 * Writes a stack for ARM's own deployment engine. The same stack gives the same texts. Secrets are parameters; those of Key
 * Vaults are referred to in a file of parameters. Texts that only the service knows are expressions of the template.
 *
 * @returns the template first; then its parts, where it is more than ARM takes at once; then the parameters, if secrets come
 * from Key Vaults
 * @throws ApimKitError `invalid-input`
 * @example
 * for (const { name, text } of await exportStack(shop, { to: 'bicep' })) writeFileSync(name, text)
 */
export async function exportStack(stack: Stack, options: ExportOptions): Promise<ExportedFile[]> {
  const { to, name = stack.name, limits } = options
  if (!isStack(stack))
    throw new ApimKitError('invalid-input', 'expected a stack; make one with stack({ name, resources })')
  if (!Object.hasOwn(languages, to))
    throw new ApimKitError('invalid-input', `there is no export to ${String(to)}; write arm-template or bicep`)
  const { resources, secrets } = await toTemplate(stack)
  const parts = cutIntoParts(resources, limits)
  const cut = parts.map((part) => ({ resources: part, secrets: secretsIn(part, secrets) }))
  const address = { ...stack.service, ...options.service }
  return languages[to]({ name, parts: cut, secrets, address })
}

interface Content {
  readonly name: string
  readonly parts: readonly Part[]
  readonly secrets: readonly TemplateSecret[]
  readonly address: Partial<ServiceAddress>
}

interface Part {
  readonly resources: readonly TemplateResource[]
  readonly secrets: readonly TemplateSecret[]
}

const languages: Readonly<Record<ExportOptions['to'], (content: Content) => ExportedFile[]>> = {
  'arm-template': armFiles,
  bicep: bicepFiles,
}

/** Files of one size and more are not taken into another. */
const largestFile = 3_800_000

function armFiles(content: Content): ExportedFile[] {
  const { name, parts, secrets } = content
  if (parts.length <= 1) {
    const [resources = []] = parts.map((part) => part.resources)
    return [{ name: `${name}.json`, text: json(armTemplate(resources, secrets)) }, ...armParameterFile(content)]
  }
  const templates = parts.map((part) => armTemplate(part.resources, part.secrets))
  const nested = json(
    envelope(
      secrets,
      parts.map((part, index) => deploymentOf(content, part, index, { template: templates[index] })),
    ),
  )
  if (Buffer.byteLength(nested) <= largestFile)
    return [{ name: `${name}.json`, text: nested }, ...armParameterFile(content)]
  const files = templates.map((template, index) => ({ name: `${name}.part${index + 1}.json`, text: json(template) }))
  const linked = parts.map((part, index) =>
    deploymentOf(content, part, index, { templateLink: { relativePath: files[index]?.name } }),
  )
  return [{ name: `${name}.json`, text: json(envelope(secrets, linked)) }, ...files, ...armParameterFile(content)]
}

/** One part as a deployment inside another. */
function deploymentOf({ name, secrets }: Content, part: Part, index: number, template: object): object {
  const outer = secretAccess(secrets)
  const own = part.secrets.map((secret) => [secret.name, outer(secret.name)] as const)
  const values = areBundled(part.secrets)
    ? { secrets: { value: `[createObject(${own.flatMap(([key, value]) => [`'${key}'`, value]).join(', ')})]` } }
    : Object.fromEntries(own.map(([key, value]) => [key, { value: `[${value}]` }]))
  // ARM takes 64 characters for the name of a deployment.
  const partName = (number: number): string => `${name.slice(0, 52)}-part${number}`
  const before = `[resourceId('Microsoft.Resources/deployments', '${partName(index)}')]`
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name: partName(index + 1),
    ...(index === 0 ? {} : { dependsOn: [before] }),
    properties: {
      mode: 'Incremental',
      // So that names and parameters mean those of the part.
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: { serviceName: { value: "[parameters('serviceName')]" }, ...(values as object) },
      ...template,
    },
  }
}

function armParameterFile({ name, secrets, address }: Content): ExportedFile[] {
  if (areBundled(secrets)) return []
  const entries = secrets.flatMap(({ name: parameter, keyVault }) => {
    const id = keyVault === undefined ? undefined : vaultId(keyVault.vaultUrl, address)
    if (keyVault === undefined || id === undefined) return []
    const { name: secretName, version } = keyVault
    const reference = { keyVault: { id }, secretName, ...(version === undefined ? {} : { secretVersion: version }) }
    return [[parameter, { reference }]]
  })
  if (entries.length === 0) return []
  const service = address.service === undefined ? {} : { serviceName: { value: address.service } }
  const file = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    contentVersion: '1.0.0.0',
    parameters: { ...service, ...(Object.fromEntries(entries) as object) },
  }
  return [{ name: `${name}.parameters.json`, text: json(file) }]
}

function bicepFiles(content: Content): ExportedFile[] {
  const { name, parts, secrets } = content
  const parameters = bicepParameterFile(content)
  if (parts.length <= 1) {
    const [resources = []] = parts.map((part) => part.resources)
    return [{ name: `${name}.bicep`, text: bicepFile(resources, secrets) }, ...parameters]
  }
  const files = parts.map((part, index) => ({
    name: `${name}.part${index + 1}.bicep`,
    text: bicepFile(part.resources, part.secrets),
  }))
  const main = bicepModules(
    files.map((file) => file.name),
    parts.map((part) => part.secrets),
  )
  return [{ name: `${name}.bicep`, text: main }, ...files, ...parameters]
}

function bicepParameterFile({ name, secrets, address }: Content): ExportedFile[] {
  const { subscriptionId, resourceGroup, service } = address
  if (areBundled(secrets) || subscriptionId === undefined || resourceGroup === undefined) return []
  const lines = secrets.flatMap(({ name: parameter, keyVault }) => {
    if (keyVault === undefined) return []
    const place = [subscriptionId, resourceGroup, vaultName(keyVault.vaultUrl), keyVault.name, keyVault.version]
    return [
      `param ${parameter} = az.getSecret(${place.flatMap((text) => (text === undefined ? [] : quoted(text))).join(', ')})`,
    ]
  })
  if (lines.length === 0) return []
  const head = [
    `using ${quoted(`./${name}.bicep`)}`,
    '',
    ...(service === undefined ? [] : [`param serviceName = ${quoted(service)}`]),
  ]
  return [{ name: `${name}.bicepparam`, text: [...head, ...lines, ''].join('\n') }]
}

function vaultId(vaultUrl: string, { subscriptionId, resourceGroup }: Partial<ServiceAddress>): string | undefined {
  if (subscriptionId === undefined || resourceGroup === undefined) return undefined
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.KeyVault/vaults/${vaultName(vaultUrl)}`
}

function vaultName(vaultUrl: string): string {
  return new URL(vaultUrl).hostname.split('.')[0] ?? ''
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
