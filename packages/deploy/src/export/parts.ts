import { secretsOf, type SecretReference } from '@apim-kit/core'
import { armResources } from './arm-template.js'
import type { TemplateResource } from './template.js'

/** What one deployment may hold. */
export interface PartLimits {
  /** Default: 800, ARM's own. */
  readonly resources?: number | undefined
  /** Characters of JSON. Default: 3,500,000, since ARM takes 4 MB with all that is around and counts bytes. */
  readonly size?: number | undefined
}

/**
 * Cuts resources into parts that ARM takes. They stand in the order of deployment, so a part needs nothing of a later one, and
 * parts that are deployed one after the other find what they need.
 *
 * @param secretLength - bytes of a secret, where it is known: ARM counts a template with its parameters filled in
 */
export function cutIntoParts(
  resources: readonly TemplateResource[],
  limits: PartLimits = {},
  secretLength: (reference: SecretReference) => number = () => 0,
): TemplateResource[][] {
  const { resources: most = 800, size: largest = 3_500_000 } = limits
  const parts: TemplateResource[][] = []
  let size = Infinity
  for (const each of resources) {
    const [json] = armResources([each], (name) => name)
    // References to what stands in the same part come on top.
    const secrets = secretsOf(each.resource.properties).map(({ reference }) => secretLength(reference))
    const added = each.dependsOn.length * 300 + secrets.reduce((sum, one) => sum + one, 0)
    const length = Buffer.byteLength(JSON.stringify(json)) + added
    const last = parts.at(-1)
    if (last === undefined || last.length >= most || size + length > largest) {
      parts.push([each])
      size = length
    } else {
      last.push(each)
      size += length
    }
  }
  return parts
}
