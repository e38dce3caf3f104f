import { api, operation, type Resource } from '@apim-kit/core'
import { base, expr, policies, returnResponse, validateAzureAdToken, type PolicyDocument } from '@apim-kit/policy-dsl'
import type { NamedValues } from './named-values.js'

/**
 * The backend: lets in callers whose token is for it and has the role `Sample.Read`, and answers with what the token says.
 * A real backend would not: a token's claims are the caller's business.
 */
export function protectedApiPolicy({ tenantId, audience }: NamedValues): PolicyDocument {
  return policies({
    inbound: [
      base(),
      validateAzureAdToken({
        tenantId,
        outputTokenVariableName: 'token',
        audiences: [audience],
        requiredClaims: [{ name: 'roles', match: 'any', value: 'Sample.Read' }],
      }),
      returnResponse({
        setStatus: { code: 200, reason: 'OK' },
        setHeader: { name: 'Content-Type', value: 'application/json' },
        setBody: expr`{
          var token = (Jwt)context.Variables["token"];
          return JsonConvert.SerializeObject(new {
            IssuedAt = token.IssuedAt,
            ExpirationTime = token.ExpirationTime,
            Issuer = token.Issuer,
            Audiences = token.Audiences,
            Claims = token.Claims
          });
        }`,
      }),
    ],
  })
}

export function createProtectedApi(values: NamedValues): readonly Resource[] {
  const protectedApi = api('protected-api', {
    displayName: 'Protected API',
    path: 'protected',
    subscriptionRequired: false,
    policy: protectedApiPolicy(values),
  })
  return [protectedApi, operation('get', { displayName: 'Get', api: protectedApi, method: 'GET', urlTemplate: '/' })]
}
