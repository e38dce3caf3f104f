import { describe, expect, it } from 'vitest'
import {
  authenticationManagedIdentity,
  cacheLookupValue,
  choose,
  expr,
  getAuthorizationContext,
  policies,
  returnResponse,
  sendRequest,
  setBody,
  setHeader,
  setVariable,
  validateAzureAdToken,
  validateJwt,
  variable,
  type Element,
  type VariableType,
} from './index.js'
import { bind, displayType } from './expression/index.js'
import { variableTypes } from './variable-handle.js'

const xml = (policy: Element): string => policies({ inbound: [policy] }).toXml()

describe('a handle in expr', () => {
  const token = variable('access-token', 'string')
  const count = variable('count', 'int')

  it('is the value, cast to its type', () => {
    expect(expr`"Bearer " + ${token}`.source).toBe('@("Bearer " + ((string)context.Variables["access-token"]))')
    expect(expr`${variable('r', 'IResponse')}.StatusCode == 200`.source).toBe(
      '@(((IResponse)context.Variables["r"]).StatusCode == 200)',
    )
  })

  it('says whether it is there, and gives null where it is not', () => {
    expect(token.exists.source).toBe('@(context.Variables.ContainsKey("access-token"))')
    expect(expr`!${token.exists}`.source).toBe('@(!context.Variables.ContainsKey("access-token"))')
    expect(expr`${variable('auth', 'Authorization').orNull}?.AccessToken`.source).toBe(
      '@(((Authorization)context.Variables.GetValueOrDefault("auth"))?.AccessToken)',
    )
    expect(expr`${count.orNull} ?? 1`.source).toBe('@(((int?)context.Variables.GetValueOrDefault("count")) ?? 1)')
  })

  it.each(Object.keys(variableTypes) as VariableType[])('of type %s is C# that compiles', (type) => {
    for (const { source } of [variable('v', type).value, variable('v', type).orNull, variable('v', type).exists])
      expect(bind(source)).toMatchObject({ kind: 'bound' })
    const bound = bind(variable('v', type).value.source)
    expect(bound.kind === 'bound' && displayType(bound.program.resultType)).toBe(type)
  })

  it('keeps a name that looks like code to a string', () => {
    expect(expr`${variable('a"]{{b}}\n', 'string')}`.source).toBe(
      '@(((string)context.Variables["a\\"]{" + "{b}}\\n"]))',
    )
  })

  it('may not stand inside of a string', () => {
    expect(() => expr`"Bearer ${token}"`).toThrow('join it instead')
  })
})

describe('a handle in a policy', () => {
  it('is the name of the variable that the policy sets or reads', () => {
    const token = variable('token', 'Jwt')
    const answer = variable('answer', 'IResponse')
    const auth = variable('auth', 'Authorization')
    expect(xml(setVariable({ name: variable('n', 'int'), value: expr`1` }))).toContain('<set-variable name="n"')
    expect(xml(cacheLookupValue({ key: 'k', variableName: variable('v', 'string') }))).toContain('variable-name="v"')
    const call = sendRequest({ responseVariableName: answer, setUrl: 'https://example.com', setMethod: 'GET' })
    expect(xml(call)).toContain('response-variable-name="answer"')
    expect(xml(returnResponse({ responseVariableName: answer }))).toContain('response-variable-name="answer"')
    expect(xml(validateAzureAdToken({ tenantId: 't', outputTokenVariableName: token }))).toContain('name="token"')
    expect(xml(validateJwt({ headerName: 'A', outputTokenVariableName: token }))).toContain('name="token"')
    const managed = authenticationManagedIdentity({ resource: 'r', outputTokenVariableName: variable('m', 'string') })
    expect(xml(managed)).toContain('output-token-variable-name="m"')
    const fetched = getAuthorizationContext({ providerId: 'p', authorizationId: 'c', contextVariableName: auth })
    expect(policies({ inbound: [fetched.setBearerHeader()] }).toRawXml()).toContain(
      '((Authorization)context.Variables.GetValueOrDefault("auth"))?.AccessToken',
    )
  })

  it('gives the same document as the plain name', () => {
    const name = variable('n', 'string')
    expect(
      policies({ inbound: [setVariable({ name: 'n', value: 'v' })] }).equals(xml(setVariable({ name, value: 'v' }))),
    ).toBe(true)
  })

  it('is refused in untyped code where another type or no name belongs', () => {
    const text = variable('n', 'string') as never
    expect(() => sendRequest({ responseVariableName: text, setUrl: 'u', setMethod: 'GET' })).toThrow(
      'the handle "n" is of type string; expected one of type IResponse',
    )
    expect(() => setHeader({ name: 'a', value: text })).toThrow('read it: expr`${handle}`')
    expect(() => setBody(text)).toThrow('read it: expr`${handle}`')
    expect(() => choose({ when: { condition: text, policies: [] } })).toThrow('read it: expr`${handle}`')
  })

  it('of another type than text is set to no text, which the service would store', () => {
    const attempt = variable('attempt', 'int')
    expect(() => setVariable({ name: attempt, value: '5' as never })).toThrow(
      'set-variable: value: "5" is stored as text, and the handle "attempt" is of type int; write an expression',
    )
    expect(() => setVariable({ name: attempt, value: 5 as never })).toThrow('value: expected text')
    expect(() => setVariable(undefined as never)).toThrow('name: is missing')
    expect(xml(setVariable({ name: attempt, value: expr`5` }))).toContain('value="@(5)"')
    expect(xml(setVariable({ name: variable('any', 'object'), value: '5' }))).toContain('value="5"')
  })

  it('takes no name that the service would replace', () => {
    expect(() => setVariable({ name: variable('{{n}}', 'string'), value: 'v' })).toThrow(
      'would not take "{{n}}" literally',
    )
  })
})

describe('variable', () => {
  it('refuses types that it does not know, since they become code', () => {
    expect(() => variable('n', 'strng' as never)).toThrow('did you mean "string"?')
    expect(() => variable('n', 'toString' as never)).toThrow('is no type of a variable')
    expect(() => variable('n', undefined as never)).toThrow('is no type of a variable')
    expect(() => variable('', 'string')).toThrow('the name is missing')
  })
})
