import type { MemberUse } from '../bound.js'
import { argumentMap, substitute } from '../types/table.js'
import type { Member, NamedType, Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { lift, node, simple, standardExplicit, standardImplicit, type Convert } from './conversions.js'
import { baseOf } from './relations.js'

interface Declared {
  readonly member: Member
  readonly container: NamedType
  readonly from: Type
  readonly to: Type
}

/** A conversion that one of the two types declares: C# specification, "User-defined conversions". */
export function declaredConversion(b: Binder, from: Type, to: Type, explicit: boolean): Convert | undefined {
  const converts = explicit
    ? (a: Type, c: Type): boolean => standardImplicit(b, a, c) !== undefined || standardImplicit(b, c, a) !== undefined
    : (a: Type, c: Type): boolean => standardImplicit(b, a, c) !== undefined
  const fitting = declaredConversions(b, from, to, explicit).filter(
    (declared) => converts(from, declared.from) && converts(declared.to, to),
  )
  const source = mostSpecificSource(b, from, fitting)
  const target = mostSpecificTarget(b, to, fitting)
  const chosen = fitting.filter((declared) => declared.from === source && declared.to === target)
  const [only] = chosen
  return only && chosen.length === 1 ? applyDeclared(b, only, from, to) : liftedUser(b, from, to, explicit)
}

/** `A?` to `B?` by way of a declared A to B. */
function liftedUser(b: Binder, from: Type, to: Type, explicit: boolean): Convert | undefined {
  const source = b.table.nullableElement(from)
  const target = b.table.nullableElement(to)
  if (source === undefined) return undefined
  if (target) {
    const inner = declaredConversion(b, source, target, explicit)
    return inner && lift(b, source, to, inner)
  }
  const inner = explicit ? declaredConversion(b, source, to, true) : undefined
  return inner && ((operand) => inner(simple(source, 'unwrap')(operand)))
}

function declaredConversions(b: Binder, from: Type, to: Type, explicit: boolean): Declared[] {
  const list: Declared[] = []
  const seen = new Set<Type>()
  for (const start of [b.table.nullableElement(from) ?? from, b.table.nullableElement(to) ?? to]) {
    for (let type: Type | undefined = start; type; type = baseOf(b.table, type)) {
      if (type.kind !== 'named' || seen.has(type)) continue
      seen.add(type)
      addDeclared(b, type, explicit, list)
    }
  }
  return list
}

function addDeclared(b: Binder, container: NamedType, explicit: boolean, list: Declared[]): void {
  const map = argumentMap(container)
  const { members } = container.definition
  const all = [...(members.get('op_Implicit') ?? []), ...(explicit ? (members.get('op_Explicit') ?? []) : [])]
  for (const member of all) {
    const [parameter] = member.parameters
    if (parameter === undefined) continue
    list.push({
      member,
      container,
      from: substitute(b.table, parameter.type, map),
      to: substitute(b.table, member.type, map),
    })
  }
}

const encompasses = (b: Binder, outer: Type, inner: Type): boolean => standardImplicit(b, inner, outer) !== undefined

/** The type among `types` that every other one converts to, or that converts to every other one. */
const narrowest = (b: Binder, types: readonly Type[]): Type | undefined =>
  types.find((type) => types.every((other) => encompasses(b, other, type)))
const widest = (b: Binder, types: readonly Type[]): Type | undefined =>
  types.find((type) => types.every((other) => encompasses(b, type, other)))

function mostSpecificSource(b: Binder, from: Type, list: readonly Declared[]): Type | undefined {
  const types = list.map((declared) => declared.from)
  if (types.includes(from)) return from
  const around = types.filter((type) => encompasses(b, type, from))
  return around.length > 0 ? narrowest(b, around) : widest(b, types)
}

function mostSpecificTarget(b: Binder, to: Type, list: readonly Declared[]): Type | undefined {
  const types = list.map((declared) => declared.to)
  if (types.includes(to)) return to
  const inside = types.filter((type) => encompasses(b, to, type))
  return inside.length > 0 ? widest(b, inside) : narrowest(b, types)
}

function applyDeclared(b: Binder, declared: Declared, from: Type, to: Type): Convert | undefined {
  const before = standardExplicit(b, from, declared.from)
  const after = standardExplicit(b, declared.to, to)
  const { member, container } = declared
  const use: MemberUse = { key: member.key, member, container, typeArguments: [] }
  return before && after && ((operand) => after(node(before(operand), declared.to, { kind: 'user', member: use })))
}
