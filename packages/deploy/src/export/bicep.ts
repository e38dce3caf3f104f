import { kindOf, namesOf, type Resource } from '@apim-kit/core'
import { areBundled, armTypeOf } from './arm-template.js'
import {
  apiVersion,
  TemplateText,
  type TemplateResource,
  type TemplateValue,
  type TextPart,
  type Unknown,
} from './template.js'
import type { TemplateSecret } from './template-secrets.js'

/** A Bicep file with these resources. What they need and is not among them has to be there. */
export function bicepFile(resources: readonly TemplateResource[], secrets: readonly TemplateSecret[]): string {
  const bundled = areBundled(secrets)
  const symbols = new Symbols(resources)
  const secret = (name: string): string => (bundled ? `secrets.${name}` : name)
  const declarations = [
    ...symbols.outside().map((parent) => existing(parent, symbols)),
    ...resources.map((each) => declaration(each, symbols, secret)),
  ]
  return `${[parameters(secrets), service, ...declarations].join('\n\n')}\n`
}

/** A Bicep file that deploys others, one after the other. */
export function bicepModules(files: readonly string[], secretsOf: readonly (readonly TemplateSecret[])[]): string {
  const all = [...new Set(secretsOf.flat())]
  const bundled = areBundled(all)
  const modules = files.map((file, index) => {
    const own = secretsOf[index] ?? []
    const value = (name: string): string => (bundled ? `secrets.${name}` : name)
    const passed = areBundled(own)
      ? ['    secrets: {', ...own.map(({ name }) => `      ${name}: ${value(name)}`), '    }']
      : own.map(({ name }) => `    ${name}: ${value(name)}`)
    return [
      `module part${index + 1} ${quoted(file)} = {`,
      `  name: ${quoted(file.replace(/\.bicep$/, ''))}`,
      '  params: {',
      '    serviceName: serviceName',
      ...passed,
      '  }',
      ...(index === 0 ? [] : [`  dependsOn: [`, `    part${index}`, '  ]']),
      '}',
    ].join('\n')
  })
  return `${[parameters(all), ...modules].join('\n\n')}\n`
}

function parameters(secrets: readonly TemplateSecret[]): string {
  const name = ["@description('The API Management service.')", 'param serviceName string']
  if (areBundled(secrets))
    return [...name, '', '@secure()', `@description('Every secret, by its name.')`, 'param secrets object'].join('\n')
  const each = secrets.flatMap(({ name: secret, description }) => [
    '',
    '@secure()',
    `@description(${quoted(description)})`,
    `param ${secret} string`,
  ])
  return [...name, ...each].join('\n')
}

const service = [
  `resource service 'Microsoft.ApiManagement/service@${apiVersion}' existing = {`,
  '  name: serviceName',
  '}',
].join('\n')

function existing(resource: Resource, symbols: Symbols): string {
  const armType = (kindOf(resource.kind)?.armType ?? '').replace(/\/$/, '')
  return [
    `resource ${symbols.of(resource)} '${armType}@${apiVersion}' existing = {`,
    `  parent: ${symbols.of(resource.parent)}`,
    `  name: ${quoted(resource.name)}`,
    '}',
  ].join('\n')
}

function declaration(each: TemplateResource, symbols: Symbols, secret: (name: string) => string): string {
  const { resource, properties, dependsOn } = each
  // A parent is waited for without being named again.
  const needed = dependsOn.filter((other) => other.resource !== resource.parent && symbols.declares(other.resource))
  return [
    `resource ${symbols.of(resource)} '${armTypeOf(each)}@${apiVersion}' = {`,
    `  parent: ${symbols.of(resource.parent)}`,
    `  name: ${quoted(resource.name)}`,
    ...(properties === undefined ? [] : [`  properties: ${bicepValue(properties, '  ', secret)}`]),
    ...(needed.length === 0
      ? []
      : ['  dependsOn: [', ...needed.map((other) => `    ${symbols.of(other.resource)}`), '  ]']),
    '}',
  ].join('\n')
}

function bicepValue(value: TemplateValue, indent: string, secret: (name: string) => string): string {
  if (typeof value === 'string') return quoted(value)
  if (value instanceof TemplateText) return interpolated(value.parts, secret)
  const deeper = `${indent}  `
  if (Array.isArray(value)) {
    const items = value.map((item: TemplateValue) => `${deeper}${bicepValue(item, deeper, secret)}`)
    return items.length === 0 ? '[]' : ['[', ...items, `${indent}]`].join('\n')
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).map(
    ([name, inner]) => `${deeper}${key(name)}: ${bicepValue(inner, deeper, secret)}`,
  )
  return entries.length === 0 ? '{}' : ['{', ...entries, `${indent}}`].join('\n')
}

function interpolated(parts: readonly TextPart[], secret: (name: string) => string): string {
  const codes = parts.map((part) => {
    if (typeof part === 'string') return { text: escaped(part) }
    return { code: 'secret' in part ? secret(part.secret) : known[part.known] }
  })
  const [only] = codes
  if (codes.length === 1 && only?.code !== undefined) return only.code
  return `'${codes.map(({ text, code }) => text ?? `\${${code}}`).join('')}'`
}

const known: Readonly<Record<Unknown, string>> = {
  principalId: 'service.identity.principalId',
  tenantId: 'service.identity.tenantId',
  gatewayUrl: 'service.properties.gatewayUrl',
  name: 'serviceName',
  subscriptionId: 'subscription().subscriptionId',
  resourceGroup: 'resourceGroup().name',
}

/** A text as Bicep has it: without line breaks, and no `${` opens code. */
export function quoted(text: string): string {
  return `'${escaped(text)}'`
}

function escaped(text: string): string {
  return text.replaceAll(/[\\'\n\r\t]|\$(?=\{)|[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, (found) => {
    const short = shortEscapes[found]
    return short ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`
  })
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  $: '\\$',
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name)
}

/** The names of resources inside one file. */
class Symbols {
  readonly #names = new Map<Resource, string>()
  readonly #declared: ReadonlySet<Resource>
  readonly #outside: Resource[] = []

  constructor(resources: readonly TemplateResource[]) {
    this.#declared = new Set(resources.map(({ resource }) => resource))
    const taken = new Set(['service', 'servicename', 'secrets'])
    const name = (resource: Resource): void => {
      if (this.#names.has(resource)) return
      if (resource.parent !== undefined) name(resource.parent)
      if (!this.#declared.has(resource)) this.#outside.push(resource)
      const wanted = `${resource.kind}_${namesOf(resource).join('_')}`.replaceAll(/\W+/g, '_')
      let symbol = wanted
      for (let count = 2; taken.has(symbol.toLowerCase()); count++) symbol = `${wanted}_${count}`
      taken.add(symbol.toLowerCase())
      this.#names.set(resource, symbol)
    }
    for (const { resource } of resources) name(resource)
  }

  of(resource: Resource | undefined): string {
    return resource === undefined ? 'service' : (this.#names.get(resource) ?? 'service')
  }

  declares(resource: Resource): boolean {
    return this.#declared.has(resource)
  }

  /** Parents that stand in another file. */
  outside(): readonly Resource[] {
    return this.#outside
  }
}
