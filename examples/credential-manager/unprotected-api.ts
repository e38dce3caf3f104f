import { api, operation, type Resource } from '@apim-kit/core'
import {
  base,
  cacheLookupValue,
  cacheRemoveValue,
  cacheStoreValue,
  choose,
  expr,
  getAuthorizationContext,
  policies,
  returnResponse,
  rewriteUri,
  sendRequest,
  setBackendService,
  setBody,
  setHeader,
  setVariable,
  text,
  trace,
  type PolicyDocument,
} from '@apim-kit/policy-dsl'
import type { Credentials } from './credentials.js'
import type { NamedValues } from './named-values.js'

/** Every operation calls the protected API; an error says what went wrong, which a real API would keep to itself. */
export function unprotectedApiPolicy({ gatewayUrl }: NamedValues): PolicyDocument {
  return policies({
    inbound: [base(), setBackendService({ baseUrl: text`${gatewayUrl}/protected` }), rewriteUri({ template: '/' })],
    onError: [
      base(),
      setHeader({ name: 'Content-Type', value: 'application/json' }),
      setBody(expr`new JObject(
        new JProperty("source", context.LastError.Source),
        new JProperty("reason", context.LastError.Reason),
        new JProperty("message", context.LastError.Message)
      ).ToString()`),
    ],
  })
}

/** The article's way: credential manager gets the token, keeps it and renews it. */
export function credentialManagerPolicy({ client }: Credentials): PolicyDocument {
  return policies({
    inbound: [base(), getAuthorizationContext({ connection: client, variable: 'auth-context' }).setBearerHeader()],
  })
}

/**
 * The way out where credential manager cannot be used: the policy gets the token itself and keeps it in the cache for 95 % of
 * its life. A backend that refuses the token drops it; a failed request says nothing of the identity provider's answer.
 */
export function sendRequestWithSecretPolicy({ tenantId, clientId, clientSecret, scope }: NamedValues): PolicyDocument {
  const key = 'access-token-from-secret'
  return policies({
    inbound: [
      base(),
      cacheLookupValue({ key, variableName: 'access-token', cachingType: 'internal' }),
      choose({
        when: {
          condition: expr`!context.Variables.ContainsKey("access-token")`,
          policies: [
            sendRequest({
              mode: 'new',
              responseVariableName: 'token-response',
              timeout: 20,
              setUrl: text`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`,
              setMethod: 'POST',
              setHeader: { name: 'Content-Type', value: 'application/x-www-form-urlencoded' },
              setBody: expr`"grant_type=client_credentials"
                + "&client_id=" + Uri.EscapeDataString(@"${clientId}")
                + "&client_secret=" + Uri.EscapeDataString(@"${clientSecret}")
                + "&scope=" + Uri.EscapeDataString(@"${scope}")`,
            }),
            choose({
              when: {
                condition: expr`((IResponse)context.Variables["token-response"]).StatusCode == 200`,
                policies: [
                  setVariable({
                    name: 'token-body',
                    value: expr`((IResponse)context.Variables["token-response"]).Body.As<JObject>()`,
                  }),
                  setVariable({
                    name: 'access-token',
                    value: expr`(string)((JObject)context.Variables["token-body"])["access_token"]`,
                  }),
                  cacheStoreValue({
                    key,
                    value: expr`(string)context.Variables["access-token"]`,
                    duration: expr`(int)(0.95 * (int)((JObject)context.Variables["token-body"])["expires_in"])`,
                    cachingType: 'internal',
                  }),
                ],
              },
              otherwise: [
                trace({
                  source: 'send-request-with-secret',
                  severity: 'error',
                  message: 'The identity provider gave no access token.',
                  metadata: {
                    name: 'StatusCode',
                    value: expr`((IResponse)context.Variables["token-response"]).StatusCode.ToString()`,
                  },
                }),
                returnResponse({ setStatus: { code: 502, reason: 'Bad Gateway' } }),
              ],
            }),
          ],
        },
      }),
      setHeader({ name: 'Authorization', value: expr`"Bearer " + (string)context.Variables["access-token"]` }),
    ],
    outbound: [
      base(),
      choose({
        when: {
          condition: expr`context.Response.StatusCode == 401 || context.Response.StatusCode == 403`,
          policies: [cacheRemoveValue({ key, cachingType: 'internal' })],
        },
      }),
    ],
  })
}

export function createUnprotectedApi(values: NamedValues, credentials: Credentials): readonly Resource[] {
  const unprotected = api('unprotected-api', {
    displayName: 'Unprotected API',
    path: 'unprotected',
    subscriptionRequired: false,
    policy: unprotectedApiPolicy(values),
  })
  const get = (name: string, displayName: string, policy?: PolicyDocument): Resource =>
    operation(name, {
      displayName,
      api: unprotected,
      method: 'GET',
      urlTemplate: `/${name}`,
      ...(policy === undefined ? {} : { policy }),
    })
  return [
    unprotected,
    get('without-authentication', 'Without Authentication'),
    get('credential-manager', 'Use Credential Manager', credentialManagerPolicy(credentials)),
    get('send-request-with-secret', 'Use Send Request with Secret', sendRequestWithSecretPolicy(values)),
  ]
}
