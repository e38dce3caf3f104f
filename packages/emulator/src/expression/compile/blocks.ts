import type { BoundBlock, BoundStatement, LocalSymbol } from '@apim-kit/policy-dsl/expression'
import { step } from '../run.js'
import type { Compiler } from './compiler.js'
import { type Completion, type Exec, type Frame, Jump, LocalCell } from './frame.js'

/** A block: new cells for its captured locals, its local functions, its statements. */
export function compileBlock(node: BoundBlock, compiler: Compiler): Exec {
  const prepare = scopePreparer(node, compiler)
  const run = compileList(node.statements, compiler)
  if (prepare === undefined) return run
  return (frame) => {
    prepare(frame)
    return run(frame)
  }
}

/** What happens on entry of a scope; undefined: nothing. */
export function scopePreparer(
  scope: Pick<BoundBlock, 'locals' | 'functions'>,
  compiler: Compiler,
): ((frame: Frame) => void) | undefined {
  const makeCells = cellMaker(scope.locals)
  const functions = scope.functions.map(({ local, function: node }) => ({ local, make: compiler.function(node) }))
  if (functions.length === 0) return makeCells
  return (frame) => {
    makeCells?.(frame)
    for (const { local } of functions) if (local.captured) frame[local.slot] = new LocalCell()
    for (const { local, make } of functions) {
      const value = make(frame)
      if (local.captured) (frame[local.slot] as LocalCell).value = value
      else frame[local.slot] = value
    }
  }
}

/** Gives captured locals new cells; undefined when there are none. */
export function cellMaker(locals: readonly LocalSymbol[]): ((frame: Frame) => void) | undefined {
  const slots = locals.filter((local) => local.captured).map((local) => local.slot)
  if (slots.length === 0) return undefined
  return (frame) => {
    for (const slot of slots) frame[slot] = new LocalCell()
  }
}

/** Statements in order. A goto to one of the list's labels goes on there. */
export function compileList(statements: readonly BoundStatement[], compiler: Compiler): Exec {
  const steps = statements.map((statement) => compiler.statement(statement))
  const labels = labelsOf(statements)
  const [first, second] = steps
  if (labels.size === 0 && first !== undefined && steps.length === 1) return first
  if (labels.size === 0 && first !== undefined && second !== undefined && steps.length === 2) {
    return (frame) => first(frame) ?? second(frame)
  }
  return labels.size === 0 ? straight(steps) : jumping(steps, labels)
}

export function labelsOf(statements: readonly BoundStatement[]): Map<string, number> {
  return new Map(
    statements.flatMap((statement, index) => (statement.kind === 'label' ? [[statement.name, index] as const] : [])),
  )
}

function straight(steps: readonly Exec[]): Exec {
  return (frame) => {
    for (const run of steps) {
      const completion = run(frame)
      if (completion !== undefined) return completion
    }
    return undefined
  }
}

function jumping(steps: readonly Exec[], labels: ReadonlyMap<string, number>): Exec {
  return (frame) => {
    let index = 0
    while (index < steps.length) {
      const completion = steps[index]?.(frame)
      if (completion === undefined) index++
      else {
        const target = labelIndex(completion, labels)
        if (target === undefined) return completion
        step()
        index = target
      }
    }
    return undefined
  }
}

/** Where a goto of this list goes; undefined: it is no goto, or the label is further out. */
export function labelIndex(completion: Completion, labels: ReadonlyMap<string, number>): number | undefined {
  return completion instanceof Jump && completion.kind === 'label' ? labels.get(String(completion.target)) : undefined
}
