import { Literal, namedValuesIn } from '../value.js'
import { attributeFor } from '../view.js'
import { gatewayOf } from '../tiers.js'
import type { DocumentRule } from './rule.js'

/** Caching where there is only a cache if somebody brought one. */
export const noBuiltInCache: DocumentRule = {
  id: 'policy/no-built-in-cache',
  severity: 'warning',
  title: 'The gateway has no cache of its own',
  why: 'Consumption and the self-hosted gateway have no built-in cache. Without an external one, which is set up at the service, nothing is kept: each look-up misses, and a token is asked for with every call. Where there is one, caching-type="external" says so.',
  bad: '<cache-store-value key="token" value="@(context.RequestId.ToString())" duration="3000" />',
  at: '<cache-store-value',
  good: '<cache-store-value key="token" value="@(context.RequestId.ToString())" duration="3000" caching-type="external" />',
  source:
    'The documentation of caching: the internal cache is not available in Consumption and in self-hosted gateways.',
  asks: { tier: 'consumption' },
  *find({ elements, options }) {
    const gateway = gatewayOf(options)
    if (gateway === undefined) return
    for (const visited of elements) {
      const field = visited.shape?.attributes?.cachingType
      const internal = field?.options.valueGateways?.internal
      if (field === undefined || internal === undefined || internal.includes(gateway)) continue
      const value = attributeFor(visited.element, 'cachingType', field)?.value
      if (value !== undefined && !isPreferExternal(value)) continue
      yield {
        subject: visited,
        message: `${visited.element.name} keeps nothing on the ${gateway} gateway without an external cache; where there is one, write caching-type="external"`,
      }
    }
  },
}

/** `internal` is told as a value that does not work there; what only the gateway knows is left alone. */
const isPreferExternal = (value: unknown): boolean =>
  value instanceof Literal && namedValuesIn(value.text).length === 0 && value.text === 'prefer-external'
