import { flag, integer, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { everyGateway } from '../places.js'
import { between } from '../rules.js'
import { child, listOf } from '../shape.js'

/**
 * Checks prompts, or answers, with Azure AI Content Safety, and refuses with 403 what is too severe, on a blocklist or an attack.
 *
 * @example
 * llmContentSafety({
 *   backendId: 'content-safety', shieldPrompt: true,
 *   categories: { category: [{ name: 'Hate', threshold: 4 }, { name: 'Violence', threshold: 4 }] },
 * })
 */
export const llmContentSafety = definePolicy('llm-content-safety', {
  sections: ['inbound', 'outbound'],
  scopes: ['global', 'workspace', 'product', 'api'],
  gateways: everyGateway,
  attributes: {
    /** The backend of the Content Safety resource, by name; it signs in with a managed identity. */
    backendId: text({ required: true, refersTo: 'backend' }),
    /** `true` looks for attacks in the prompt too. Default: `false`. */
    shieldPrompt: flag({ default: false }),
    /** In inbound, `true` checks the answer too. Default: `false`. */
    enforceOnCompletions: flag({ default: false, onlyIn: 'the documentation' }),
    /** How many characters of an answer are checked at once. Default: 10000. */
    windowSize: integer({ default: 10000, onlyIn: 'the documentation' }),
    /** How many characters two windows share. Default: none. */
    windowOverlapSize: integer({ onlyIn: 'the documentation' }),
  },
  children: {
    /** What is looked for. */
    categories: child({
      attributes: {
        /** `FourSeverityLevels` tells 0, 2, 4 and 6, `EightSeverityLevels` 0 to 7. Default: `FourSeverityLevels`. */
        outputType: oneOf(['FourSeverityLevels', 'EightSeverityLevels'], { default: 'FourSeverityLevels' }),
      },
      children: {
        /** One kind of harm. */
        category: child(
          {
            attributes: {
              /** The kind. */
              name: oneOf(['Hate', 'SelfHarm', 'Sexual', 'Violence'], { required: true }),
              /** From this severity on it is refused: 0 is the strictest, 7 the mildest. */
              threshold: integer({ required: true }),
            },
            rules: [between('threshold', { min: 0, max: 7, severity: 'warning', because: 'severities end at 7' })],
          },
          { required: true, many: true },
        ),
      },
    }),
    /** Blocklists of the Content Safety resource, by id. */
    blocklists: listOf('id', { text: text({ required: true }) }),
  },
  order: 'any',
  examples: [
    {
      input: {
        backendId: 'content-safety',
        shieldPrompt: true,
        categories: { outputType: 'EightSeverityLevels', category: [{ name: 'Hate', threshold: 4 }] },
        blocklists: ['competitors'],
      },
      xml:
        '<llm-content-safety backend-id="content-safety" shield-prompt="true">' +
        '<categories output-type="EightSeverityLevels"><category name="Hate" threshold="4" /></categories>' +
        '<blocklists><id>competitors</id></blocklists></llm-content-safety>',
    },
  ],
})
