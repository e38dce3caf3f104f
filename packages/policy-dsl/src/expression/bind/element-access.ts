import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Argument } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { describe, failArgument } from './call-errors.js'
import { bindArguments, bindReference, hasError } from './calls.js'
import { convertImplicit, implicitConversion } from './conversions.js'
import { bindRvalue } from './expressions.js'
import { lookupMembers, memberType, use } from './members.js'
import type { BoundArgument, Found, Operand } from './operand.js'
import { buildArguments, memberCandidate, resolveOverload } from './overloads.js'

/** `x[i]`. */
export function bindElementAccess(b: Binder, target: Operand, list: readonly Argument[], span: Span): Operand {
  // Most often the parentheses of a call were forgotten.
  if (target.kind === 'method-group')
    return b.fail('CS0021', span, "Cannot apply indexing with [] to an expression of type 'method group'")
  const receiver = bindRvalue(b, target)
  const args = bindArguments(b, list)
  if (receiver.type.kind === 'error' || hasError(args)) return b.error(span)
  if (receiver.type.kind === 'array') return bindArrayElement(b, receiver, receiver.type, args, span)
  return bindIndexer(b, receiver, args, span)
}

function bindArrayElement(
  b: Binder,
  array: BoundExpression,
  type: Type & { kind: 'array' },
  args: readonly BoundArgument[],
  span: Span,
): Operand {
  if (args.length !== type.rank)
    return b.fail('CS0022', span, `Wrong number of indices inside []; expected ${type.rank}`)
  const indices = args.map(({ operand }) => bindIndex(b, bindRvalue(b, operand), span))
  return { kind: 'element', array, indices, type: type.element, start: span.start, end: span.end }
}

/**
 * What counts elements: the first of int, uint, long and ulong that it converts to.
 *
 * @param span where it is told that it converts to none
 */
export function bindIndex(b: Binder, value: BoundExpression, span: Span = value): BoundExpression {
  const { int, uint, long, ulong } = b.table.special
  const target = [int, uint, long, ulong].find((candidate) => implicitConversion(b, value, candidate)) ?? int
  return convertImplicit(b, value, target, span)
}

function bindIndexer(b: Binder, receiver: BoundExpression, args: readonly BoundArgument[], span: Span): Operand {
  const found = indexersOf(b, receiver.type)
  if (found.length === 0)
    return b.fail('CS0021', span, `Cannot apply indexing with [] to an expression of type '${b.show(receiver.type)}'`)
  const candidates = found.map(({ member, container }) => memberCandidate(b, member, container))
  const resolution = resolveOverload(b, candidates, args, [])
  if (resolution.kind === 'none') {
    if (resolution.closest) return failArgument(b, resolution.closest, args, span)
    return b.fail('CS1501', span, `No overload for method 'this' takes ${args.length} arguments`)
  }
  if (resolution.kind === 'ambiguous') {
    const names = [resolution.first, resolution.second].map(({ candidate }) => `'${describe(b, candidate)}'`)
    return b.fail(
      'CS0121',
      span,
      `The call is ambiguous between the following methods or properties: ${names.join(' and ')}`,
    )
  }
  const { chosen } = resolution
  const { member, container } = chosen.candidate
  if (member === undefined || container === undefined) return b.error(span)
  const { list } = buildArguments(b, chosen, args, span, (argument, type) => bindReference(b, argument, type))
  const type = memberType(b, { member, container })
  return {
    kind: 'indexer',
    member: use({ member, container }),
    receiver,
    arguments: list,
    type,
    start: span.start,
    end: span.end,
  }
}

/** Indexers are called Item in metadata; a method of that name is none. */
const indexersOf = (b: Binder, type: Type): Found[] =>
  lookupMembers(b, type, 'Item').filter(({ member }) => member.kind === 'indexer')
