import { ApimKitError, suggestion } from '@apim-kit/core'
import { csharpString, Expression } from './value.js'

/** The .NET types that a handle can have, by their names in C#; true where the type has a null of its own. */
export const variableTypes = {
  string: true,
  bool: false,
  int: false,
  long: false,
  double: false,
  decimal: false,
  Guid: false,
  DateTime: false,
  DateTimeOffset: false,
  TimeSpan: false,
  object: true,
  'byte[]': true,
  'string[]': true,
  JToken: true,
  JObject: true,
  JArray: true,
  XElement: true,
  XDocument: true,
  IResponse: true,
  Authorization: true,
  Jwt: true,
  BasicAuthCredentials: true,
  X509Certificate2: true,
} as const

/** What a context variable holds, by the name of its type in C#. */
export type VariableType = keyof typeof variableTypes

const brand = Symbol.for('apim-kit.variable')

/** A handle of a context variable; made by {@link variable}. */
export class Variable<out T extends VariableType = VariableType> {
  readonly kind = 'variable'
  readonly name: string
  readonly type: T
  /** The variable's value: `((string)context.Variables["access-token"])`. It throws where nothing has set the variable. */
  readonly value: Expression
  /** The same, and null where nothing has set it: `((Authorization)context.Variables.GetValueOrDefault("auth"))`. An `int` becomes an `int?`. */
  readonly orNull: Expression
  /** Whether something has set it: `context.Variables.ContainsKey("access-token")`. A condition as it stands. */
  readonly exists: Expression

  constructor(name: string, type: T) {
    this.name = name
    this.type = type
    const key = csharpString(name)
    this.value = new Expression(`@((${type})context.Variables[${key}])`)
    this.orNull = new Expression(
      `@((${type}${variableTypes[type] ? '' : '?'})context.Variables.GetValueOrDefault(${key}))`,
    )
    this.exists = new Expression(`@(context.Variables.ContainsKey(${key}))`)
    Object.freeze(this)
  }

  static [Symbol.hasInstance](value: unknown): value is Variable {
    return typeof value === 'object' && value !== null && brand in value
  }
}

// As that of expressions: the same in two copies of this package, and nothing that came out of JSON has it.
Object.defineProperty(Variable.prototype, brand, { value: true })

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
  if (!Object.hasOwn(variableTypes, type)) {
    const shown = JSON.stringify(type) ?? typeof type
    throw new ApimKitError(
      'invalid-input',
      `variable ${JSON.stringify(name)}: ${shown} is no type of a variable${suggestion(String(type), Object.keys(variableTypes))}`,
    )
  }
  return new Variable(name, type)
}
