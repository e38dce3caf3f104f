import { refuseUnknown, type Problem } from '@apim-kit/core'
import { expressionsOf, syntaxProblems } from './check-expressions.js'
import { checkStructure, formOf, type CheckOptions } from './check-structure.js'
import type { PolicyDocument } from './document.js'
import { expectDocument } from './expected-document.js'
import { refuseOtherValues } from './option-values.js'
import { everyGateway, everyScope } from './places.js'
import { describePolicy } from './read.js'
import { documentRules } from './rules/index.js'
import type { CheckedDocument, DocumentRule, Finding } from './rules/rule.js'
import { suppressionProblems } from './rules/suppressions.js'
import { suppressionsOf, unsuppressed } from './suppression.js'
import { gatewayOfTier } from './tiers.js'
import { walk, type Visited } from './walk.js'

/**
 * Checks a document: its structure by what is known about its policies, its expressions, and what it means. Errors break a save or a
 * call. Every rule has a page in docs/rules, and a comment can keep it quiet: `<!-- apim-kit-disable-next policy/missing-base why -->`.
 *
 * @throws ApimKitError `invalid-input` where an option does not exist, or what is given is no document
 * @param options - where the document is meant to stand, and what is declared there; what is left out is not checked
 * @example
 * const faults = check(document, { scope: 'operation', tier: 'basicv2' }).filter(({ severity }) => severity === 'error')
 */
export function check(document: PolicyDocument, options: CheckOptions = {}): readonly Problem[] {
  expectDocument('check', document)
  refuseUnknown('check', options, checkOptions)
  refuseOtherValues('check', options, optionValues)
  const checked = lookThrough(document, options)
  const problems = [
    ...checkStructure(document.root, describePolicy, options),
    ...checked.expressions.flatMap(syntaxProblems),
    ...documentRules.flatMap((rule) => [...rule.find(checked)].map((finding) => problemOf(rule, finding))),
  ]
  if (options.suppressions === 'ignore') return problems
  const suppressions = suppressionsOf(document.nodes, document.root, describePolicy)
  return unsuppressed([...problems, ...suppressionProblems(suppressions, problems, options)], suppressions)
}

const checkOptions = {
  scope: true,
  form: true,
  tier: true,
  gateway: true,
  declared: true,
  suppressions: true,
} satisfies Record<keyof CheckOptions, true>

const optionValues = {
  scope: everyScope,
  form: ['policies', 'fragment', 'resolver'],
  tier: Object.keys(gatewayOfTier),
  gateway: everyGateway,
  suppressions: ['ignore'],
} satisfies Partial<Record<keyof CheckOptions, readonly string[]>>

function lookThrough(document: PolicyDocument, options: CheckOptions): CheckedDocument {
  const elements: Visited[] = []
  walk(document.root, describePolicy, (visited) => elements.push(visited))
  return {
    root: document.root,
    form: formOf(document.root, describePolicy),
    options,
    elements,
    expressions: elements.flatMap(expressionsOf),
    references: () => document.references,
    toRawXml: () => document.toRawXml(),
  }
}

function problemOf(
  { id, severity }: DocumentRule,
  { subject, at = subject.element, message, ...finding }: Finding,
): Problem {
  const met = finding.severity ?? (severity === 'either' ? 'warning' : severity)
  return { rule: id, severity: met, message, path: subject.path, ...at.position }
}
