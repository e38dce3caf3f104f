import type { Severity } from '@apim-kit/core'
import { anyAudience } from './any-audience.js'
import { atLeastOneOf } from './at-least-one-of.js'
import { atMost } from './at-most.js'
import { atMostOneOf } from './at-most-one-of.js'
import { between } from './between.js'
import { childOrder } from './child-order.js'
import { childTwice } from './child-twice.js'
import { disputedAttribute } from './disputed-attribute.js'
import { disputedChild } from './disputed-child.js'
import { disputedPolicy } from './disputed-policy.js'
import { disputedSection } from './disputed-section.js'
import { disputedText } from './disputed-text.js'
import { disputedValue } from './disputed-value.js'
import { documentSize } from './document-size.js'
import { exactlyOneOf } from './exactly-one-of.js'
import { expressionRule } from './expression.js'
import { expressionAllowList } from './expression-allow-list.js'
import { expressionNotAllowed } from './expression-not-allowed.js'
import { expressionResult } from './expression-result.js'
import { expressionUnstated } from './expression-unstated.js'
import { form } from './form.js'
import { keptOut } from './kept-out.js'
import { lessThan } from './less-than.js'
import { literalSecret } from './literal-secret.js'
import { missingAttribute } from './missing-attribute.js'
import { missingBase } from './missing-base.js'
import { missingChild } from './missing-child.js'
import { missingSection } from './missing-section.js'
import { missingText } from './missing-text.js'
import { mixedExpression } from './mixed-expression.js'
import { needs } from './needs.js'
import { noEffect } from './no-effect.js'
import { noBuiltInCache } from './no-built-in-cache.js'
import { noTokenCache } from './no-token-cache.js'
import { notChecked } from './not-checked.js'
import { notInFragment } from './not-in-fragment.js'
import { notWellFormed } from './not-well-formed.js'
import { onePolicyInBackend } from './one-policy-in-backend.js'
import { policyTwice } from './policy-twice.js'
import { requestWithoutTimeout } from './request-without-timeout.js'
import { root } from './root.js'
import { sectionTwice } from './section-twice.js'
import { uncheckedResponse } from './unchecked-response.js'
import { undeclaredReference } from './undeclared-reference.js'
import { unexpectedText } from './unexpected-text.js'
import { unknownAttribute } from './unknown-attribute.js'
import { unknownChild } from './unknown-child.js'
import { unknownPolicy } from './unknown-policy.js'
import { unknownSection } from './unknown-section.js'
import { unknownSuppression } from './unknown-suppression.js'
import { unpairedPolicy } from './unpaired-policy.js'
import { unreachablePolicy } from './unreachable-policy.js'
import { unsetVariable } from './unset-variable.js'
import { unusedSuppression } from './unused-suppression.js'
import { wrongGateway } from './wrong-gateway.js'
import { wrongParent } from './wrong-parent.js'
import { wrongScope } from './wrong-scope.js'
import { wrongSection } from './wrong-section.js'
import { wrongValue } from './wrong-value.js'
import type { DocumentRule, RuleDescription } from './rule.js'

/**
 * The rules of structure: what people read about the problems that the reader and check-structure.ts find. Documents that are only
 * built are checked for these too, so their checks stand there, and no bundle of such documents holds these texts.
 */
export const structuralRules = [
  notWellFormed,
  root,
  unknownSection,
  sectionTwice,
  missingSection,
  missingBase,
  onePolicyInBackend,
  unexpectedText,
  missingText,
  unknownPolicy,
  notChecked,
  wrongSection,
  wrongScope,
  wrongGateway,
  notInFragment,
  wrongParent,
  keptOut,
  policyTwice,
  unknownAttribute,
  missingAttribute,
  wrongValue,
  expressionNotAllowed,
  expressionUnstated,
  unknownChild,
  missingChild,
  childTwice,
  childOrder,
  disputedPolicy,
  disputedSection,
  disputedChild,
  disputedAttribute,
  disputedValue,
  disputedText,
  needs,
  between,
  lessThan,
  form,
  atMost,
  exactlyOneOf,
  atMostOneOf,
  atLeastOneOf,
  noEffect,
  unknownSuppression,
  unusedSuppression,
] as const satisfies readonly RuleDescription[]

/** The rules about what a document means, in the order in which they are held against it. Each finds its problems itself. */
export const documentRules: readonly DocumentRule[] = [
  expressionRule,
  expressionResult,
  expressionAllowList,
  mixedExpression,
  unsetVariable,
  unreachablePolicy,
  literalSecret,
  anyAudience,
  requestWithoutTimeout,
  uncheckedResponse,
  noBuiltInCache,
  noTokenCache,
  unpairedPolicy,
  documentSize,
  undeclaredReference,
]

/** What people read about every rule, those of structure first. */
export const ruleDescriptions: readonly RuleDescription[] = [...structuralRules, ...documentRules]

/** The same by id. */
export const ruleById: ReadonlyMap<string, RuleDescription> = new Map(ruleDescriptions.map((rule) => [rule.id, rule]))

type StructuralRule = (typeof structuralRules)[number]

/** The name of a structural rule that may be met with this severity; its id without `policy/`. */
export type StructuralRuleName<S extends Severity> = Extract<
  StructuralRule,
  { readonly severity: S | 'either' }
>['id'] extends `policy/${infer Name}`
  ? Name
  : never
