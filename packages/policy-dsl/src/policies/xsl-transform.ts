import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { markup } from '../markup.js'
import { everyGateway, everyScope } from '../places.js'
import { child, foreign } from '../shape.js'

/** A stylesheet that takes the name of the root element along. */
const example =
  '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:param name="team" />' +
  '<xsl:template match="/"><order team="{$team}"><xsl:value-of select="name(/*)" /></order></xsl:template></xsl:stylesheet>'

/**
 * Runs an XSLT 1.0 stylesheet over an XML body: the request's in inbound, the response's in outbound.
 *
 * @example
 * xslTransform({ parameter: { name: 'team', text: 'orders' }, stylesheet: markup('<xsl:stylesheet …>…</xsl:stylesheet>') })
 */
export const xslTransform = definePolicy('xsl-transform', {
  sections: ['inbound', 'outbound', 'on-error'],
  sectionsOnlyIn: { 'on-error': 'the policy toolkit' },
  scopes: everyScope,
  gateways: everyGateway,
  once: 'section',
  children: {
    /** Values for parameters of the stylesheet, which declares them with `xsl:param`. */
    parameter: child(
      {
        attributes: {
          /** The parameter. One statement of the page writes `parameter-name`; its examples and the toolkit write `name`. */
          name: text({ required: true }),
        },
        /** The value. */
        text: text(),
      },
      { many: true },
    ),
    /** The stylesheet, by `markup(…)`. */
    stylesheet: foreign({ required: true, element: 'xsl:stylesheet' }),
  },
  examples: [
    {
      // A getter, so that nothing is parsed where nobody asks for examples.
      get input() {
        return { parameter: { name: 'team', text: 'orders' }, stylesheet: markup(example) }
      },
      xml: `<xsl-transform><parameter name="team">orders</parameter>${example}</xsl-transform>`,
    },
  ],
})
