import { parseJson, scalarObject, type ClrValue } from '../expression/index.js'

/** What an expression or a literal gave for a field that keeps its type, as expressions see it. */
export function asClrValue(value: unknown): ClrValue {
  // The runtime's values are texts, numbers and objects of its own; nothing else comes out of an evaluation.
  return value ?? null
}

/** A value of a token endpoint's answer, with the type that Newtonsoft gives it: an integer is a long, an object a JToken. */
export function clrFromJson(value: unknown): ClrValue {
  if (typeof value === 'string' || typeof value === 'boolean') return scalarObject(value)
  if (typeof value === 'number') return scalarObject(Number.isSafeInteger(value) ? BigInt(value) : value)
  return value === null || value === undefined ? null : parseJson(JSON.stringify(value))
}
