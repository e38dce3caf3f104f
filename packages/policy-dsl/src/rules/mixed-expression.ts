import type { Field } from '../fields.js'
import { expressionEnd } from '../expression/scan.js'
import { Literal, type Value } from '../value.js'
import { describedAttributes, isValue } from '../view.js'
import type { Visited } from '../walk.js'
import type { DocumentRule } from './rule.js'

/** Expressions within a text, which are text themselves. */
export const mixedExpression: DocumentRule = {
  id: 'policy/mixed-expression',
  severity: 'warning',
  title: 'An expression stands within a text, where nothing evaluates it',
  why: 'A value is one expression or a text, not a mix of both: only what begins with @( or @{ is evaluated, and the code itself would be sent here. With a quote in the expression, the text is not even well-formed.',
  bad: `<set-header name="X-Caller" exists-action="override">
  <value>user @(context.User.Id)</value>
</set-header>`,
  at: 'user @(',
  good: `<set-header name="X-Caller" exists-action="override">
  <value>@("user " + context.User.Id)</value>
</set-header>`,
  source:
    'Microsoft’s announcement of policy expressions: text and expressions cannot be mixed in a value. The documentation of rewrite-uri says the same of its template.',
  *find({ elements }) {
    for (const visited of elements) {
      for (const { value, what } of texts(visited)) {
        if (!holdsExpression(value.text)) continue
        yield {
          subject: visited,
          at: value,
          message: `${what} is text with an expression in it, which is not evaluated; make one expression of it, @("…" + …)`,
        }
      }
    }
  },
}

interface Text {
  readonly value: Literal
  readonly what: string
}

/** The texts of an element in whose place an expression could stand. */
function texts({ element, shape }: Visited): Text[] {
  const takes = (field: Field | undefined, value: Value): value is Literal =>
    field !== undefined && field.options.expressions !== false && value instanceof Literal
  const attributes = describedAttributes(element, shape).flatMap(({ name, value, field }): Text[] =>
    takes(field, value) ? [{ value, what: `the attribute ${name}` }] : [],
  )
  const inside = element.children
    .filter(isValue)
    .flatMap((value) => (takes(shape?.text, value) ? [{ value, what: `the text of <${element.name}>` }] : []))
  return [...attributes, ...inside]
}

/** Whether a whole expression that names the context stands in a text; @( alone may be anything. */
function holdsExpression(text: string): boolean {
  for (const { index } of text.matchAll(/@[({]/g)) {
    const found = expressionEnd(text, index)
    if (found.kind === 'end' && /\bcontext\s*\./.test(text.slice(index, found.end))) return true
  }
  return false
}
