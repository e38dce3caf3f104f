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

/** A handle of a context variable; made by `variable`. */
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

  /** @param of - makes its expressions: such as bring their checker, for those who write with them */
  constructor(name: string, type: T, of: new (source: string) => Expression = Expression) {
    this.name = name
    this.type = type
    const key = csharpString(name)
    this.value = new of(`@((${type})context.Variables[${key}])`)
    this.orNull = new of(`@((${type}${variableTypes[type] ? '' : '?'})context.Variables.GetValueOrDefault(${key}))`)
    this.exists = new of(`@(context.Variables.ContainsKey(${key}))`)
    Object.freeze(this)
  }

  static [Symbol.hasInstance](value: unknown): value is Variable {
    return typeof value === 'object' && value !== null && brand in value
  }
}

// As that of expressions: the same in two copies of this package, and nothing that came out of JSON has it.
Object.defineProperty(Variable.prototype, brand, { value: true })
