import { types } from '../types.js'
import { Boxed } from './boxed.js'

/** A bool as a variable holds it, for policies that store one. */
export function boxedBoolean(value: boolean): Boxed {
  return new Boxed(types().special.bool, value)
}

/** An int as a variable holds it. */
export function boxedInteger(value: number): Boxed {
  return new Boxed(types().special.int, value)
}
