import type { Problem } from '@apim-kit/core'
import { attributeOf, Element, Literal, policyBuilders, read, type PolicyName } from '@apim-kit/policy-dsl'
import type { CompileScope } from './compile-scope.js'
import type { Steps } from './step.js'

/** A fragment in the place where it is included: its policies, or why there are none. */
export type IncludedFragment = { readonly steps: Steps } | { readonly missing: string } | { readonly why: string }

/**
 * Compiles the policies of a fragment as if they stood in the place of `include-fragment`, named values filled in. Their path
 * goes on below that element's, so that an error tells both where it was included and where it stands in the fragment.
 *
 * What is wrong in the fragment is told at the place that includes it: positions in the fragment's text would mean nothing in
 * the document's.
 *
 * @param compile compiles the policies below the path of `element`
 */
export function includeFragment(
  element: Element,
  scope: CompileScope,
  compile: (policies: readonly Element[], scope: CompileScope) => Steps,
): IncludedFragment {
  const value = attributeOf(element, 'fragment-id')
  const id = value instanceof Literal ? value.text.trim() : ''
  if (scope.fragment !== undefined) return { why: 'a fragment includes no other one' }
  const stored = scope.sources.fragment(id)
  // The wording is the service's, which refuses such a document when it is saved.
  if (stored === undefined) return { missing: `Fragment with id '${id}' could not be found.` }
  const { document, problems } = read(stored.text, { format: stored.format })
  const unreadable = problems.find(({ severity }) => severity === 'error')
  if (document === undefined || unreadable !== undefined) {
    return { why: `the fragment '${id}' cannot be read: ${unreadable?.message ?? 'it is empty'}` }
  }
  const found: Problem[] = []
  const policies = document.root.children.filter((child) => child instanceof Element)
  const steps = compile(policies, { ...scope, fragment: id, problems: found })
  for (const { line: _, column: __, ...problem } of found) {
    scope.problems.push({ ...problem, message: `Fragment '${id}': ${problem.message}`, ...element.position })
  }
  return { steps }
}

/** Why a policy of a fragment may not stand where the fragment is included; a fragment itself stands nowhere. */
export function misplaced(name: PolicyName, { section, scope, fragment }: CompileScope): string | undefined {
  if (fragment === undefined) return undefined
  const { sections, scopes } = policyBuilders[name].definition.description
  if (!sections.includes(section)) return `it may not stand in ${section}, where the fragment is included`
  return scopes.includes(scope) ? undefined : `it may not stand in the ${scope} scope, where the fragment is included`
}
