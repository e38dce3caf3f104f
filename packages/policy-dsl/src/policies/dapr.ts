import { flag, integer, oneOf, text } from '../fields.js'
import { between } from '../rules.js'

// What the policies that speak to the Dapr sidecar of a self-hosted gateway have in common.

export const daprAttributes = {
  /** `true` goes on after an error of Dapr, `false` goes to on-error. Default: `false`. */
  ignoreError: flag({ default: false, expressions: false }),
  /** The variable that receives Dapr's answer. */
  responseVariableName: text({ variable: 'set', expressions: false }),
  /** How long to wait, in seconds, 1 to 240. Default: 5. */
  timeout: integer({ default: 5 }),
  /** `Liquid` where the content is a Liquid template; the documentation and Microsoft's schemas spell it differently. */
  template: oneOf(['Liquid', 'liquid'], { expressionsUnstated: true }),
} as const

export const daprRules = [
  between('timeout', { min: 1, max: 240, severity: 'warning', because: "Microsoft's schemas take any" }),
] as const
