import type { BoundIsPattern, BoundPattern, Type } from '@apim-kit/policy-dsl/expression'
import { isValueType } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import { constantValue } from './constants.js'
import { typeTest } from './conversions.js'
import type { Code, Frame } from './frame.js'
import { localWriter } from './places.js'

/** Whether a value fits, with the pattern's local assigned when it does. */
export type Test = (frame: Frame, value: ClrValue) => boolean

/** `x is pattern`. */
export function compileIsPattern(node: BoundIsPattern, compiler: Compiler): Code {
  const operand = compiler.expression(node.operand)
  const test = compilePattern(node.pattern, node.operand.type)
  return (frame) => test(frame, operand(frame))
}

/** @param type the static type of the value that is tested */
export function compilePattern(pattern: BoundPattern, type: Type): Test {
  switch (pattern.kind) {
    case 'constant':
      return constantTest(constantValue(pattern.value), pattern.value.type, type)
    case 'type':
      return typePattern(pattern, type)
    case 'var':
      return declared(pattern.local, () => true)
  }
}

function constantTest(constant: ClrValue, constantType: Type, type: Type): Test {
  if (constant === null) return (_frame, value) => value === null
  const traits = traitsOf(constantType)
  if (isValueType(type) || type.id === 'System.String')
    return (_frame, value) => value !== null && traits.equals(value, constant)
  if (!isValueType(constantType)) return (_frame, value) => value === constant
  return (_frame, value) =>
    value instanceof Boxed && value.type.id === constantType.id && traits.equals(value.value, constant)
}

function typePattern(pattern: Extract<BoundPattern, { kind: 'type' }>, type: Type): Test {
  const isTarget = typeTest(type, pattern.target)
  return declared(pattern.local, isTarget, isValueType(pattern.target))
}

function declared(
  local: Extract<BoundPattern, { kind: 'type' }>['local'],
  fits: (value: ClrValue) => boolean,
  unbox = false,
): Test {
  if (local === undefined) return (_frame, value) => fits(value)
  const write = localWriter(local)
  return (frame, value) => {
    if (!fits(value)) return false
    write(frame, unbox && value instanceof Boxed ? value.value : value)
    return true
  }
}
