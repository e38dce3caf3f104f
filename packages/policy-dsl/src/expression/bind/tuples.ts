import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import { isValueTuple, tupleElements, type NamedType, type Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion, type Convert } from './conversions.js'
import { lookupMembers, use } from './members.js'
import { isValue, type TupleLiteral } from './operand.js'

/** The types of the items of a value tuple. */
export function tupleItems(type: Type): readonly Type[] | undefined {
  return isValueTuple(type) ? tupleElements(type) : undefined
}

const DECONSTRUCTED = /^System\.(?:Tuple<|Collections\.Generic\.KeyValuePair<)/

/** The types of what a value can be taken apart into: `System.Tuple` and `KeyValuePair` have `Deconstruct` methods for it. */
export function deconstructedItems(type: Type): readonly Type[] | undefined {
  const hasMethod = type.kind === 'named' && DECONSTRUCTED.test(type.definition.name)
  return hasMethod ? tupleElements(type) : tupleItems(type)
}

/** A tuple type of any length: what does not fit into seven items is a tuple in the eighth. */
export function tupleOf(b: Binder, types: readonly Type[]): NamedType {
  if (types.length <= 7) return b.table.generic('System.ValueTuple', ...types)
  return b.table.generic('System.ValueTuple', ...types.slice(0, 7), tupleOf(b, types.slice(7)))
}

/** An item of a value that is taken apart; `types` are those of all its items. */
export function itemOf(b: Binder, value: BoundExpression, index: number, span: Span): BoundExpression {
  const { start, end } = span
  const own = value.type.kind === 'named' ? value.type.arguments : []
  const type = own[Math.min(index, 7)] ?? b.table.errorType
  if (value.type.kind === 'named' && value.type.definition.name.includes('KeyValuePair')) {
    const [found] = lookupMembers(b, value.type, index === 0 ? 'Key' : 'Value')
    if (found) return { kind: 'property', member: use(found), receiver: value, type, start, end }
  }
  const item: BoundExpression = { kind: 'tuple-item', receiver: value, index: Math.min(index, 7), type, start, end }
  return index < 7 ? item : itemOf(b, item, index - 7, span)
}

/** The type a tuple literal has by itself; undefined when an item has none. */
export function tupleType(b: Binder, literal: TupleLiteral): NamedType | undefined {
  const types: Type[] = []
  for (const item of literal.items) {
    const type = item.kind === 'tuple-literal' ? tupleType(b, item) : isValue(item) ? item.type : undefined
    if (type === undefined || type.kind === 'null') return undefined
    types.push(type)
  }
  const type = tupleOf(b, types)
  b.nameTuple(type, literal.names)
  return type
}

export function tupleFits(b: Binder, literal: TupleLiteral, to: Type): boolean {
  const items = tupleItems(b.table.nullableElement(to) ?? to)
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
  if (isValueTuple(to)) return newTuple(b, literal, to)
  const element = b.table.nullableElement(to)
  if (element && isValueTuple(element)) return convertImplicit(b, newTuple(b, literal, element), to)
  const own = tupleType(b, literal)
  return own ? convertImplicit(b, newTuple(b, literal, own), to) : b.error(literal)
}

/** A tuple of that type, its items converted. */
export function newTuple(b: Binder, literal: TupleLiteral, type: NamedType): BoundExpression {
  const types = tupleElements(type)
  const items = literal.items.map((item, index) => convertImplicit(b, item, types[index] ?? b.table.errorType))
  const tuple = nested(type, items, literal)
  b.tupleNames.set(tuple, literal.names)
  b.nameTuple(type, literal.names)
  return tuple
}

/** What exceeds seven items goes into a tuple of its own. */
function nested(type: NamedType, items: readonly BoundExpression[], { start, end }: Span): BoundExpression {
  const rest = type.arguments[7]
  const own = rest?.kind === 'named' ? [...items.slice(0, 7), nested(rest, items.slice(7), { start, end })] : items
  return { kind: 'new-tuple', items: own, type, start, end }
}

/** A tuple as one of other types, item by item: C# specification, "Implicit tuple conversions". */
export function tupleConversion(
  b: Binder,
  from: Type,
  to: Type,
  convert: (b: Binder, from: Type, to: Type) => Convert | undefined,
): Convert | undefined {
  const target = tupleItems(to)
  const source = target && tupleItems(from)
  if (source?.length !== target?.length || source === undefined || to.kind !== 'named') return undefined
  const converts = source.map((item, index) => convert(b, item, target?.[index] ?? item))
  if (converts.includes(undefined)) return undefined
  return (operand) => {
    const { start, end } = operand
    const temp = b.temp(from, operand)
    const effect: BoundExpression = { kind: 'assign', target: temp, value: operand, type: from, start, end }
    const items = converts.map((one, index) => {
      const item = itemOf(b, temp, index, operand)
      return one ? one(item) : item
    })
    return { kind: 'sequence', effects: [effect], result: nested(to, items, operand), type: to, start, end }
  }
}
