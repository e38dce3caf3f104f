import { text } from '../fields.js'
import { atMost, needs } from '../rules.js'
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

/** The dimensions of a metric. */
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

/** How many dimensions a metric takes: ten in all by the schemas, five of the caller's own by the newest documentation. */
export const dimensionRules = [
  atMost('dimension', 10),
  atMost('dimension', 5, {
    except: { name: ownDimensions },
    severity: 'warning',
    because: "older documentation and Microsoft's schemas take ten",
  }),
] as const
