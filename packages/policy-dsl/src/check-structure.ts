import { suggestion, type PolicyPlace, type Problem } from '@apim-kit/core'
import { checkElement, isNamespaceDeclaration } from './check-element.js'
import type { Gateway, PolicyDescription, Scope } from './define-policy.js'
import { childElements, sectionNames, type Element, type Section } from './element.js'
import { messages } from './messages.js'
import { policyNames } from './policy-names.js'
import { Reporter } from './reporter.js'
import { gatewayOf, type Tier } from './tiers.js'
import { Literal } from './value.js'
import { describedAttributes, isValue } from './view.js'
import { walk, type Describe, type Visited } from './walk.js'

/** Where a document is meant to stand. What is left out is not checked. */
export interface CheckOptions {
  readonly scope?: Scope
  /** The form that the document has to have. Default: `policies` where a scope is given, any where not. */
  readonly form?: DocumentForm
  /** The pricing tier; its gateway has to know the policies. */
  readonly tier?: Tier
  /** The gateway itself, for a self-hosted or a workspace gateway. */
  readonly gateway?: Gateway
  /**
   * The names that the service has, by kind of resource; a connection is named with its provider:
   * `{ namedValue: ['tenant-id'], connection: ['github/octocat'] }`. A kind that is left out is not checked.
   */
  readonly declared?: Readonly<Record<string, readonly string[]>>
  /** `ignore` tells what comments keep quiet too, as the service does, which knows no such comments. Default: they are heeded. */
  readonly suppressions?: 'ignore'
}

/** The forms of documents: four sections, a list of policies, one data source. */
export type DocumentForm = NonNullable<PolicyPlace['form']>

/** The form of a document, by its root; undefined where it is none. */
export function formOf(root: Element, describe: Describe): DocumentForm | undefined {
  if (root.name === 'policies' || root.name === 'fragment') return root.name
  return describe(root)?.description.resolver === 'root' ? 'resolver' : undefined
}

/** The faults of a document by the descriptions of its policies. */
export function checkStructure(root: Element, describe: Describe, options: CheckOptions): Problem[] {
  const reporter = new Reporter()
  const form = formOf(root, describe)
  const wanted = options.form ?? (options.scope === undefined ? form : 'policies')
  if (form === undefined || form !== wanted) {
    const message = wanted === undefined ? messages.wrongRoot(root.name) : messages.wrongForm(root.name, wanted)
    reporter.error('root', { element: root, path: '' }, message)
    return reporter.problems
  }
  const once = new Set<string>()
  walk(root, describe, (visited) => {
    if (visited.role === 'root') checkRoot(visited, options, reporter)
    else if (visited.role === 'section') checkSection(visited, options, describe, reporter)
    else if (visited.role === 'policy') {
      checkPlace(visited, options, reporter)
      checkOnce(visited, once, reporter)
    }
    if (visited.shape !== undefined) checkElement(visited, visited.shape, reporter)
  })
  return reporter.problems
}

function checkRoot(visited: Visited, { scope }: CheckOptions, reporter: Reporter): void {
  const { element } = visited
  checkBare(visited, reporter)
  if (element.name !== 'policies') return
  const seen = new Set<string>()
  for (const child of childElements(element)) {
    const known = sectionNames.some((name) => name === child.name)
    if (!known)
      reporter.error(
        'unknown-section',
        visited,
        messages.unknownSection(child.name) + suggestion(child.name, sectionNames),
        child,
      )
    else if (seen.has(child.name)) reporter.error('section-twice', visited, messages.sectionTwice(child.name), child)
    seen.add(child.name)
  }
  // A document has no on-error by default.
  const missing = sectionNames.filter((name) => name !== 'on-error' && !seen.has(name))
  if (missing.length > 0)
    reporter.warning('missing-section', visited, messages.missingSections(missing, scope === 'global'))
}

function checkSection(visited: Visited, { scope }: CheckOptions, describe: Describe, reporter: Reporter): void {
  checkBare(visited, reporter)
  const policies = childElements(visited.element)
  const [, second] = policies
  if (visited.section === 'backend' && second !== undefined) {
    // What stands elsewhere may be of any number; with the policies beside it, they are as a rule too many.
    const known = policies.every((policy) => describe(policy)?.description.opaque !== true)
    reporter[known ? 'error' : 'warning']('one-policy-in-backend', visited, messages.onePolicyInBackend(), second)
  }
  // At global scope there is nothing to inherit; a backend that has its one policy has no room for base.
  const roomForBase = scope !== 'global' && (visited.section !== 'backend' || policies.length === 0)
  if (roomForBase && !policies.some(({ name }) => name === 'base'))
    reporter.warning('missing-base', visited, messages.missingBase())
}

/** The root and the sections hold policies and nothing else. A resolver's root is a policy. */
function checkBare(visited: Visited, reporter: Reporter): void {
  const { name, attributes, children } = visited.element
  const text = children.find(isValue)
  if (text !== undefined) reporter.error('unexpected-text', visited, messages.unexpectedText(name), text)
  if (visited.shape !== undefined) return
  for (const attribute of attributes) {
    if (!isNamespaceDeclaration(attribute.name))
      reporter.error('unknown-attribute', visited, messages.unknownAttribute(attribute.name, name), attribute)
  }
}

/** Whether a policy may stand where it stands. What stands inside of a policy is that policy's business. */
function checkPlace(visited: Visited, options: CheckOptions, reporter: Reporter): void {
  const { element, definition, section } = visited
  checkParent(visited, reporter)
  if (definition === undefined) {
    if (policyNames.includes(element.name)) reporter.warning('not-checked', visited, messages.notChecked(element.name))
    else
      reporter.error('unknown-policy', visited, messages.unknownPolicy(element.name, reporter.guessAmong(policyNames)))
    return
  }
  const { onlyIn } = definition.description
  if (onlyIn !== undefined) reporter.warning('disputed-policy', visited, messages.disputed(`<${element.name}>`, onlyIn))
  if (section === undefined) checkInFragment(visited, definition.description, reporter)
  else checkInSection(visited, section, definition.description, reporter)
  checkScope(visited, options.scope, definition.description, reporter)
  checkGateway(visited, options, definition.description, reporter)
}

function checkInSection(
  visited: Visited,
  section: Section,
  { sections, sectionsOnlyIn }: PolicyDescription,
  reporter: Reporter,
): void {
  const { name } = visited.element
  const source = sectionsOnlyIn?.[section]
  if (!sections.includes(section))
    reporter.error('wrong-section', visited, messages.wrongSection(name, section, sections))
  else if (source !== undefined)
    reporter.warning('disputed-section', visited, messages.disputed(`<${name}> in ${section}`, source))
}

/** Whether the policy, and each of its attributes, may stand at this scope, or in a fragment, which may stand at any. */
function checkScope(
  visited: Visited,
  scope: Scope | undefined,
  { scopes, resolver }: PolicyDescription,
  reporter: Reporter,
): void {
  const { element, section } = visited
  if (resolver === undefined && scope !== undefined && !scopes.includes(scope))
    reporter.error('wrong-scope', visited, messages.wrongScope(element.name, scope, scopes))
  const place = section === undefined ? 'fragment' : scope
  if (place === undefined) return
  for (const attribute of describedAttributes(element, visited.shape)) {
    const { refusedAt } = attribute.field.options
    if (refusedAt?.places.includes(place) !== true) continue
    const message = messages.refusedAt(attribute.name, place, refusedAt.because)
    reporter.warning('wrong-scope', visited, message, attribute)
  }
}

function checkGateway(
  visited: Visited,
  options: CheckOptions,
  { gateways }: PolicyDescription,
  reporter: Reporter,
): void {
  const gateway = gatewayOf(options)
  if (gateway === undefined) return
  if (gateways.includes(gateway)) checkValueGateways(visited, gateway, reporter)
  else reporter.error('wrong-gateway', visited, messages.wrongGateway(visited.element.name, gateway, gateways))
}

/** Values that only some gateways know what to do with. */
function checkValueGateways(visited: Visited, gateway: Gateway, reporter: Reporter): void {
  for (const { name, value, field } of describedAttributes(visited.element, visited.shape)) {
    if (!(value instanceof Literal)) continue
    const gateways = field.options.valueGateways?.[value.text]
    if (gateways === undefined || gateways.includes(gateway)) continue
    const what = `${visited.element.name} with ${name}="${value.text}"`
    reporter.warning('wrong-gateway', visited, messages.wrongGateway(what, gateway, gateways), value)
  }
}

function checkInFragment(visited: Visited, { fragments }: PolicyDescription, reporter: Reporter): void {
  const message = messages.notInFragment(visited.element.name)
  if (fragments === false) reporter.error('not-in-fragment', visited, message)
  else if (fragments !== undefined) reporter.warning('not-in-fragment', visited, `${message} (${fragments.because})`)
}

/** Policies in branches are left out: one of each may run all the same. */
function checkOnce(
  { element, path, definition, parent, section }: Visited,
  seen: Set<string>,
  reporter: Reporter,
): void {
  const { once } = definition?.description ?? {}
  if (once === undefined || parent?.role !== 'section' || section === undefined) return
  const key = once === 'section' ? `${section}/${element.name}` : element.name
  const where = once === 'section' ? section : 'the document'
  if (seen.has(key)) reporter.warning('policy-twice', { element, path }, messages.policyTwice(element.name, where))
  seen.add(key)
}

/** Some policies hold some others only. */
function checkParent({ element, parent, path }: Visited, reporter: Reporter): void {
  const { only, except } = parent?.shape ?? {}
  const name = parent?.element.name ?? ''
  const known = only === undefined || (Object.hasOwn(only, element.name) ? only[element.name] : false)
  if (known === false || known === undefined) {
    reporter.error('wrong-parent', { element, path }, messages.wrongParent(element.name, name, Object.keys(only ?? {})))
  } else if (known !== true) {
    reporter.warning('disputed-child', { element, path }, messages.disputed(`<${element.name}> in <${name}>`, known))
  }
  const because = except !== undefined && Object.hasOwn(except, element.name) ? except[element.name] : undefined
  if (because !== undefined)
    reporter.warning('kept-out', { element, path }, messages.keptOut(element.name, name, because))
}
