import { fragment, policies, type DocumentComments, type PoliciesInput } from '../build-document.js'
import type { PolicyDocument } from '../document.js'
import { Comment, Element, sectionNames, type Node, type PolicyList, type Section } from '../element.js'
import { difference } from '../compare.js'
import { camelCase } from '../names.js'
import { rawDocument } from '../raw-document.js'
import { resolverPolicy } from '../resolver-policy.js'
import { isValue } from '../view.js'
import { builders } from './checked.js'
import { commentCode, sameComments } from './comments.js'
import { atom, call, type Call, type Code, type Entry } from './code.js'
import { Inexpressible, reasons } from './inexpressible.js'
import { listCode, policyCode } from './policy-code.js'
import { stringCode } from './literals.js'
import type { Sourced } from './value-code.js'

/** The code of a document, and why it is no builder's, where it is not. */
export interface DocumentCode {
  readonly code: Call
  readonly note?: string
}

/** The code that makes a document. As with policies, what the code would make is made here and compared. */
export function documentCode(document: PolicyDocument): DocumentCode {
  try {
    const { code, value } = madeCode(document)
    const { root } = value
    if (difference(document.root, root) !== undefined || !sameComments(document.root, root))
      throw new Inexpressible(reasons.document('Something stands beside the policies of this document'))
    return { code }
  } catch (error) {
    if (!(error instanceof Inexpressible)) throw error
    const rawxml = document.toRawXml()
    rawDocument(rawxml)
    return { code: call('rawDocument', stringCode(rawxml)), note: error.message }
  }
}

type Made = Sourced<PolicyDocument> & { readonly code: Call }

function madeCode(document: PolicyDocument): Made {
  const { root, nodes } = document
  if (root.name === 'fragment') return fragmentCode(document)
  if (builders.get(root.name)?.definition.description.resolver !== 'root') return policiesCode(document)
  if (nodes.length > 1) throw new Inexpressible(reasons.document('Comments stand beside the data source here'))
  const { code, value, note } = policyCode(root, undefined)
  if (note !== undefined) throw new Inexpressible(note)
  return { value: resolverPolicy(value), code: call('resolverPolicy', code) }
}

function fragmentCode({ root, nodes }: PolicyDocument): Made {
  expectNoAttributes(root)
  const list = listCode(root.children, undefined)
  const comments = commentsCode({ ...aroundRoot(nodes) })
  return {
    value: fragment(list.value, comments.value),
    code: call('fragment', list.code, ...argumentsOf(comments)),
  }
}

function policiesCode({ root, nodes }: PolicyDocument): Made {
  if (root.name !== 'policies') throw new Inexpressible(reasons.document(`The root of this document is <${root.name}>`))
  expectNoAttributes(root)
  const sections = sectionsOf(root)
  const comments = commentsCode({ ...aroundRoot(nodes), ...betweenSections(root) })
  return {
    value: policies(sections.value, comments.value),
    code: call('policies', sections.code, ...argumentsOf(comments)),
  }
}

function expectNoAttributes({ name, attributes }: Element): void {
  if (attributes.length > 0) throw new Inexpressible(reasons.document(`<${name}> has attributes here`))
}

const argumentsOf = ({ code }: { readonly code: Code }): Code[] =>
  code.kind === 'object' && code.entries.length > 0 ? [code] : []

/** The sections by property. The ones that hold nothing but `<base />` are what `policies` gives by itself. */
function sectionsOf(root: Element): { readonly value: PoliciesInput; readonly code: Code } {
  const value: Record<string, PolicyList<never> | 'absent'> = {}
  const entries: (Entry & { readonly name: string })[] = []
  for (const name of sectionNames) {
    const [element, second] = root.children.filter((node) => node instanceof Element && node.name === name)
    if (second !== undefined) throw new Inexpressible(reasons.document(`The section ${name} stands twice here`))
    if (element instanceof Element && isDefault(element)) continue
    const property = camelCase(name)
    const list = element instanceof Element ? sectionCode(element, name) : absent
    value[property] = list.value
    entries.push({ name: property, code: list.code })
  }
  return { value, code: { kind: 'object', entries } }
}

const absent: Sourced<'absent'> = { value: 'absent', code: atom("'absent'") }

function sectionCode(element: Element, name: Section): Sourced<PolicyList<never>> {
  expectNoAttributes(element)
  return listCode(element.children, name)
}

function isDefault({ attributes, children }: Element): boolean {
  const [only] = children
  if (attributes.length > 0 || children.length !== 1 || !(only instanceof Element)) return false
  return only.name === 'base' && only.attributes.length === 0 && only.children.length === 0
}

type Places = { readonly [P in keyof DocumentComments]: readonly Comment[] }

function aroundRoot(nodes: readonly (Element | Comment)[]): Places {
  const at = nodes.findIndex((node) => node instanceof Element)
  const isComment = (node: Node): node is Comment => node instanceof Comment
  return { before: nodes.slice(0, at).filter(isComment), after: nodes.slice(at).filter(isComment) }
}

function betweenSections(root: Element): Places {
  const places: Record<string, readonly Comment[]> = {}
  let waiting: Comment[] = []
  for (const node of root.children) {
    if (isValue(node)) throw new Inexpressible(reasons.document('Text stands between the sections here'))
    if (node instanceof Comment) waiting.push(node)
    else {
      places[camelCase(node.name)] = waiting
      waiting = []
    }
  }
  return { ...places, end: waiting }
}

/** `before`, the sections, `end`, `after`: the order in which they stand. */
function commentsCode(places: Places): { readonly value: DocumentComments; readonly code: Code } {
  const order = ['before', ...sectionNames.map(camelCase), 'end', 'after']
  const given = Object.entries(places)
    .filter(([, comments]) => comments.length > 0)
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
  return {
    value: Object.fromEntries(given),
    code: {
      kind: 'object',
      entries: given.map(([name, comments]) => ({
        name,
        code: { kind: 'list', entries: comments.map((each) => commentCode(each)) },
      })),
    },
  }
}
