import { anyAudience } from './any-audience.js'
import { documentSize } from './document-size.js'
import { expressionAllowList } from './expression-allow-list.js'
import { expressionResult } from './expression-result.js'
import { expressionRule } from './expression.js'
import { literalSecret } from './literal-secret.js'
import { noBuiltInCache } from './no-built-in-cache.js'
import { requestWithoutTimeout } from './request-without-timeout.js'
import type { DocumentRule, RuleDescription } from './rule.js'
import { structuralRules } from './structure.js'
import { uncheckedResponse } from './unchecked-response.js'
import { undeclaredReference } from './undeclared-reference.js'
import { unreachablePolicy } from './unreachable-policy.js'
import { unsetVariable } from './unset-variable.js'

/** The rules about what a document means, in the order in which they are held against it. */
export const documentRules: readonly DocumentRule[] = [
  expressionRule,
  expressionResult,
  expressionAllowList,
  unsetVariable,
  unreachablePolicy,
  literalSecret,
  anyAudience,
  requestWithoutTimeout,
  uncheckedResponse,
  noBuiltInCache,
  documentSize,
  undeclaredReference,
]

/** What people read about every rule, those of structure first. */
export const ruleDescriptions: readonly RuleDescription[] = [...structuralRules, ...documentRules]

/** The same by id. */
export const ruleById: ReadonlyMap<string, RuleDescription> = new Map(ruleDescriptions.map((rule) => [rule.id, rule]))
