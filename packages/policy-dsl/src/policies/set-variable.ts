import { ApimKitError } from '@apim-kit/core'
import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { messages } from '../messages.js'
import { everyGateway, everyScope, everySection } from '../places.js'
import { Variable, type VariableType } from '../variable-handle.js'

const describe = definePolicy('set-variable', {
  sections: everySection,
  scopes: everyScope,
  gateways: everyGateway,
  attributes: {
    /** The variable's name; setting a name again replaces its value. */
    name: text({ variable: 'set', holds: 'any', required: true, expressions: false }),
    /** A text, or an expression whose value keeps its .NET type. */
    value: text({ required: true, keepsType: true, credential: 'named' }),
  },
  examples: [{ input: { name: 'region', value: 'west' }, xml: '<set-variable name="region" value="west" />' }],
})

type Input = Parameters<typeof describe>[0]

/** A handle of a type that is not text takes no text; for a plain name, `T` is every type, and anything goes. */
interface Typed<T extends VariableType> {
  readonly name: Exclude<Input['name'], Variable> | Variable<T>
  readonly value: Exclude<Input['value'], string> | (T extends 'string' | 'object' ? string : never)
}

/** The builder of `set-variable`: what it takes as a value follows from the type of the handle. */
export interface SetVariable {
  <T extends VariableType>(input: Input & Typed<T>): ReturnType<typeof describe>
  readonly definition: typeof describe.definition
}

/**
 * Declares a context variable. A literal is always stored as text, also where it looks like a number or a boolean; an expression's
 * value keeps its type. So a handle of a type that is not text wants an expression: `5` for an `int` is `` expr`5` ``.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * setVariable({ name: 'is-retry', value: expr`context.Request.Headers.ContainsKey("X-Retry")` })
 */
export const setVariable: SetVariable = Object.assign(
  (input: Input) => {
    expectNoText(input)
    return describe(input)
  },
  { definition: describe.definition },
)

/** Untyped callers may pass anything; what is no object is refused with all the rest. */
function expectNoText(input: Input): void {
  if (typeof input !== 'object' || input === null) return
  const { name, value } = input
  if (!(name instanceof Variable) || name.type === 'string' || name.type === 'object') return
  // A number is refused as no text anyway, and a named value may hold an expression.
  if (typeof value === 'string')
    throw new ApimKitError('invalid-input', messages.textForHandle(name.name, name.type, value))
}
