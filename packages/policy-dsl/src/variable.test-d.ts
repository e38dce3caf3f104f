import {
  cacheLookupValue,
  choose,
  expr,
  getAuthorizationContext,
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
