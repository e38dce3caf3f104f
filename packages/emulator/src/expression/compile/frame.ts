import type { ClrValue } from '../values/value.js'

/** The locals of one activation of a function. A captured local's slot holds its `Cell`. */
export type Frame = ClrValue[]

/**
 * A frame of that many slots, or a few more: two at least. A literal is made faster than an array of a length that is only known at run time; one
 * of constants alone would be shared until the first write, and every write had to look.
 *
 * @param first the value of slot 0
 */
export function newFrame(size: number, first: ClrValue): Frame {
  if (size <= 2) return [first, null]
  if (size <= 4) return [first, null, null, null]
  const frame: Frame = [first, null, null, null, null, null, null, null]
  for (let slot = frame.length; slot < size; slot++) frame.push(null)
  return frame
}

/** A place that can be read and written from elsewhere: a captured local, or the target of a `ref` or `out` argument. */
export abstract class Cell {
  abstract value: ClrValue
}

/** The cell of a captured local. */
export class LocalCell extends Cell {
  constructor(public value: ClrValue = null) {
    super()
  }
}

/** An expression, ready to run. */
export interface Code {
  (frame: Frame): ClrValue
  /** Of a constant: what it gives, for whoever wants to save the call. */
  readonly constant?: ClrValue
}

export function constantCode(constant: ClrValue): Code {
  return Object.assign(() => constant, { constant })
}

/** A function value: a lambda, a local function, a method group. */
export type Delegate = (...values: ClrValue[]) => ClrValue

/** How a statement ended; undefined: normally. */
export type Completion = undefined | Jump | Returned

/** A statement, ready to run. */
export type Exec = (frame: Frame) => Completion

/** A statement of an iterator, ready to run. */
export type Steps = (frame: Frame) => Generator<ClrValue, Completion, undefined>

/** `break`, `continue`, or a goto on its way to its label. */
export class Jump {
  constructor(
    readonly kind: 'break' | 'continue' | 'label' | 'section',
    readonly target: string | number = '',
  ) {}

  static readonly break = new Jump('break')
  static readonly continue = new Jump('continue')
}

/** A return with its value. */
export class Returned {
  constructor(readonly value: ClrValue) {}
}
