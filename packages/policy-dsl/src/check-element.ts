import { suggestion } from '@apim-kit/core'
import { describeField } from './build.js'
import { parseLiteral } from './compile-parameters.js'
import { childElements, type Attribute, type Element } from './element.js'
import type { Field } from './fields.js'
import { messages } from './messages.js'
import type { Reporter } from './reporter.js'
import { ruleProblems } from './rules.js'
import { childrenByName, fieldsByName, type Shape } from './shape.js'
import { Expression, Literal, namedValuesIn, type Value } from './value.js'
import { isValue, textOf } from './view.js'
import { entryFor, type Visited } from './walk.js'

/** The faults of one element by its shape: attributes, text, children and rules. */
export function checkElement(visited: Visited, shape: Shape, reporter: Reporter): void {
  if (shape.unchecked === true) return
  checkAttributes(visited, shape, reporter)
  checkText(visited, shape, reporter)
  if (shape.markup !== 'content') checkChildren(visited, shape, reporter)
  reporter.problems.push(...ruleProblems(shape, visited.element, visited.path))
}

function checkAttributes(visited: Visited, shape: Shape, reporter: Reporter): void {
  const fields = fieldsByName(shape)
  const given = new Set<string>()
  for (const attribute of visited.element.attributes) {
    const { name } = attribute
    const field = fields.get(name)
    given.add(name)
    if (field !== undefined) checkAttribute(visited, attribute, field, reporter)
    else if (!isNamespaceDeclaration(name)) {
      const known = [...fields.keys()]
      reporter.error(
        'unknown-attribute',
        visited,
        messages.unknownAttribute(name, visited.element.name) + suggestion(name, reporter.guessAmong(known)),
        attribute,
      )
    }
  }
  for (const [name, { options }] of fields) {
    if (options.required !== true || given.has(name)) continue
    if (options.requiredOnlyBy === undefined)
      reporter.error('missing-attribute', visited, messages.missingAttribute(name))
    else
      reporter.warning(
        'missing-attribute',
        visited,
        messages.missingAttribute(name) + messages.requiredOnlyBy(options.requiredOnlyBy),
      )
  }
}

/** Whether an attribute is a namespace's, which may stand anywhere. */
export const isNamespaceDeclaration = (name: string): boolean => name === 'xmlns' || name.startsWith('xmlns:')

function checkAttribute(visited: Visited, attribute: Attribute, field: Field, reporter: Reporter): void {
  const { name, value } = attribute
  if (field.options.onlyIn !== undefined) {
    reporter.warning(
      'disputed-attribute',
      visited,
      messages.disputed(`the attribute ${name}`, field.options.onlyIn),
      attribute,
    )
  }
  checkValue(visited, `the attribute ${name}`, value, field, reporter)
}

function checkValue(visited: Visited, what: string, value: Value, field: Field, reporter: Reporter): void {
  if (value instanceof Expression) {
    if (field.options.expressionIsText === true)
      reporter.warning('expression-not-allowed', visited, messages.expressionIsText(what), value)
    else if (field.options.expressions === false)
      reporter.error('expression-not-allowed', visited, `${what} ${messages.expressionNotAllowed()}`, value)
    else if (field.options.expressionsUnstated === true) {
      reporter.warning('expression-unstated', visited, messages.expressionUnstated(what), value)
    }
    return
  }
  // A named value may hold any text, an expression too.
  if (namedValuesIn(value.text).length > 0) return
  const onlyIn = field.options.valuesOnlyIn?.[value.text]
  if (onlyIn !== undefined)
    reporter.warning(
      'disputed-value',
      visited,
      messages.disputed(`${what} as ${messages.shownValue(value.text)}`, onlyIn),
      value,
    )
  if (parseLiteral(field, value) !== undefined) return
  reporter.error('wrong-value', visited, messages.wrongValue(what, describeField(field), value.text), value)
}

function checkText(visited: Visited, shape: Shape, reporter: Reporter): void {
  const { element } = visited
  const first = element.children.find(isValue)
  if (shape.text === undefined) {
    if (first === undefined) return
    if (shape.bareTextOnlyIn === undefined)
      reporter.error('unexpected-text', visited, messages.unexpectedText(element.name), first)
    else
      reporter.warning(
        'disputed-text',
        visited,
        messages.disputed(`text in <${element.name}>`, shape.bareTextOnlyIn),
        first,
      )
    return
  }
  const value = textOf(element)
  if (value instanceof Literal && value.text === '') {
    const { required, min } = shape.text.options
    if (required !== true || shape.markup === 'content') return
    // Microsoft's schemas take the empty text where they give no least length.
    if (min !== undefined) reporter.error('missing-text', visited, messages.missingText(element.name))
    else
      reporter.warning(
        'missing-text',
        visited,
        messages.missingText(element.name) + messages.requiredOnlyBy('the documentation'),
      )
    return
  }
  checkValue(visited, `the text of <${element.name}>`, value, shape.text, reporter)
}

function checkChildren(visited: Visited, shape: Shape, reporter: Reporter): void {
  const { element } = visited
  const elements = childElements(element)
  if (shape.policies === undefined) for (const child of elements) checkKnown(visited, shape, child, reporter)
  for (const [name, entry] of childrenByName(shape)) {
    const [first, second] = elements.filter((child) => child.name === name)
    const { required, many, requiredOnlyBy, repeatedOnlyBy } = entry.options
    if (second !== undefined && many !== true) {
      const message = messages.childTwice(name, element.name)
      if (repeatedOnlyBy === undefined) reporter.error('child-twice', visited, message, second)
      else reporter.warning('child-twice', visited, message + messages.takenOnlyBy(repeatedOnlyBy), second)
    }
    if (first !== undefined || required !== true || saysItInText(visited, shape)) continue
    if (requiredOnlyBy === undefined)
      reporter.error('missing-child', visited, messages.missingChild(name, element.name))
    else
      reporter.warning(
        'missing-child',
        visited,
        messages.missingChild(name, element.name) + messages.requiredOnlyBy(requiredOnlyBy),
      )
  }
  checkOrder(visited, shape, elements, reporter)
}

/** Text in place of children is told as disputed; that they are missing follows from it. */
const saysItInText = ({ element }: Visited, { bareTextOnlyIn }: Shape): boolean =>
  bareTextOnlyIn !== undefined && element.children.some(isValue)

function checkKnown(visited: Visited, shape: Shape, child: Element, reporter: Reporter): void {
  const entry = entryFor(shape, child.name)
  if (entry?.options.onlyIn !== undefined) {
    const message = messages.disputed(`<${child.name}> in <${visited.element.name}>`, entry.options.onlyIn)
    reporter.warning('disputed-child', visited, message, child)
  }
  if (entry !== undefined) return
  const known = [...childrenByName(shape).keys()]
  reporter.error(
    'unknown-child',
    visited,
    messages.unknownChild(child.name, visited.element.name) + suggestion(child.name, reporter.guessAmong(known)),
    child,
  )
}

/** The service refuses children that do not follow the order of the policy's statement. */
function checkOrder(visited: Visited, shape: Shape, elements: readonly Element[], reporter: Reporter): void {
  if (shape.order === 'free') return
  const order = [...childrenByName(shape).keys()]
  let furthest = 0
  for (const child of elements) {
    const rank = order.indexOf(child.name)
    if (rank === -1) continue
    if (rank < furthest) {
      const message = messages.childOrder(child.name, order[furthest] ?? '', order)
      if (shape.order === undefined) reporter.error('child-order', visited, message, child)
      else reporter.warning('child-order', visited, message + messages.orderUnclear(unclearOrder(shape.order)), child)
      return
    }
    furthest = rank
  }
}

const unclearOrder = (order: NonNullable<Shape['order']>): string =>
  typeof order === 'object' ? order.because : "Microsoft's schemas take any order"
