import type { BoundCatch, BoundTry } from '@apim-kit/policy-dsl/expression'
import { asDotNetException, currentRun, EvaluationStopped, type Handler, isStopped } from '../run.js'
import { isInstance } from '../types.js'
import { DotNetException } from '../values/exception.js'
import { nullReference } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import type { Code, Completion, Exec, Frame } from './frame.js'
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
  const guarded = catches.length === 0 ? body : catching(body, catches)
  if (cleanUp === undefined) return guarded
  return (frame) => {
    let completion: Completion
    try {
      completion = guarded(frame)
    } catch (error) {
      chooseHandler(error)
      if (!isStopped()) cleanUp(frame)
      throw error
    }
    cleanUp(frame)
    return completion
  }
}

function catching(body: Exec, catches: readonly Catch<Exec>[]): Exec {
  return (frame) => {
    const { handlers } = currentRun()
    const outer = handlers.length
    const choice = new Choice(catches, frame)
    handlers.push(choice)
    let completion: Completion
    try {
      completion = body(frame)
    } catch (error) {
      handlers.length = outer
      const [clause, exception] = findCatch(choice, error)
      return whileCaught(exception, () => clause.body(frame))
    }
    handlers.length = outer
    return completion
  }
}

/** What a filter throws says no. */
function passes(filter: Code, frame: Frame): boolean {
  try {
    return filter(frame) === true
  } catch (error) {
    const exception = asDotNetException(error)
    if (!(exception instanceof DotNetException) || exception instanceof EvaluationStopped) throw exception
    return false
  }
}

/** The clause of a try statement that takes an exception; who asks again is told the same. */
export class Choice<Body> implements Handler {
  #exception: DotNetException | undefined
  #clause: Catch<Body> | undefined

  constructor(
    readonly catches: readonly Catch<Body>[],
    readonly frame: Frame,
  ) {}

  takes(exception: DotNetException): boolean {
    return this.clauseFor(exception) !== undefined
  }

  clauseFor(exception: DotNetException): Catch<Body> | undefined {
    if (this.#exception !== exception) {
      this.#exception = exception
      this.#clause = this.catches.find(({ takes }) => takes(this.frame, exception))
    }
    return this.#clause
  }
}

/** Looks for who will catch an error before a `finally` block runs: filters see what it was when it was thrown. */
function chooseHandler(error: unknown): void {
  const { handlers } = currentRun()
  const exception = asDotNetException(error)
  if (!(exception instanceof DotNetException) || exception instanceof EvaluationStopped) return
  for (let index = handlers.length - 1; index >= 0; index--) if (handlers[index]?.takes(exception) === true) return
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
      return filter === undefined || passes(filter, frame)
    },
  }
}

/** The clause that takes an error. Faults of the emulator and the end of an evaluation belong to nobody. @throws the error itself */
export function findCatch<Body>(choice: Choice<Body>, error: unknown): [Catch<Body>, DotNetException] {
  const exception = asDotNetException(error)
  if (!(exception instanceof DotNetException) || exception instanceof EvaluationStopped) throw exception
  const clause = choice.clauseFor(exception)
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
  if (!(value instanceof DotNetException)) throw nullReference()
  if (value.details) value.details['isNew'] = false
  throw value
}
