import { createHash } from 'node:crypto'
import { inspect } from 'node:util'

/*
 * Looks for planted values in whatever was said: as they stand, in every form in which texts travel, in part, and as anything that
 * can be computed of them without a key.
 */

/**
 * A secret that meets every escaping there is: quotes, line ends, markup, expressions, percent signs, letters beyond ASCII. Its
 * beginning and its end are nobody else's.
 */
export function plant(name: string): string {
  const own = createHash('sha256').update(`planted ${name}`).digest('hex')
  return `${own.slice(0, 8)}-"q'\\b/+=&<b>{{x}}@(1)%41é\n${own.slice(8, 16)}`
}

/** The forms of planted values that stand in a text, each with the value's index; nothing where it is clean. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
  return secrets.flatMap((secret, index) =>
    Object.entries(formsOf(secret)).flatMap(([form, values]) =>
      values.some((value) => text.includes(value)) ? [`${form} of secret ${index}`] : [],
    ),
  )
}

/** Everything that a program or a person could be shown of some values. */
export function shown(...values: readonly unknown[]): string {
  const texts = values.flatMap((value) => [
    typeof value === 'string' ? value : '',
    inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null }),
    value instanceof Error ? `${value.message}\n${value.stack ?? ''}\n${shown(value.cause)}` : '',
    json(value),
  ])
  return texts.join('\n')
}

/** What has circles in it has no JSON that anybody could print. */
function json(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}

function formsOf(secret: string): Readonly<Record<string, readonly string[]>> {
  const bytes = Buffer.from(secret)
  const once = JSON.stringify(secret).slice(1, -1)
  const address = encodeURIComponent(secret)
  return {
    'the text': [secret],
    'its JSON': [once, JSON.stringify(once).slice(1, -1)],
    'its address': [address, new URLSearchParams([['', secret]]).toString().slice(1), encodeURIComponent(address)],
    'its XML': [secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    // Cut to whole groups of three bytes, wherever it begins: Base64 of a longer text holds them.
    'its Base64': [0, 1, 2].map((skip) => whole(bytes.subarray(skip)).toString('base64')),
    'its Base64 for addresses': [0, 1, 2].map((skip) => whole(bytes.subarray(skip)).toString('base64url')),
    'its hexadecimal digits': [bytes.toString('hex'), bytes.toString('hex').toUpperCase()],
    'a hash': ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) =>
      (['hex', 'base64', 'base64url'] as const).map((form) => createHash(algorithm).update(secret).digest(form)),
    ),
    'its beginning': [secret.slice(0, 8)],
    'its end': [secret.slice(-8)],
  }
}

function whole(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length - (bytes.length % 3))
}
