import type { Resource } from '@apim-kit/core'
import { expr } from '../expression/expr.js'
import { csharpOf, expectRequest, tokenPolicies, type TokenPolicies, type TokenRequest } from './token-policies.js'

/** What {@link tokenByClientAssertion} needs. */
export interface ClientAssertionRequest extends TokenRequest {
  /** The certificate of the service, with its private RSA key; the identity provider knows its public half. Its resource, or its id. */
  readonly certificate: Resource<'certificate'> | string
}

/**
 * Calls a backend with a token that the policy gets by itself, by the client credentials grant with a client assertion: a token
 * that the policy signs with a certificate of the service (RFC 7523; PS256, named by `x5t#S256`). No secret is stored anywhere. The
 * token is cached; a backend that answers 401 or 403 drops it from the cache.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * const token = tokenByClientAssertion({
 *   tokenEndpoint: text`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, clientId, certificate, scope,
 * })
 * policies({ inbound: [base(), token.inbound], outbound: [base(), token.outbound] })
 */
export function tokenByClientAssertion(request: ClientAssertionRequest): TokenPolicies {
  expectRequest('tokenByClientAssertion', request, ['tokenEndpoint', 'clientId', 'certificate', 'scope'])
  const { tokenEndpoint, clientId, scope, certificate } = request
  // Formatting is written in full: System.Xml has one too, and both namespaces are open in expressions.
  const body = expr`{
  string Base64Url(byte[] bytes) {
    return Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
  }
  string Encode(JObject part) {
    return Base64Url(Encoding.UTF8.GetBytes(part.ToString(Newtonsoft.Json.Formatting.None)));
  }
  var clientId = ${csharpOf(clientId)};
  var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
  var certificate = context.Deployment.Certificates[${typeof certificate === 'string' ? certificate : certificate.name}];
  var header = new JObject(
    new JProperty("alg", "PS256"),
    new JProperty("typ", "JWT"),
    new JProperty("x5t#S256", Base64Url(SHA256.Create().ComputeHash(certificate.RawData))));
  var claims = new JObject(
    new JProperty("aud", ${csharpOf(tokenEndpoint)}),
    new JProperty("iss", clientId),
    new JProperty("sub", clientId),
    new JProperty("jti", Guid.NewGuid().ToString()),
    new JProperty("nbf", now),
    new JProperty("exp", now + 300));
  var unsigned = Encode(header) + "." + Encode(claims);
  var signature = certificate.GetRSAPrivateKey()
    .SignData(Encoding.UTF8.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
  return "grant_type=client_credentials"
    + "&client_id=" + Uri.EscapeDataString(clientId)
    + "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
    + "&client_assertion=" + unsigned + "." + Base64Url(signature)
    + "&scope=" + Uri.EscapeDataString(${csharpOf(scope)});
}`
  return tokenPolicies(request, 'token-by-client-assertion', body)
}
