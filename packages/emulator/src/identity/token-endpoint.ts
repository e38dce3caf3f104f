import { endpointPaths, type EndpointVersion } from './addresses.js'
import type { TokenFailure } from './authorization-server.js'
import type { Endpoint } from './endpoint.js'
import { noStore, refusals, refuse, type RefusalName } from './refusals.js'
import { readTokenRequest, type TokenForm } from './token-request.js'

/** The token endpoints: Entra's words in, the standard's to the authorization server, Entra's words out. */
export const answerToken: Endpoint = async (entra, request, { version, tenant, authority }) => {
  const { directory, server, clock, accessTokenLifetime } = entra
  const give = (
    name: RefusalName,
    facts: { readonly appId?: string | undefined; readonly subject?: string | undefined },
  ) => refuse(name, { tenantId: directory.tenantId, ...facts }, { now: clock.now(), authority })
  const fields = new URLSearchParams(await request.text())
  const form = readTokenRequest(version, fields, request.headers.get('authorization'))
  if ('refusal' in form) return give(form.refusal, form)
  const result = await server.token(form, `${authority}/${tenant}/${endpointPaths[version].token}`)
  if ('error' in result) return give(refusalOf(result, form), result)
  const body = bodies[version]({
    ...form,
    ...result,
    now: Math.floor(clock.now() / 1000),
    lifetime: accessTokenLifetime,
  })
  return Response.json(body, { headers: noStore })
}

interface Issued {
  readonly accessToken: string
  readonly resource: string
  /** Seconds since 1970-01-01 UTC. */
  readonly now: number
  /** Seconds. */
  readonly lifetime: number
}

/** The answers of the two generations: v1 writes its numbers as strings and repeats the resource. */
const bodies: Record<EndpointVersion, (issued: Issued) => Record<string, string | number>> = {
  1: ({ accessToken, resource, now, lifetime }) => ({
    token_type: 'Bearer',
    expires_in: String(lifetime),
    ext_expires_in: String(lifetime),
    expires_on: String(now + lifetime),
    not_before: String(now),
    resource,
    access_token: accessToken,
  }),
  2: ({ accessToken, lifetime }) => ({
    token_type: 'Bearer',
    expires_in: lifetime,
    ext_expires_in: lifetime,
    access_token: accessToken,
  }),
}

/** The library says no more than `invalid_client`; what the form tried tells which of Entra's errors it is. */
const clientRefusals = {
  secret: 'invalidClientSecret',
  assertion: 'invalidAssertion',
  none: 'credentialMissing',
} as const satisfies Record<TokenForm['credential'], RefusalName>

function refusalOf({ error }: TokenFailure, { credential }: TokenForm): RefusalName {
  if (isRefusal(error)) return error
  return error === 'invalid_client' ? clientRefusals[credential] : 'malformed'
}

const isRefusal = (error: string): error is RefusalName => Object.hasOwn(refusals, error)
