import { ApimKitError } from './errors.js'

/** What a value is, for a message. Never the value itself: it may be a secret that was put into the wrong place. */
export function whatIs(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'string') return 'a text'
  if (typeof value === 'bigint') return 'a number'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Whether a value has properties to look at: an object that is no list. */
export const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Refuses what is no object, where the types say that one is given: untyped code may pass anything.
 *
 * @param subject - what was called: `stack`
 * @param example - what to write instead
 * @throws ApimKitError `invalid-input`
 */
export function expectObject(subject: string, value: unknown, example: string): asserts value is object {
  if (!isObject(value)) throw unexpected(subject, 'an object', value, example)
}

/** The same for a list. */
export function expectList(subject: string, value: unknown, example: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw unexpected(subject, 'a list', value, example)
}

/** The same for a text. */
export function expectText(subject: string, value: unknown, example: string): asserts value is string {
  if (typeof value !== 'string') throw unexpected(subject, 'a text', value, example)
}

const unexpected = (subject: string, wanted: string, value: unknown, example: string): ApimKitError =>
  new ApimKitError('invalid-input', `${subject}: expected ${wanted}, got ${whatIs(value)}; write ${example}`)
