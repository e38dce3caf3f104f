import { connection, credentialProvider, namedValue, type Resource } from '@apim-kit/core'
import {
  base,
  choose,
  comment,
  cors,
  expression,
  forwardRequest,
  fragment,
  getAuthorizationContext,
  namedValueReference,
  policies,
  rawPolicy,
  returnResponse,
  rewriteUri,
  sendRequest,
  setBackendService,
  setBody,
  setHeader,
  setMethod,
  setStatus,
  setVariable,
  trace,
  validateAzureAdToken,
  type Policy,
} from './index.js'

// What has to compile, and what must not. Nothing here runs.

declare const client: Resource<'connection'>
declare const provider: Resource<'credentialProvider'>
declare const tenant: Resource<'namedValue'>
declare const backend: Resource<'backend'>

export const provided = [connection, credentialProvider, namedValue]

export const document = policies({
  inbound: [
    base(),
    getAuthorizationContext({ connection: client, variable: 'auth' }).setBearerHeader(),
    [[setHeader({ name: 'a', value: ['b', expression('@(c)'), tenant] })]],
    validateAzureAdToken({ tenantId: tenant, audiences: [tenant, 'api://x'] }),
    setBackendService({ backendId: backend }),
    rawPolicy('<cors />'),
  ],
  backend: [forwardRequest()],
  outbound: [setBody('x'), setBody(expression('@(x)')), setBody({ template: 'liquid', text: 'y' })],
  onError: [setStatus({ code: 500 }), trace({ source: 'a', message: 'b' })],
})

export const attributes = getAuthorizationContext({
  providerId: provider,
  authorizationId: client,
  contextVariableName: 'a',
})

export const anyTyped = sendRequest({
  responseVariableName: 'r',
  timeout: namedValueReference('t'),
  setMethod: setMethod('GET'),
  setHeader: [setHeader({ name: 'a' }), { name: 'b', value: 'c' }],
})

// A policy for several sections fits into each of them.
export const wide: Policy<'inbound'> = setHeader({ name: 'a' })

// @ts-expect-error -- rewrite-uri is for inbound
policies({ outbound: [rewriteUri({ template: '/' })] })

// @ts-expect-error -- forward-request is for backend
policies({ inbound: [base(), [forwardRequest()]] })

// @ts-expect-error -- nor inside of a branch in inbound
policies({ inbound: [choose({ when: [{ condition: true, policies: [forwardRequest()] }] })] })

// A branch takes what the section around it takes.
policies({ backend: [choose({ when: [{ condition: true, policies: [forwardRequest()] }], otherwise: [base()] })] })

const both = [forwardRequest(), rewriteUri({ template: '/' })] as const
// @ts-expect-error -- no section takes both
policies({ inbound: [choose({ when: [{ condition: true, policies: both }] })] })

// @ts-expect-error -- the name is required
setHeader({ value: 'a' })

// @ts-expect-error -- so is the input
setHeader()

// @ts-expect-error -- there is no such attribute
setHeader({ name: 'a', existAction: 'skip' })

// @ts-expect-error -- nor such a value
setHeader({ name: 'a', existsAction: 'replace' })

// @ts-expect-error -- a number is no text
setHeader({ name: 1 })

// @ts-expect-error -- a text is no number
setStatus({ code: '200' })

// @ts-expect-error -- the name of a variable is no expression
setVariable({ name: expression('@(a)'), value: 'b' })

// @ts-expect-error -- nor is an application id
validateAzureAdToken({ tenantId: 't', clientApplicationIds: [expression('@(a)')] })

// @ts-expect-error -- a provider is no connection
getAuthorizationContext({ connection: provider, variable: 'a' })

// @ts-expect-error -- a connection is no text of a header
setHeader({ name: 'a', value: client })

// @ts-expect-error -- base takes nothing
base({ id: 'a' })

// @ts-expect-error -- the section is called onError
policies({ 'on-error': [base()] })

// Comments stand in lists of children; one child stays one.
export const commented = returnResponse({
  setStatus: [comment('why'), { code: 200 }],
  setHeader: [{ name: 'a', value: 'b' }, comment('the other')],
})
// @ts-expect-error one status only
returnResponse({ setStatus: [{ code: 200 }, { code: 201 }] })

// A fragment may hold policies of any section; a section may be left out on purpose, and comments stand outside of sections.
export const documents = [
  fragment([cors({ allowedOrigins: ['*'], allowedHeaders: ['*'] })], { before: [comment('a')] }),
  policies({ inbound: 'absent' }, { onError: [comment('b')] }),
]

// Comments beside a text, and beside the element around a list; in a list they stand among the items.
setMethod([comment('a'), 'GET'])
setBody({ template: 'liquid', text: ['a', comment('b')] })
setHeader({ name: 'a', value: [comment('b'), ['c', comment('d')]] })
cors({ allowedOrigins: [comment('a'), ['*', comment('b')]], allowedHeaders: [['*'], comment('c')] })

// @ts-expect-error -- two texts
setMethod(['GET', 'POST'])

// @ts-expect-error -- two lists
cors({ allowedOrigins: [['*'], ['*']], allowedHeaders: ['*'] })
