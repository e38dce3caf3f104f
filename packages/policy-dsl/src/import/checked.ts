import { ApimKitError } from '@apim-kit/core'
import { difference } from '../compare.js'
import type { AnyPolicyBuilder } from '../define-policy.js'
import { Element, type Policy } from '../element.js'
import { policyBuilders } from '../policies/index.js'
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

/** What a builder makes of an input. */
export function builtBy(builder: UntypedBuilder, input: unknown): Policy {
  try {
    return builder(input)
  } catch (error) {
    if (!(error instanceof ApimKitError)) throw error
    const found = (error.problems ?? []).map(({ path, message }) => `${path === '' ? '' : `${path}: `}${message}`)
    throw new Inexpressible(reasons.refused(found.length === 0 ? [error.message] : found))
  }
}

/** Sees to it that what was made says what the element says, comments included. */
export function expectSame(made: Element, element: Element): void {
  const found = difference(element, made)
  if (found !== undefined) {
    const names = (each: Element): string[] => each.children.map((node) => (node instanceof Element ? node.name : ''))
    const moved = names(element).toSorted().join() === names(made).toSorted().join()
    throw new Inexpressible(moved ? reasons.order(element.name) : reasons.other(found.path, found.message))
  }
  if (!sameComments(element, made)) throw new Inexpressible(reasons.comment(`<${element.name}>`))
}

/** An element as it stands. */
export function rawCode<T>(callee: string, make: (rawxml: string) => T, element: Element): Sourced<T> & { code: Call } {
  const rawxml = writeRawXml([element])
  return { value: make(rawxml), code: call(callee, stringCode(rawxml)) }
}
