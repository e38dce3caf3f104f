import {
  fillOutputs,
  namesOf,
  secretsOf,
  toWire,
  type Kind,
  type Resource,
  type SecretReference,
  type ServiceOutputName,
  type Stack,
} from '@apim-kit/core'
import { randomUUID } from 'node:crypto'
import { kindFor } from '../observe.js'
import { describeSecrets, type DescribedSecrets, type TemplateSecret } from './template-secrets.js'

/** The version of the service's own API that templates name: the one whose wire shapes the kinds describe. */
export const apiVersion = '2024-05-01'

/** What only the deployment itself knows. */
export type Unknown = ServiceOutputName | 'subscriptionId' | 'resourceGroup'

/** A part of a text that a template makes: itself, what the deployment knows, or a secret by the name of its parameter. */
export type TextPart = string | { readonly known: Unknown } | { readonly secret: string }

/** A text with parts that are not literal. */
export class TemplateText {
  readonly parts: readonly TextPart[]

  constructor(parts: readonly TextPart[]) {
    this.parts = parts
  }
}

/** A value of a template: JSON, with such texts. */
export type TemplateValue =
  | null
  | boolean
  | number
  | string
  | TemplateText
  | readonly TemplateValue[]
  | { readonly [name: string]: TemplateValue }

/** A resource of a template. */
export interface TemplateResource {
  readonly resource: Resource
  readonly kind: Kind
  /** Names of the parents and its own, outermost first. */
  readonly names: readonly string[]
  /** Undefined for kinds that say all by their address. */
  readonly properties: TemplateValue | undefined
  /** What has to be there first. */
  readonly dependsOn: readonly TemplateResource[]
}

/** A stack as templates have it, whatever language they are written in. */
export interface Template {
  /** In the order of deployment. */
  readonly resources: readonly TemplateResource[]
  readonly secrets: readonly TemplateSecret[]
}

/**
 * Makes the template of a stack, or of some of its resources. The same stack gives the same template.
 *
 * @param resources - those that are part of it, in order of deployment. Default: all
 */
export async function toTemplate(stack: Stack, resources = stack.resources): Promise<Template> {
  const { secrets, textOf } = await describeSecrets(resources)
  const marks = new Marks()
  const made = new Map<Resource, TemplateResource>()
  for (const resource of resources)
    made.set(resource, {
      resource,
      kind: kindFor(resource),
      names: namesOf(resource),
      properties: marks.propertiesOf(resource, textOf),
      dependsOn: stack.dependenciesOf(resource).flatMap((needed) => made.get(needed) ?? []),
    })
  return { resources: [...made.values()], secrets }
}

/** The secrets that some of a template's resources hold. */
export function secretsIn(
  resources: readonly TemplateResource[],
  secrets: readonly TemplateSecret[],
): TemplateSecret[] {
  const used = new Set(
    resources.flatMap(({ resource }) => secretsOf(resource.properties).map(({ reference }) => reference)),
  )
  return secrets.filter(({ reference }) => used.has(reference))
}

/*
 * What fills in outputs and addresses makes texts of them, so here it is given texts that nobody else can write, and finds them
 * again.
 */
class Marks {
  readonly #mark = `\u0001${randomUUID()}\u0001`

  propertiesOf(resource: Resource, textOf: DescribedSecrets['textOf']): TemplateValue | undefined {
    if (kindFor(resource).links !== undefined) return undefined
    const outputs: Readonly<Record<ServiceOutputName, string>> = {
      principalId: this.#known('principalId'),
      tenantId: this.#known('tenantId'),
      gatewayUrl: this.#known('gatewayUrl'),
      name: this.#known('name'),
    }
    const address = {
      subscriptionId: this.#known('subscriptionId'),
      resourceGroup: this.#known('resourceGroup'),
      service: outputs.name,
    }
    const secretAt = (_path: string, reference: SecretReference): string => {
      const text = textOf(reference)
      return typeof text === 'string' ? text : this.#marked(text)
    }
    return this.#toValue(toWire(fillOutputs(resource, outputs, address), secretAt))
  }

  #known(known: Unknown): string {
    return this.#marked({ known })
  }

  #marked(part: Exclude<TextPart, string>): string {
    return `${this.#mark}${JSON.stringify(part)}${this.#mark}`
  }

  #toValue(value: unknown): TemplateValue {
    if (typeof value === 'string') return value.includes(this.#mark) ? new TemplateText(this.#partsOf(value)) : value
    if (Array.isArray(value)) return value.map((item: unknown) => this.#toValue(item))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.#toValue(inner)]))
    return value as TemplateValue
  }

  #partsOf(text: string): TextPart[] {
    // Every second piece stands between two marks.
    const parts = text
      .split(this.#mark)
      .map((piece, index) => (index % 2 === 0 ? piece : (JSON.parse(piece) as TextPart)))
    return parts.filter((part) => part !== '')
  }
}
