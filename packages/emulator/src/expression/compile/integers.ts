import type { BoundBinary } from '@apim-kit/policy-dsl/expression'
import type { Code, Frame } from './frame.js'
import { plainSlot } from './operands.js'

type Operator = BoundBinary['operator']

/**
 * Unchecked operators of `int`: what loops are made of. An operator that is not here has no closure of its own and goes through the
 * table of `operators.ts`. Every closure is written out, as one that was handed the operator would have to call it.
 */
export function integerCode(node: BoundBinary, left: Code, right: Code): Code | undefined {
  const { operator } = node
  const [a, b, { constant }] = [plainSlot(node.left), plainSlot(node.right), right]
  if (typeof constant === 'number' && (constant > 0 || !divides(operator))) {
    return (
      (a === undefined ? undefined : slotAndConstant[operator]?.(a, constant)) ??
      withConstant[operator]?.(left, constant)
    )
  }
  return (a === undefined || b === undefined ? undefined : slots[operator]?.(a, b)) ?? any[operator]?.(left, right)
}

/** By zero an exception, by minus one an overflow: the rare cases are left to the table. */
function divides(operator: Operator): boolean {
  return operator === '/' || operator === '%'
}

const at = (frame: Frame, slot: number): number => frame[slot] as number
const of = (code: Code, frame: Frame): number => code(frame) as number

const any: Partial<Record<Operator, (left: Code, right: Code) => Code>> = {
  '+': (a, b) => (frame) => (of(a, frame) + of(b, frame)) | 0,
  '-': (a, b) => (frame) => (of(a, frame) - of(b, frame)) | 0,
  '*': (a, b) => (frame) => Math.imul(of(a, frame), of(b, frame)),
  '<': (a, b) => (frame) => of(a, frame) < of(b, frame),
  '>': (a, b) => (frame) => of(a, frame) > of(b, frame),
  '<=': (a, b) => (frame) => of(a, frame) <= of(b, frame),
  '>=': (a, b) => (frame) => of(a, frame) >= of(b, frame),
}

const withConstant: Partial<Record<Operator, (left: Code, right: number) => Code>> = {
  '+': (a, b) => (frame) => (of(a, frame) + b) | 0,
  '-': (a, b) => (frame) => (of(a, frame) - b) | 0,
  '*': (a, b) => (frame) => Math.imul(of(a, frame), b),
  '/': (a, b) => (frame) => (of(a, frame) / b) | 0,
  '%': (a, b) => (frame) => (of(a, frame) % b) | 0,
  '<': (a, b) => (frame) => of(a, frame) < b,
  '>': (a, b) => (frame) => of(a, frame) > b,
  '<=': (a, b) => (frame) => of(a, frame) <= b,
  '>=': (a, b) => (frame) => of(a, frame) >= b,
}

const slotAndConstant: Partial<Record<Operator, (left: number, right: number) => Code>> = {
  '+': (a, b) => (frame) => (at(frame, a) + b) | 0,
  '-': (a, b) => (frame) => (at(frame, a) - b) | 0,
  '*': (a, b) => (frame) => Math.imul(at(frame, a), b),
  '/': (a, b) => (frame) => (at(frame, a) / b) | 0,
  '%': (a, b) => (frame) => (at(frame, a) % b) | 0,
  '<': (a, b) => (frame) => at(frame, a) < b,
  '>': (a, b) => (frame) => at(frame, a) > b,
  '<=': (a, b) => (frame) => at(frame, a) <= b,
  '>=': (a, b) => (frame) => at(frame, a) >= b,
}

const slots: Partial<Record<Operator, (left: number, right: number) => Code>> = {
  '+': (a, b) => (frame) => (at(frame, a) + at(frame, b)) | 0,
  '-': (a, b) => (frame) => (at(frame, a) - at(frame, b)) | 0,
  '<': (a, b) => (frame) => at(frame, a) < at(frame, b),
  '>': (a, b) => (frame) => at(frame, a) > at(frame, b),
  '<=': (a, b) => (frame) => at(frame, a) <= at(frame, b),
  '>=': (a, b) => (frame) => at(frame, a) >= at(frame, b),
}
