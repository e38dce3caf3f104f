import type { FoundExpression } from '../check-expressions.js'
import { bind, type BindResult } from '../expression/bind.js'
import type { PredefinedTypeName } from '../expression/syntax.js'
import { nodesIn } from './variables.js'

/** What the place of an expression wants: the compiler's verdict with the type of the place, and without it. */
export interface Binding {
  readonly any: BindResult
  readonly typed: BindResult
}

const bindings = new WeakMap<FoundExpression, Binding | undefined>()

/**
 * The bound expression; undefined where only the gateway knows the code: it does not parse, or a named value stands for a piece of it.
 * A named value in a string is text, whatever it holds.
 */
export function bindingOf(found: FoundExpression): Binding | undefined {
  if (!bindings.has(found)) bindings.set(found, bindFound(found))
  return bindings.get(found)
}

function bindFound(found: FoundExpression): Binding | undefined {
  const nodes = nodesIn(found)
  if (nodes.length === 0 || nodes.some(({ kind }) => kind === 'named-value')) return undefined
  const { source } = found.value
  const typed = bind(source, { returns: wantedOf(found) })
  if (typed.kind === 'bound' || wantedOf(found) === 'object') return { any: typed, typed }
  return { any: bind(source), typed }
}

/** The C# type of a place. A whole number may be an int or a long; text takes any value. */
export function wantedOf({ field }: FoundExpression): Exclude<PredefinedTypeName, 'void'> {
  if (field?.type === 'flag') return 'bool'
  if (field?.type === 'integer') return 'long'
  return field?.type === 'number' ? 'double' : 'object'
}
