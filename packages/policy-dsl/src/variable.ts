import { ApimKitError, suggestion } from '@apim-kit/core'
import { show } from './messages.js'
import { Variable, variableTypes, type VariableType } from './variable-handle.js'
import { WrittenExpression } from './written-expression.js'

/**
 * A handle of a context variable: its name and its .NET type, said once. It stands where a policy takes the name of a variable that
 * can hold this type, and in `expr` it is the variable's value, cast to the type. So a misspelt name or a wrong type does not compile.
 *
 * Two variables are two handles: nothing registers a name, and nothing says that a policy sets it before another reads it.
 *
 * @param name - the variable's name in `context.Variables`
 * @param type - what it holds, by its name in C#
 * @throws ApimKitError `invalid-input` where the name is empty or the type is not known
 * @example
 * const answer = variable('token-response', 'IResponse')
 * sendRequest({ responseVariableName: answer, setUrl: 'https://login.example.com/token', setMethod: 'GET' })
 * setBody(expr`${answer}.Body.As<string>()`)
 */
export function variable<const T extends VariableType>(name: string, type: T): Variable<T> {
  if (typeof name !== 'string' || name === '')
    throw new ApimKitError('invalid-input', 'variable: the name is missing; write variable("access-token", "string")')
  // The type becomes code, and untyped callers may pass anything.
  if (typeof type !== 'string' || !Object.hasOwn(variableTypes, type)) {
    const shown = show(type)
    throw new ApimKitError(
      'invalid-input',
      `variable ${JSON.stringify(name)}: ${shown} is no type of a variable${suggestion(typeof type === 'string' ? type : '', Object.keys(variableTypes))}`,
    )
  }
  return new Variable(name, type, WrittenExpression)
}
