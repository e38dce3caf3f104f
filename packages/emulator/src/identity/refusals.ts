import { randomUUID } from 'node:crypto'

/** What the texts of the refusals name. */
export interface RefusalFacts {
  readonly tenantId: string
  /** The client application. */
  readonly appId?: string | undefined
  /** What was wrong: a parameter, grant type, scope, resource or tenant. */
  readonly subject?: string | undefined
}

interface Refusal {
  /** The number behind `AADSTS`. */
  readonly code: number
  /** The OAuth error code. */
  readonly error: string
  readonly status: 400 | 401
  readonly message: (facts: RefusalFacts) => string
}

/** The errors of Microsoft Entra's token endpoint that we know, with its numbers; texts as far as they are publicly known. */
export const refusals = {
  parameterMissing: {
    code: 900144,
    error: 'invalid_request',
    status: 400,
    message: ({ subject }) => `The request body must contain the following parameter: '${subject}'.`,
  },
  malformed: {
    code: 9002313,
    error: 'invalid_request',
    status: 400,
    message: () => 'Invalid request. Request is malformed or invalid.',
  },
  unsupportedGrantType: {
    code: 70003,
    error: 'unsupported_grant_type',
    status: 400,
    message: ({ subject }) => `The app requested an unsupported grant type '${subject}'.`,
  },
  scopeWithoutDefault: {
    code: 1002012,
    error: 'invalid_scope',
    status: 400,
    message: ({ subject }) =>
      `The provided value for scope ${subject} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).`,
  },
  unknownTenant: {
    code: 90002,
    error: 'invalid_request',
    status: 400,
    message: ({ subject }) => `Tenant '${subject}' not found. Check to make sure you have the correct tenant ID.`,
  },
  tenantNotNamed: {
    code: 50059,
    error: 'invalid_request',
    status: 400,
    message: () =>
      'No tenant-identifying information found in either the request or implied by any provided credentials.',
  },
  unknownApplication: {
    code: 700016,
    error: 'unauthorized_client',
    status: 400,
    message: ({ subject, tenantId }) =>
      `Application with identifier '${subject}' was not found in the directory '${tenantId}'.`,
  },
  credentialMissing: {
    code: 7000218,
    error: 'invalid_client',
    status: 401,
    message: () => "The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
  },
  invalidClientSecret: {
    code: 7000215,
    error: 'invalid_client',
    status: 401,
    message: ({ appId }) =>
      `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${appId}'.`,
  },
  invalidAssertion: {
    code: 700027,
    error: 'invalid_client',
    status: 401,
    message: ({ appId }) => `Client assertion failed signature validation. The client id is '${appId}'.`,
  },
  assertionNotInTime: {
    code: 700024,
    error: 'invalid_client',
    status: 401,
    message: () => 'Client assertion is not within its valid time range.',
  },
  unknownResource: {
    code: 500011,
    error: 'invalid_resource',
    status: 400,
    message: ({ subject, tenantId }) =>
      `The resource principal named ${subject} was not found in the tenant named ${tenantId}.`,
  },
  // The documentation says invalid_client here, reports of the live service invalid_grant; they were there.
  notAssigned: {
    code: 501051,
    error: 'invalid_grant',
    status: 400,
    message: ({ appId, subject }) =>
      `Application '${appId}' is not assigned to a role for the application '${subject}'.`,
  },
} as const satisfies Record<string, Refusal>

/** Names a row of {@link refusals}. */
export type RefusalName = keyof typeof refusals

/** Where and when a refusal is given. */
export interface RefusalPlace {
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: number
  /** Origin that was asked, for example `https://login.microsoftonline.com`. */
  readonly authority: string
}

/** The answer of the token endpoint, in Entra's form. */
export function refuse(name: RefusalName, facts: RefusalFacts, { now, authority }: RefusalPlace): Response {
  const { code, error, status, message }: Refusal = refusals[name]
  const timestamp = `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const [trace_id, correlation_id] = [randomUUID(), randomUUID()]
  const lines = [`Trace ID: ${trace_id}`, `Correlation ID: ${correlation_id}`, `Timestamp: ${timestamp}`]
  const body = {
    error,
    error_description: [`AADSTS${code}: ${message(facts)}`, ...lines].join('\r\n'),
    error_codes: [code],
    timestamp,
    trace_id,
    correlation_id,
    error_uri: `${authority}/error?code=${code}`,
  }
  return Response.json(body, { status, headers: noStore })
}

/** RFC 6749, section 5.1. */
export const noStore = { 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache' } as const
