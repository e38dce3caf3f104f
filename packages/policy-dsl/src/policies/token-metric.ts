import { flag, oneOf, text } from '../fields.js'
import { dimensionRules, metricDimension } from './metric-dimension.js'

/** What the two policies that count a language model's tokens have in common: all but their names. */
export const tokenMetric = {
  attributes: {
    /** The namespace of the metric. Default: `API Management`. */
    namespace: text({ default: 'API Management', expressions: false, expressionIsText: true }),
    /** Undocumented. */
    name: text({ onlyIn: "Microsoft's schemas" }),
    /** Undocumented. */
    valueType: oneOf(['all', 'total-tokens', 'prompt-tokens', 'completion-tokens'], {
      expressions: false,
      onlyIn: "Microsoft's schemas",
    }),
    /** Undocumented. */
    ignorePrompt: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
  },
  children: {
    /** What the metric can be split by. */
    dimension: metricDimension,
  },
  rules: dimensionRules,
} as const
