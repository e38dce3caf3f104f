import { describe, expect, it } from 'vitest'
import { policies } from './build-document.js'
import { context } from './context.js'
import { bind } from './expression/bind.js'
import { expr } from './expression/expr.js'
import { displayType } from './expression/types/type.js'
import { setHeader } from './policies/set-header.js'
import { setVariable } from './policies/set-variable.js'
import { Expression } from './value.js'

const { Request, Deployment } = context

describe('context', () => {
  it.each<[Expression, string, string]>([
    [context, '@(context)', 'IProxyRequestContext'],
    [context.RequestId, '@(context.RequestId)', 'Guid'],
    [Request.Url.Host, '@(context.Request.Url.Host)', 'string'],
    [Request.Headers.Item('X-Id'), '@(context.Request.Headers["X-Id"])', 'string[]'],
    [Request.Headers.GetValueOrDefault('X-Id'), '@(context.Request.Headers.GetValueOrDefault("X-Id"))', 'string'],
    [Request.MatchedParameters.ContainsKey('id'), '@(context.Request.MatchedParameters.ContainsKey("id"))', 'bool'],
    [context.Variables.GetValueOrDefault('n', 5), '@(context.Variables.GetValueOrDefault("n", 5))', 'int'],
    [Request.Body.As('JObject', true), '@(context.Request.Body.As<JObject>(true))', 'JObject'],
    [Request.Body.As('byte[]'), '@(context.Request.Body.As<byte[]>())', 'byte[]'],
    [Request.Body.orNull.AsJObject(true), '@(context.Request.Body?.AsJObject(true))', 'JObject'],
    [context.User.orNull.Email, '@(context.User?.Email)', 'string'],
    [context.GraphQL.Arguments.Item('id'), '@(context.GraphQL.Arguments["id"])', 'JToken'],
    [context.GraphQL.orNull.Parent.orNull.Item('id'), '@(context.GraphQL?.Parent?["id"])', 'JToken'],
    [Request.Url.ToString(), '@(context.Request.Url.ToString())', 'string'],
    [Deployment.Certificates.Item('a"b'), '@(context.Deployment.Certificates["a\\"b"])', 'X509Certificate2'],
  ])('is an expression at each of its members: %#', (value, source, type) => {
    expect(value).toBeInstanceOf(Expression)
    expect(value.source).toBe(source)
    const result = bind(value.source)
    expect(result.kind === 'bound' && displayType(result.program.resultType)).toBe(type)
  })

  it('stands inside of expr as one operand', () => {
    expect(expr`${Request.IpAddress}.Length`.source).toBe('@(context.Request.IpAddress.Length)')
    expect(expr`${context.User.orNull.Email} ?? "none"`.source).toBe('@((context.User?.Email) ?? "none")')
    expect(expr`${Request.Headers.GetValueOrDefault('Authorization', '')}.AsJwt()?.Subject`.source).toBe(
      '@(context.Request.Headers.GetValueOrDefault("Authorization", "").AsJwt()?.Subject)',
    )
  })

  it('takes expressions as arguments, and data as data', () => {
    const name = '"] + context.Trace("'
    expect(Request.Headers.GetValueOrDefault(name, Request.Method).source).toBe(
      String.raw`@(context.Request.Headers.GetValueOrDefault("\"] + context.Trace(\"", context.Request.Method))`,
    )
    expect(Request.Body.As('string>() + F<int' as 'string').source).toBe(
      '@(context.Request.Body.As("string>() + F<int"))',
    )
  })

  it('stands in documents as any expression', () => {
    const document = policies({
      inbound: [
        setVariable({ name: 'id', value: context.RequestId }),
        setHeader({ name: 'X-Caller', value: Request.IpAddress }),
      ],
    })
    expect(document.toRawXml()).toContain('<set-variable name="id" value="@(context.RequestId)" />')
    expect(JSON.parse(JSON.stringify(context.RequestId))).toEqual({
      kind: 'expression',
      source: '@(context.RequestId)',
    })
    expect(structuredClone({ ...context.RequestId })).toEqual({ kind: 'expression', source: '@(context.RequestId)' })
  })

  it('lets the document say what untyped code misspelt', () => {
    const misspelt = (context as unknown as Record<string, Expression>)['Requst'] as Expression
    expect(() => policies({ inbound: [setHeader({ name: 'a', value: misspelt })] })).toThrow(
      "'IProxyRequestContext' does not contain a definition for 'Requst'",
    )
  })
})
