import type { FoundExpression } from '../check-expressions.js'
import { displayType, type Type } from '../expression/types/type.js'
import { bindingOf, wantedOf } from './binding.js'
import type { DocumentRule } from './rule.js'

const words: Readonly<Record<string, string>> = { bool: 'a bool', long: 'a whole number', double: 'a number' }

/** Expressions whose value is of another type than their place takes. */
export const expressionResult: DocumentRule = {
  id: 'policy/expression-result',
  severity: 'either',
  title: 'An expression gives a value of a type that its place does not take',
  why: 'A condition takes a bool, a status code or a duration a whole number. Text that only looks like one does not do, nor does the object that context.Variables gives, nor a bool? from a ?. in the middle: cast or parse it. For a condition this is an error; for other places it is not documented when the service notices.',
  bad: `<choose>
  <when condition="@(context.Variables.GetValueOrDefault("is-retry"))">
    <set-status code="202" reason="Accepted" />
  </when>
</choose>
<set-variable name="is-retry" value="@(true)" />`,
  at: '@(context.Variables.GetValueOrDefault',
  good: `<set-variable name="is-retry" value="@(true)" />
<choose>
  <when condition="@(context.Variables.GetValueOrDefault<bool>("is-retry"))">
    <set-status code="202" reason="Accepted" />
  </when>
</choose>`,
  source: 'C#: an expression is compiled into a function with the type of its place. The documentation of each policy.',
  *find({ expressions }) {
    for (const found of expressions) {
      const fault = resultFault(found)
      if (fault === undefined) continue
      const { message, severity } = fault
      yield { subject: { element: found.visited.element, path: found.path }, at: found.value, message, severity }
    }
  },
}

/** What is wrong with the type of an expression's value, and where in the expression. */
export interface ResultFault {
  readonly message: string
  readonly severity: 'error' | 'warning'
  readonly start: number
}

export function resultFault(found: FoundExpression): ResultFault | undefined {
  const binding = bindingOf(found)
  if (binding === undefined || binding.any.kind === 'invalid') return undefined
  if (binding.typed.kind === 'bound') return intFault(found, binding.typed.program.resultType)
  const type = displayType(binding.any.program.resultType)
  const hint = type === 'bool?' ? '; write == true or ?? false behind it' : '; cast or parse it'
  return {
    message: `the expression gives ${type}, where ${words[wantedOf(found)] ?? 'another type'} is taken${hint}`,
    // A condition is compiled as one; other places may convert what they get.
    severity: found.field?.type === 'flag' && found.field.options.later === true ? 'error' : 'warning',
    start: binding.typed.diagnostics[0]?.start ?? 0,
  }
}

/** The service does not widen an int everywhere, as C# does. */
function intFault({ field }: FoundExpression, type: Type): ResultFault | undefined {
  if (field?.options.wantsLong !== true || displayType(type) !== 'int') return undefined
  const message =
    'the expression gives int, where the service was seen to take long only; write (long) before it, or 5L'
  return { message, severity: 'warning', start: 0 }
}
