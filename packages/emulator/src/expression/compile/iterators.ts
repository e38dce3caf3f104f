import type {
  BoundBlock,
  BoundDo,
  BoundFor,
  BoundForEach,
  BoundIf,
  BoundStatement,
  BoundSwitch,
  BoundTry,
  BoundUsing,
  BoundWhile,
} from '@apim-kit/policy-dsl/expression'
import { currentRun, isStopped, step } from '../run.js'
import { dispose } from '../values/disposable.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import { Choice, compileCatch, findCatch } from './exceptions.js'
import { Jump, Returned, type Steps } from './frame.js'
import { localWriter } from './places.js'
import { cellMaker, labelIndex, labelsOf, scopePreparer } from './blocks.js'
import { afterBody, forEachParts, forParts } from './loops.js'
import { sectionFinder } from './statements.js'

/**
 * A statement of an iterator. Only statements that hold a yield need to stop in the middle; all others run as in any function.
 */
export function compileSteps(node: BoundStatement, compiler: Compiler): Steps {
  if (!holdsYield(node)) return plain(node, compiler)
  switch (node.kind) {
    case 'yield':
      return yieldSteps(node.value && compiler.expression(node.value))
    case 'block':
      return blockSteps(node, compiler)
    case 'if':
      return ifSteps(node, compiler)
    case 'while':
      return whileSteps(node, compiler)
    case 'do':
      return doSteps(node, compiler)
    case 'for':
      return forSteps(node, compiler)
    case 'foreach':
      return forEachSteps(node, compiler)
    case 'switch':
      return switchSteps(node, compiler)
    case 'try':
      return trySteps(node, compiler)
    case 'using':
      return usingSteps(node, compiler)
    default:
      return plain(node, compiler)
  }
}

/** Whether a statement can stop with a value. Lambdas and local functions have bodies of their own. */
function holdsYield(node: BoundStatement): boolean {
  switch (node.kind) {
    case 'yield':
      return true
    case 'block':
      return node.statements.some(holdsYield)
    case 'if':
      return holdsYield(node.then) || (node.otherwise !== undefined && holdsYield(node.otherwise))
    case 'while':
    case 'do':
    case 'for':
    case 'foreach':
    case 'using':
      return holdsYield(node.body)
    case 'switch':
      return node.sections.some((section) => section.statements.some(holdsYield))
    case 'try':
      return holdsYield(node.body) || (node.finally !== undefined && holdsYield(node.finally))
    default:
      return false
  }
}

function plain(node: BoundStatement, compiler: Compiler): Steps {
  const run = compiler.statement(node)
  const nothing: ClrValue[] = []
  return function* (frame) {
    // The statement has no yield of its own.
    yield* nothing
    return run(frame)
  }
}

function yieldSteps(value: ((frame: ClrValue[]) => ClrValue) | undefined): Steps {
  return function* (frame) {
    if (value === undefined) return new Returned(null)
    yield value(frame)
    return undefined
  }
}

function listSteps(statements: readonly BoundStatement[], compiler: Compiler): Steps {
  const all = statements.map((statement) => compileSteps(statement, compiler))
  const labels = labelsOf(statements)
  return function* (frame) {
    let index = 0
    for (let next = all[index]; next !== undefined; next = all[index]) {
      const completion = yield* next(frame)
      const target = labelIndex(completion, labels)
      if (completion !== undefined && target === undefined) return completion
      index = target ?? index + 1
    }
    return undefined
  }
}

function blockSteps(node: BoundBlock, compiler: Compiler): Steps {
  const prepare = scopePreparer(node, compiler)
  const list = listSteps(node.statements, compiler)
  return function* (frame) {
    prepare?.(frame)
    return yield* list(frame)
  }
}

function ifSteps(node: BoundIf, compiler: Compiler): Steps {
  const condition = compiler.expression(node.condition)
  const then = compileSteps(node.then, compiler)
  const otherwise = node.otherwise && compileSteps(node.otherwise, compiler)
  return function* (frame) {
    if (condition(frame) === true) return yield* then(frame)
    return otherwise === undefined ? undefined : yield* otherwise(frame)
  }
}

function whileSteps(node: BoundWhile, compiler: Compiler): Steps {
  const fresh = cellMaker(node.locals)
  const condition = compiler.expression(node.condition)
  const body = compileSteps(node.body, compiler)
  return function* (frame) {
    for (;;) {
      step()
      fresh?.(frame)
      if (condition(frame) !== true) return undefined
      const completion = yield* body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    }
  }
}

function doSteps(node: BoundDo, compiler: Compiler): Steps {
  const condition = compiler.expression(node.condition)
  const body = compileSteps(node.body, compiler)
  return function* (frame) {
    do {
      step()
      const completion = yield* body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    } while (condition(frame) === true)
    return undefined
  }
}

function forSteps(node: BoundFor, compiler: Compiler): Steps {
  const { start, goesOn, advance } = forParts(node, compiler)
  const body = compileSteps(node.body, compiler)
  return function* (frame) {
    for (start(frame); goesOn(frame) === true; advance(frame)) {
      step()
      const completion = yield* body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    }
    return undefined
  }
}

function forEachSteps(node: BoundForEach, compiler: Compiler): Steps {
  const { items, take } = forEachParts(node, compiler)
  const body = compileSteps(node.body, compiler)
  return function* (frame) {
    for (const item of items(frame)) {
      step()
      take(frame, item)
      const completion = yield* body(frame)
      const after = afterBody(completion)
      if (after !== 'next') return after === 'end' ? undefined : completion
    }
    return undefined
  }
}

function switchSteps(node: BoundSwitch, compiler: Compiler): Steps {
  const prepare = scopePreparer(node, compiler)
  const find = sectionFinder(node, compiler)
  const sections = node.sections.map((section) => listSteps(section.statements, compiler))
  return function* (frame) {
    prepare?.(frame)
    let section = sections[find(frame)]
    while (section !== undefined) {
      const completion = yield* section(frame)
      if (!(completion instanceof Jump) || completion.kind !== 'section')
        return completion === Jump.break ? undefined : completion
      step()
      section = sections[Number(completion.target)]
    }
    return undefined
  }
}

/** C# forbids yield in a try with catch clauses, so only the body and the finally block can stop. */
function trySteps(node: BoundTry, compiler: Compiler): Steps {
  const body = compileSteps(node.body, compiler)
  const catches = node.catches.map((clause) => compileCatch(clause, compiler, compileSteps(clause.body, compiler)))
  const cleanUp = node.finally && compiler.statement(node.finally)
  return function* (frame) {
    try {
      return yield* body(frame)
    } catch (error) {
      const [clause, exception] = findCatch(new Choice(catches, frame), error)
      const { caught } = currentRun()
      caught.push(exception)
      try {
        return yield* clause.body(frame)
      } finally {
        caught.pop()
      }
    } finally {
      if (!isStopped()) cleanUp?.(frame)
    }
  }
}

function usingSteps(node: BoundUsing, compiler: Compiler): Steps {
  const cells = cellMaker(node.locals)
  const resources = node.resources.map(({ local, value }) => ({
    write: localWriter(local),
    value: compiler.expression(value),
  }))
  const body = compileSteps(node.body, compiler)
  return function* (frame) {
    cells?.(frame)
    const open: ClrValue[] = []
    try {
      for (const { write, value } of resources) {
        const resource = value(frame)
        open.unshift(resource)
        write(frame, resource)
      }
      return yield* body(frame)
    } finally {
      open.forEach(dispose)
    }
  }
}
