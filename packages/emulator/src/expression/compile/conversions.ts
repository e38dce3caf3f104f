import {
  reflectionName,
  type BoundAs,
  type BoundConvert,
  type BoundTypeTest,
  type Type,
} from '@apim-kit/policy-dsl/expression'
import { pairsOf } from '../json/pairs.js'
import { JObject } from '../json/token.js'
import { instanceTest, isInstance, isValueType, typeName, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { rememberDelegate } from '../values/delegates.js'
import { invalidCast, nullableHasNoValue, nullReference } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import type { Compiler } from './compiler.js'
import type { Code, Delegate } from './frame.js'
import { numericConversion } from './numeric.js'
import { localWriter } from './places.js'

/** An explicit or implicit conversion; the binder has made every one a node. */
export function compileConvert(node: BoundConvert, compiler: Compiler): Code {
  const operand = compiler.expression(node.operand)
  const { conversion } = node
  switch (conversion.kind) {
    case 'upcast':
      return upcast(operand, node.operand.type, node.type)
    case 'wrap':
      return operand
    case 'numeric':
      return numeric(operand, numericConversion(conversion.from, conversion.to, conversion.checked))
    case 'downcast':
      return downcast(operand, node.type)
    case 'box':
      return boxing(operand, node.operand.type)
    case 'unbox':
      return unboxing(operand, node.type)
    case 'unwrap':
      return unwrap(operand)
    case 'lift': {
      const write = localWriter(conversion.temp)
      const inner = compiler.expression(conversion.inner)
      return (frame) => {
        const value = operand(frame)
        if (value === null) return null
        write(frame, value)
        return inner(frame)
      }
    }
    case 'user': {
      const convert = compiler.implementation(conversion.member)
      return (frame) => convert(operand(frame))
    }
  }
}

function numeric(operand: Code, convert: (value: ClrValue) => ClrValue): Code {
  return (frame) => convert(operand(frame))
}

/** Nothing to do, but for JObject, which is a sequence of tokens and of pairs: the target says which of the two it is from here on. */
function upcast(operand: Code, from: Type, to: Type): Code {
  if (from.kind === 'named' && from.definition.kind === 'delegate') return delegateObject(operand, from)
  const sequenceOfPairs =
    from.id === 'Newtonsoft.Json.Linq.JObject' && (to.id.includes('.KeyValuePair<') || to.id.includes('.IDictionary<'))
  if (!sequenceOfPairs) return operand
  return (frame) => {
    const value = operand(frame)
    return value instanceof JObject ? pairsOf(value) : value
  }
}

/** A delegate seen as an object knows its type from here on. */
export function delegateObject(operand: Code, type: Type): Code {
  return (frame) => {
    const value = operand(frame)
    if (value !== null) rememberDelegate(value as Delegate, type)
    return value
  }
}

function downcast(operand: Code, target: Type): Code {
  const fits = instanceTest(target)
  return (frame) => {
    const value = operand(frame)
    if (value !== null && !fits(value)) throw invalidCast(typeName(value), reflectionName(target))
    return value
  }
}

function boxing(operand: Code, from: Type): Code {
  const type = types().nullableElement(from) ?? from
  return (frame) => {
    const value = operand(frame)
    return value === null ? null : new Boxed(type, value)
  }
}

function unboxing(operand: Code, to: Type): Code {
  const element = types().nullableElement(to)
  const target = element ?? to
  return (frame) => {
    const value = operand(frame)
    if (value === null) {
      if (element !== undefined) return null
      throw nullReference()
    }
    if (value instanceof Boxed && (element === undefined ? unboxesTo : isSame)(value.type, target)) return value.value
    throw invalidCast(typeName(value), reflectionName(target))
  }
}

const isSame = (type: Type, target: Type): boolean => type.id === target.id

/** Exactly the type; an enum and what it is stored as are the same here. */
function unboxesTo(type: Type, target: Type): boolean {
  return type === target || type.id === target.id || storage(type).id === storage(target).id
}

function storage(type: Type): Type {
  return (type.kind === 'named' ? type.definition.underlying : undefined) ?? type
}

function unwrap(operand: Code): Code {
  return (frame) => {
    const value = operand(frame)
    if (value === null) throw nullableHasNoValue()
    return value
  }
}

/** `x is T`. */
export function compileTypeTest(node: BoundTypeTest, compiler: Compiler): Code {
  const operand = compiler.expression(node.operand)
  const test = typeTest(node.operand.type, node.target)
  return (frame) => test(operand(frame))
}

/** Whether a value of a static type is a T; null never is. */
export function typeTest(from: Type, target: Type): (value: ClrValue) => boolean {
  if (!isValueType(from)) {
    const fits = instanceTest(target)
    return (value) => value !== null && fits(value)
  }
  const type = types().nullableElement(from) ?? from
  const wanted = types().nullableElement(target) ?? target
  const matches = type.id === wanted.id || isInstance(new Boxed(type, null), wanted)
  return (value) => matches && value !== null
}

/** `x as T`. */
export function compileAs(node: BoundAs, compiler: Compiler): Code {
  const operand = compiler.expression(node.operand)
  const isTarget = typeTest(node.operand.type, node.target)
  const unbox = isValueType(node.target)
  return (frame) => {
    const value = operand(frame)
    if (!isTarget(value)) return null
    return unbox && value instanceof Boxed ? value.value : value
  }
}
