import type { MemberUse } from '@apim-kit/policy-dsl/expression'
import type { Delegate } from '../compile/frame.js'
import { argumentNull } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'

/** What runs a member: the receiver first, then the arguments, each in the form of its static type; `out` and `ref` as a cell. */
export type Implementation = (...values: never[]) => unknown

/** An implementation that depends on how the member is used: type arguments, the constructed type, the overload. */
export class Bound {
  constructor(readonly bind: (use: MemberUse) => Implementation) {}
}

/** An implementation made for each use of a member. */
export function bound(bind: (use: MemberUse) => Implementation): Bound {
  return new Bound(bind)
}

/** The members of one type by name, or by name and parameters where overloads differ: `Length`, `Substring(int,int)`, `Value=`. */
export type MemberTable = Readonly<Record<string, Implementation | Bound>>

/** The implementations of one declared type, made when an expression first uses the type: most expressions use a handful of two hundred. */
export interface TypeMembers {
  /** As declared: `System.Collections.Generic.List<T>`. */
  readonly type: string
  readonly members: () => MemberTable
}

export function membersOf(type: string, members: () => MemberTable): TypeMembers {
  return { type, members }
}

/** An implementation as callers hold it: it is only called with what its key promises. */
export function asDelegate(implementation: Implementation): Delegate {
  return implementation as unknown as Delegate
}

/** Implementations that need the lambdas they are given; C# names the parameter that is null. */
export function withLambdas(members: MemberTable): MemberTable {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, needingLambda(member)]))
}

function needingLambda(member: Implementation | Bound): Bound {
  return bound((use) => {
    const run = asDelegate(member instanceof Bound ? member.bind(use) : member)
    const { parameters } = use.member
    const index = parameters.findIndex(({ type }) => type.kind === 'named' && type.definition.kind === 'delegate')
    const parameter = parameters[index]
    if (parameter === undefined) return run
    const place = use.member.static ? index : index + 1
    return (...values: ClrValue[]) => {
      if (values[place] === null) throw argumentNull(parameter.name)
      return run(...values)
    }
  })
}
