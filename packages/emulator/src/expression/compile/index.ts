import type { BoundProgram, BoundStatement, MemberUse } from '@apim-kit/policy-dsl/expression'
import type { Compiler } from './compiler.js'
import { compileTry, rethrow, throwValue } from './exceptions.js'
import { compileExpressionNode } from './expressions.js'
import { Jump, type Delegate, type Exec } from './frame.js'
import { compileEntry, compileFunction, type Entry } from './functions.js'
import { compileSteps } from './iterators.js'
import { compileBlock } from './blocks.js'
import { compileDo, compileFor, compileForEach, compileWhile } from './loops.js'
import { compileEffect, compileIf, compileSwitch, compileUsing, returned } from './statements.js'

/*
 * How an expression runs. Binding has left a tree in which every name is resolved, every conversion a node and every type known. This folder
 * turns it into closures, once: what is decided by kind, type or constant is decided here, and an evaluation only calls. No text of an
 * expression ever becomes JavaScript, so nothing is reached that no closure reaches.
 *
 * - A frame (`frame.ts`) is an array with a slot for each local; a local that a lambda captures lives in a cell in its slot.
 * - `Code` gives the value of an expression, `Exec` how a statement ended: normally, or with a completion (return, break, continue, goto)
 *   that the statements around pass on or take. Only an iterator is made of generators (`iterators.ts`).
 * - Values follow the static type (`values/value.ts`): an int is a number, and it is boxed where C# boxes.
 * - A call of a closure takes longer than most of what closures do. So the commonest shapes read locals and constants themselves
 *   (`integers.ts`, `operands.ts`), know their way into the context (`context-reads.ts`), join texts ahead (`text.ts`) and count (`for`).
 *   Sequences are walked by handing elements on (`Piped` in `values/collections.ts`), not by an iterator for each operator.
 * - Limits are counted where work repeats (`run.ts`): a turn of a loop, an element, a call of a lambda is a step, and every 64th looks at the
 *   clock; allocations are summed up; nesting is counted. A member that may take long by itself looks at the clock, too.
 */

/** Finds what runs a member. */
export type Implementations = (use: MemberUse, write: boolean) => Delegate

/**
 * Compiles a bound expression to a function of `context`. All deciding by kind and type is done here, once; the result only calls.
 *
 * @throws ApimKitError `not-supported` when a member is used that the emulator does not have
 */
export function compileProgram(program: BoundProgram, implementations: Implementations): Entry {
  const compiler: Compiler = {
    expression: (node) => compileExpressionNode(node, compiler),
    statement: (node) => compileStatement(node, compiler),
    steps: (node) => compileSteps(node, compiler),
    function: (node) => compileFunction(node, compiler),
    implementation: (use, write = false) => implementations(use, write),
  }
  return compileEntry(program.function, compiler)
}

function compileStatement(node: BoundStatement, compiler: Compiler): Exec {
  switch (node.kind) {
    case 'block':
      return compileBlock(node, compiler)
    case 'evaluate':
      return compileEffect(node.expression, compiler)
    case 'if':
      return compileIf(node, compiler)
    case 'while':
      return compileWhile(node, compiler)
    case 'do':
      return compileDo(node, compiler)
    case 'for':
      return compileFor(node, compiler)
    case 'foreach':
      return compileForEach(node, compiler)
    case 'switch':
      return compileSwitch(node, compiler)
    case 'return':
      return returned(node.value && compiler.expression(node.value))
    case 'throw-statement':
      return throwStatement(node.value && compiler.expression(node.value))
    case 'try':
      return compileTry(node, compiler)
    case 'using':
      return compileUsing(node, compiler)
    case 'label':
      return () => undefined
    case 'break':
    case 'continue':
    case 'goto':
    case 'goto-case':
      return jump(node)
    case 'yield':
      throw new Error('A yield stands outside of an iterator.')
  }
}

function throwStatement(value: ((frame: Parameters<Exec>[0]) => Parameters<typeof throwValue>[0]) | undefined): Exec {
  return value === undefined ? rethrow : (frame) => throwValue(value(frame))
}

function jump(node: Extract<BoundStatement, { kind: 'break' | 'continue' | 'goto' | 'goto-case' }>): Exec {
  switch (node.kind) {
    case 'break':
      return () => Jump.break
    case 'continue':
      return () => Jump.continue
    case 'goto': {
      const target = new Jump('label', node.label)
      return () => target
    }
    case 'goto-case': {
      const target = new Jump('section', node.section)
      return () => target
    }
  }
}
