import { ApimKitError, redacted } from '@apim-kit/core'
import type { ServiceError } from './errors.js'
import type { SecretValues } from './secret-values.js'

/** Takes secrets out of a text. */
export type Scrub = (text: string) => string

/**
 * Makes a function that takes secrets out of texts which others wrote: a service or an identity provider may repeat in an
 * error what it was sent, as it stands or in one of the forms in which texts travel.
 */
export function scrubber(secrets: Iterable<string>): Scrub {
  // Made when it is first needed: there may be thousands of secrets, and seldom something to take them out of.
  let known: readonly Beginnings[] | undefined
  return (text) => {
    known ??= byBeginning([...secrets])
    let scrubbed = ''
    let kept = 0
    for (let at = 0; at < text.length; at++) {
      const found = findAt(known, text, at)
      if (found === undefined) continue
      scrubbed += `${text.slice(kept, at)}${redacted}`
      kept = at + found.length
      at = kept - 1
    }
    return `${scrubbed}${text.slice(kept)}`
  }
}

/** Shorter ones would cut up ordinary words, and are no secrets to speak of. */
const least = 4
/** Long enough that few secrets begin alike. */
const longestBeginning = 12

/** Forms of secrets by their beginnings, all of one length; the longest forms first, since one may hold another. */
interface Beginnings {
  readonly length: number
  readonly forms: ReadonlyMap<string, readonly string[]>
}

/** The longer beginnings first, for the same reason. */
function byBeginning(secrets: readonly string[]): Beginnings[] {
  const values = new Set(secrets.filter((value) => value.length >= least).flatMap(forms))
  const lengths = new Map<number, Map<string, string[]>>()
  for (const value of [...values].toSorted((a, b) => b.length - a.length)) {
    const length = Math.min(value.length, longestBeginning)
    const alike = lengths.get(length) ?? new Map<string, string[]>()
    lengths.set(length, alike)
    const beginning = value.slice(0, length)
    const known = alike.get(beginning)
    if (known === undefined) alike.set(beginning, [value])
    else known.push(value)
  }
  return [...lengths].map(([length, alike]) => ({ length, forms: alike })).toSorted((a, b) => b.length - a.length)
}

function findAt(known: readonly Beginnings[], text: string, at: number): string | undefined {
  for (const { length, forms: alike } of known) {
    const found = alike.get(text.slice(at, at + length))?.find((value) => text.startsWith(value, at))
    if (found !== undefined) return found
  }
  return undefined
}

/** Takes those values out that are secret; remembered content is none. */
export function scrubberOf(values: SecretValues): Scrub {
  return scrubber([...values].flatMap(([{ noun }, value]) => (noun === 'secret' ? [value] : [])))
}

/** An error of the service without secrets, in whichever of its texts they stand. */
export function scrubbed(error: ServiceError, scrub: Scrub): ServiceError {
  const { details } = error
  const each = details?.map(({ code, message, target }) => ({
    message: scrub(message),
    ...(code === undefined ? {} : { code: scrub(code) }),
    ...(target === undefined ? {} : { target: scrub(target) }),
  }))
  return {
    ...error,
    code: scrub(error.code),
    message: scrub(error.message),
    ...(each === undefined ? {} : { details: each }),
  }
}

/** Takes secrets out of the error with which work ends, if it does. */
export async function withoutSecrets<T>(scrub: Scrub, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    const problems = error.problems.map((problem) => ({
      ...problem,
      path: scrub(problem.path),
      message: scrub(problem.message),
    }))
    const message = scrub(error.message)
    const isClean = message === error.message && JSON.stringify(problems) === JSON.stringify(error.problems)
    throw isClean ? error : new ApimKitError(error.code, message, { problems })
  }
}

/** A text as it stands, in JSON, in JSON that is a text of JSON, in addresses, in a form, in markup, in Base64 and hexadecimal. */
function forms(value: string): string[] {
  const bytes = Buffer.from(value)
  // By way of a buffer: half a surrogate pair has no form in an address, and would throw.
  const address = encodeURIComponent(bytes.toString())
  const form = new URLSearchParams([['', value]]).toString().slice(1)
  const json = JSON.stringify(value).slice(1, -1)
  return [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    address,
    encodeURIComponent(address),
    form,
    markup(value),
    markup(value).replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    ...base64(bytes, 'base64'),
    ...base64(bytes, 'base64url'),
  ]
}

function markup(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Alone, and as a part of a longer text, where it may begin at any of three places: `Basic` credentials hold the id before it. */
function base64(bytes: Buffer, encoding: 'base64' | 'base64url'): string[] {
  const inside = [0, 1, 2].map((skip) => {
    const rest = bytes.subarray(skip)
    return rest.subarray(0, rest.length - (rest.length % 3)).toString(encoding)
  })
  // What is shorter stands in other texts too.
  return [bytes.toString(encoding), ...inside.filter((text) => text.length >= 8)]
}
