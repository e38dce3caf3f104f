import type { Problem } from '@apim-kit/core'
import { childElements, type Policy } from '../src/element.js'
import { base, check, policies, read, type PolicyDocument, type RuleDescription } from '../src/index.js'

/** An example of a rule, as a whole document and with what is found in it. */
export interface RuleExample {
  readonly text: string
  readonly problems: readonly Problem[]
  /** Where the example begins in the text. */
  readonly start: number
}

/**
 * Checks an example as the page of its rule says that it is checked.
 *
 * @param comment - stands before the whole document
 */
export function ruleExample(rule: RuleDescription, which: 'bad' | 'good', comment = ''): RuleExample {
  const [before, after] = isDocument(rule[which]) ? ['', ''] : around
  const text = comment + before + rule[which] + after
  const start = comment.length + before.length
  const { document, problems } = read(text)
  if (document === undefined) return { text, problems, start }
  const found =
    rule.met === 'unread' && which === 'bad' ? putTogether(document).problems(rule.asks) : check(document, rule.asks)
  return { text, problems: [...problems, ...found], start }
}

const around = [
  '<policies><inbound><base />',
  '</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>',
] as const

const isDocument = (example: string): boolean => /^<(?:policies|fragment|inbound)\b/.test(example)

/** A new document of policies that were read as a part of another one. */
function putTogether(document: PolicyDocument): PolicyDocument {
  const inbound = document.section('inbound')
  const [, ...policiesRead] = inbound === undefined ? [] : childElements(inbound)
  return policies({ inbound: [base(), ...(policiesRead as unknown as Policy<'inbound'>[])] })
}
