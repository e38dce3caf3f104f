import { difference } from '../compare.js'
import { Comment, Element, flatten, type Node, type Policy, type PolicyList, type Section } from '../element.js'
import { camelCase } from '../names.js'
import { rawPolicy } from '../raw-policy.js'
import { builders, rawCode, remade } from './checked.js'
import { call, type Call, type Entry } from './code.js'
import { commentCode, sameComments } from './comments.js'
import { Inexpressible, reasons } from './inexpressible.js'
import { inputCode } from './input-code.js'
import type { Sourced } from './value-code.js'

/** The code of a list of policies and comments: a section, a branch, a fragment. */
export function listCode(nodes: readonly Node[], section: Section | undefined): Sourced<PolicyList<never>> {
  const list = nodes.map((node) => {
    if (node instanceof Comment) return { node, ...commentCode(node) }
    if (!(node instanceof Element)) throw new Inexpressible(reasons.text('a list of policies'))
    return { node, ...policyCode(node, section) }
  })
  const entries: (Entry & { readonly value: PolicyList<never>[number] })[] = []
  for (let index = 0; index < list.length; index++) {
    const item = list[index]
    if (item === undefined) continue
    const next = list[index + 1]
    const joined =
      item.value instanceof Element && next !== undefined ? withMethod(item as PolicyCode, next.node) : undefined
    entries.push({ spaced: index > 0 && item.node.spaced === true, ...(joined ?? item) })
    if (joined !== undefined) index++
  }
  return { value: entries.map(({ value }) => value), code: { kind: 'list', entries } }
}

/** The code of a policy, the element that it makes, and why it is no builder's, where it is not. */
export interface PolicyCode extends Sourced<Policy> {
  readonly code: Call
  readonly note?: string
}

/**
 * The code of a policy. Its builder is called with what the code gives it: only where that makes this very element, comments
 * included, is it taken; anything else becomes a `rawPolicy` with the reason.
 */
export function policyCode(element: Element, section: Section | undefined): PolicyCode {
  try {
    return builtCode(element, section)
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error
    return { ...rawCode('rawPolicy', rawPolicy, element), note: error.message }
  }
}

function builtCode(element: Element, section: Section | undefined): PolicyCode {
  const builder = builders.get(element.name)
  if (builder === undefined) throw new Inexpressible(reasons.unknownPolicy(element.name))
  const { name, description, shape } = builder.definition
  if (section !== undefined && !description.sections.includes(section))
    throw new Inexpressible(reasons.section(name, section, description.sections))
  const input = inputCode(element, shape, { owner: name, list: (nodes) => listCode(nodes, section) })
  const value = remade(element, builder, input.value)
  return { value, code: call(camelCase(name), ...(isEmptyInput(input) ? [] : [input.code])) }
}

const isEmptyInput = ({ code }: Sourced): boolean => code.kind === 'object' && code.entries.length === 0

/**
 * A policy and the one after it as a method of the first, where such a method makes just these two: `.setBearerHeader()`. A
 * policy's methods are its own properties that are functions; what they make is tried, not assumed.
 */
function withMethod({ value, code }: PolicyCode, next: Element | Comment): Sourced<PolicyList<never>> | undefined {
  if (!(next instanceof Element)) return undefined
  for (const [method, make] of Object.entries(Object.getOwnPropertyDescriptors(value))) {
    if (typeof make.value !== 'function') continue
    const made = madeBy(make.value as () => unknown, value)
    if (made.length === 2 && made[0] === value && isSame(made[1], next))
      return { value: made, code: { ...code, method } }
  }
  return undefined
}

function madeBy(make: () => unknown, policy: Element): (Element | Comment)[] {
  try {
    const made = make.call(policy)
    return Array.isArray(made) ? flatten(made as PolicyList<never>) : []
  } catch {
    // A method may refuse this policy, as setBearerHeader() does where the variable's name is computed.
    return []
  }
}

const isSame = (made: Element | Comment | undefined, next: Element): boolean =>
  made instanceof Element && difference(made, next) === undefined && sameComments(made, next)
