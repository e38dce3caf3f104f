import type {
  BoundBlock,
  BoundDo,
  BoundExpression,
  BoundFor,
  BoundForEach,
  BoundIf,
  BoundStatement,
  BoundSwitch,
  BoundUsing,
  BoundWhile,
  LocalSymbol,
} from '@apim-kit/policy-dsl/expression'
import { step } from '../run.js'
import { nullReference } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import type { Code, Completion, Exec, Frame } from './frame.js'
import { Jump, LocalCell, Returned } from './frame.js'
import { dispose } from '../values/disposable.js'
import { compilePattern } from './patterns.js'
import { plainSlot } from './operands.js'
import { addition, localWriter } from './places.js'
import { walkerFor } from './walk.js'

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

export function compileIf(node: BoundIf, compiler: Compiler): Exec {
  const condition = compiler.expression(node.condition)
  const then = compiler.statement(node.then)
  const otherwise = node.otherwise && compiler.statement(node.otherwise)
  if (otherwise === undefined) return (frame) => (condition(frame) === true ? then(frame) : undefined)
  return (frame) => (condition(frame) === true ? then(frame) : otherwise(frame))
}

/** An expression for its effect. */
export function compileEffect(node: BoundExpression, compiler: Compiler): Exec {
  const sum = addition(node)
  if (sum === undefined) {
    const code = compiler.expression(node)
    return (frame) => {
      code(frame)
      return undefined
    }
  }
  const { slot } = sum
  const added = compiler.expression(sum.added)
  const { constant } = added
  if (typeof constant === 'number') {
    return (frame) => {
      frame[slot] = ((frame[slot] as number) + constant) | 0
      return undefined
    }
  }
  return (frame) => {
    frame[slot] = ((frame[slot] as number) + (added(frame) as number)) | 0
    return undefined
  }
}

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

/** Finds the section that a value goes to; -1: none. */
export function sectionFinder(node: BoundSwitch, compiler: Compiler): (frame: Frame) => number {
  const value = compiler.expression(node.value)
  const labels = node.sections.flatMap((section, index) =>
    section.labels.map(({ pattern, when }) => ({
      index,
      test: compilePattern(pattern, node.value.type),
      when: when && compiler.expression(when),
    })),
  )
  const fallback = node.sections.findIndex((section) => section.isDefault)
  return (frame) => {
    const subject = value(frame)
    for (const { index, test, when } of labels) {
      if (test(frame, subject) && (when === undefined || when(frame) === true)) return index
    }
    return fallback
  }
}

export function compileSwitch(node: BoundSwitch, compiler: Compiler): Exec {
  const prepare = scopePreparer(node, compiler)
  const find = sectionFinder(node, compiler)
  const sections = node.sections.map((section) => compileList(section.statements, compiler))
  return (frame) => {
    prepare?.(frame)
    let section = find(frame)
    for (;;) {
      const completion = sections[section]?.(frame)
      if (completion instanceof Jump && completion.kind === 'section') {
        step()
        section = Number(completion.target)
      } else return completion === Jump.break ? undefined : completion
    }
  }
}

export function compileUsing(node: BoundUsing, compiler: Compiler): Exec {
  const cells = cellMaker(node.locals)
  const resources = node.resources.map(({ local, value }) => ({
    write: localWriter(local),
    value: compiler.expression(value),
  }))
  const body = compiler.statement(node.body)
  return (frame) => {
    cells?.(frame)
    const open: ClrValue[] = []
    try {
      for (const { write, value } of resources) {
        const resource = value(frame)
        open.unshift(resource)
        write(frame, resource)
      }
      return body(frame)
    } finally {
      open.forEach(dispose)
    }
  }
}

export function returned(value: Code | undefined): Exec {
  if (value === undefined) return () => new Returned(null)
  return (frame) => new Returned(value(frame))
}
