import { ApimKitError } from '@apim-kit/core'
import { isPolicyList } from './build.js'
import { builtFrom } from './define-policy.js'
import { PolicyDocument } from './document.js'
import { Comment, Element, flatten, sectionNames, type PolicyList } from './element.js'
import { messages } from './messages.js'
import { camelCase } from './names.js'
import { base } from './policies/base.js'
import { illegalCharacter, lineFeeds } from './value.js'

/** The policies of each section. Lists in lists are flattened, so that a helper may give several policies. */
export interface PoliciesInput {
  /** Default: `[base()]`. */
  readonly inbound?: PolicyList<'inbound'>
  /** One policy only. Default: `[base()]`. */
  readonly backend?: PolicyList<'backend'>
  /** Default: `[base()]`. */
  readonly outbound?: PolicyList<'outbound'>
  /** Default: `[base()]`. */
  readonly onError?: PolicyList<'on-error'>
}

/**
 * Builds a policy document. All four sections are written: one that is not given gets `<base />`, since what a missing section
 * means is not documented. Give an empty list to inherit nothing.
 *
 * @throws ApimKitError `invalid-input` where a section is unknown or holds something else than policies
 * @example
 * policies({ inbound: [base(), setHeader({ name: 'X-Team', value: 'orders' })] }).toRawXml()
 */
export function policies(sections: PoliciesInput = {}): PolicyDocument {
  const input = new Map(Object.entries(sections))
  const elements = sectionNames.map((name) => sectionOf(name, input))
  const [unknown] = input.keys()
  if (unknown !== undefined)
    throw new ApimKitError('invalid-input', messages.unknownSectionInput(unknown, sectionNames.map(camelCase)))
  return documentOf(new Element('policies', { children: elements }))
}

/** Makes the element of a section, and takes it off the input. */
function sectionOf(name: string, input: Map<string, unknown>): Element {
  const property = camelCase(name)
  const list = input.get(property) ?? [base()]
  input.delete(property)
  return Object.freeze(new Element(name, { children: checkedList(property, list) }))
}

/**
 * Builds a policy fragment. `base` and `include-fragment` may not stand in it.
 *
 * @throws ApimKitError `invalid-input`
 */
export function fragment(list: PolicyList): PolicyDocument {
  return documentOf(new Element('fragment', { children: checkedList('fragment', list) }))
}

/** A comment between policies. */
export function comment(text: string): Comment {
  const illegal = illegalCharacter(text)
  if (illegal !== undefined) throw new ApimKitError('invalid-input', `comment ${messages.illegalCharacter(illegal)}`)
  return new Comment(lineFeeds(text))
}

function checkedList(property: string, list: unknown): (Element | Comment)[] {
  if (!isPolicyList(list))
    throw new ApimKitError('invalid-input', `${property}: ${messages.expected('a list of policies', list)}`)
  return flatten(list)
}

const documentOf = (root: Element): PolicyDocument => new PolicyDocument([Object.freeze(root)], root, builtFrom)
