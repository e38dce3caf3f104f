import { attributeOf, setBackendService } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { PolicyError } from '../policy-error.js'
import { parseBackendUrl } from '../target.js'

/** Replaces the base address; the path behind the API's prefix and the query stay. The last one before forwarding wins. */
export const runSetBackendService = handle(
  setBackendService,
  ({ baseUrl = '' }, context) => {
    const base = parseBackendUrl(baseUrl.trim())
    if (base === undefined) {
      throw new PolicyError(`base-url is '${baseUrl}'; write an absolute http or https address.`)
    }
    context.target = { ...context.target, base }
  },
  (element) =>
    attributeOf(element, 'backend-id') === undefined
      ? undefined
      : 'backend-id names a backend, which the emulator does not have yet; write base-url',
)
