/** Texts that say themselves that they stand for something else. */
const placeholder =
  /your|example|placeholder|change|dummy|sample|secret|password|insert|replace|xxx|\*\*\*|\.\.\.|…|[<>{}[\]$]/i

/** Whether a text may be a password that a person chose: anything that is no placeholder. */
export const looksWritten = (text: string): boolean =>
  text.trim() !== '' &&
  !/\s/.test(text.trim()) &&
  !/^[<[({$*]|your[-_ ]|placeholder|xxx|\*\*\*|\.\.\.|…/i.test(text.trim())

/** Whether a text may be a password where no password has to stand: words, such as `none`, are as a rule none. */
export const looksChosen = (text: string): boolean =>
  looksWritten(text) && text.trim().length >= 6 && /[^a-z]/i.test(text) && !placeholder.test(text) && !isAddress(text)

const isAddress = (text: string): boolean => /^[a-z][a-z\d+.-]*:\/\//i.test(text.trim())

/** Whether a text looks made by a machine: long, without spaces, of letters and digits, hardly a character more than others. */
export function looksRandom(text: string): boolean {
  const trimmed = text.trim()
  if (trimmed.length < 16 || /\s/.test(trimmed) || placeholder.test(trimmed)) return false
  if (isAddress(trimmed)) return false
  return isMixed(trimmed) && entropy(trimmed) >= 3
}

/** Whether letters and digits change within one word, and not only once: `orders2024` and `2024-05-west` are names. */
const isMixed = (text: string): boolean =>
  (text.match(/[A-Za-z0-9]{6,}/g) ?? []).some(
    (word) => (word.match(/[A-Za-z](?=[0-9])|[0-9](?=[A-Za-z])/g) ?? []).length >= 2,
  )

/** Shannon's entropy in bits for each character; English words have less than 3, hexadecimal digits nearly 4. */
function entropy(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** Whether this is `user:password`. */
export function isUserAndPassword(text: string): boolean {
  const password = /^[^\s:/]+:([^\s:/]{3,})$/.exec(text)?.[1]
  return password !== undefined && looksWritten(password)
}

/** Whether this is `user:password` in Base64. */
export function isBasicCredential(text: string): boolean {
  if (!/^[A-Za-z0-9+/]{4,}={0,2}$/.test(text) || text.length % 4 !== 0) return false
  return /^[\x20-\x7e]*:[\x20-\x7e]+$/.test(atob(text))
}

/** Forms in which a text is a credential wherever it stands. */
const forms: readonly RegExp[] = [
  // JSON web tokens
  /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
  // connection strings of Azure
  /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{30,}={0,2}/i,
  // AWS, GitHub, Google, Slack
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bAIza[\w-]{35}/,
  /\bxox[abprs]-[\w-]{20,}/,
]

/** Forms in which the first group is one, if it looks so. */
const fields: readonly RegExp[] = [
  /\bBearer\s+([\w~+/.=-]{16,})/gi,
  /[?&](?:sig|code|subscription-key|api[-_]?key|access_token)=([\w%+/=.~-]{16,})/gi,
  /(?:^|[&?"'\s])refresh_token["']?\s*[=:]\s*["']?([^&\s"'{}]{8,})/gi,
]

/** The same for what people choose: it need not look made by a machine. */
const chosen = /(?:^|[&?"'\s;])(?:client_secret|password|pwd)["']?\s*[=:]\s*["']?([^&\s"'{};]{8,})/gi

/** Addresses that carry a password. */
const userInfo = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@{}]+:([^\s/@{}]{3,})@/i

/** Whether a text holds a token, a key, a connection string or a signed address. */
export function hasKnownSecret(text: string): boolean {
  if (text.length < 12) return false
  const password = userInfo.exec(text)?.[1]
  return (
    forms.some((form) => form.test(text)) ||
    (password !== undefined && looksWritten(password)) ||
    fields.some((field) => [...text.matchAll(field)].some(([, value = '']) => looksRandom(value))) ||
    [...text.matchAll(chosen)].some(([, value = '']) => looksRandom(value) || looksChosen(value))
  )
}
