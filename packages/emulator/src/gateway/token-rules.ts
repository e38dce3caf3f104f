import type { JWTPayload } from 'jose'
import { PolicyError } from './policy-error.js'

/** What a policy wants of a token's content. */
export interface TokenRules {
  readonly issuers: readonly string[]
  /** Any of them; undefined: any audience. */
  readonly audiences?: readonly string[] | undefined
  /** Any of them as `appid` (version 1) or `azp` (version 2); undefined: any application. */
  readonly clientApplicationIds?: readonly string[] | undefined
  readonly requiredClaims?: readonly ClaimRule[] | undefined
}

/** One `<claim>`. */
export interface ClaimRule {
  readonly name: string
  readonly match: 'all' | 'any'
  readonly separator?: string | undefined
  /** Without values the claim only has to be there. */
  readonly value: readonly string[]
}

/**
 * Checks the content of a token whose signature is right.
 *
 * @param now milliseconds since 1970
 * @throws PolicyError 401 with the reason and message of validate-jwt's table, the closest that is published
 */
export function checkToken(payload: JWTPayload, rules: TokenRules, now: number): void {
  checkIssuer(payload, rules.issuers)
  checkLifetime(payload, now)
  checkAudience(payload, rules.audiences)
  checkClient(payload, rules.clientApplicationIds)
  checkClaims(payload, rules.requiredClaims ?? [])
}

function refuse(reason: string, message: string): PolicyError {
  return new PolicyError(message, { status: 401, reason })
}

function checkIssuer({ iss, tid }: JWTPayload, issuers: readonly string[]): void {
  const tenant = typeof tid === 'string' ? tid : ''
  if (issuers.some((issuer) => issuer.replace('{tenantid}', tenant) === iss)) return
  throw refuse(
    'TokenIssuerNotAllowed',
    `The issuer ${iss ?? 'of the JWT, which has none,'} is not allowed. Access denied.`,
  )
}

/** No clock skew is given, as in validate-jwt's default. */
function checkLifetime({ exp, nbf }: JWTPayload, now: number): void {
  if (typeof exp !== 'number') throw refuse('JwtInvalid', 'The JWT has no expiration time. Access denied.')
  if (now >= exp * 1000) {
    throw refuse('TokenExpired', `The JWT expired at ${new Date(exp * 1000).toISOString()}. Access denied.`)
  }
  if (typeof nbf === 'number' && now < nbf * 1000) {
    throw refuse('JwtInvalid', `The JWT is not valid before ${new Date(nbf * 1000).toISOString()}. Access denied.`)
  }
}

function checkAudience({ aud }: JWTPayload, audiences: readonly string[] | undefined): void {
  if (audiences === undefined) return
  const given = textsOf(aud)
  if (given.some((audience) => audiences.includes(audience))) return
  throw refuse('TokenAudienceNotAllowed', `The audience ${given.join(', ')} is not allowed. Access denied.`)
}

function checkClient(payload: JWTPayload, allowed: readonly string[] | undefined): void {
  if (allowed === undefined) return
  const name = payload['appid'] === undefined ? 'azp' : 'appid'
  const given = payload[name]
  if (given === undefined) throw missing([name])
  if (allowed.some((id) => id.toLowerCase() === textOf(given).toLowerCase())) return
  throw notAllowed(name, textOf(given))
}

function checkClaims(payload: JWTPayload, rules: readonly ClaimRule[]): void {
  const absent = rules.filter(({ name }) => payload[name] === undefined).map(({ name }) => name)
  if (absent.length > 0) throw missing(absent)
  for (const rule of rules) {
    const given = valuesOf(payload[rule.name], rule.separator)
    const isThere = (value: string): boolean => given.includes(value)
    const fits = rule.match === 'all' ? rule.value.every(isThere) : rule.value.length === 0 || rule.value.some(isThere)
    if (!fits) throw notAllowed(rule.name, given.join(','))
  }
}

function missing(names: readonly string[]): PolicyError {
  return refuse('TokenClaimNotFound', `JWT is missing the following claims: ${names.join(', ')}. Access denied.`)
}

function notAllowed(name: string, value: string): PolicyError {
  return refuse('TokenClaimValueNotAllowed', `Claim ${name} value of ${value} is not allowed. Access denied.`)
}

/** The values of a claim; a separator splits one text into several. */
function valuesOf(claim: unknown, separator: string | undefined): string[] {
  const texts = textsOf(claim)
  if (separator === undefined || separator === '') return texts
  return texts.flatMap((text) => text.split(separator)).map((text) => text.trim())
}

function textsOf(claim: unknown): string[] {
  if (claim === undefined || claim === null) return []
  return Array.isArray(claim) ? claim.map(textOf) : [textOf(claim)]
}

/** A claim that is no text compares as its JSON. */
function textOf(claim: unknown): string {
  return typeof claim === 'string' ? claim : JSON.stringify(claim)
}
