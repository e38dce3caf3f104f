import { expressionMessage, positionInside } from '../check-expressions.js'
import { checkAllowList } from '../expression/allow-list.js'
import { bindingOf } from './binding.js'
import type { DocumentRule } from './rule.js'

/** Types and members that C# has and the service does not let through. */
export const expressionAllowList: DocumentRule = {
  id: 'policy/expression-allow-list',
  severity: 'either',
  title: 'An expression uses a type or a member that the service does not allow',
  why: 'Expressions may use the types that the service lists, of some of them a few members only; a document with another one is refused on save. Some members are in no published list although many published policies use them, ToString() on what context.Variables gives first of all: they are a warning, and Convert.ToString(x) or a cast is on the safe side.',
  bad: `<set-variable name="day" value="@(DateTime.ParseExact("2026-01-02", "yyyy-MM-dd", null))" />`,
  at: 'DateTime.ParseExact',
  good: `<set-variable name="day" value="@(DateTime.Parse("2026-01-02"))" />`,
  source:
    'The documentation of policy expressions, CLR types; a compiler configuration published in 2019; issues of the documentation that quote the refusal.',
  *find({ expressions }) {
    for (const found of expressions) {
      const any = bindingOf(found)?.any
      if (any?.kind !== 'bound') continue
      const told = new Set<string>()
      for (const diagnostic of checkAllowList(any.program)) {
        if (told.has(diagnostic.message)) continue
        told.add(diagnostic.message)
        const position = positionInside(found.value, diagnostic.start)
        yield {
          subject: { element: found.visited.element, path: found.path },
          at: position === undefined ? {} : { position },
          message: expressionMessage(found.value, diagnostic),
          severity: diagnostic.severity,
        }
      }
    }
  },
}
