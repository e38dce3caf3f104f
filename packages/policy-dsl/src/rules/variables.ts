import type { FoundExpression } from '../check-expressions.js'
import { syntaxNodes, type SyntaxNode } from '../expression/nodes.js'
import type * as syntax from '../expression/syntax.js'
import { Literal, namedValuesIn } from '../value.js'
import { describedAttributes } from '../view.js'
import type { Visited } from '../walk.js'

/** How an expression touches a context variable: `tested` asks whether it is there. */
export interface VariableUse {
  readonly name: string
  readonly how: 'read' | 'tested'
  readonly start: number
}

/** The context variables that an expression names by a literal: `context.Variables["x"]`, `GetValueOrDefault("x")`. */
export function variableUses(nodes: readonly SyntaxNode[]): VariableUse[] {
  return nodes.flatMap((node): VariableUse[] => {
    if (node.kind === 'element' && isVariables(node.target)) return use(node, 'read')
    if (node.kind !== 'call' || node.target.kind !== 'member' || !isVariables(node.target.target)) return []
    const { name } = node.target.name
    if (name === 'GetValueOrDefault') return use(node, 'read')
    return name === 'ContainsKey' || name === 'TryGetValue' ? use(node, 'tested') : []
  })
}

function use({ arguments: [first], start }: syntax.Element | syntax.Call, how: VariableUse['how']): VariableUse[] {
  const { value } = first ?? {}
  if (value?.kind !== 'literal' || typeof value.value !== 'string' || namedValuesIn(value.value).length > 0) return []
  return [{ name: value.value, how, start }]
}

const isVariables = (node: syntax.Expression): boolean =>
  node.kind === 'member' &&
  node.name.name === 'Variables' &&
  node.target.kind === 'name' &&
  node.target.name === 'context'

/** The nodes of each expression, looked up once for all rules. */
const nodesOf = new WeakMap<FoundExpression, SyntaxNode[]>()

/** The nodes of an expression that parses; none of one that does not. */
export function nodesIn(found: FoundExpression): readonly SyntaxNode[] {
  const known = nodesOf.get(found)
  if (known !== undefined) return known
  const nodes = found.parsed.diagnostics.length > 0 ? [] : syntaxNodes(found.parsed.syntax)
  nodesOf.set(found, nodes)
  return nodes
}

/** A place where a policy names a variable; `name` is undefined where only the gateway knows it. */
export interface NamedVariable {
  readonly visited: Visited
  readonly how: 'set' | 'read'
  /** The .NET type of what it holds, where the policy says one. */
  readonly holds: string | undefined
  readonly name: string | undefined
  readonly value: Literal | undefined
}

/** The context variables that the attributes of an element name. */
export function variablesNamedBy(visited: Visited): NamedVariable[] {
  return describedAttributes(visited.element, visited.shape).flatMap(({ value, field }): NamedVariable[] => {
    const { variable: how, holds } = field.options
    if (how === undefined) return []
    const known = value instanceof Literal && namedValuesIn(value.text).length === 0 ? value : undefined
    return [{ visited, how, holds, name: known?.text, value: known }]
  })
}
