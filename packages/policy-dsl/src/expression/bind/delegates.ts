import type { BoundExpression } from '../bound.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { groupCandidates } from './calls.js'
import { standardImplicit } from './conversions.js'
import { instanceOf } from './local-functions.js'
import { use } from './members.js'
import type { BoundArgument, MethodGroup } from './operand.js'
import { resolveOverload, type Applicable } from './overloads.js'
import { isReferenceType, isValueType, isVoid, signatureOf } from './relations.js'

/** Arguments that only have types: what a delegate will pass. */
function typedArguments(group: MethodGroup, types: readonly Type[]): BoundArgument[] {
  return types.map((type) => ({
    operand: { kind: 'default', type, start: group.start, end: group.end },
    mode: 'value',
    name: undefined,
    nameSpan: undefined,
    start: group.start,
    end: group.end,
  }))
}

function resolveGroup(b: Binder, group: MethodGroup, types: readonly Type[]): Applicable | undefined {
  const args = typedArguments(group, types)
  const own = resolveOverload(b, groupCandidates(b, group, false), args, group.typeArguments)
  if (own.kind === 'chosen') return own.chosen
  if (group.receiver === undefined || b.table.extensions(group.name).length === 0) return undefined
  const receiver: BoundArgument = { ...(args[0] ?? emptyArgument(group)), operand: group.receiver }
  const extension = resolveOverload(b, groupCandidates(b, group, true), [receiver, ...args], group.typeArguments)
  return extension.kind === 'chosen' ? extension.chosen : undefined
}

const emptyArgument = (group: MethodGroup): BoundArgument => ({
  operand: { kind: 'namespace-operand', name: '', start: group.start, end: group.end },
  mode: 'value',
  name: undefined,
  nameSpan: undefined,
  start: group.start,
  end: group.end,
})

/** What a method group gives for parameters of these types, for type inference. */
export function groupReturn(b: Binder, group: MethodGroup, types: readonly Type[]): Type | undefined {
  return resolveGroup(b, group, types)?.returnType
}

function chosenFor(b: Binder, group: MethodGroup, to: Type): Applicable | undefined {
  const signature = signatureOf(b.table, to)
  if (signature === undefined) return undefined
  const types = signature.parameters.map((parameter) => parameter.type)
  const chosen = resolveGroup(b, group, types)
  if (chosen === undefined) return undefined
  const [wanted, given] = [signature.returnType, chosen.returnType]
  // By identity or as a reference: a value is not converted on its way.
  const isReference = isReferenceType(wanted) && !isValueType(given)
  const converts =
    wanted === given || (!isVoid(given) && isReference && standardImplicit(b, given, wanted) !== undefined)
  // A delegate calls the method as it is: no params, no defaults.
  return converts && !chosen.expanded ? chosen : undefined
}

/** The method that the delegate's arguments choose, where only what it returns does not fit. */
export function returnMisfit(b: Binder, group: MethodGroup, to: Type): Applicable | undefined {
  const types = signatureOf(b.table, to)?.parameters.map((parameter) => parameter.type)
  const chosen = types && resolveGroup(b, group, types)
  return chosen && !chosen.expanded && !groupFits(b, group, to) ? chosen : undefined
}

export function groupFits(b: Binder, group: MethodGroup, to: Type): boolean {
  return chosenFor(b, group, to) !== undefined
}

/** The function value of a method group. */
export function delegateFromGroup(b: Binder, group: MethodGroup, to: Type): BoundExpression {
  const chosen = chosenFor(b, group, to)
  const { start, end } = group
  if (group.localFunction) {
    const { local } = instanceOf(b, group.localFunction, chosen?.typeArguments ?? [])
    const target = { kind: 'local-function', function: b.function.reference(local, group) } as const
    return { kind: 'delegate', target, type: to, start, end }
  }
  const { member, container } = chosen?.candidate ?? {}
  if (chosen === undefined || member === undefined || container === undefined) return b.error(group)
  const receiver = member.static && !member.extension ? undefined : group.receiver
  const target = { kind: 'member', member: use({ member, container }, chosen.typeArguments), receiver } as const
  return { kind: 'delegate', target, type: to, start, end }
}
