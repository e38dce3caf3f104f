import type { BoundExpression, BoundIf, BoundSwitch, BoundUsing } from '@apim-kit/policy-dsl/expression'
import { step } from '../run.js'
import type { ClrValue } from '../values/value.js'
import { addition } from './assignments.js'
import type { Compiler } from './compiler.js'
import { type Code, type Exec, type Frame, Jump, Returned } from './frame.js'
import { dispose } from '../values/disposable.js'
import { compilePattern } from './patterns.js'
import { localWriter } from './places.js'
import { cellMaker, compileList, scopePreparer } from './blocks.js'

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
