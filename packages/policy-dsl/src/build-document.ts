import { ApimKitError, expectObject, expectText, suggestion } from '@apim-kit/core'
import { isPolicyList, noPolicy } from './build.js'
import { refuseFaultyExpressions } from './check-written.js'
import { builtFrom } from './define-policy.js'
import { PolicyDocument } from './document.js'
import { Comment, Element, flatten, sectionNames, type PolicyList, type Section } from './element.js'
import { messages } from './messages.js'
import { camelCase } from './names.js'
import { base } from './policies/base.js'
import { illegalCharacter, lineFeeds } from './value.js'

/** The policies of each section. Lists in lists are flattened, so that a helper may give several policies. */
export interface PoliciesInput {
  /** Default: `[base()]`. */
  readonly inbound?: PolicyList<'inbound'> | 'absent'
  /** One policy only. Default: `[base()]`. */
  readonly backend?: PolicyList<'backend'> | 'absent'
  /** Default: `[base()]`. */
  readonly outbound?: PolicyList<'outbound'> | 'absent'
  /** Default: `[base()]`. */
  readonly onError?: PolicyList<'on-error'> | 'absent'
}

/** Comments that stand outside of sections. */
export interface DocumentComments {
  /** Before the root element. */
  readonly before?: readonly Comment[]
  /** Before the section. */
  readonly inbound?: readonly Comment[]
  /** Before the section. */
  readonly backend?: readonly Comment[]
  /** Before the section. */
  readonly outbound?: readonly Comment[]
  /** Before the section. */
  readonly onError?: readonly Comment[]
  /** After the last section, inside of the root element. */
  readonly end?: readonly Comment[]
  /** After the root element. */
  readonly after?: readonly Comment[]
}

/**
 * Builds a policy document. All four sections are written: one that is not given gets `<base />`, since what a missing section
 * means is not documented. Give an empty list to inherit nothing. `'absent'` leaves the element out, for a document that has to
 * stay as it is.
 *
 * @param comments - comments that stand outside of sections; those in a section stand among its policies
 * @throws ApimKitError `invalid-input` where a section is unknown or holds something else than policies; `invalid-expression` where
 * an expression does not compile, gives a value of another type than its place takes, or uses what the service does not allow
 * @example
 * policies({ inbound: [base(), setHeader({ name: 'X-Team', value: 'orders' })] }).toRawXml()
 */
export function policies(sections: PoliciesInput = {}, comments: DocumentComments = {}): PolicyDocument {
  expectObject('policies', sections, 'policies({ inbound: [base(), … ] })')
  checkComments(comments, [...sectionNames.map(camelCase), 'before', 'end', 'after'])
  const input = new Map(Object.entries(sections))
  const elements = sectionNames.flatMap((name) => sectionOf(name, input, comments))
  const [unknown] = input.keys()
  if (unknown !== undefined)
    throw new ApimKitError('invalid-input', messages.unknownSectionInput(unknown, sectionNames.map(camelCase)))
  return documentOf(new Element('policies', { children: [...elements, ...(comments.end ?? [])] }), comments)
}

/** Makes the element of a section, and takes it off the input. */
function sectionOf(name: Section, input: Map<string, unknown>, comments: DocumentComments): (Element | Comment)[] {
  const property = camelCase(name)
  const before = comments[name === 'on-error' ? 'onError' : name] ?? []
  const list = input.get(property) ?? [base()]
  input.delete(property)
  if (list === 'absent') return [...before]
  return [...before, Object.freeze(new Element(name, { children: checkedList(property, list) }))]
}

/**
 * Builds a policy fragment. `base` and `include-fragment` may not stand in it. It may hold policies of any section: where they
 * may stand is known where the fragment is included.
 *
 * @param comments - comments that stand outside of the root element
 * @throws ApimKitError `invalid-input`, `invalid-expression`
 */
export function fragment(
  list: PolicyList<never>,
  comments: Pick<DocumentComments, 'before' | 'after'> = {},
): PolicyDocument {
  checkComments(comments, ['before', 'after'])
  return documentOf(new Element('fragment', { children: checkedList('fragment', list) }), comments)
}

/** Untyped callers may pass anything. */
function checkComments(comments: DocumentComments, places: readonly string[]): void {
  expectObject('comments', comments, `{ ${places.join(', ')} }, each a list of comments`)
  for (const [place, list] of Object.entries(comments)) {
    if (!places.includes(place))
      throw new ApimKitError('invalid-input', `comments.${place}: is not known here${suggestion(place, places)}`)
    if (!Array.isArray(list) || !list.every((each) => each instanceof Comment))
      throw new ApimKitError('invalid-input', `comments.${place}: ${messages.expected('a list of comments', list)}`)
  }
}

/** A comment between policies. */
export function comment(text: string): Comment {
  expectText('comment', text, "comment('why')")
  const illegal = illegalCharacter(text)
  if (illegal !== undefined) throw new ApimKitError('invalid-input', `comment ${messages.illegalCharacter(illegal)}`)
  return new Comment(lineFeeds(text))
}

function checkedList(property: string, list: unknown): (Element | Comment)[] {
  if (isPolicyList(list)) return flatten(list)
  const { path, message } = noPolicy(list)
  throw new ApimKitError('invalid-input', `${property}${path}: ${message}`)
}

function documentOf(root: Element, { before = [], after = [] }: DocumentComments = {}): PolicyDocument {
  const nodes = [...before, Object.freeze(root), ...after]
  refuseFaultyExpressions(nodes, root)
  return new PolicyDocument(nodes, root, builtFrom)
}
