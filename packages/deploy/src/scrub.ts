import { redacted } from '@apim-kit/core'

/**
 * Makes a function that takes secrets out of texts which others wrote: a service or an identity provider may repeat in an
 * error what it was sent.
 */
export function scrubber(secrets: Iterable<string>): (text: string) => string {
  // Shorter ones would cut up ordinary words, and are no secrets to speak of. Longest first: one may hold another.
  const values = [...new Set(secrets)].filter((value) => value.length >= 4).toSorted((a, b) => b.length - a.length)
  return (text) => values.reduce((scrubbed, value) => scrubbed.replaceAll(value, redacted), text)
}
