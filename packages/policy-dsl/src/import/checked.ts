import { ApimKitError } from '@apim-kit/core'
import { difference } from '../compare.js'
import { builtFrom, type AnyPolicyBuilder } from '../define-policy.js'
import { Element, type Policy } from '../element.js'
import { expressionFaults } from '../expression-faults.js'
import { placedExpressions, type PlacedExpression } from '../expression-places.js'
import { policyBuilders } from '../policy-builders.js'
import { walk, type Visited } from '../walk.js'
import { writeRawXml } from '../write-rawxml.js'
import { call, type Call } from './code.js'
import { sameComments } from './comments.js'
import { Inexpressible, reasons } from './inexpressible.js'
import { stringCode } from './literals.js'
import type { Sourced } from './value-code.js'

/** A builder, for input that was put together at run time. */
export type UntypedBuilder = ((input?: unknown) => Policy) & Pick<AnyPolicyBuilder, 'definition'>

/** The builders by the names of their elements. */
export const builders: ReadonlyMap<string, UntypedBuilder> = new Map(
  Object.entries(policyBuilders as unknown as Readonly<Record<string, UntypedBuilder>>),
)

/** What a builder makes of an input, where that is the element and a document takes it. */
export function remade(element: Element, builder: UntypedBuilder, input: unknown): Policy {
  const made = builtBy(builder, input)
  expectSame(made, element)
  expectSoundExpressions(made)
  return made
}

function builtBy(builder: UntypedBuilder, input: unknown): Policy {
  try {
    return builder(input)
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    const found = (error.problems ?? []).map(({ path, message }) => `${path === '' ? '' : `${path}: `}${message}`)
    throw new Inexpressible(reasons.refused(found.length === 0 ? [error.message] : found))
  }
}

/** Sees to it that what was made says what the element says, comments included. */
function expectSame(made: Element, element: Element): void {
  const found = difference(element, made)
  if (found !== undefined) {
    const names = (each: Element): string[] => each.children.map((node) => (node instanceof Element ? node.name : ''))
    const moved = names(element).toSorted().join() === names(made).toSorted().join()
    throw new Inexpressible(moved ? reasons.order(element.name) : reasons.other(found.path, found.message))
  }
  if (!sameComments(element, made)) throw new Inexpressible(reasons.comment(`<${element.name}>`))
}

/** Sees to it that a document takes what was made: `policies` refuses expressions that cannot run where they stand. */
function expectSoundExpressions(made: Element): void {
  const faults = expressionsOfPolicy(made).flatMap((placed) =>
    expressionFaults(placed).filter(({ severity }) => severity === 'error'),
  )
  if (faults.length > 0) throw new Inexpressible(reasons.refused(faults.map(({ message }) => message)))
}

/** The expressions of a policy. Policies that it holds are made, and looked at, by themselves. */
function expressionsOfPolicy(policy: Element): PlacedExpression[] {
  const placed: PlacedExpression[] = []
  walk(new Element('fragment', { children: [policy] }), builtFrom, (visited) => {
    if (builtAround(visited) === policy) placed.push(...placedExpressions(visited))
  })
  return placed
}

/** The nearest element that a builder or `rawPolicy` made. */
const builtAround = ({ element, parent }: Visited): Element | undefined =>
  builtFrom(element) === undefined && parent !== undefined ? builtAround(parent) : element

/** An element as it stands. */
export function rawCode<T>(callee: string, make: (rawxml: string) => T, element: Element): Sourced<T> & { code: Call } {
  const rawxml = writeRawXml([element])
  return { value: make(rawxml), code: call(callee, stringCode(rawxml)) }
}
