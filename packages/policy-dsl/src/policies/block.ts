import { definePolicy } from '../define-policy.js'
import { everyGateway, everyScope, everySection } from '../places.js'

/**
 * Undocumented, known to Microsoft's schemas only: holds policies together.
 *
 * @example
 * block({ id: 'sign-in', policies: [setHeader({ name: 'X-Team', value: 'shop' })] })
 */
export const block = definePolicy('block', {
  onlyIn: "Microsoft's schemas",
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  policies: 'any',
  examples: [{ input: { id: 'sign-in', policies: [] }, xml: '<block id="sign-in" />' }],
})
