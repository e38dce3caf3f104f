import type { BoundCatch, BoundTry } from '@apim-kit/policy-dsl/expression'
import { asDotNetException, currentRun, EvaluationStopped } from '../run.js'
import { isInstance } from '../types.js'
import { DotNetException } from '../values/exception.js'
import { nullReference } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import type { Exec, Frame } from './frame.js'
import { localWriter } from './places.js'
import { cellMaker } from './blocks.js'

/** A catch clause: whether it takes an exception, and what it does then. */
export interface Catch<Body> {
  readonly takes: (frame: Frame, exception: DotNetException) => boolean
  readonly body: Body
}

export function compileTry(node: BoundTry, compiler: Compiler): Exec {
  const body = compiler.statement(node.body)
  const catches = node.catches.map((clause) => compileCatch(clause, compiler, compiler.statement(clause.body)))
  const cleanUp = node.finally && compiler.statement(node.finally)
  const guarded: Exec =
    catches.length === 0
      ? body
      : (frame) => {
          try {
            return body(frame)
          } catch (error) {
            const [clause, exception] = findCatch(catches, frame, error)
            return whileCaught(exception, () => clause.body(frame))
          }
        }
  if (cleanUp === undefined) return guarded
  return (frame) => {
    try {
      return guarded(frame)
    } finally {
      cleanUp(frame)
    }
  }
}

export function compileCatch<Body>(clause: BoundCatch, compiler: Compiler, body: Body): Catch<Body> {
  const cells = cellMaker(clause.locals)
  const write = clause.local && localWriter(clause.local)
  const filter = clause.filter && compiler.expression(clause.filter)
  const { type } = clause
  return {
    body,
    takes: (frame, exception) => {
      if (type !== undefined && !isInstance(exception, type)) return false
      cells?.(frame)
      write?.(frame, exception)
      return filter === undefined || filter(frame) === true
    },
  }
}

/** The clause that takes an error. Faults of the emulator and the end of an evaluation belong to nobody. @throws the error itself */
export function findCatch<Body>(
  catches: readonly Catch<Body>[],
  frame: Frame,
  error: unknown,
): [Catch<Body>, DotNetException] {
  const exception = asDotNetException(error)
  if (!(exception instanceof DotNetException) || exception instanceof EvaluationStopped) throw exception
  const clause = catches.find(({ takes }) => takes(frame, exception))
  if (clause === undefined) throw exception
  return [clause, exception]
}

/** Runs a catch body with its exception at hand for `throw;`. */
export function whileCaught<T>(exception: DotNetException, body: () => T): T {
  const { caught } = currentRun()
  caught.push(exception)
  try {
    return body()
  } finally {
    caught.pop()
  }
}

/** `throw;` */
export function rethrow(): never {
  throw currentRun().caught.at(-1) ?? nullReference()
}

/** `throw value`: throwing null throws a NullReferenceException. */
export function throwValue(value: ClrValue): never {
  throw value instanceof DotNetException ? value : nullReference()
}
