import { flag, integer, oneOf, text } from '../fields.js'
import { atLeastOneOf, needs } from '../rules.js'

// What the two policies that limit the tokens of language models have in common: Microsoft's schemas give them one type.

/** Headers of the answer: the service was seen to refuse one of them on save. */
const refusedAt = {
  places: ['global', 'product', 'fragment'],
  because: 'observed on save: unavailable for websocket APIs and global/product policies',
} as const

export const tokenLimitAttributes = {
  /** Whose tokens are counted; equal keys share one counter wherever the policy stands. */
  counterKey: text({ required: true }),
  /**
   * Prompt and completion tokens for each minute; above it callers get 429. The schemas take an expression, but a test against the
   * service found it refused.
   */
  tokensPerMinute: integer({ expressionsUnstated: true }),
  /** Tokens for each period; above it callers get 403. An expression has to give a `long`. */
  tokenQuota: integer({ wantsLong: true }),
  /** The period of `tokenQuota`, by the UTC calendar. */
  tokenQuotaPeriod: oneOf(['Hourly', 'Daily', 'Weekly', 'Monthly', 'Yearly', 'Indefinite'], {
    valuesOnlyIn: { Indefinite: "Microsoft's schemas" },
  }),
  /** `true` counts the prompt before the call, so that it can be refused; slower. `false` goes by what the model says. */
  estimatePromptTokens: flag({ expressionsUnstated: true }),
  /** The header that says when to come back. Default: `Retry-After`. */
  retryAfterHeaderName: text({ default: 'Retry-After', expressions: false }),
  /** The variable that receives the seconds to wait. */
  retryAfterVariableName: text({ variable: 'set', expressions: false }),
  /** The header with the tokens that are left in the period, estimated. */
  remainingQuotaTokensHeaderName: text({ expressions: false, refusedAt }),
  /** The variable that receives the tokens that are left in the period, estimated. */
  remainingQuotaTokensVariableName: text({ variable: 'set', expressions: false }),
  /** The header with the tokens that are left in the minute. */
  remainingTokensHeaderName: text({ expressions: false, refusedAt }),
  /** The variable that receives the tokens that are left in the minute. */
  remainingTokensVariableName: text({ variable: 'set', expressions: false }),
  /** The header with the tokens of this call. */
  tokensConsumedHeaderName: text({ expressions: false, refusedAt }),
  /** The variable that receives the tokens of this call: an estimate at first, the true number in outbound. */
  tokensConsumedVariableName: text({ variable: 'set', expressions: false }),
  /** Undocumented. */
  promptType: oneOf(['auto', 'chat-completion', 'completion', 'embeddings'], {
    expressions: false,
    onlyIn: "Microsoft's schemas",
  }),
  /** Undocumented. */
  ignorePrompt: flag({ expressions: false, onlyIn: "Microsoft's schemas" }),
} as const

export const tokenLimitRules = [
  atLeastOneOf(['tokensPerMinute', 'tokenQuota']),
  needs('tokenQuota', { with: 'tokenQuotaPeriod' }),
  // The schemas know a default for the period, which the documentation does not.
  needs('tokenQuotaPeriod', { with: 'tokenQuota', severity: 'warning', because: "Microsoft's schemas have a default" }),
  needs('estimatePromptTokens', {
    severity: 'warning',
    because: 'documentation and schemas require it; one of the documentation’s samples leaves it out',
  }),
] as const
