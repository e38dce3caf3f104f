import { ApimKitError, expectObject, type Problem } from '@apim-kit/core'
import type { PolicyList } from '../element.js'
import { expr } from '../expression/expr.js'
import { messages } from '../messages.js'
import { cacheLookupValue } from '../policies/cache-lookup-value.js'
import { cacheRemoveValue } from '../policies/cache-remove-value.js'
import { cacheStoreValue } from '../policies/cache-store-value.js'
import { choose } from '../policies/choose.js'
import { returnResponse } from '../policies/return-response.js'
import { sendRequest } from '../policies/send-request.js'
import { setHeader } from '../policies/set-header.js'
import { setVariable } from '../policies/set-variable.js'
import { trace } from '../policies/trace.js'
import { Literal, namedValueText, text, type Expression, type NamedValue } from '../value.js'
import { variable } from '../variable.js'
import { Variable } from '../variable-handle.js'

/** A text, or a named value or a text with named values in it. */
export type RecipeText = string | NamedValue

/** What a token request needs, whatever proves who the client is. */
export interface TokenRequest {
  /** Where tokens are asked for: `https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token`. */
  readonly tokenEndpoint: RecipeText
  /** The client that asks. */
  readonly clientId: RecipeText
  /** What the token is for; at Entra `<application id URI>/.default`. */
  readonly scope: RecipeText
  /** The key under which the cache keeps the token. Default: made of token endpoint, client id and scope, so that no two clients share one. */
  readonly cacheKey?: RecipeText
  /** Which cache. Default: `internal`. */
  readonly cachingType?: 'internal' | 'external' | 'prefer-external'
  /** The variable that receives the token; the other variables begin with its name. Default: `access-token`. */
  readonly variable?: string | Variable<'string'>
  /** How long to wait for the identity provider, in seconds. Default: 20. */
  readonly timeout?: number
}

/** The two halves of a recipe; `base()` and all else stay yours. */
export interface TokenPolicies {
  /** Gets the token, from the cache or from the identity provider, and sends it: `Authorization: Bearer …`. */
  readonly inbound: PolicyList<'inbound'>
  /** Drops a token that the backend refuses, so that the next call gets a new one. */
  readonly outbound: PolicyList<'outbound'>
}

/**
 * The policies around a token request. A token is kept for 95 % of its life, so that none expires on its way. Where no token comes,
 * the caller gets 502 and nothing of what the identity provider said; the trace has its status code.
 *
 * @param body - the form that asks for the token
 */
export function tokenPolicies(request: TokenRequest, source: string, body: Expression): TokenPolicies {
  const { tokenEndpoint, clientId, scope, timeout = 20, cachingType = 'internal' } = request
  const cacheKey = request.cacheKey ?? text`access-token ${tokenEndpoint} ${clientId} ${scope}`
  const token = tokenVariable(request)
  const response = variable(`${token.name}-response`, 'IResponse')
  const answer = variable(`${token.name}-answer`, 'JObject')
  return {
    inbound: [
      cacheLookupValue({ key: cacheKey, variableName: token, cachingType }),
      choose({
        when: {
          condition: expr`!${token.exists}`,
          policies: [
            sendRequest({
              mode: 'new',
              responseVariableName: response,
              timeout,
              ignoreError: true,
              setUrl: tokenEndpoint,
              setMethod: 'POST',
              setHeader: { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
              setBody: body,
            }),
            setVariable({ name: answer, value: answerOf(response) }),
            choose({
              when: {
                condition: expr`${answer}["access_token"] != null`,
                policies: [
                  setVariable({ name: token, value: expr`(string)${answer}["access_token"]` }),
                  cacheStoreValue({
                    key: cacheKey,
                    value: token.value,
                    // RFC 6749 only recommends expires_in; without it a token is kept for a short time.
                    duration: expr`(int)(0.95 * ((int?)${answer}["expires_in"] ?? 60))`,
                    cachingType,
                  }),
                ],
              },
              otherwise: [
                trace({
                  source,
                  severity: 'error',
                  message: expr`"The identity provider gave no access token; its status: "
  + (${response.orNull}?.StatusCode.ToString() ?? "none, it was not reached")`,
                }),
                returnResponse({ setStatus: { code: 502, reason: 'Bad Gateway' } }),
              ],
            }),
          ],
        },
      }),
      setHeader({
        name: 'Authorization',
        existsAction: 'override',
        value: expr`"Bearer " + ${token}`,
      }),
    ],
    outbound: [
      choose({
        when: {
          condition: expr`context.Response.StatusCode == 401 || context.Response.StatusCode == 403`,
          policies: [cacheRemoveValue({ key: cacheKey, cachingType })],
        },
      }),
    ],
  }
}

const tokenVariable = ({ variable: given = 'access-token' }: TokenRequest): Variable<'string'> =>
  given instanceof Variable ? given : variable(given, 'string')

/** The provider's answer where it is a good one, an empty one where it is not: then no other policy has to look at the status. */
const answerOf = (response: Variable<'IResponse'>): Expression => expr`{
  var response = ${response.orNull};
  return response != null && response.StatusCode == 200 ? response.Body.As<JObject>() : new JObject();
}`

/**
 * A text as C#: data becomes a string literal, named values are put into a verbatim one. A `Literal` in `expr` is put in as it
 * stands, so quotes are doubled here.
 */
export const csharpOf = (value: RecipeText): string | Literal =>
  typeof value === 'string' ? value : new Literal(`@"${namedValueText(value).replaceAll('"', '""')}"`)

/**
 * Refuses a request without what it needs, where the types say so: untyped code may pass anything.
 *
 * @param asked - the recipe that was called
 * @throws ApimKitError `invalid-input`, with every property that is missing
 */
export function expectRequest<R extends object>(
  asked: string,
  request: R,
  needed: readonly (keyof R & string)[],
): void {
  expectObject(asked, request, `${asked}({ ${needed.join(', ')} })`)
  const problems = needed
    .filter((property) => request[property] === undefined || request[property] === null)
    .map((path): Problem => ({ rule: 'input/required', severity: 'error', path, message: messages.missing() }))
  if (problems.length > 0) throw ApimKitError.of('invalid-input', `${asked} is not valid:`, problems)
}
