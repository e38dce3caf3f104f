import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type {
  AnonymousObject,
  ArrayCreation,
  ArrayInitializer,
  CollectionInitializer,
  Expression,
  Identifier,
  MemberInitializer,
  ObjectCreation,
  ObjectInitializer,
} from '../syntax.js'
import type { ArrayType, NamedType, Type } from '../types/type.js'
import { assign } from './assignments.js'
import { isRefused, refusedType } from '../allow-list.js'
import type { Binder } from './binder.js'
import { describe, failArgument } from './call-errors.js'
import { bindArguments, bindReference, callOperand, groupCandidates } from './calls.js'
import { commonType } from './common.js'
import { constantText } from './constants.js'
import { convertImplicit } from './conversions.js'
import { bindElementAccess, bindIndex } from './element-access.js'
import { bindDefault, bindExpression, bindRvalue, bindValue } from './expressions.js'
import { bindInstanceMember, lookupMembers, use } from './members.js'
import { isValue, type BoundArgument, type Operand } from './operand.js'
import { buildArguments, memberCandidate, resolveOverload } from './overloads.js'
import { asGeneric, isValueType, isVoid, interfacesOf } from './relations.js'
import { asTarget } from './targets.js'
import { resolveType } from './types.js'

export function bindNew(b: Binder, syntax: ObjectCreation): Operand {
  const type = resolveType(b, syntax.type)
  const args = bindArguments(b, syntax.arguments ?? [])
  if (type.kind === 'error' || args.some(({ operand }) => isValue(operand) && operand.type.kind === 'error'))
    return b.error(syntax)
  if (type.kind === 'type-parameter' && type.constraints.new && args.length === 0)
    return { kind: 'default', type, start: syntax.start, end: syntax.end }
  if (type.kind !== 'named')
    return b.fail(
      'CS0304',
      syntax,
      `Cannot create an instance of the variable type '${b.show(type)}' because it does not have the new() constraint`,
    )
  const { definition } = type
  if (definition.kind === 'delegate') return bindNewDelegate(b, type, args, syntax)
  if (definition.static)
    return b.fail('CS0712', syntax, `Cannot create an instance of the static class '${b.show(type)}'`)
  const created = construct(b, type, args, syntax)
  return syntax.initializer && created.type.kind !== 'error'
    ? initialize(b, created, syntax.initializer, syntax)
    : created
}

/** `new Func<int, int>(f)`. */
function bindNewDelegate(
  b: Binder,
  type: NamedType,
  args: readonly BoundArgument[],
  syntax: ObjectCreation,
): BoundExpression {
  const [only] = args
  if (only === undefined || args.length !== 1) return b.fail('CS0149', syntax, 'Method name expected')
  return convertImplicit(b, only.operand, type)
}

function construct(
  b: Binder,
  type: NamedType,
  args: readonly BoundArgument[],
  syntax: ObjectCreation,
): BoundExpression {
  const { definition } = type
  const constructors = definition.members.get('.ctor') ?? []
  if (args.length === 0 && isValueType(type)) return bindDefault(b, type, syntax)
  if (definition.abstract && constructors.length === 0) return failAbstract(b, type, args, syntax)
  const candidates = constructors.map((member) => memberCandidate(b, member, type))
  const resolution = resolveOverload(b, candidates, args, [])
  if (resolution.kind === 'none') {
    if (resolution.closest) {
      failArgument(b, resolution.closest, args, syntax)
      return b.error(syntax)
    }
    if (constructors.length === 0 && isRefused(definition)) return b.fail('APIM0001', syntax, refusedType(definition))
    return b.fail('CS1729', syntax.type, noConstructor(b, type, args.length))
  }
  if (resolution.kind === 'ambiguous') {
    const names = [resolution.first, resolution.second].map(({ candidate }) => `'${describe(b, candidate)}'`)
    const message = `The call is ambiguous between the following methods or properties: ${names.join(' and ')}`
    return b.fail('CS0121', syntax.type, message)
  }
  const { member, container } = resolution.chosen.candidate
  if (member === undefined || container === undefined) return b.error(syntax)
  b.used(member, syntax)
  const { list, order } = buildArguments(b, resolution.chosen, args, syntax, (argument, wanted) =>
    bindReference(b, argument, wanted),
  )
  return {
    kind: 'new',
    member: use({ member, container }),
    arguments: list,
    order,
    type,
    start: syntax.start,
    end: syntax.end,
  }
}

const noConstructor = (b: Binder, type: Type, count: number): string =>
  `'${b.show(type)}' does not contain a constructor that takes ${count} arguments`

/** Interfaces and .NET's abstract classes say so; types APIM hands out have no constructor one could call. */
function failAbstract(
  b: Binder,
  type: NamedType,
  args: readonly BoundArgument[],
  syntax: ObjectCreation,
): BoundExpression {
  const isPlain = type.definition.kind === 'interface' || type.definition.namespace !== ''
  if (isPlain)
    return b.fail('CS0144', syntax, `Cannot create an instance of the abstract class or interface '${b.show(type)}'`)
  return b.fail('CS1729', syntax.type, noConstructor(b, type, args.length))
}

// ---------------------------------------------------------------------------------------------------------- initialisers

/** The object is put aside, then each part of the initialiser is done to it. */
function initialize(
  b: Binder,
  created: BoundExpression,
  initializer: ObjectInitializer | CollectionInitializer,
  span: Span,
): BoundExpression {
  const temp = b.temp(created.type, span)
  const effects = [assign(temp, created, span), ...initializerEffects(b, temp, initializer)]
  return { kind: 'sequence', effects, result: temp, type: created.type, start: span.start, end: span.end }
}

function initializerEffects(
  b: Binder,
  receiver: BoundExpression,
  initializer: ObjectInitializer | CollectionInitializer,
): BoundExpression[] {
  if (initializer.kind === 'object-initializer')
    return initializer.members.map((member) => initializeMember(b, receiver, member)).flat()
  if (!isEnumerable(b, receiver.type)) {
    const message = `Cannot initialize type '${b.show(receiver.type)}' with a collection initializer because it does not implement 'System.Collections.IEnumerable'`
    b.report('CS1922', initializer, message)
    return []
  }
  return initializer.items.map((item) => addItem(b, receiver, item))
}

function isEnumerable(b: Binder, type: Type): boolean {
  return (
    interfacesOf(b.table, type).some((own) => own.definition.name === 'System.Collections.IEnumerable') ||
    asGeneric(b.table, type, 'System.Collections.Generic.IEnumerable') !== undefined
  )
}

/** An item becomes a call of Add. */
function addItem(b: Binder, receiver: BoundExpression, item: Expression): BoundExpression {
  const values = item.kind === 'element-initializer' ? item.items : [item]
  const args = values.map((value): BoundArgument => ({
    operand: bindExpression(b, value),
    mode: 'value',
    name: undefined,
    nameSpan: undefined,
    start: value.start,
    end: value.end,
  }))
  const add = bindInstanceMember(b, receiver, 'Add', [], item, item)
  const trial = b.attempt(() => callOperand(b, add, args, item, item))
  if (trial.errors && trial.codes[0] === 'CS1503') {
    const [only] = add.kind === 'method-group' ? groupCandidates(b, add, false) : []
    const shown = only ? describe(b, only) : `${b.show(receiver.type)}.Add`
    const message = `The best overloaded Add method '${shown}' for the collection initializer has some invalid arguments`
    b.report('CS1950', item, message)
  }
  return bindRvalue(b, callOperand(b, add, args, item, item))
}

function initializeMember(b: Binder, receiver: BoundExpression, member: MemberInitializer): BoundExpression[] {
  const { target: name, value } = member
  if (!('kind' in name) && receiver.type.kind === 'named' && lookupMembers(b, receiver.type, name.name).length === 0) {
    b.report('CS0117', name, `'${b.show(receiver.type)}' does not contain a definition for '${name.name}'`)
    bindExpression(b, value)
    return []
  }
  const place =
    'kind' in name
      ? bindElementAccess(b, receiver, name.arguments, name)
      : bindInstanceMember(b, receiver, name.name, [], name, name)
  const reached = bindRvalue(b, place)
  // `{ A = { … } }` fills what is already there.
  if (value.kind === 'object-initializer' || value.kind === 'collection-initializer')
    return initializerEffects(b, reached, value)
  const target = asTarget(b, reached, 'assign')
  const operand = bindExpression(b, value)
  return target ? [assign(target, convertImplicit(b, operand, target.type), member)] : []
}

// ------------------------------------------------------------------------------------------------------------- anonymous

function bindAnonymousValue(b: Binder, member: AnonymousObject['members'][number]): BoundExpression {
  const operand = bindExpression(b, member.value)
  if (operand.kind !== 'method-group' && operand.kind !== 'unbound-lambda') return bindRvalue(b, operand)
  const what = operand.kind === 'method-group' ? 'method group' : 'lambda expression'
  return b.fail('CS0828', member, `Cannot assign '${what}' to anonymous type property`)
}

export function bindAnonymous(b: Binder, syntax: AnonymousObject): Operand {
  const values = syntax.members.map((member) => bindAnonymousValue(b, member))
  const members = syntax.members.map((member, index) => ({
    name: member.name?.name ?? projectedName(b, member.value),
    type: values[index]?.type ?? b.table.errorType,
  }))
  for (const [index, { type }] of members.entries()) {
    if (type.kind !== 'null' && !isVoid(type)) continue
    b.report('CS0828', syntax.members[index] ?? syntax, `Cannot assign '${b.show(type)}' to anonymous type property`)
  }
  for (const [index, { name }] of members.entries()) {
    if (name === '' || members.findIndex((other) => other.name === name) === index) continue
    b.report(
      'CS0833',
      syntax.members[index] ?? syntax,
      'An anonymous type cannot have multiple properties with the same name',
    )
  }
  const type = b.table.anonymous(members)
  return { kind: 'new-anonymous', values, type, start: syntax.start, end: syntax.end }
}

/** `new { x.Name }` calls it Name. */
function projectedName(b: Binder, value: Expression): string {
  const named: Identifier | undefined =
    value.kind === 'name'
      ? value
      : value.kind === 'member'
        ? value.name
        : value.kind === 'conditional-access'
          ? lastName(value.access)
          : undefined
  if (named) return named.name
  b.report(
    'CS0746',
    value,
    'Invalid anonymous type member declarator. Anonymous type members must be declared with a member assignment, simple name or member access.',
  )
  return ''
}

const lastName = (access: Expression): Identifier | undefined =>
  access.kind === 'member' || access.kind === 'member-binding' ? access.name : undefined

// --------------------------------------------------------------------------------------------------------------- arrays

export function bindNewArray(b: Binder, syntax: ArrayCreation): Operand {
  const { start, end } = syntax
  if (syntax.type === undefined) return bindImplicitArray(b, syntax)
  const type = resolveType(b, syntax.type)
  if (type.kind !== 'array') return b.error(syntax)
  const sizes = syntax.sizes.map((size) => bindSize(b, size, syntax))
  if (syntax.initializer) {
    checkSize(b, sizes, syntax.initializer)
    return bindArrayInitializer(b, syntax.initializer, type, syntax)
  }
  return { kind: 'new-array', element: type.element, sizes, items: undefined, type, start, end }
}

/** A size is an int, or one of the larger integers. */
function bindSize(b: Binder, syntax: Expression, array: Span): BoundExpression {
  const value = bindIndex(b, bindValue(b, syntax), array)
  if (value.kind === 'constant' && Number(value.value) < 0)
    b.report('CS0248', syntax, 'Cannot create an array with a negative size')
  return value
}

/** Sizes beside an initialiser only repeat what it says. */
function checkSize(b: Binder, [size]: readonly BoundExpression[], initializer: ArrayInitializer): void {
  if (size === undefined || size.type.kind === 'error') return
  if (size.kind !== 'constant') b.report('CS0150', size, 'A constant value is expected')
  else if (Number(size.value) !== initializer.items.length)
    b.report('CS0847', initializer, `An array initializer of length '${constantText(size.value)}' is expected`)
}

function bindImplicitArray(b: Binder, syntax: ArrayCreation): Operand {
  const { initializer, rank } = syntax
  if (initializer === undefined) return b.error(syntax)
  const { items, lengths } = gridItems(b, initializer, rank)
  const operands = items.map((item) => bindExpression(b, item))
  const element = commonType(b, operands)
  if (element === undefined) return b.fail('CS0826', syntax, 'No best type found for implicitly-typed array')
  return newArray(b, b.table.array(element, rank), operands, lengths, syntax)
}

interface Grid {
  /** Row by row. */
  readonly items: readonly Expression[]
  /** Of each dimension. */
  readonly lengths: readonly number[]
}

function isMisplacedRow(b: Binder, item: Expression): boolean {
  if (item.kind !== 'array-initializer') return false
  const message =
    'Array initializers can only be used in a variable or field initializer. Try using a new expression instead.'
  b.report('CS0623', item, message)
  return true
}

/** The items of `{ {1, 2}, {3, 4} }` for an array of that many dimensions; each row is as long as the first. */
function gridItems(b: Binder, initializer: ArrayInitializer, rank: number): Grid {
  const { items } = initializer
  if (rank === 1) return { items: items.filter((item) => !isMisplacedRow(b, item)), lengths: [items.length] }
  const rows = items.map((item) => {
    if (item.kind === 'array-initializer') return gridItems(b, item, rank - 1)
    b.report('CS0846', item, 'A nested array initializer is expected')
    return undefined
  })
  const inner = rows[0]?.lengths ?? Array.from({ length: rank - 1 }, () => 0)
  for (const [index, row] of rows.entries()) {
    if (row === undefined || row.lengths[0] === inner[0]) continue
    b.report('CS0847', items[index] ?? initializer, `An array initializer of length '${inner[0] ?? 0}' is expected`)
  }
  return { items: rows.flatMap((row) => row?.items ?? []), lengths: [items.length, ...inner] }
}

function newArray(
  b: Binder,
  type: ArrayType,
  items: readonly Operand[],
  lengths: readonly number[],
  span: Span,
): BoundExpression {
  const values = items.map((item) => convertImplicit(b, item, type.element))
  const { int } = b.table.special
  return {
    kind: 'new-array',
    element: type.element,
    sizes: type.rank === 1 ? undefined : lengths.map((length) => b.constant(length, int, span)),
    items: values,
    type,
    start: span.start,
    end: span.end,
  }
}

/** `{1, 2}` for an array type that is known. */
export function bindArrayInitializer(
  b: Binder,
  initializer: ArrayInitializer,
  type: ArrayType,
  span: Span,
): BoundExpression {
  const { items, lengths } = gridItems(b, initializer, type.rank)
  const operands = items.map((item) =>
    item.kind === 'array-initializer' && type.element.kind === 'array'
      ? bindArrayInitializer(b, item, type.element, item)
      : bindExpression(b, item),
  )
  return newArray(b, type, operands, lengths, span)
}
