import type { BoundArrayElement } from '@apim-kit/policy-dsl/expression'
import { isInstance, isValueType } from '../types.js'
import { ClrArray, Grid } from '../values/collections.js'
import { DotNetException } from '../values/exception.js'
import { indexOutOfRange, nullReference } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { evaluateAll } from './calls.js'
import type { Compiler } from './compiler.js'
import { Cell, type Code, type Frame } from './frame.js'

/** Reads an array element. */
export function compileElement(node: BoundArrayElement, compiler: Compiler): Code {
  const [only, second] = node.indices
  if (only === undefined || second) {
    const element = gridElement(node, compiler)
    return (frame) => element(frame).value
  }
  const array = compiler.expression(node.array)
  const index = compiler.expression(only)
  return (frame) => {
    const items = itemsOf(array(frame))
    const item = items[Number(index(frame))]
    if (item === undefined) throw indexOutOfRange()
    return item
  }
}

/** The array of an element of two or more dimensions, and where the element stands among its items. */
function gridElement(node: BoundArrayElement, compiler: Compiler): (frame: Frame) => ElementCell {
  const array = compiler.expression(node.array)
  const indices = node.indices.map((index) => compiler.expression(index))
  return (frame) => {
    const grid = array(frame)
    const at = evaluateAll(indices, frame)
    if (!(grid instanceof Grid)) throw nullReference()
    return new ElementCell(grid, grid.offsetOf(at))
  }
}

/** The elements behind an array value. @throws DotNetException NullReferenceException */
function itemsOf(array: ClrValue): ClrValue[] | Uint8Array {
  if (array instanceof ClrArray) return array.items
  if (array instanceof Uint8Array) return array
  throw nullReference()
}

/** Writes an element; an array seen as one of a base type still refuses what its own type does not hold. */
function storeElement(array: ClrValue, index: ClrValue, value: ClrValue): void {
  const items = itemsOf(array)
  const position = Number(index)
  if (items[position] === undefined) throw indexOutOfRange()
  if (
    array instanceof ClrArray &&
    value !== null &&
    !isValueType(array.elementType) &&
    !isInstance(value, array.elementType)
  ) {
    throw new DotNetException(
      'System.ArrayTypeMismatchException',
      'Attempted to access an element as a type incompatible with the array.',
    )
  }
  items[position] = value as number
}

/** The place of an array element: what its array and indices say when they are evaluated. */
export function elementPlace(target: BoundArrayElement, compiler: Compiler): (frame: Frame) => Cell {
  const [only, second] = target.indices
  if (only === undefined || second) return gridElement(target, compiler)
  const array = compiler.expression(target.array)
  const index = compiler.expression(only)
  return (frame) => new ElementCell(array(frame), index(frame))
}

class ElementCell extends Cell {
  constructor(
    readonly array: ClrValue,
    readonly index: ClrValue,
  ) {
    super()
  }

  override get value(): ClrValue {
    const item = itemsOf(this.array)[Number(this.index)]
    if (item === undefined) throw indexOutOfRange()
    return item
  }

  override set value(value: ClrValue) {
    storeElement(this.array, this.index, value)
  }
}
