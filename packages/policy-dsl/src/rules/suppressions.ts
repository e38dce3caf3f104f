import { suggestion, type Problem } from '@apim-kit/core'
import type { CheckOptions } from '../check-structure.js'
import { problemPlaces, suppressionVerbs, type Suppression } from '../suppression.js'
import { ruleById, ruleDescriptions } from './index.js'
import type { RuleDescription } from './rule.js'

/** What is wrong with the comments that keep problems quiet: rules that there are not, and comments that keep nothing quiet. */
export function suppressionProblems(
  suppressions: readonly Suppression[],
  problems: readonly Problem[],
  options: CheckOptions,
): Problem[] {
  const met = problemPlaces(problems)
  return suppressions.flatMap(({ comment, verb, rules, path: covered }) => {
    const path = covered ?? ''
    const warning = (rule: string, message: string): Problem => ({
      rule: `policy/${rule}`,
      severity: 'warning',
      message,
      path,
      ...comment.position,
    })
    if (!suppressionVerbs.includes(verb))
      return [warning('unknown-suppression', `apim-kit-${verb} is not known; ${wayOut}`)]
    if (rules.length === 0) return [warning('unknown-suppression', `the comment names no rule; ${wayOut}`)]
    return rules.flatMap((id) => {
      const rule = ruleById.get(id)
      if (rule === undefined) return [warning('unknown-suppression', `${id} is no rule${didYouMean(id)}`)]
      if ((covered !== undefined && met.has(id, covered)) || isAboutComments(id) || !isLookedFor(rule, options))
        return []
      return [warning('unused-suppression', `there is no problem of ${id} here any more; leave the comment out`)]
    })
  })
}

const wayOut =
  'write <!-- apim-kit-disable-next policy/missing-base why --> before an element, or apim-kit-disable-file for the whole document'

const didYouMean = (id: string): string =>
  suggestion(
    id,
    ruleDescriptions.map((rule) => rule.id),
  ).split('; known')[0] ?? ''

/** What is wrong with comments is known only once all of them were looked at. */
const isAboutComments = (id: string): boolean => id.endsWith('-suppression')

/** Some rules say nothing unless the caller tells where the document stands. */
const isLookedFor = ({ asks }: RuleDescription, options: CheckOptions): boolean =>
  asks === undefined ||
  Object.keys(options).some((option) => option in asks || (option === 'gateway' && 'tier' in asks))
