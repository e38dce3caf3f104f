import type { BoundProgram, BoundStatement, MemberUse } from '@apim-kit/policy-dsl/expression'
import type { Compiler } from './compiler.js'
import { compileTry, rethrow, throwValue } from './exceptions.js'
import { compileExpressionNode } from './expressions.js'
import { Jump, type Delegate, type Exec } from './frame.js'
import { compileEntry, compileFunction, type Entry } from './functions.js'
import { compileSteps } from './iterators.js'
import {
  compileBlock,
  compileDo,
  compileEffect,
  compileFor,
  compileForEach,
  compileIf,
  compileSwitch,
  compileUsing,
  compileWhile,
  returned,
} from './statements.js'

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
