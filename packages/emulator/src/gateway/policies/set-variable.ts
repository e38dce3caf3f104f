import { setVariable } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { asClrValue } from '../clr-value.js'

/** A literal is stored as text, an expression's value with its type; null is stored as null. */
export const runSetVariable = handle(setVariable, ({ name, value }, context) => {
  context.variables.set(name, asClrValue(value))
})
