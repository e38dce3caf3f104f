import { choose, context, expr, setBody, setHeader, type ContextValue, type Expression } from './index.js'

// What has to compile, and what must not. Nothing here runs.

export const host: ContextValue<'string'> = context.Request.Url.Host
export const values: ContextValue<'string[]'> = context.Request.Headers.Item('X-Id')
export const joined: ContextValue<'string'> = context.Request.Headers.GetValueOrDefault('X-Id', '')
export const body: ContextValue<'JObject'> = context.Response.Body.As('JObject', true)
export const email: Expression = context.User.orNull.Email

setHeader({ name: 'X-Caller', value: context.Request.IpAddress })
setBody(context.Request.Body.As('string', true))
choose({ when: { condition: context.Variables.ContainsKey('a'), policies: [] } })
expr`${context.Request.MatchedParameters.GetValueOrDefault('id', '')}.Length > 3`

// @ts-expect-error -- misspelt
void context.Requst

// @ts-expect-error -- a member of another type
void context.Request.StatusCode

// @ts-expect-error -- C# has no such method here
void context.Request.Headers.Add

// @ts-expect-error -- a body is not read as an int
context.Request.Body.As('int')

// @ts-expect-error -- a number is no string
export const wrong: ContextValue<'string'> = context.Response.StatusCode
