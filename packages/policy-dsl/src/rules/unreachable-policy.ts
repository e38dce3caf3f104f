import { attributeFor } from '../view.js'
import type { Visited } from '../walk.js'
import type { DocumentRule } from './rule.js'

/** Policies after one that answers the caller. */
export const unreachablePolicy: DocumentRule = {
  id: 'policy/unreachable-policy',
  severity: 'warning',
  title: 'A policy stands after one that answers the caller, and never runs',
  why: 'return-response and mock-response end the pipeline at once: nothing after them in their section or branch runs, nor does any later section. The same holds behind a policy that runs one of them in any case: a limit-concurrency around it, or a choose in which every branch, otherwise included, ends so.',
  bad: `<return-response>
  <set-status code="204" reason="No Content" />
</return-response>
<set-header name="X-Answered" exists-action="override">
  <value>yes</value>
</set-header>`,
  at: '<set-header',
  good: `<return-response>
  <set-status code="204" reason="No Content" />
  <set-header name="X-Answered" exists-action="override">
    <value>yes</value>
  </set-header>
</return-response>`,
  source: 'The documentation of return-response and of mock-response: they abort the execution of the pipeline.',
  *find({ elements }) {
    const ends = endingPolicies(elements)
    const answered = new Map<Visited, Visited>()
    const told = new Set<Visited>()
    for (const visited of elements) {
      const { parent, role } = visited
      if (parent === undefined || role !== 'policy' || parent.shape?.sideBySide === true) continue
      const before = answered.get(parent)
      if (before === undefined) {
        if (ends.has(visited)) answered.set(parent, visited)
      } else if (!told.has(parent)) {
        told.add(parent)
        const message = `<${visited.element.name}> never runs: <${before.element.name}> before it answers the caller; move it before, or leave it out`
        yield { subject: visited, message }
      }
    }
  },
}

/** The elements behind which nothing runs: policies that answer the caller, and those of which every way ends in one. */
function endingPolicies(elements: readonly Visited[]): Set<Visited> {
  const ends = new Set<Visited>()
  const inside = new Map<Visited, Visited[]>()
  // From behind: parents come before their children in the list.
  for (const visited of elements.toReversed()) {
    const { parent } = visited
    if (endsAll(visited, inside.get(visited) ?? [], ends)) ends.add(visited)
    if (parent === undefined) continue
    const siblings = inside.get(parent)
    if (siblings === undefined) inside.set(parent, [visited])
    else siblings.push(visited)
  }
  return ends
}

function endsAll(visited: Visited, children: readonly Visited[], ends: ReadonlySet<Visited>): boolean {
  const how = visited.definition?.description.ends
  if (how === true) return !isSwitchedOff(visited)
  const last = how?.lastBranch
  if (last !== undefined)
    return children.some(({ element }) => element.name === last) && children.every((branch) => ends.has(branch))
  const { shape } = visited
  return shape?.policies === 'any' && shape.sideBySide !== true && children.some((child) => ends.has(child))
}

/** Only Microsoft's schemas know the attribute. */
const isSwitchedOff = ({ element, shape }: Visited): boolean => {
  const field = shape?.attributes?.enabled
  return field !== undefined && attributeFor(element, 'enabled', field) !== undefined
}
