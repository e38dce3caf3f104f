import type { BoundExpression } from '../bound.js'
import type { Binary } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion } from './conversions.js'
import { bindExpression, bindRvalue, bindThrow } from './expressions.js'
import { isValue, type Operand } from './operand.js'
import { inapplicable, isFunction } from './operators.js'
import { isValueType } from './relations.js'

/** `a ?? b`: C# specification, "The null coalescing operator". */
export function bindCoalesce(b: Binder, syntax: Binary): Operand {
  const tested = bindExpression(b, syntax.left)
  const right: Operand = syntax.right.kind === 'throw' ? bindThrow(b, syntax.right) : bindExpression(b, syntax.right)
  if (isFunction(tested)) return inapplicable(b, syntax, tested, right)
  const left = bindRvalue(b, tested)
  if (left.type.kind === 'error' || (isValue(right) && right.type.kind === 'error' && right.kind !== 'throw'))
    return b.error(syntax)
  if (left.type.kind === 'null') {
    if (right.kind === 'throw') return right
    const fits = isValue(right) && right.type.kind !== 'null' && implicitConversion(b, left, right.type) !== undefined
    return fits ? right : inapplicable(b, syntax, left, right)
  }
  const element = b.table.nullableElement(left.type)
  if (element === undefined && isValueType(left.type)) return inapplicable(b, syntax, left, right)
  if (right.kind === 'throw') return coalesce(b, syntax, left, right, element ?? left.type)
  for (const type of [element, left.type]) {
    if (type && implicitConversion(b, right, type))
      return coalesce(b, syntax, left, convertImplicit(b, right, type), type)
  }
  if (isValue(right) && (implicitConversion(b, left, right.type) || (element && fitsElement(b, element, right.type)))) {
    return coalesce(b, syntax, left, right, right.type)
  }
  return inapplicable(b, syntax, left, right)
}

const fitsElement = (b: Binder, element: Type, type: Type): boolean =>
  implicitConversion(b, { kind: 'default', type: element, start: 0, end: 0 }, type) !== undefined

function coalesce(
  b: Binder,
  syntax: Binary,
  left: BoundExpression,
  right: BoundExpression,
  type: Type,
): BoundExpression {
  const element = b.table.nullableElement(left.type)
  const temp = b.temp(element && type !== left.type ? element : left.type, syntax.left)
  const value = convertImplicit(b, temp, type)
  return { kind: 'coalesce', left, temp, value, right, type, start: syntax.start, end: syntax.end }
}
