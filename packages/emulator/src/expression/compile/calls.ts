import type {
  BoundCall,
  BoundDelegate,
  BoundExpression,
  BoundInvoke,
  BoundLocalCall,
  BoundNew,
  MemberUse,
  Type,
} from '@apim-kit/policy-dsl/expression'
import { nullReference } from '../values/exceptions.js'
import { allocateObject } from '../run.js'
import { isValueType } from '../types.js'
import { box } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import { delegateObject } from './conversions.js'
import type { Code, Delegate, Frame } from './frame.js'
import { plainSlot } from './operands.js'

/** A call of a declared member. */
export function compileCall(node: BoundCall, compiler: Compiler): Code {
  const implementation = compiler.implementation(node.member)
  const values = node.arguments.map((argument) => compiler.expression(argument))
  if (node.lifted) return liftedCall(node.member.member.name, implementation, values)
  if (node.receiver === undefined) return invokeWith(implementation, values, node.order)
  return invokeOn(implementation, node.receiver, node.member, compiler, values, node.order)
}

/** Calls an instance member. As C# has it, the receiver is looked at when the arguments are there. */
export function invokeOn(
  target: Delegate,
  receiver: BoundExpression,
  use: MemberUse,
  compiler: Compiler,
  values: readonly Code[] = [],
  order?: readonly number[],
): Code {
  const self = receiverValue(receiver, use, compiler)
  const call = mayBeNull(receiver.type, use) ? notOnNull(target) : target
  const [a, b] = values
  const slot = isDelegate(receiver.type) ? undefined : plainSlot(receiver)
  if (order !== undefined || values.length > 2 || call === target) {
    return invokeWith(call, [self, ...values], order && [0, ...order.map((index) => index + 1)])
  }
  if (a === undefined && slot !== undefined) return (frame) => target(nonNull(frame[slot] as ClrValue))
  if (a === undefined) return (frame) => target(nonNull(self(frame)))
  if (b === undefined) {
    const { constant } = a
    if (constant !== undefined) return (frame) => target(nonNull(self(frame)), constant)
    return (frame) => {
      const value = self(frame)
      const first = a(frame)
      return target(nonNull(value), first)
    }
  }
  return (frame) => {
    const value = self(frame)
    const first = a(frame)
    const second = b(frame)
    return target(nonNull(value), first, second)
  }
}

function notOnNull(target: Delegate): Delegate {
  return (value = null, ...rest) => target(nonNull(value), ...rest)
}

function nonNull(value: ClrValue): ClrValue {
  if (value === null) throw nullReference()
  return value
}

/** The members of `Nullable<T>` take null as theirs. */
function mayBeNull(receiver: Type, use: MemberUse): boolean {
  return !isValueType(receiver) && use.container.definition.name !== 'System.Nullable<T>'
}

const isDelegate = (type: Type): boolean => type.kind === 'named' && type.definition.kind === 'delegate'

function receiverValue(receiver: BoundExpression, use: MemberUse, compiler: Compiler): Code {
  const code = compiler.expression(receiver)
  // A member that a struct or an enum inherits from a class sees the value as an object.
  if (isValueType(receiver.type) && !isValueType(use.container)) return (frame) => box(receiver.type, code(frame))
  if (isDelegate(receiver.type)) return delegateObject(code, receiver.type)
  return code
}

/** The receiver of an instance member, never null. */
export function receiverCode(receiver: BoundExpression, use: MemberUse, compiler: Compiler): Code {
  const code = receiverValue(receiver, use, compiler)
  return mayBeNull(receiver.type, use) ? (frame) => nonNull(code(frame)) : code
}

/** Evaluates the arguments and calls; the commonest counts get closures of their own. */
export function invokeWith(target: Delegate, values: readonly Code[], order?: readonly number[]): Code {
  if (order !== undefined) return ordered(target, values, order)
  const [a, b, c] = values
  if (a === undefined) return () => target()
  if (b === undefined) return (frame) => target(a(frame))
  if (c === undefined) {
    const { constant } = b
    return constant === undefined ? (frame) => target(a(frame), b(frame)) : (frame) => target(a(frame), constant)
  }
  if (values.length === 3) return (frame) => target(a(frame), b(frame), c(frame))
  return (frame) => target(...evaluateAll(values, frame))
}

/** Named arguments are evaluated as they are written and passed as they are declared. */
function ordered(target: Delegate, values: readonly Code[], order: readonly number[]): Code {
  return (frame) => {
    const results: ClrValue[] = values.map(() => null)
    for (const index of order) results[index] = values[index]?.(frame) ?? null
    return target(...results)
  }
}

export function evaluateAll(values: readonly Code[], frame: Frame): ClrValue[] {
  const results: ClrValue[] = []
  for (let index = 0; index < values.length; index++) results.push((values[index] as Code)(frame))
  return results
}

/** A declared operator on operands that may be null. */
function liftedCall(name: string, implementation: Delegate, values: readonly Code[]): Code {
  return (frame) => {
    const operands = evaluateAll(values, frame)
    const nulls = operands.filter((operand) => operand === null).length
    if (nulls === 0) return implementation(...operands)
    if (name === 'op_Equality') return nulls === operands.length
    if (name === 'op_Inequality') return nulls !== operands.length
    return /Than/.test(name) ? false : null
  }
}

/** A call of a local function. */
export function compileLocalCall(node: BoundLocalCall, compiler: Compiler): Code {
  const target = compiler.expression(node.function)
  const values = node.arguments.map((argument) => compiler.expression(argument))
  const { order } = node
  if (order !== undefined) return (frame) => ordered(target(frame) as Delegate, values, order)(frame)
  return applied(target, values)
}

/** A call of a delegate value. */
export function compileInvoke(node: BoundInvoke, compiler: Compiler): Code {
  const target = compiler.expression(node.delegate)
  const checked: Code = (frame) => {
    const value = target(frame)
    if (value === null) throw nullReference()
    return value
  }
  return applied(
    checked,
    node.arguments.map((argument) => compiler.expression(argument)),
  )
}

function applied(target: Code, values: readonly Code[]): Code {
  const [a, b] = values
  if (a === undefined) return (frame) => (target(frame) as Delegate)()
  if (b === undefined) return (frame) => (target(frame) as Delegate)(a(frame))
  if (values.length === 2) return (frame) => (target(frame) as Delegate)(a(frame), b(frame))
  return (frame) => (target(frame) as Delegate)(...evaluateAll(values, frame))
}

/** `new T(…)`. */
export function compileNew(node: BoundNew, compiler: Compiler): Code {
  const values = node.arguments.map((argument) => compiler.expression(argument))
  const make = invokeWith(compiler.implementation(node.member), values, node.order)
  return (frame) => {
    allocateObject()
    return make(frame)
  }
}

/** A method group as a delegate; its receiver is evaluated now, not when it is called. */
export function compileDelegate(node: BoundDelegate, compiler: Compiler): Code {
  if (node.target.kind === 'local-function') return compiler.expression(node.target.function)
  const { member, receiver } = node.target
  const implementation = compiler.implementation(member)
  if (receiver === undefined) return () => implementation
  const code = receiverCode(receiver, member, compiler)
  return (frame) => {
    const value = code(frame)
    allocateObject()
    return (...values: ClrValue[]) => implementation(value, ...values)
  }
}
