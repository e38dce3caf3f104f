import type { BoundDo, BoundFor, BoundForEach, BoundWhile } from '@apim-kit/policy-dsl/expression'
import { step } from '../run.js'
import { nullReference } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { addition } from './assignments.js'
import type { Compiler } from './compiler.js'
import { type Code, type Completion, type Exec, type Frame, Jump } from './frame.js'
import { plainSlot } from './operands.js'
import { localWriter } from './places.js'
import { walkerFor } from './walk.js'
import { cellMaker } from './blocks.js'
import { compileEffect } from './statements.js'

/** What a loop does with how its body ended: go on, end, or pass it outwards. */
export function afterBody(completion: Completion): 'next' | 'end' | 'leave' {
  if (completion === undefined || completion === Jump.continue) return 'next'
  return completion === Jump.break ? 'end' : 'leave'
}

export function compileWhile(node: BoundWhile, compiler: Compiler): Exec {
  const fresh = cellMaker(node.locals)
  const condition = compiler.expression(node.condition)
  const body = compiler.statement(node.body)
  return (frame) => {
    for (;;) {
      step()
      fresh?.(frame)
      if (condition(frame) !== true) return undefined
      const completion = body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    }
  }
}

export function compileDo(node: BoundDo, compiler: Compiler): Exec {
  const condition = compiler.expression(node.condition)
  const body = compiler.statement(node.body)
  return (frame) => {
    do {
      step()
      const completion = body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    } while (condition(frame) === true)
    return undefined
  }
}

/** The parts of a for statement, as both kinds of functions need them. */
export function forParts(
  node: BoundFor,
  compiler: Compiler,
): { start: (frame: Frame) => void; goesOn: Code; advance: (frame: Frame) => void } {
  const cells = cellMaker(node.locals)
  const initializers = node.initializers.map((initializer) => compiler.expression(initializer))
  const [only, ...more] = node.iterators.map((iterator) => compileEffect(iterator, compiler))
  return {
    start: (frame) => {
      cells?.(frame)
      for (const initialize of initializers) initialize(frame)
    },
    goesOn: node.condition === undefined ? () => true : compiler.expression(node.condition),
    advance:
      only !== undefined && more.length === 0
        ? only
        : (frame) => {
            only?.(frame)
            for (const iterate of more) iterate(frame)
          },
  }
}

export function compileFor(node: BoundFor, compiler: Compiler): Exec {
  const { start, goesOn, advance } = forParts(node, compiler)
  const body = compiler.statement(node.body)
  const count = countOf(node, compiler)
  if (count !== undefined) return countingLoop(start, count, body)
  return (frame) => {
    for (start(frame); goesOn(frame) === true; advance(frame)) {
      step()
      const completion = body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    }
    return undefined
  }
}

/** What `for (…; i < n; i++)` counts by, where `i` lives in its slot. */
interface Count {
  readonly slot: number
  readonly by: number
  /** 1 for `<=`. */
  readonly more: number
  readonly limit: { readonly slot: number | undefined; readonly code: Code }
}

function countOf({ condition, iterators: [iterator, another] }: BoundFor, compiler: Compiler): Count | undefined {
  const sum = iterator && another === undefined ? addition(iterator) : undefined
  const by = sum && compiler.expression(sum.added).constant
  if (sum === undefined || typeof by !== 'number' || condition?.kind !== 'binary') return undefined
  const { operator, operandType, lifted, left, right } = condition
  const isLimit = (operator === '<' || operator === '<=') && operandType === 'int' && !lifted
  if (!isLimit || plainSlot(left) !== sum.slot) return undefined
  const limit = { slot: plainSlot(right), code: compiler.expression(right) }
  return { slot: sum.slot, by, more: Number(operator === '<='), limit }
}

/** The commonest loop tells, counts and compares by itself: only its body is called. */
function countingLoop(start: (frame: Frame) => void, { slot, by, more, limit }: Count, body: Exec): Exec {
  const { slot: limitSlot, code } = limit
  return (frame) => {
    start(frame)
    for (;;) {
      const end = limitSlot === undefined ? code(frame) : frame[limitSlot]
      if ((frame[slot] as number) >= (end as number) + more) return undefined
      step()
      const completion = body(frame)
      if (completion !== undefined) {
        const after = afterBody(completion)
        if (after !== 'next') return after === 'end' ? undefined : completion
      }
      frame[slot] = ((frame[slot] as number) + by) | 0
    }
  }
}

/** The parts of a foreach statement. */
export function forEachParts(
  node: BoundForEach,
  compiler: Compiler,
): { items: (frame: Frame) => Iterable<ClrValue>; take: (frame: Frame, item: ClrValue) => void } {
  const source = compiler.expression(node.source)
  const walk = walkerFor(node.source.type, node.temp.type)
  const fresh = cellMaker(node.locals)
  const write = localWriter(node.temp)
  const assign = node.assign.map((assignment) => compiler.expression(assignment))
  return {
    items: (frame) => {
      const value = source(frame)
      if (value === null) throw nullReference()
      return walk(value)
    },
    take: (frame, item) => {
      fresh?.(frame)
      write(frame, item)
      for (const run of assign) run(frame)
    },
  }
}

export function compileForEach(node: BoundForEach, compiler: Compiler): Exec {
  const { items, take } = forEachParts(node, compiler)
  const body = compiler.statement(node.body)
  return (frame) => {
    for (const item of items(frame)) {
      step()
      take(frame, item)
      const completion = body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    }
    return undefined
  }
}
