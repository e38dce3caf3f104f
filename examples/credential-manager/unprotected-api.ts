import { api, operation, type Resource } from '@apim-kit/core'
import {
  base,
  context,
  expr,
  getAuthorizationContext,
  policies,
  rewriteUri,
  setBackendService,
  setBody,
  setHeader,
  text,
  tokenByClientAssertion,
  tokenByClientSecret,
  type PolicyDocument,
} from '@apim-kit/policy-dsl'
import type { Credentials } from './credentials.js'
import type { NamedValues } from './named-values.js'

/** Every operation calls the protected API; an error says what went wrong, which a real API would keep to itself. */
export function unprotectedApiPolicy({ gatewayUrl }: NamedValues): PolicyDocument {
  const { Source, Reason, Message } = context.LastError
  return policies({
    inbound: [base(), setBackendService({ baseUrl: text`${gatewayUrl}/protected` }), rewriteUri({ template: '/' })],
    onError: [
      base(),
      setHeader({ name: 'Content-Type', value: 'application/json' }),
      setBody(expr`new JObject(
        new JProperty("source", ${Source}),
        new JProperty("reason", ${Reason}),
        new JProperty("message", ${Message})
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
  const tokenEndpoint = text`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`
  const token = tokenByClientSecret({ tokenEndpoint, clientId, clientSecret, scope })
  return policies({ inbound: [base(), token.inbound], outbound: [base(), token.outbound] })
}

/** The same without a secret: the policy signs an assertion with a certificate of the service, whose public half Entra knows. */
export function sendRequestWithCertificatePolicy(
  { tenantId, clientId, scope }: NamedValues,
  { clientCertificate: certificate }: Credentials,
): PolicyDocument {
  const tokenEndpoint = text`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`
  const token = tokenByClientAssertion({ tokenEndpoint, clientId, certificate, scope })
  return policies({ inbound: [base(), token.inbound], outbound: [base(), token.outbound] })
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
    get(
      'send-request-with-certificate',
      'Use Send Request with Certificate',
      sendRequestWithCertificatePolicy(values, credentials),
    ),
  ]
}
