import type { DocumentRule } from './rule.js'

/** Policies that do nothing without a second one, which is not there. */
export const unpairedPolicy: DocumentRule = {
  id: 'policy/unpaired-policy',
  severity: 'warning',
  title: 'Of two policies that work together there is one',
  why: 'A cache-lookup finds nothing that no cache-store has put there, and what a cache-store keeps is looked up by nobody without a cache-lookup, whose settings it follows too. The same holds for the semantic caches. Nothing is said where the document includes a fragment, which may have the other half; so may a broader scope.',
  bad: `<cache-lookup vary-by-developer="false" vary-by-developer-groups="false" />`,
  at: '<cache-lookup',
  good: `<policies>
  <inbound>
    <base />
    <cache-lookup vary-by-developer="false" vary-by-developer-groups="false" />
  </inbound>
  <backend><base /></backend>
  <outbound>
    <base />
    <cache-store duration="3600" />
  </outbound>
  <on-error><base /></on-error>
</policies>`,
  source:
    'The documentation of cache-lookup and of the semantic caches: must be paired with the store policy in outbound.',
  *find({ root, elements }) {
    if (root.name !== 'policies' || elements.some(({ definition }) => definition?.description.opaque === true)) return
    const names = new Set(elements.map(({ element }) => element.name))
    for (const visited of elements) {
      const { pairedWith } = visited.definition?.description ?? {}
      if (pairedWith === undefined || names.has(pairedWith.policy)) continue
      yield {
        subject: visited,
        message: `${visited.element.name} does nothing without ${pairedWith.policy} in ${pairedWith.section}; add it, or keep this quiet where another scope has it`,
      }
    }
  },
}
