import type { Field } from './fields.js'
import { fieldsByName } from './shape.js'
import { Expression, type Value } from './value.js'
import { isValue } from './view.js'
import type { Visited } from './walk.js'

/** An expression and where it stands. */
export interface PlacedExpression {
  readonly value: Expression
  /** The element that it stands in. */
  readonly visited: Visited
  /** The element's path, with the attribute where it stands in one. */
  readonly path: string
  /** What is known about its place; undefined where nothing is. */
  readonly field: Field | undefined
}

/** The expressions in the attributes and in the text of one element. */
export function placedExpressions(visited: Visited): PlacedExpression[] {
  const { element, path, shape } = visited
  const fieldOf = (name: string): Field | undefined => (shape === undefined ? undefined : fieldsByName(shape).get(name))
  return [
    ...element.attributes.flatMap(({ name, value }) => placed(visited, value, `${path}/@${name}`, () => fieldOf(name))),
    ...element.children.filter(isValue).flatMap((value) => placed(visited, value, path, () => shape?.text)),
  ]
}

const placed = (visited: Visited, value: Value, path: string, field: () => Field | undefined): PlacedExpression[] =>
  value instanceof Expression ? [{ value, visited, path, field: field() }] : []
