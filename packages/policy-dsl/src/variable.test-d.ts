import {
  cacheLookupValue,
  choose,
  expr,
  getAuthorizationContext,
  namedValueReference,
  returnResponse,
  sendRequest,
  setHeader,
  setVariable,
  validateAzureAdToken,
  variable,
  type Variable,
} from './index.js'

// What has to compile, and what must not. Nothing here runs.

const token = variable('access-token', 'string')
const answer = variable('token-response', 'IResponse')
const auth = variable('auth', 'Authorization')
const jwt = variable('jwt', 'Jwt')

export const typed: Variable<'string'> = token
export const any: Variable = token

// Where any type fits, every handle does.
setVariable({ name: token, value: 'a' })
setVariable({ name: answer, value: expr`${answer}` })
cacheLookupValue({ key: 'k', variableName: token })

// A literal is stored as text, so that a variable of another type wants an expression.
const attempt = variable('attempt', 'int')
setVariable({ name: attempt, value: expr`5` })
setVariable({ name: attempt, value: namedValueReference('five') })
setVariable({ name: 'attempt', value: '5' })
setVariable({ name: variable('anything', 'object'), value: 'a', id: 'b' })

// @ts-expect-error -- the text 5 is no int
setVariable({ name: attempt, value: '5' })

// @ts-expect-error -- nor is a text a response
setVariable({ name: answer, value: 'a' })

// @ts-expect-error -- what is missing is missing
setVariable({ name: attempt })

// @ts-expect-error -- and what is unknown is unknown
setVariable({ name: attempt, value: expr`5`, values: 'a' })

// Where one type fits, its handles do, and plain names.
sendRequest({ responseVariableName: answer })
sendRequest({ responseVariableName: 'answer' })
returnResponse({ responseVariableName: answer })
getAuthorizationContext({ providerId: 'p', authorizationId: 'a', contextVariableName: auth })
validateAzureAdToken({ tenantId: 't', outputTokenVariableName: jwt })
choose({ when: { condition: token.exists, policies: [] } })

// @ts-expect-error -- a response is no string
sendRequest({ responseVariableName: token })

// @ts-expect-error -- nor is it an Authorization
getAuthorizationContext({ providerId: 'p', authorizationId: 'a', contextVariableName: answer })

// @ts-expect-error -- the token is a Jwt
validateAzureAdToken({ tenantId: 't', outputTokenVariableName: token })

// @ts-expect-error -- no variable is named here
setHeader({ name: 'a', value: token })

// @ts-expect-error -- nor here, though the header's name is a name
setHeader({ name: token })

const { token: misspelt }: { readonly token?: unknown } = { token }
// @ts-expect-error -- only what has a C# form
expr`${misspelt}`

// @ts-expect-error -- a misspelt type
variable('a', 'String')

declare const unknownType: Variable
// @ts-expect-error -- it may hold anything
sendRequest({ responseVariableName: unknownType })
