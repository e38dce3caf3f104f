import type { BoundExpression } from '../bound.js'
import type { NamedType, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion } from './conversions.js'
import { isValue, type TupleLiteral } from './operand.js'

/** The types of the items of a value tuple. */
export function tupleItems(type: Type): readonly Type[] | undefined {
  return type.kind === 'named' && type.definition.name.startsWith('System.ValueTuple<') ? type.arguments : undefined
}

/** The types of what a value can be taken apart into: `System.Tuple` has `Deconstruct` methods for it. */
export function deconstructedItems(type: Type): readonly Type[] | undefined {
  const isTuple = type.kind === 'named' && type.definition.name.startsWith('System.Tuple<')
  return isTuple ? type.arguments : tupleItems(type)
}

/** The type a tuple literal has by itself; undefined when an item has none. */
export function tupleType(b: Binder, literal: TupleLiteral): NamedType | undefined {
  const types: Type[] = []
  for (const item of literal.items) {
    const type = item.kind === 'tuple-literal' ? tupleType(b, item) : isValue(item) ? item.type : undefined
    if (type === undefined || type.kind === 'null') return undefined
    types.push(type)
  }
  if (types.length > 7) return undefined
  const type = b.table.generic('System.ValueTuple', ...types)
  b.nameTuple(type, literal.names)
  return type
}

export function tupleFits(b: Binder, literal: TupleLiteral, to: Type): boolean {
  const items = tupleItems(to)
  if (items === undefined) {
    const own = tupleType(b, literal)
    return own !== undefined && implicitConversion(b, newTuple(b, literal, own), to) !== undefined
  }
  return (
    items.length === literal.items.length &&
    literal.items.every((item, index) => implicitConversion(b, item, items[index] ?? b.table.errorType) !== undefined)
  )
}

export function convertTuple(b: Binder, literal: TupleLiteral, to: Type): BoundExpression {
  if (tupleItems(to)) return newTuple(b, literal, to as NamedType)
  const own = tupleType(b, literal)
  return own ? convertImplicit(b, newTuple(b, literal, own), to) : b.error(literal)
}

/** A tuple of that type, its items converted. */
export function newTuple(b: Binder, literal: TupleLiteral, type: NamedType): BoundExpression {
  const items = literal.items.map((item, index) => convertImplicit(b, item, type.arguments[index] ?? b.table.errorType))
  const tuple: BoundExpression = { kind: 'new-tuple', items, type, start: literal.start, end: literal.end }
  b.tupleNames.set(tuple, literal.names)
  b.nameTuple(type, literal.names)
  return tuple
}
