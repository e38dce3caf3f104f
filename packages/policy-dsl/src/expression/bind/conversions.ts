import type { BoundConvert, BoundExpression, Conversion, MemberUse, NumericType } from '../bound.js'
import type { Span } from '../position.js'
import { argumentMap, substitute } from '../types/table.js'
import type { Member, NamedType, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { constantFits, constantText, convertConstant } from './constants.js'
import { delegateFromGroup, groupFits, returnMisfit } from './delegates.js'
import { bindLambda, lambdaFits } from './lambdas.js'
import { isValue, type Operand, type TupleLiteral, type UnboundLambda } from './operand.js'
import {
  baseOf,
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
  signatureOf,
  storageOf,
} from './relations.js'
import { convertTuple, tupleConversion, tupleFits, tupleItems, tupleType } from './tuples.js'

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

function node(operand: BoundExpression, type: Type, conversion: Conversion): BoundConvert {
  return { kind: 'convert', operand, type, conversion, start: operand.start, end: operand.end }
}

const simple = (to: Type, kind: 'upcast' | 'downcast' | 'box' | 'unbox' | 'wrap' | 'unwrap'): Convert => {
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
  const message = `Constant value '${constantText(operand.value)}' cannot be converted to a '${b.show(type)}' (use 'unchecked' syntax to override)`
  return b.fail('CS0221', operand, message)
}

/** The compiler says it in other words where a decimal is one side. */
function decimalOverflow(b: Binder, operand: BoundExpression & { kind: 'constant' }, type: Type): BoundExpression {
  const message = `Constant value '${constantText(operand.value)}' cannot be converted to a '${b.show(type)}'`
  return b.fail('CS0031', operand, message)
}

/** `A?` to `B?`: null stays null. */
function lift(b: Binder, fromElement: Type, to: Type, inner: Convert): Convert {
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
  if (!isValueType(from)) return from.kind === 'type-parameter' && isObject(to) ? simple(to, 'box') : undefined
  const boxed = b.table.nullableElement(from) ?? from
  return isReferenceType(to) && isSubtype(b.table, boxed, to) ? simple(to, 'box') : undefined
}

/** Conversions that only a cast makes. */
function standardExplicit(b: Binder, from: Type, to: Type): Convert | undefined {
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
  return inner && ((operand) => simple(to, 'wrap')(inner(operand)))
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

// ------------------------------------------------------------------------------------------------------- user-defined

interface Declared {
  readonly member: Member
  readonly container: NamedType
  readonly from: Type
  readonly to: Type
}

/** A conversion that one of the two types declares: C# specification, "User-defined conversions". */
function userDefined(b: Binder, from: Type, to: Type, explicit: boolean): Convert | undefined {
  if (from.kind === 'null' || isInterface(from) || isInterface(to) || isObject(from)) return undefined
  const converts = explicit
    ? (a: Type, c: Type): boolean => standardImplicit(b, a, c) !== undefined || standardImplicit(b, c, a) !== undefined
    : (a: Type, c: Type): boolean => standardImplicit(b, a, c) !== undefined
  const fitting = declaredConversions(b, from, to, explicit).filter(
    (declared) => converts(from, declared.from) && converts(declared.to, to),
  )
  const source = mostSpecificSource(b, from, fitting)
  const target = mostSpecificTarget(b, to, fitting)
  const chosen = fitting.filter((declared) => declared.from === source && declared.to === target)
  const [only] = chosen
  return only && chosen.length === 1 ? applyDeclared(b, only, from, to) : liftedUser(b, from, to, explicit)
}

/** `A?` to `B?` by way of a declared A to B. */
function liftedUser(b: Binder, from: Type, to: Type, explicit: boolean): Convert | undefined {
  const source = b.table.nullableElement(from)
  const target = b.table.nullableElement(to)
  if (source === undefined) return undefined
  if (target) {
    const inner = userDefined(b, source, target, explicit)
    return inner && lift(b, source, to, inner)
  }
  const inner = explicit ? userDefined(b, source, to, true) : undefined
  return inner && ((operand) => inner(simple(source, 'unwrap')(operand)))
}

function declaredConversions(b: Binder, from: Type, to: Type, explicit: boolean): Declared[] {
  const list: Declared[] = []
  const seen = new Set<Type>()
  for (const start of [b.table.nullableElement(from) ?? from, b.table.nullableElement(to) ?? to]) {
    for (let type: Type | undefined = start; type; type = baseOf(b.table, type)) {
      if (type.kind !== 'named' || seen.has(type)) continue
      seen.add(type)
      addDeclared(b, type, explicit, list)
    }
  }
  return list
}

function addDeclared(b: Binder, container: NamedType, explicit: boolean, list: Declared[]): void {
  const map = argumentMap(container)
  const { members } = container.definition
  const all = [...(members.get('op_Implicit') ?? []), ...(explicit ? (members.get('op_Explicit') ?? []) : [])]
  for (const member of all) {
    const [parameter] = member.parameters
    if (parameter === undefined) continue
    list.push({
      member,
      container,
      from: substitute(b.table, parameter.type, map),
      to: substitute(b.table, member.type, map),
    })
  }
}

const encompasses = (b: Binder, outer: Type, inner: Type): boolean => standardImplicit(b, inner, outer) !== undefined

/** The type among `types` that every other one converts to, or that converts to every other one. */
const narrowest = (b: Binder, types: readonly Type[]): Type | undefined =>
  types.find((type) => types.every((other) => encompasses(b, other, type)))
const widest = (b: Binder, types: readonly Type[]): Type | undefined =>
  types.find((type) => types.every((other) => encompasses(b, type, other)))

function mostSpecificSource(b: Binder, from: Type, list: readonly Declared[]): Type | undefined {
  const types = list.map((declared) => declared.from)
  if (types.includes(from)) return from
  const around = types.filter((type) => encompasses(b, type, from))
  return around.length > 0 ? narrowest(b, around) : widest(b, types)
}

function mostSpecificTarget(b: Binder, to: Type, list: readonly Declared[]): Type | undefined {
  const types = list.map((declared) => declared.to)
  if (types.includes(to)) return to
  const inside = types.filter((type) => encompasses(b, to, type))
  return inside.length > 0 ? widest(b, inside) : narrowest(b, types)
}

function applyDeclared(b: Binder, declared: Declared, from: Type, to: Type): Convert | undefined {
  const before = standardExplicit(b, from, declared.from)
  const after = standardExplicit(b, declared.to, to)
  const { member, container } = declared
  const use: MemberUse = { key: member.key, member, container, typeArguments: [] }
  return before && after && ((operand) => after(node(before(operand), declared.to, { kind: 'user', member: use })))
}

// ------------------------------------------------------------------------------------------------------ whole operands

/** The implicit conversion between two types, whatever the value. */
export function implicitType(b: Binder, from: Type, to: Type): Convert | undefined {
  return standardImplicit(b, from, to) ?? userDefined(b, from, to, false)
}

export function explicitType(b: Binder, from: Type, to: Type): Convert | undefined {
  return standardExplicit(b, from, to) ?? userDefined(b, from, to, true)
}

/** An int constant that fits converts to smaller and unsigned types, zero to every enum. */
function implicitConstant(b: Binder, operand: BoundExpression, to: Type): Convert | undefined {
  if (operand.kind !== 'constant') return undefined
  const source = numericOf(operand.type)
  const element = b.table.nullableElement(to)
  if (element) {
    const inner = implicitConstant(b, operand, element)
    return inner && ((value) => simple(to, 'wrap')(inner(value)))
  }
  if (source && isEnum(to) && Number(operand.value) === 0 && source !== 'char') return () => b.constant(0, to, operand)
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

function reportImplicit(b: Binder, operand: Operand, to: Type, span: Span): void {
  if (!isValue(operand)) return reportUnconverted(b, operand, to, span)
  const from = operand.type
  const target = b.show(to)
  if (from.kind === 'null') {
    b.report('CS0037', span, `Cannot convert null to '${target}' because it is a non-nullable value type`)
  } else if (
    operand.kind === 'constant' &&
    numericOf(from) === 'double' &&
    (numericOf(to) === 'float' || numericOf(to) === 'decimal')
  ) {
    const suffix = numericOf(to) === 'float' ? 'F' : 'M'
    const message = `Literal of type double cannot be implicitly converted to type '${target}'; use an '${suffix}' suffix to create a literal of this type`
    b.report('CS0664', span, message)
  } else if (isConstantOutOfRange(operand, to)) {
    b.report('CS0031', span, `Constant value '${constantText(operand.value)}' cannot be converted to a '${target}'`)
  } else if (explicitType(b, from, to)) {
    const message = `Cannot implicitly convert type '${b.showFull(from)}' to '${b.showFull(to)}'. An explicit conversion exists (are you missing a cast?)`
    b.report('CS0266', span, message)
  } else b.report('CS0029', span, `Cannot implicitly convert type '${b.showFull(from)}' to '${b.showFull(to)}'`)
}

function isConstantOutOfRange(operand: BoundExpression, to: Type): operand is BoundExpression & { kind: 'constant' } {
  const target = numericOf(to)
  return (
    operand.kind === 'constant' &&
    numericOf(operand.type) === 'int' &&
    target !== undefined &&
    target !== 'char' &&
    !constantFits(operand.value, target)
  )
}

/** Says why something that is no value yet cannot become one of the type. */
export function reportUnconverted(b: Binder, operand: Exclude<Operand, BoundExpression>, to: Type, span: Span): void {
  switch (operand.kind) {
    case 'unbound-lambda':
      return reportLambda(b, operand, to, span)
    case 'method-group': {
      const misfit = isDelegate(to) ? returnMisfit(b, operand, to) : undefined
      if (misfit) {
        const shown = `${b.show(misfit.returnType)} ${operand.name}`
        return b.report('CS0407', operand.nameSpan, `'${shown}' has the wrong return type`)
      }
      const message = isDelegate(to)
        ? `No overload for '${operand.name}' matches delegate '${b.show(to)}'`
        : `Cannot convert method group '${operand.name}' to non-delegate type '${b.show(to)}'. Did you intend to invoke the method?`
      return b.report(isDelegate(to) ? 'CS0123' : 'CS0428', operand.nameSpan, message)
    }
    case 'type-operand':
      return b.report('CS0119', span, `'${b.show(operand.operand)}' is a type, which is not valid in the given context`)
    case 'namespace-operand':
      return b.report('CS0118', span, `'${operand.name}' is a namespace but is used like a variable`)
    case 'tuple-literal':
      return reportTuple(b, operand, to, span)
    case 'out-declaration':
      return b.report('CS1525', span, 'A declaration is not valid in the given context')
  }
}

function reportTuple(b: Binder, literal: TupleLiteral, to: Type, span: Span): void {
  const wanted = tupleItems(to)
  if (wanted?.length === literal.items.length) {
    for (const [index, item] of literal.items.entries()) {
      const type = wanted[index] ?? b.table.errorType
      if (implicitConversion(b, item, type) === undefined) reportImplicit(b, item, type, item)
    }
    return
  }
  const own = tupleType(b, literal)
  const count = literal.items.length
  if (own) b.report('CS0029', span, `Cannot implicitly convert type '${b.showFull(own)}' to '${b.showFull(to)}'`)
  else b.report('CS8135', span, `Tuple with ${count} elements cannot be converted to type '${b.show(to)}'.`)
}

function reportLambda(b: Binder, lambda: UnboundLambda, to: Type, span: Span): void {
  if (isError(to)) return
  const signature = signatureOf(b.table, to)
  if (signature === undefined) {
    b.report(
      'CS1660',
      span,
      `Cannot convert lambda expression to type '${b.show(to)}' because it is not a delegate type`,
    )
    return
  }
  const { parameters } = lambda.syntax
  if (parameters && parameters.length !== signature.parameters.length) {
    b.report('CS1593', span, `Delegate '${b.show(to)}' does not take ${parameters.length} arguments`)
    return
  }
  // The types of the parameters are known, so what is wrong is inside: binding it says what.
  bindLambda(b, lambda, to)
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
