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
 */
export function cutIntoParts(resources: readonly TemplateResource[], limits: PartLimits = {}): TemplateResource[][] {
  const { resources: most = 800, size: largest = 3_500_000 } = limits
  const parts: TemplateResource[][] = []
  let size = Infinity
  for (const each of resources) {
    const [json] = armResources([each], (name) => name)
    // References to what stands in the same part come on top.
    const length = Buffer.byteLength(JSON.stringify(json)) + each.dependsOn.length * 300
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
