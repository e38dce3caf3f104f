import type { BoundExpression, MemberUse } from '../bound.js'
import type { Span } from '../position.js'
import { argumentMap, substitute } from '../types/table.js'
import type { NamedType, Type } from '../types/type.js'
import { isRefused, refusedType } from '../allow-list.js'
import type { Binder } from './binder.js'
import { isValue, type Found, type MethodGroup, type Operand } from './operand.js'
import { baseOf, interfacesOf, isDelegate, isInterface } from './relations.js'
import { tupleItems } from './tuples.js'

/** The type and its bases as they hold members, most derived first; of an interface everything it extends, then object. */
function hierarchy(b: Binder, type: Type): NamedType[] {
  if (type.kind === 'type-parameter')
    return [...type.constraints.types.flatMap((own) => hierarchy(b, own)), b.table.special.object]
  if (isInterface(type)) return [type as NamedType, ...interfacesOf(b.table, type), b.table.special.object]
  const list: NamedType[] = []
  for (let own: Type | undefined = type; own; own = baseOf(b.table, own)) if (own.kind === 'named') list.push(own)
  return list
}

/** What was found before; declared types never change. */
const lookups = new WeakMap<Type, Map<string, readonly Found[]>>()

/** Members of that name, most derived first. Something that is no method hides what bases have; methods gather over all bases. */
export function lookupMembers(b: Binder, type: Type, name: string): readonly Found[] {
  let names = lookups.get(type)
  if (names === undefined) lookups.set(type, (names = new Map<string, readonly Found[]>()))
  let found = names.get(name)
  if (found === undefined) {
    found = findMembers(b, type, name)
    // Names of extension methods are no members either, and asked for again; but there is no end of the names that nobody declared.
    if (found.length > 0 || names.size < 1000) names.set(name, found)
  }
  return found
}

function findMembers(b: Binder, type: Type, name: string): readonly Found[] {
  const found: Found[] = []
  for (const container of hierarchy(b, type)) {
    for (const member of container.definition.members.get(name) ?? []) {
      if (member.kind === 'conversion' || member.kind === 'operator') continue
      if (member.kind !== 'method' && found.length > 0 && member.kind !== 'indexer') return found
      if (!isHidden(b, { member, container }, found)) found.push({ member, container })
    }
    if (found.some(({ member }) => member.kind !== 'method' && member.kind !== 'indexer')) return found
  }
  return found
}

/** A member of a base with the parameters of a derived one: overridden or hidden. */
function isHidden(b: Binder, candidate: Found, found: readonly Found[]): boolean {
  const own = parameterTypes(b, candidate)
  return found.some((derived) => {
    if (
      derived.container === candidate.container ||
      derived.member.typeParameters.length !== candidate.member.typeParameters.length
    )
      return false
    const types = parameterTypes(b, derived)
    return (
      types.length === own.length &&
      types.every((type, index) => type === own[index] || candidate.member.typeParameters.length > 0)
    )
  })
}

const parameters = new WeakMap<Found, readonly Type[]>()

export function parameterTypes(b: Binder, found: Found): readonly Type[] {
  let types = parameters.get(found)
  if (types === undefined) {
    const map = argumentMap(found.container)
    types = found.member.parameters.map((parameter) => substitute(b.table, parameter.type, map))
    parameters.set(found, types)
  }
  return types
}

/** The type of a property or field on this constructed type. */
export function memberType(b: Binder, { member, container }: Found): Type {
  return substitute(b.table, member.type, argumentMap(container))
}

export function use({ member, container }: Found, typeArguments: readonly Type[] = []): MemberUse {
  return { key: member.key, member, container, typeArguments }
}

/**
 * `x.name` where x is a value.
 * @param invoked whether it is called: then a property that cannot be called gives way to an extension method
 */
export function bindInstanceMember(
  b: Binder,
  receiver: BoundExpression,
  name: string,
  typeArguments: readonly Type[],
  span: Span,
  nameSpan: Span,
  invoked = false,
): Operand {
  const { type } = receiver
  if (type.kind === 'error') return b.error(span)
  if (type.kind === 'null') return b.fail('CS0023', span, "Operator '.' cannot be applied to operand of type '<null>'")
  if (type.kind === 'anonymous') {
    const index = type.members.findIndex((member) => member.name === name)
    const member = type.members[index]
    if (member)
      return { kind: 'anonymous-member', receiver, name, index, type: member.type, start: span.start, end: span.end }
  }
  const index = itemIndex(b, receiver, name)
  if (index > 6) return bindRest(b, receiver, index, span, nameSpan)
  // A named item of a tuple is its field `Item1`, `Item2` and so on under another name.
  const found = lookupMembers(b, type, index < 0 ? name : `Item${index + 1}`)
  const [first] = found
  if (first && first.member.kind !== 'method') {
    const givesWay = invoked && !isDelegate(memberType(b, first)) && b.table.extensions(name).length > 0
    if (!givesWay) return bindFound(b, first, receiver, span)
    return group(span, nameSpan, name, receiver, type, [], typeArguments)
  }
  if (first === undefined && b.table.extensions(name).length === 0)
    return b.fail('CS1061', nameSpan, missingMember(b.show(type), name))
  return group(span, nameSpan, name, receiver, type, found, typeArguments)
}

/** Which item of a tuple is meant by a name, `Item8` and so on among them; -1: none. */
function itemIndex(b: Binder, receiver: BoundExpression, name: string): number {
  const items = tupleItems(receiver.type)
  if (items === undefined) return -1
  const [, place] = /^Item([1-9]\d*)$/.exec(name) ?? []
  if (place !== undefined && items.length > 7) return Number(place) > items.length ? -1 : Number(place) - 1
  return b.tupleIndex(receiver, name)
}

/** An item beyond the seventh is one of the tuple that holds the rest. */
function bindRest(b: Binder, receiver: BoundExpression, index: number, span: Span, nameSpan: Span): Operand {
  const rest = bindInstanceMember(b, receiver, 'Rest', [], span, nameSpan)
  return isValue(rest) ? bindInstanceMember(b, rest, `Item${index - 6}`, [], span, nameSpan) : rest
}

const missingMember = (type: string, name: string): string =>
  `'${type}' does not contain a definition for '${name}' and no extension method '${name}' accepting a first argument of type '${type}' could be found (are you missing a using directive or an assembly reference?)`

/** Says that nothing of that name is there, as for a member of no kind. */
export function reportMissing(b: Binder, type: Type, name: string, span: Span): void {
  b.report('CS1061', span, missingMember(b.show(type), name))
}

function group(
  span: Span,
  nameSpan: Span,
  name: string,
  receiver: BoundExpression | undefined,
  receiverType: Type,
  methods: readonly Found[],
  typeArguments: readonly Type[],
): MethodGroup {
  const { start, end } = span
  return {
    kind: 'method-group',
    name,
    nameSpan,
    receiver,
    receiverType,
    methods,
    localFunction: undefined,
    typeArguments,
    start,
    end,
  }
}

/** `T.name`. */
export function bindStaticMember(
  b: Binder,
  type: Type,
  name: string,
  typeArguments: readonly Type[],
  span: Span,
  nameSpan: Span,
): Operand {
  if (type.kind === 'error') return b.error(span)
  const found = lookupMembers(b, type, name)
  const [first] = found
  if (first === undefined) return bindNested(b, type, name, typeArguments, span, nameSpan)
  if (first.member.kind === 'method') return group(span, nameSpan, name, undefined, type, found, typeArguments)
  return bindFound(b, first, undefined, span)
}

function bindNested(
  b: Binder,
  type: Type,
  name: string,
  typeArguments: readonly Type[],
  span: Span,
  nameSpan: Span,
): Operand {
  const path = type.kind === 'named' ? type.definition.name.replace(/<.*/, '') : ''
  const nested = b.table.find(`${path}.${name}`, typeArguments.length)
  if (nested)
    return { kind: 'type-operand', operand: b.table.construct(nested, typeArguments), start: span.start, end: span.end }
  // Of what the service refuses as a whole not every member is declared.
  if (type.kind === 'named' && type.definition.kind !== 'enum' && isRefused(type.definition))
    return b.fail('APIM0001', span, refusedType(type.definition))
  return b.fail('CS0117', nameSpan, `'${b.show(type)}' does not contain a definition for '${name}'`)
}

/** A property, field or constant. */
function bindFound(b: Binder, found: Found, receiver: BoundExpression | undefined, span: Span): Operand {
  const { member } = found
  const type = memberType(b, found)
  if (member.static && receiver !== undefined) {
    const message = `Member '${b.show(found.container)}.${member.name}' cannot be accessed with an instance reference; qualify it with a type name instead`
    return b.fail('CS0176', span, message)
  }
  if (!member.static && receiver === undefined) {
    const message = `An object reference is required for the non-static field, method, or property '${b.show(found.container)}.${member.name}'`
    return b.fail('CS0120', span, message)
  }
  // The service does not look at `b` of `a?.b`.
  if (receiver === undefined || receiver !== b.receiver) b.used(member, span)
  if (member.value !== undefined) return b.constant(member.value, type, span)
  const kind = member.kind === 'field' ? 'field' : 'property'
  return { kind, member: use(found), receiver, type, start: span.start, end: span.end }
}
