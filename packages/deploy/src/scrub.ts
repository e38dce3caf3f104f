import { redacted } from '@apim-kit/core'

/**
 * Makes a function that takes secrets out of texts which others wrote: a service or an identity provider may repeat in an
 * error what it was sent, as it stands or in one of the forms in which texts travel.
 */
export function scrubber(secrets: Iterable<string>): (text: string) => string {
  // Shorter ones would cut up ordinary words, and are no secrets to speak of.
  const values = [...new Set(secrets)].filter((value) => value.length >= 4).flatMap(forms)
  // Longest first: one may hold another.
  const sorted = [...new Set(values)].toSorted((a, b) => b.length - a.length)
  return (text) => sorted.reduce((scrubbed, value) => scrubbed.replaceAll(value, redacted), text)
}

/** A text as it stands, in JSON, in an address, in a form, and in Base64. */
function forms(value: string): string[] {
  // By way of a buffer: half a surrogate pair has no form in an address, and would throw.
  const address = encodeURIComponent(Buffer.from(value).toString())
  const form = new URLSearchParams([['', value]]).toString().slice(1)
  return [value, JSON.stringify(value).slice(1, -1), address, form, Buffer.from(value).toString('base64')]
}
