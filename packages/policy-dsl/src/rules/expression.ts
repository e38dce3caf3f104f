import { expressionMessage, positionInside } from '../check-expressions.js'
import { bindingOf } from './binding.js'
import type { DocumentRule } from './rule.js'

/** Expressions that the C# compiler refuses. What does not even parse is told by the checker of structure, under the same id. */
export const expressionRule: DocumentRule = {
  id: 'policy/expression',
  severity: 'either',
  title: 'An expression does not compile',
  why: 'The service compiles every expression when a document is saved, as C# 7, and refuses the document with the first message of the compiler. Codes that begin with CS are the compiler’s. An expression in which a named value stands for code is not looked at further than its syntax, and then only warned about.',
  bad: `<set-header name="X-Method" exists-action="override">
  <value>@(context.Request.Methode)</value>
</set-header>`,
  at: 'Methode',
  good: `<set-header name="X-Method" exists-action="override">
  <value>@(context.Request.Method)</value>
</set-header>`,
  source: 'The documentation of policy expressions: C# 7, context and its members.',
  *find({ expressions }) {
    for (const found of expressions) {
      const any = bindingOf(found)?.any
      const [diagnostic] = any?.kind === 'invalid' ? any.diagnostics : []
      if (diagnostic === undefined) continue
      const position = positionInside(found.value, diagnostic.start)
      yield {
        subject: { element: found.visited.element, path: found.path },
        at: position === undefined ? {} : { position },
        message: expressionMessage(found.value, diagnostic),
        severity: 'error',
      }
    }
  },
}
