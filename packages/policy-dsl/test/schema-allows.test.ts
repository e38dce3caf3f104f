import { describe, expect, test } from 'vitest'
import { policyBuilders } from '../src/index.js'
import { attributeName, type Child, type Shape } from '../src/shape.js'
import { entryFor } from '../src/walk.js'
import { schemaContent, schemaElements, type SchemaContent } from './schema-model.js'

// What Microsoft's schemas allow is never an error: attribute by attribute, child by child, value by value.

/** Everything in an element that the schemas allow and that is an error by its description. */
function* refusals(path: string, schema: SchemaContent, shape: Shape, depth = 0): Iterable<string> {
  if (shape.unchecked === true || depth > 4) return
  yield* attributeRefusals(path, schema, shape)
  for (const child of schema.children) {
    const entry = entryFor(shape, child.name)
    const isPolicyInside =
      shape.policies === 'any' && (shape.only === undefined || Object.hasOwn(shape.only, child.name))
    if (entry === undefined) {
      if (!isPolicyInside) yield `${path}/${child.name} is not known`
      continue
    }
    if (child.many && entry.options.many !== true && entry.options.repeatedOnlyBy === undefined)
      yield `${path}/${child.name} may stand once only`
    if (!child.required && entry.options.required === true && entry.options.requiredOnlyBy === undefined)
      yield `${path}/${child.name} is required`
    yield* refusals(`${path}/${child.name}`, child.content(), insideOf(entry), depth + 1)
  }
  if (schema.text && shape.text === undefined && shape.bareTextOnlyIn === undefined && shape.policies === undefined)
    yield `${path} takes no text`
  if (schema.anyOrder && schema.children.length > 1 && shape.order === undefined && shape.policies === undefined)
    yield `${path} has an order`
}

function* attributeRefusals(path: string, schema: SchemaContent, shape: Shape): Iterable<string> {
  const fields = new Map(
    Object.entries(shape.attributes ?? {}).map(([property, field]) => [attributeName(property, field), field]),
  )
  for (const [name, { required, expression, values }] of schema.attributes) {
    const field = fields.get(name)
    if (field === undefined) {
      yield `${path}/@${name} is not known`
      continue
    }
    const { options } = field
    if (options.required === true && !required && options.requiredOnlyBy === undefined)
      yield `${path}/@${name} is required`
    if (expression && options.expressions === false) yield `${path}/@${name} takes no expression`
    for (const value of field.type === 'oneOf' ? values : [])
      if (field.values?.includes(value) !== true) yield `${path}/@${name} is not ${value}`
  }
}

/** The shape in a list is that of the element around its items. */
const insideOf = (entry: Child): Shape =>
  entry.item === undefined
    ? entry.shape
    : {
        children: {
          [entry.item]: {
            ...entry,
            item: undefined,
            options: { many: true, element: entry.item, required: true, ...requiredOnlyBy(entry) },
          },
          ...entry.options.others,
        },
        order: 'free',
      }

const requiredOnlyBy = ({ options: { itemRequiredOnlyBy: source } }: Child) =>
  source === undefined ? {} : { requiredOnlyBy: source }

describe.each(Object.entries(policyBuilders).filter(([name]) => schemaElements.includes(name)))(
  '%s',
  (name, builder) => {
    test('is refused in nothing that the schemas allow', () => {
      expect([...refusals(name, schemaContent(name), builder.definition.shape)]).toEqual([])
    })
  },
)

test('every element that the schemas declare is a policy, or a part of some', () => {
  // A child of requests, declared for itself because several schemas use it.
  expect(schemaElements.filter((name) => !Object.hasOwn(policyBuilders, name))).toEqual(['set-url'])
})
