import type { DocumentRule } from './rule.js'

/** Documents that the service does not take because of their length. */
export const documentSize: DocumentRule = {
  id: 'policy/document-size',
  severity: 'error',
  title: 'The document is longer than its tier allows',
  why: 'A policy document may have 512 KiB, one in the Consumption tier 16 KiB; a fragment may have 512 KiB. The service refuses longer ones. The length is that of the document in the house layout, as apim-kit sends it. Without a tier only the larger limit is looked at.',
  bad: `<set-variable name="template" value="${'a long text '.repeat(1500)}" />`,
  at: '<policies>',
  good: `<set-variable name="template" value="{{template}}" />`,
  source: 'The table of limits of API Management (2026). Before 2026 the classic tiers took 256 KiB.',
  asks: { tier: 'consumption' },
  *find({ root, options: { tier, gateway }, toRawXml }) {
    const consumption = (tier === 'consumption' || gateway === 'consumption') && root.name !== 'fragment'
    const limit = consumption ? 16 : 512
    const length = new TextEncoder().encode(toRawXml()).length
    if (length <= limit * 1024) return
    yield {
      subject: { element: root, path: '' },
      message: `the document has ${Math.ceil(length / 1024)} KiB; at most ${limit} KiB are taken${consumption ? ' in the Consumption tier' : ''}; move parts into fragments or named values`,
    }
  },
}
