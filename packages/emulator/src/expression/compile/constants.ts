import type { BoundConstant } from '@apim-kit/policy-dsl/expression'
import { Decimal } from '../values/decimal.js'
import type { ClrValue } from '../values/value.js'

/** A constant in the form of its type; the tree carries a decimal as digits. */
export function constantValue({ value }: BoundConstant): ClrValue {
  return typeof value === 'object' && value !== null ? Decimal.of(value.unscaled, value.scale) : value
}
