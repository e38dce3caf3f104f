import { text } from '../fields.js'
import { needs } from '../rules.js'
import { child } from '../shape.js'

/** The dimensions that the gateway fills by itself. `Location ID` is the older spelling of `Location`. */
const ownDimensions = [
  'API ID',
  'Operation ID',
  'Product ID',
  'User ID',
  'Subscription ID',
  'Location',
  'Location ID',
  'Gateway ID',
  'Backend ID',
] as const

/**
 * The dimensions of a metric. The newest documentation allows five of the caller's own, older ones and Microsoft's schemas ten in
 * all.
 */
export const metricDimension = child(
  {
    attributes: {
      /** The dimension; one of the gateway's own names, such as `API ID`, needs no value. */
      name: text({ required: true }),
      /** Its value. */
      value: text(),
    },
    rules: [
      needs('value', {
        unless: { name: ownDimensions },
        severity: 'warning',
        because: "the gateway has no value of its own for it; Microsoft's schemas do not ask for one",
      }),
    ],
  },
  { required: true, many: true, requiredOnlyBy: 'the documentation' },
)
