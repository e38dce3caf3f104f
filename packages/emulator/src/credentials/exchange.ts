import { ApimKitError } from '@apim-kit/core'
import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Clock } from '../clock.js'
import type { Outbound } from '../outbound.js'
import { CredentialError } from './credential-error.js'
import type { TokenEndpointRequest } from './token-endpoints.js'

/** The answer of a token endpoint. */
export interface TokenAnswer {
  readonly accessToken: string
  /** Every field of it, `access_token` included. */
  readonly claims: Readonly<Record<string, unknown>>
  /** Seconds; undefined where the answer does not say. */
  readonly expiresIn: number | undefined
}

/** What an exchange needs beside its request. */
export interface ExchangeContext {
  readonly providerId: string
  readonly outbound: Outbound
  readonly clock: Clock
  /** Default: `client credentials`. */
  readonly flow?: 'client credentials' | 'authorization code'
}

/** How long a token endpoint may take, in milliseconds; ours, the service's limit is not known. */
const timeout = 30_000

/** Asks a token endpoint. Rejects with a {@link CredentialError} in the words of the service. */
export async function exchangeCredentials(
  request: () => TokenEndpointRequest,
  context: ExchangeContext,
): Promise<TokenAnswer> {
  try {
    return await ask(request(), context)
  } catch (error) {
    if (error instanceof CredentialError) throw error
    throw failure(context, codeOf(error), error instanceof Error ? error.message : String(error), { cause: error })
  }
}

async function ask({ url, form }: TokenEndpointRequest, context: ExchangeContext): Promise<TokenAnswer> {
  const response = await context.outbound.send({
    method: 'POST',
    url,
    headers: [
      ['Content-Type', 'application/x-www-form-urlencoded'],
      ['Accept', 'application/json'],
    ],
    body: Buffer.from(new URLSearchParams(form).toString()),
    signal: AbortSignal.timeout(timeout),
  })
  const text = Buffer.from(response.body).toString('utf8')
  if (response.status !== 200) {
    const name = statusName(response.status)
    throw failure(
      context,
      name,
      `Failed to exchange ${context.flow ?? 'client credentials'} for token. Response code=${name}, Details:\r\n${text}`,
    )
  }
  return readAnswer(text, context)
}

/** The code and text of what is not said by an identity provider are ours; the service's are not known. */
function codeOf(error: unknown): string {
  if (error instanceof ApimKitError && error.code === 'not-supported') return 'NotSupported'
  if (error instanceof ApimKitError && error.code === 'invalid-input') return 'BadRequest'
  return 'TokenEndpointUnreachable'
}

function readAnswer(text: string, context: ExchangeContext): TokenAnswer {
  const claims = parseObject(text)
  const accessToken = claims?.['access_token']
  // The text stays out of the message: an answer that went well may hold a token.
  if (claims === undefined || typeof accessToken !== 'string' || accessToken === '')
    throw failure(
      context,
      'InvalidTokenResponse',
      'The answer of the token endpoint is no JSON object with an access_token.',
    )
  // Entra's v1 endpoint writes the number as a string.
  const expiresIn = Number(claims['expires_in'] ?? Number.NaN)
  return { accessToken, claims, expiresIn: Number.isFinite(expiresIn) ? expiresIn : undefined }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** The form that the REST specification's example shows; `IdentityProvider` is the name of the provider's resource there. */
function failure(
  { providerId, clock, flow = 'client credentials' }: ExchangeContext,
  code: string,
  error: string,
  options?: ErrorOptions,
): CredentialError {
  const place = `IdentityProvider=${providerId}. Correlation Id=${randomUUID()}, UTC TimeStamp=${timestamp(clock.now())}`
  const message = `Failed to acquire access token for service using ${flow} flow: ${place}, Error: ${error}`
  return new CredentialError(code, message, options)
}

/** .NET's `M/d/yyyy h:mm:ss tt`, in UTC. */
function timestamp(now: number): string {
  const date = new Date(now)
  const hours = date.getUTCHours()
  const [minutes, seconds] = [date.getUTCMinutes(), date.getUTCSeconds()].map((part) => String(part).padStart(2, '0'))
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`
  return `${day} ${hours % 12 || 12}:${minutes}:${seconds} ${hours < 12 ? 'AM' : 'PM'}`
}

/** .NET's name of a status, for example `Unauthorized`: Node's phrase without spaces, but for those that differ. */
function statusName(status: number): string {
  return dotnetNames[status] ?? STATUS_CODES[status]?.replace(/[^A-Za-z]/g, '') ?? String(status)
}

const dotnetNames: Readonly<Record<number, string>> = {
  203: 'NonAuthoritativeInformation',
  413: 'RequestEntityTooLarge',
  414: 'RequestUriTooLong',
  416: 'RequestedRangeNotSatisfiable',
  505: 'HttpVersionNotSupported',
}
