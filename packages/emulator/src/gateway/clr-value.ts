import type { ClrValue } from '../expression/index.js'

/** What an expression or a literal gave for a field that keeps its type, as expressions see it. */
export function asClrValue(value: unknown): ClrValue {
  // The runtime's values are texts, numbers and objects of its own; nothing else comes out of an evaluation.
  return value ?? null
}

/** A value of a token endpoint's answer. */
export function clrFromJson(value: unknown): ClrValue {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
