import type { BoundConvert, BoundExpression, Conversion, NumericType } from '../bound.js'
import type { Span } from '../position.js'
import type { ConstantValue, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { constantFits, constantText, convertConstant } from './constants.js'
import { reportImplicit, reportUnconverted } from './conversion-errors.js'
import { delegateFromGroup, groupFits } from './delegates.js'
import { bindLambda, lambdaFits } from './lambdas.js'
import { isValue, type Operand } from './operand.js'
import {
  isDelegate,
  isEnum,
  isError,
  isInterface,
  isObject,
  isReferenceType,
  isString,
  isSubtype,
  isValueType,
  isVoid,
  numericOf,
  storageOf,
} from './relations.js'
import { convertTuple, tupleConversion, tupleFits } from './tuples.js'
import { declaredConversion } from './user-conversions.js'

/** Turns a value of the one type into one of the other. */
export type Convert = (operand: BoundExpression) => BoundExpression

const same: Convert = (operand) => operand

/** Widenings that never lose the size of a number: C# specification, "Implicit numeric conversions". */
const WIDENINGS: Readonly<Record<NumericType, readonly NumericType[]>> = {
  sbyte: ['short', 'int', 'long', 'float', 'double', 'decimal'],
  byte: ['short', 'ushort', 'int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'],
  short: ['int', 'long', 'float', 'double', 'decimal'],
  ushort: ['int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'],
  int: ['long', 'float', 'double', 'decimal'],
  uint: ['long', 'ulong', 'float', 'double', 'decimal'],
  long: ['float', 'double', 'decimal'],
  ulong: ['float', 'double', 'decimal'],
  char: ['ushort', 'int', 'uint', 'long', 'ulong', 'float', 'double', 'decimal'],
  float: ['double'],
  double: [],
  decimal: [],
}

/** The node of a conversion. */
export function node(operand: BoundExpression, type: Type, conversion: Conversion): BoundConvert {
  return { kind: 'convert', operand, type, conversion, start: operand.start, end: operand.end }
}

/** A conversion that is done in one step, and the same for every value. */
export const simple = (to: Type, kind: 'upcast' | 'downcast' | 'box' | 'unbox' | 'wrap' | 'unwrap'): Convert => {
  return (operand) => node(operand, to, { kind })
}

function numeric(b: Binder, from: NumericType, to: NumericType, type: Type): Convert {
  return (operand) => {
    const checked = b.checked === 'checked'
    if (operand.kind === 'constant') {
      const folded = convertConstant(operand.value, from, to, b.checked !== 'unchecked')
      if (folded === 'overflow') return overflow(b, operand, type)
      if (folded === 'decimal-overflow') return decimalOverflow(b, operand, type)
      if (typeof folded === 'object') return b.constant(folded.value, type, operand)
    }
    return from === to && type === operand.type ? operand : node(operand, type, { kind: 'numeric', from, to, checked })
  }
}

function overflow(b: Binder, operand: BoundExpression & { kind: 'constant' }, type: Type): BoundExpression {
  const message = `Constant value '${constantText(operand.value, numericOf(operand.type))}' cannot be converted to a '${b.show(type)}' (use 'unchecked' syntax to override)`
  b.report('CS0221', operand, message)
  return unfolded(operand, type)
}

/** The compiler says it in other words where a decimal is one side. */
function decimalOverflow(b: Binder, operand: BoundExpression & { kind: 'constant' }, type: Type): BoundExpression {
  const message = `Constant value '${constantText(operand.value, numericOf(operand.type))}' cannot be converted to a '${b.show(type)}'`
  b.report('CS0031', operand, message)
  return unfolded(operand, type)
}

/** A constant that does not fit has its type all the same: what is done with it can be a mistake of its own. */
function unfolded(operand: BoundExpression, type: Type): BoundExpression {
  const { start, end } = operand
  return { kind: 'default', type, start, end }
}

/** `A?` to `B?`: null stays null. */
export function lift(b: Binder, fromElement: Type, to: Type, inner: Convert): Convert {
  return (operand) => {
    const temp = b.temp(fromElement, operand)
    return node(operand, to, { kind: 'lift', temp, inner: inner(temp) })
  }
}

/** Conversions that C# makes by itself and nobody declared. */
export function standardImplicit(b: Binder, from: Type, to: Type): Convert | undefined {
  if (from === to || isError(from) || isError(to)) return same
  if (isVoid(from) || isVoid(to)) return undefined
  if (from.kind === 'null')
    return isReferenceType(to) || b.table.nullableElement(to) ? (operand) => b.constant(null, to, operand) : undefined
  return (
    implicitNumeric(b, from, to) ??
    implicitNullable(b, from, to) ??
    implicitReference(b, from, to) ??
    tupleConversion(b, from, to, implicitType)
  )
}

function implicitNumeric(b: Binder, from: Type, to: Type): Convert | undefined {
  const source = numericOf(from)
  const target = numericOf(to)
  return source && target && WIDENINGS[source].includes(target) ? numeric(b, source, target, to) : undefined
}

function implicitNullable(b: Binder, from: Type, to: Type): Convert | undefined {
  const target = b.table.nullableElement(to)
  if (target === undefined) return undefined
  const source = b.table.nullableElement(from)
  const inner = isValueType(source ?? from) ? standardImplicit(b, source ?? from, target) : undefined
  if (inner === undefined) return undefined
  return source ? lift(b, source, to, inner) : (operand) => simple(to, 'wrap')(inner(operand))
}

function implicitReference(b: Binder, from: Type, to: Type): Convert | undefined {
  if (isReferenceType(from))
    return isReferenceType(to) && isSubtype(b.table, from, to) ? simple(to, 'upcast') : undefined
  // A type parameter may stand for a value type: its values box when they have to.
  if (from.kind === 'type-parameter') {
    const own = [b.table.special.object, ...from.constraints.types]
    return own.some((type) => type === to || isSubtype(b.table, type, to)) ? simple(to, 'box') : undefined
  }
  if (!isValueType(from)) return undefined
  const boxed = b.table.nullableElement(from) ?? from
  return isReferenceType(to) && isSubtype(b.table, boxed, to) ? simple(to, 'box') : undefined
}

/** Conversions that only a cast makes. */
export function standardExplicit(b: Binder, from: Type, to: Type): Convert | undefined {
  const implicit = standardImplicit(b, from, to)
  if (implicit) return implicit
  if (isVoid(from) || isVoid(to)) return undefined
  return (
    explicitNumeric(b, from, to) ??
    explicitNullable(b, from, to) ??
    explicitReference(b, from, to) ??
    tupleConversion(b, from, to, explicitType)
  )
}

function explicitNumeric(b: Binder, from: Type, to: Type): Convert | undefined {
  const source = storageOf(from)
  const target = storageOf(to)
  return source && target ? numeric(b, source, target, to) : undefined
}

function explicitNullable(b: Binder, from: Type, to: Type): Convert | undefined {
  const source = b.table.nullableElement(from)
  const target = b.table.nullableElement(to)
  if (source && target) {
    const inner = standardExplicit(b, source, target)
    return inner && lift(b, source, to, inner)
  }
  if (source && isValueType(to)) {
    const inner = standardExplicit(b, source, to)
    return inner && ((operand) => inner(simple(source, 'unwrap')(operand)))
  }
  if (!target || !isValueType(from)) return undefined
  const inner = standardExplicit(b, from, target)
  return (
    inner &&
    ((operand) => (fitsNothing(b, operand, target) ? misfit(b, operand, to) : simple(to, 'wrap')(inner(operand))))
  )
}

/** Whether a constant is outside of the type: to a `T?` the compiler then knows no conversion. */
function fitsNothing(b: Binder, operand: BoundExpression, to: Type): boolean {
  const [source, target] = [storageOf(operand.type), storageOf(to)]
  if (operand.kind !== 'constant' || source === undefined || target === undefined) return false
  return typeof convertConstant(operand.value, source, target, b.checked !== 'unchecked') === 'string'
}

function misfit(b: Binder, operand: BoundExpression, to: Type): BoundExpression {
  return b.fail('CS0030', operand, `Cannot convert type '${b.showFull(operand.type)}' to '${b.showFull(to)}'`)
}

function explicitReference(b: Binder, from: Type, to: Type): Convert | undefined {
  if (from.kind === 'type-parameter' || to.kind === 'type-parameter') {
    return isObject(from) || isInterface(from) ? simple(to, 'unbox') : undefined
  }
  if (isReferenceType(from) && isValueType(to)) {
    const unboxed = b.table.nullableElement(to) ?? to
    return isSubtype(b.table, unboxed, from) ? simple(to, 'unbox') : undefined
  }
  if (!isReferenceType(from) || !isReferenceType(to)) return undefined
  return isSubtype(b.table, to, from) || mayBeBoth(b, from, to) ? simple(to, 'downcast') : undefined
}

/** Two types neither of which is a base of the other: an object can be both when one is an interface and the other can still be derived from. */
function mayBeBoth(b: Binder, from: Type, to: Type): boolean {
  if (isInterface(from)) return isInterface(to) || !isSealed(to)
  if (isInterface(to)) return !isSealed(from)
  return (
    from.kind === 'array' && to.kind === 'array' && from.rank === to.rank && arrayMayBe(b, from.element, to.element)
  )
}

const arrayMayBe = (b: Binder, from: Type, to: Type): boolean =>
  isReferenceType(from) && isReferenceType(to) && explicitReference(b, from, to) !== undefined

const isSealed = (type: Type): boolean =>
  isString(type) || type.kind === 'array' || isDelegate(type) || type.kind === 'anonymous'

/** A conversion that one of the two types declares. Interfaces, and object, have none. */
function userDefined(b: Binder, from: Type, to: Type, explicit: boolean): Convert | undefined {
  const none = from.kind === 'null' || isInterface(from) || isInterface(to) || isObject(from)
  return none ? undefined : declaredConversion(b, from, to, explicit)
}

// ------------------------------------------------------------------------------------------------------ whole operands

/** The implicit conversion between two types, whatever the value. */
export function implicitType(b: Binder, from: Type, to: Type): Convert | undefined {
  return standardImplicit(b, from, to) ?? userDefined(b, from, to, false)
}

export function explicitType(b: Binder, from: Type, to: Type): Convert | undefined {
  return standardExplicit(b, from, to) ?? userDefined(b, from, to, true)
}

const isZero = (value: ConstantValue): boolean =>
  typeof value === 'object' && value !== null ? value.unscaled === 0n : Number(value) === 0

/** An int constant that fits converts to smaller and unsigned types, zero to every enum. */
function implicitConstant(b: Binder, operand: BoundExpression, to: Type): Convert | undefined {
  if (operand.kind !== 'constant') return undefined
  const source = numericOf(operand.type)
  const element = b.table.nullableElement(to)
  if (element) {
    const inner = implicitConstant(b, operand, element)
    return inner && ((value) => simple(to, 'wrap')(inner(value)))
  }
  if (source && isEnum(to) && isZero(operand.value) && source !== 'char') return () => b.constant(0, to, operand)
  const target = numericOf(to)
  if (!target || target === 'char' || (source !== 'int' && !(source === 'long' && target === 'ulong'))) return undefined
  return constantFits(operand.value, target) ? numeric(b, source, target, to) : undefined
}

/** The conversion of this operand to a type, when C# makes it by itself. */
export function implicitConversion(b: Binder, operand: Operand, to: Type): (() => BoundExpression) | undefined {
  if (isValue(operand)) {
    const convert =
      standardImplicit(b, operand.type, to) ??
      implicitConstant(b, operand, to) ??
      userDefined(b, operand.type, to, false)
    return convert && (() => convert(operand))
  }
  switch (operand.kind) {
    case 'unbound-lambda':
      return lambdaFits(b, operand, to) ? () => bindLambda(b, operand, to) : undefined
    case 'method-group':
      return groupFits(b, operand, to) ? () => delegateFromGroup(b, operand, to) : undefined
    case 'tuple-literal':
      return tupleFits(b, operand, to) ? () => convertTuple(b, operand, to) : undefined
    default:
      return undefined
  }
}

/** Converts, or reports why not. */
export function convertImplicit(b: Binder, operand: Operand, to: Type, span: Span = operand): BoundExpression {
  const convert = implicitConversion(b, operand, to)
  if (convert) return convert()
  reportImplicit(b, operand, to, span)
  return b.error(span)
}

/** A cast. */
export function convertExplicit(b: Binder, operand: Operand, to: Type, span: Span): BoundExpression {
  const implicit = implicitConversion(b, operand, to)
  if (implicit) return respan(implicit(), span)
  if (operand.kind === 'method-group' && !isDelegate(to)) {
    return b.fail('CS0030', span, `Cannot convert type 'method' to '${b.showFull(to)}'`)
  }
  if (!isValue(operand)) {
    reportUnconverted(b, operand, to, span)
    return b.error(span)
  }
  const convert = explicitType(b, operand.type, to)
  if (convert)
    return respan(
      convert(operand.kind === 'constant' ? { ...operand, start: span.start, end: span.end } : operand),
      span,
    )
  if (operand.type.kind === 'null')
    return b.fail('CS0037', span, `Cannot convert null to '${b.show(to)}' because it is a non-nullable value type`)
  return b.fail('CS0030', span, `Cannot convert type '${b.showFull(operand.type)}' to '${b.showFull(to)}'`)
}

/** The node stands for the whole cast, not for what was cast. */
const respan = (expression: BoundExpression, span: Span): BoundExpression => ({
  ...expression,
  start: span.start,
  end: span.end,
})

/** Whether some interface or base is common: for `is` and `==`, which may compare what one day can be equal. */
export function mayBeEqual(b: Binder, left: Type, right: Type): boolean {
  if (standardImplicit(b, left, right) ?? standardImplicit(b, right, left)) return true
  return explicitReference(b, left, right) !== undefined || explicitReference(b, right, left) !== undefined
}
