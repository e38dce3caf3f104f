import { parseJson } from './load.js'
import type { JToken } from './token.js'

/** A parsed JSON value as a token, read as Newtonsoft reads its text: dates are recognised. */
export function tokenFromJson(value: unknown): JToken {
  return parseJson(JSON.stringify(value))
}
