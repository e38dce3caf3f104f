import { childElements, type Element } from '../element.js'
import type { Visited } from '../walk.js'
import type { DocumentRule } from './rule.js'

/** Policies after one that answers the caller. */
export const unreachablePolicy: DocumentRule = {
  id: 'policy/unreachable-policy',
  severity: 'warning',
  title: 'A policy stands after return-response and never runs',
  why: 'return-response ends the pipeline at once: nothing after it in its section or branch runs, nor does any later section. The same holds behind a choose in which every branch, otherwise included, ends in a return-response.',
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
  source: 'The documentation of return-response: it aborts the execution of the pipeline.',
  *find({ elements }) {
    const answered = new Map<Visited, Visited>()
    const told = new Set<Visited>()
    for (const visited of elements) {
      const { parent, role } = visited
      if (parent === undefined || role !== 'policy') continue
      const before = answered.get(parent)
      if (before === undefined) {
        if (answers(visited.element) && isSequence(parent)) answered.set(parent, visited)
      } else if (!told.has(parent)) {
        told.add(parent)
        const message = `<${visited.element.name}> never runs: <${before.element.name}> before it answers the caller; move it before, or leave it out`
        yield { subject: visited, message }
      }
    }
  },
}

/** Policies inside of a wait run side by side. */
const isSequence = ({ element }: Visited): boolean => element.name !== 'wait'

/** Whether nothing after this policy can run. */
function answers(element: Element): boolean {
  if (element.name === 'return-response') return true
  if (element.name !== 'choose') return false
  const branches = childElements(element)
  return (
    branches.some(({ name }) => name === 'otherwise') &&
    branches.every((branch) => childElements(branch).some((policy) => answers(policy)))
  )
}
