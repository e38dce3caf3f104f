import { oneOf } from '../fields.js'

/**
 * Which cache: `internal` is the built-in one, which the Consumption tier and the self-hosted gateway lack; `external` is Redis.
 * A toolkit comment gives `external` as the default; the documentation and the schemas say `prefer-external`.
 */
export const cachingType = oneOf(['prefer-external', 'external', 'internal'], {
  default: 'prefer-external',
  expressions: false,
  valueGateways: {
    internal: ['classic', 'v2', 'workspace'],
    // Workspaces have the built-in cache only.
    external: ['classic', 'v2', 'consumption', 'self-hosted'],
  },
})
