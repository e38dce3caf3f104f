import { step } from '../../run.js'
import { DotNetException } from '../../values/exception.js'
import { XAttribute, XComment, XContainer, XElement, XProcessingInstruction, XText, type XObject } from '../nodes.js'
import { inOrder, nodesOn } from './axes.js'
import { functions } from './functions.js'
import { parseXPath } from './parse.js'
import type { NodeTest, Operator, PathExpression, Step, XPath } from './syntax.js'

/** What an XPath comes to: nodes in the order of the document, or one of three kinds of values. */
export type XPathValue = readonly XObject[] | string | number | boolean

/** The namespace of a prefix; undefined where nobody declared it. */
export type Prefixes = (prefix: string) => string | undefined

/** Where an expression is evaluated. */
export interface Context {
  readonly node: XObject
  readonly position: number
  readonly size: number
  readonly prefixes: Prefixes
}

/** The nodes that an XPath selects. @throws DotNetException XPathException */
export function selectNodes(node: XObject, source: string, prefixes: Prefixes = () => undefined): readonly XObject[] {
  return nodesOf(evaluate(parseXPath(source), { node, position: 1, size: 1, prefixes }))
}

/** What an XPath comes to at a node. @throws DotNetException XPathException */
export function evaluateXPath(node: XObject, source: string, prefixes: Prefixes = () => undefined): XPathValue {
  return evaluate(parseXPath(source), { node, position: 1, size: 1, prefixes })
}

function nodesOf(value: XPathValue): readonly XObject[] {
  if (typeof value === 'object') return value
  throw xpathException('Expression must evaluate to a node-set.')
}

const xpathException = (message: string): DotNetException =>
  new DotNetException('System.Xml.XPath.XPathException', message)

export function evaluate(expression: XPath, context: Context): XPathValue {
  step()
  switch (expression.kind) {
    case 'number':
    case 'string':
      return expression.value
    case 'negate':
      return -numberOf(evaluate(expression.operand, context))
    case 'call': {
      const run = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined
      if (run === undefined)
        throw xpathException(
          'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.',
        )
      return run(
        context,
        expression.arguments.map((argument) => evaluate(argument, context)),
      )
    }
    case 'binary':
      return binary(expression, context)
    case 'filter':
      return filtered(nodesOf(evaluate(expression.operand, context)), expression.predicates, context)
    case 'path':
      return path(expression, context)
  }
}

function path({ start, steps }: PathExpression, context: Context): readonly XObject[] {
  let nodes = startOf(start, context)
  for (const own of steps) nodes = inOrder(nodes.flatMap((node) => taken(own, node, context)))
  return nodes
}

function startOf(start: PathExpression['start'], context: Context): readonly XObject[] {
  if (start === 'context') return [context.node]
  if (start === 'root') return [rootOf(context.node)]
  return nodesOf(evaluate(start, context))
}

function rootOf(node: XObject): XObject {
  let root = node
  while (root.parent !== null) root = root.parent
  return root
}

/** The nodes of one step from one node: those on the axis that pass the test, then each predicate. */
function taken({ axis, test, predicates }: Step, from: XObject, { prefixes }: Context): readonly XObject[] {
  const nodes: XObject[] = []
  for (const node of nodesOn(axis, from)) {
    step()
    if (passes(node, test, axis === 'attribute', prefixes)) nodes.push(node)
  }
  return filtered(nodes, predicates, { prefixes })
}

/** Those nodes that every predicate lets through; a number is the place that it wants. */
function filtered(
  nodes: readonly XObject[],
  predicates: readonly XPath[],
  { prefixes }: Pick<Context, 'prefixes'>,
): readonly XObject[] {
  return predicates.reduce((left, predicate) => {
    const size = left.length
    return left.filter((node, index) => {
      const value = evaluate(predicate, { node, position: index + 1, size, prefixes })
      return typeof value === 'number' ? value === index + 1 : booleanOf(value)
    })
  }, nodes)
}

function passes(node: XObject, test: NodeTest, wantsAttribute: boolean, prefixes: Prefixes): boolean {
  if (test.kind === 'type') {
    if (test.type === 'node') return true
    if (test.type === 'text') return node instanceof XText
    return test.type === 'comment' ? node instanceof XComment : node instanceof XProcessingInstruction
  }
  if (!(wantsAttribute ? node instanceof XAttribute : node instanceof XElement)) return false
  const { name } = node as XAttribute | XElement
  if (test.prefix === '') return test.name === '*' || (name.uri === '' && name.localName === test.name)
  const uri = prefixes(test.prefix)
  if (uri === undefined)
    throw xpathException(
      'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.',
    )
  return name.uri === uri && (test.name === '*' || name.localName === test.name)
}

function binary({ operator, left, right }: XPath & { kind: 'binary' }, context: Context): XPathValue {
  const one = evaluate(left, context)
  if (operator === 'or') return booleanOf(one) || booleanOf(evaluate(right, context))
  if (operator === 'and') return booleanOf(one) && booleanOf(evaluate(right, context))
  const two = evaluate(right, context)
  if (operator === '|') {
    return inOrder([...nodesOf(one), ...nodesOf(two)])
  }
  const arithmetic = ARITHMETIC[operator]
  return arithmetic ? arithmetic(numberOf(one), numberOf(two)) : compares(operator, one, two)
}

const ARITHMETIC: Partial<Record<Operator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  div: (a, b) => a / b,
  mod: (a, b) => a % b,
}

/** A set of nodes compares as any of its nodes does. */
function compares(operator: Operator, one: XPathValue, two: XPathValue): boolean {
  if (typeof one === 'object' && typeof two !== 'boolean')
    return one.some((node) => compares(operator, likeText(two, textOf(node)), two))
  if (typeof two === 'object' && typeof one !== 'boolean')
    return two.some((node) => compares(operator, one, likeText(one, textOf(node))))
  if (operator === '=' || operator === '!=') return equals(one, two) === (operator === '=')
  const [a, b] = [numberOf(one), numberOf(two)]
  return operator === '<' ? a < b : operator === '<=' ? a <= b : operator === '>' ? a > b : a >= b
}

const likeText = (other: XPathValue, text: string): XPathValue => (typeof other === 'number' ? numberOf(text) : text)

function equals(one: XPathValue, two: XPathValue): boolean {
  if (typeof one === 'boolean' || typeof two === 'boolean') return booleanOf(one) === booleanOf(two)
  if (typeof one === 'number' || typeof two === 'number') return numberOf(one) === numberOf(two)
  return stringOf(one) === stringOf(two)
}

/** The string value of a node. */
export function textOf(node: XObject): string {
  if (node instanceof XContainer) return node.text
  if (node instanceof XProcessingInstruction) return node.data
  return node instanceof XAttribute || node instanceof XText || node instanceof XComment ? node.value : ''
}

export function stringOf(value: XPathValue): string {
  if (typeof value === 'object') return value[0] === undefined ? '' : textOf(value[0])
  return Object.is(value, -0) ? '0' : String(value)
}

export function numberOf(value: XPathValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  const text = stringOf(value).trim()
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN
}

export function booleanOf(value: XPathValue): boolean {
  if (typeof value === 'object') return value.length > 0
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value)
}
