import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Argument, Call, Designation } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitConversion, reportUnconverted } from './conversions.js'
import { bindCallee, bindExpression, bindRvalue } from './expressions.js'
import { reportLambdaErrors } from './lambdas.js'
import { lookupMembers, memberType, reportMissing, use } from './members.js'
import { isValue, type BoundArgument, type Found, type MethodGroup, type Operand } from './operand.js'
import {
  buildArguments,
  firstMisfit,
  memberCandidate,
  resolveOverload,
  type Applicable,
  type Candidate,
  type Resolution,
} from './overloads.js'
import { asGeneric, isDelegate, isReferenceType, isValueType, signatureOf } from './relations.js'
import { asTarget } from './targets.js'
import { isVar, resolveType } from './types.js'

export function bindArguments(b: Binder, list: readonly Argument[]): BoundArgument[] {
  const firstNamed = list.findIndex((argument) => argument.name)
  const late = firstNamed < 0 ? undefined : list.slice(firstNamed).find((argument) => argument.name === undefined)
  if (late) {
    const message =
      'Named argument specifications must appear after all fixed arguments have been specified. Please use language version 7.2 or greater to allow non-trailing named arguments.'
    b.report('CS1738', late, message)
  }
  for (const [index, { name }] of list.entries()) {
    if (name === undefined || list.findIndex((other) => other.name?.name === name.name) === index) continue
    b.report('CS1740', name, `Named argument '${name.name}' cannot be specified multiple times`)
  }
  return list.map((argument) => {
    const { mode, start, end } = argument
    return {
      operand: bindArgumentValue(b, argument),
      mode,
      name: argument.name?.name,
      nameSpan: argument.name,
      start,
      end,
    }
  })
}

function bindArgumentValue(b: Binder, { value, mode }: Argument): Operand {
  if (value.kind === 'declaration' && mode === 'out') {
    const type = isVar(b, value.type) ? undefined : resolveType(b, value.type)
    return { kind: 'out-declaration', syntax: value, type, start: value.start, end: value.end }
  }
  if (mode === 'out' && value.kind === 'name' && value.name === '_' && b.scope.lookup('_') === undefined)
    return discard(value)
  return bindExpression(b, value)
}

/** `out _`. */
function discard({ start, end }: Span): Operand {
  const designation = { kind: 'discard-designation', start, end } as const
  const type = { kind: 'named-type', parts: [{ name: 'var', arguments: [], start, end }], start, end } as const
  return {
    kind: 'out-declaration',
    syntax: { kind: 'declaration', type, designation, start, end },
    type: undefined,
    start,
    end,
  }
}

/** The cell of a `ref` or `out` argument. */
export function bindReference(b: Binder, argument: BoundArgument, type: Type): BoundExpression {
  const { operand, start, end } = argument
  if (operand.kind === 'out-declaration') {
    const target = declareOut(b, operand.syntax.designation, operand.type ?? type)
    return { kind: 'reference', mode: 'out', target, type, start, end }
  }
  const target = isValue(operand) ? asTarget(b, operand, argument.mode === 'out' ? 'out' : 'ref') : undefined
  if (target === undefined) return b.error(argument)
  if (target.kind === 'local') markCaptured(target.local)
  return { kind: 'reference', mode: argument.mode === 'ref' ? 'ref' : 'out', target, type, start, end }
}

function declareOut(b: Binder, designation: Designation, type: Type): BoundExpression & { kind: 'local' } {
  const target =
    designation.kind === 'single-designation'
      ? b.function.reference(b.declare(designation.name, type, designation), designation)
      : b.temp(type, designation)
  markCaptured(target.local)
  return target
}

/** A reference to a local is its cell: the local must have one. */
export function markCaptured(local: { readonly captured: boolean }): void {
  Object.assign(local, { captured: true })
}

export function groupCandidates(b: Binder, group: MethodGroup, extensions: boolean): Candidate[] {
  if (group.localFunction) {
    if (extensions) return []
    const { name, parameters, returnType, typeParameters } = group.localFunction
    return [{ name, member: undefined, container: undefined, typeParameters, parameters, returnType, extension: false }]
  }
  if (!extensions) return group.methods.map(({ member, container }) => memberCandidate(b, member, container))
  return b.table
    .extensions(group.name)
    .map((member) => memberCandidate(b, member, b.table.construct(member.declaring, []), true))
}

/** `F(a, b)`. */
export function bindCall(b: Binder, syntax: Call): Operand {
  const target = bindCallee(b, syntax.target)
  if (target.kind === 'constant' && syntax.target.kind === 'member' && target.type.kind !== 'error') {
    const { start, end, name } = syntax.target
    const shown = b.diagnostics.source.slice(start, end)
    return b.fail('CS1955', name, `Non-invocable member '${shown}' cannot be used like a method.`)
  }
  return callOperand(b, target, bindArguments(b, syntax.arguments), syntax, syntax.target)
}

/** Calls whatever the target turned out to be. */
export function callOperand(
  b: Binder,
  target: Operand,
  args: readonly BoundArgument[],
  span: Span,
  targetSpan: Span,
): Operand {
  if (hasError(args) || (isValue(target) && target.type.kind === 'error')) {
    // The mistake was told; arguments that wait for a type are looked at no further.
    return b.error(span)
  }
  // `f.Invoke(x)` is `f(x)`.
  if (
    target.kind === 'method-group' &&
    target.name === 'Invoke' &&
    target.receiver &&
    isDelegate(target.receiver.type)
  ) {
    return invoke(b, target.receiver, args, span)
  }
  if (target.kind === 'method-group') return callGroup(b, target, args, span)
  if (isValue(target) && isDelegate(target.type)) return invoke(b, target, args, span)
  if (isValue(target) && (target.kind === 'property' || target.kind === 'field')) {
    const { member, container } = target.member
    const name = `${b.show(container)}.${member.name}`
    // The name is the last word of the target.
    const nameSpan = { start: targetSpan.end - member.name.length, end: targetSpan.end }
    return b.fail('CS1955', nameSpan, `Non-invocable member '${name}' cannot be used like a method.`)
  }
  if (isValue(target)) return b.fail('CS0149', targetSpan, 'Method name expected')
  reportUnconverted(b, target, b.table.special.object, targetSpan)
  return b.error(span)
}

const hasError = (args: readonly BoundArgument[]): boolean =>
  args.some(({ operand }) => isValue(operand) && operand.type.kind === 'error')

function invoke(b: Binder, delegate: BoundExpression, args: readonly BoundArgument[], span: Span): Operand {
  const signature = signatureOf(b.table, delegate.type)
  const member = isDelegate(delegate.type) ? delegate.type.definition.invoke : undefined
  if (signature === undefined || member === undefined) return b.error(span)
  b.used(member, span)
  const missing = signature.parameters[args.length]
  if (missing) {
    const message = `There is no argument given that corresponds to the required formal parameter '${missing.name}' of '${b.show(delegate.type)}'`
    return b.fail('CS7036', delegate, message)
  }
  if (signature.parameters.length !== args.length) {
    return b.fail('CS1593', delegate, `Delegate '${b.show(delegate.type)}' does not take ${args.length} arguments`)
  }
  const misfit = args.findIndex(
    ({ operand }, index) => !implicitConversion(b, operand, signature.parameters[index]?.type ?? b.table.errorType),
  )
  const wrong = args[misfit]
  if (wrong) return failMisfit(b, wrong, misfit, signature.parameters[misfit]?.type ?? b.table.errorType, span)
  const list = args.map((argument, index) =>
    convertImplicit(b, argument.operand, signature.parameters[index]?.type ?? b.table.errorType),
  )
  return { kind: 'invoke', delegate, arguments: list, type: signature.returnType, start: span.start, end: span.end }
}

function callGroup(b: Binder, group: MethodGroup, args: readonly BoundArgument[], span: Span): Operand {
  const candidates = groupCandidates(b, group, false)
  const own = resolveOverload(b, candidates, args, group.typeArguments)
  if (own.kind === 'chosen') return finishCall(b, group, own.chosen, args, span)
  if (own.kind === 'none' && group.receiver && b.table.extensions(group.name).length > 0) {
    const receiver: BoundArgument = {
      operand: group.receiver,
      mode: 'value',
      name: undefined,
      nameSpan: undefined,
      start: group.receiver.start,
      end: group.receiver.end,
    }
    const all = [receiver, ...args]
    const extensions = groupCandidates(b, group, true)
    const extension = resolveOverload(b, extensions, all, group.typeArguments)
    if (extension.kind === 'chosen') return finishCall(b, group, extension.chosen, all, span)
    if (candidates.length === 0) return failExtension(b, group, extension, extensions, all, span)
  }
  return failCall(b, group, own, candidates, args, span)
}

function finishCall(
  b: Binder,
  group: MethodGroup,
  chosen: Applicable,
  args: readonly BoundArgument[],
  span: Span,
): BoundExpression {
  const { list, order } = buildArguments(b, chosen, args, span, (argument, type) => bindReference(b, argument, type))
  const { start, end } = span
  if (group.localFunction) {
    const target = b.function.reference(group.localFunction.local, group)
    const type = chosen.returnType
    const call = { kind: 'local-call', function: target, arguments: list, order, type, start, end } as const
    const isPlace = group.localFunction.syntax.returnType.kind === 'ref-type'
    return isPlace ? { kind: 'dereference', cell: call, type, start, end } : call
  }
  const { member, container } = chosen.candidate
  if (member === undefined || container === undefined) return b.error(span)
  checkConstraints(b, chosen, group)
  checkReceiver(b, group, chosen, span)
  b.used(member, group)
  const receiver = member.static ? undefined : group.receiver
  return {
    kind: 'call',
    member: use({ member, container }, chosen.typeArguments),
    receiver,
    arguments: list,
    order,
    lifted: false,
    type: chosen.returnType,
    start,
    end,
  }
}

function checkReceiver(b: Binder, group: MethodGroup, { candidate }: Applicable, span: Span): void {
  const { member, container } = candidate
  if (member === undefined || container === undefined || candidate.extension) return
  if (member.static === (group.receiver === undefined)) return
  const name = describe(b, candidate)
  if (member.static) {
    const message = `Member '${name}' cannot be accessed with an instance reference; qualify it with a type name instead`
    b.report('CS0176', span, message)
  } else {
    b.report('CS0120', group, `An object reference is required for the non-static field, method, or property '${name}'`)
  }
}

/** `IMessageBody.As<T>(bool)`. */
export function describe(b: Binder, { member, container, parameters, name }: Candidate): string {
  const types = parameters.map(
    (parameter) => (parameter.mode === 'value' ? '' : `${parameter.mode} `) + b.show(parameter.type),
  )
  const generic =
    member && member.typeParameters.length > 0 ? `<${member.typeParameters.map((type) => type.name).join(', ')}>` : ''
  const owner = container && name !== '.ctor' ? `${b.show(container)}.` : ''
  const own = name === '.ctor' && container ? `${b.show(container)}.${container.definition.simpleName}` : name
  return `${owner}${own}${generic}(${types.join(', ')})`
}

function checkConstraints(b: Binder, { candidate, typeArguments }: Applicable, span: Span): void {
  for (const [index, parameter] of candidate.typeParameters.entries()) {
    const type = typeArguments[index]
    if (type === undefined || type.kind === 'error') continue
    const refuse = (code: string, wanted: string): void => {
      const where = `in order to use it as parameter '${parameter.name}' in the generic type or method '${describe(b, candidate)}'`
      b.report(code, span, `The type '${b.show(type)}' must be a ${wanted} type ${where}`)
    }
    if (parameter.constraints.class && !isReferenceType(type)) refuse('CS0452', 'reference')
    if (parameter.constraints.struct && (!isValueType(type) || b.table.nullableElement(type)))
      refuse('CS0453', 'non-nullable value')
  }
}

function failExtension(
  b: Binder,
  group: MethodGroup,
  resolution: Resolution,
  candidates: readonly Candidate[],
  args: readonly BoundArgument[],
  span: Span,
): Operand {
  const { receiverType } = group
  const closest = resolution.kind === 'none' ? resolution.closest : undefined
  if (closest && receiverType && firstMisfit(b, closest, args)?.index === 0) {
    const [shown, wanted] = [b.show(receiverType), b.show(closest.types[0] ?? receiverType)]
    const message = `'${shown}' does not contain a definition for '${group.name}' and the best extension method overload '${describe(b, closest.candidate)}' requires a receiver of type '${wanted}'`
    return b.fail('CS1929', group.receiver ?? group, message)
  }
  if (receiverType && candidates.every((candidate) => !suits(b, receiverType, candidate))) {
    reportMissing(b, receiverType, group.name, group.nameSpan)
    return b.error(span)
  }
  // Numbers of arguments are counted without the receiver.
  return failCall(b, group, resolution, candidates, args, span, 1)
}

/** Whether the receiver can be what a generic extension method takes at all, whatever the type arguments. */
function suits(b: Binder, receiver: Type, { parameters }: Candidate): boolean {
  const wanted = parameters[0]?.type
  if (wanted?.kind !== 'named' || wanted.arguments.length === 0) return true
  return asGeneric(b.table, receiver, wanted.definition.name.replace(/<.*/, '')) !== undefined
}

function failCall(
  b: Binder,
  group: MethodGroup,
  resolution: Resolution,
  candidates: readonly Candidate[],
  args: readonly BoundArgument[],
  span: Span,
  hidden = 0,
): Operand {
  if (resolution.kind === 'ambiguous') {
    const [first, second] = [describe(b, resolution.first.candidate), describe(b, resolution.second.candidate)]
    return b.fail(
      'CS0121',
      group.nameSpan,
      `The call is ambiguous between the following methods or properties: '${first}' and '${second}'`,
    )
  }
  if (resolution.kind === 'chosen') return b.error(span)
  if (resolution.inferenceFailed && reportLambdaErrors(b, args)) return b.error(span)
  if (resolution.inferenceFailed) {
    const message = `The type arguments for method '${describe(b, resolution.inferenceFailed)}' cannot be inferred from the usage. Try specifying the type arguments explicitly.`
    return b.fail('CS0411', group.nameSpan, message)
  }
  if (resolution.closest) return failArgument(b, resolution.closest, args, span)
  return failCount(b, group, candidates, args, hidden)
}

/** An argument of the wrong type. */
export function failArgument(b: Binder, form: Applicable, args: readonly BoundArgument[], span: Span): Operand {
  const misfit = firstMisfit(b, form, args)
  if (misfit === undefined) return b.error(span)
  const { argument, type, index } = misfit
  const parameter = form.candidate.parameters[form.places[index] ?? 0]
  // The receiver of an extension method counts: what is written first is argument 2.
  const number = index + 1
  if (parameter && argument.mode !== 'value' && parameter.mode !== argument.mode) {
    return b.fail('CS1615', argument, `Argument ${number} may not be passed with the '${argument.mode}' keyword`)
  }
  if (parameter && (parameter.mode === 'ref' || parameter.mode === 'out') && argument.mode === 'value') {
    return b.fail('CS1620', argument, `Argument ${number} must be passed with the '${parameter.mode}' keyword`)
  }
  return failMisfit(b, argument, index, type, span)
}

/** The argument with this index does not convert to the parameter's type. */
function failMisfit(b: Binder, argument: BoundArgument, index: number, type: Type, span: Span): Operand {
  const number = index + 1
  if (!isValue(argument.operand)) {
    if (argument.operand.kind === 'unbound-lambda') {
      reportUnconverted(b, argument.operand, type, argument)
      return b.error(span)
    }
    const what = argument.operand.kind === 'method-group' ? 'method group' : 'expression'
    return b.fail('CS1503', argument, `Argument ${number}: cannot convert from '${what}' to '${b.showFull(type)}'`)
  }
  return b.fail(
    'CS1503',
    argument.operand,
    `Argument ${number}: cannot convert from '${b.showFull(argument.operand.type)}' to '${b.showFull(type)}'`,
  )
}

function failCount(
  b: Binder,
  group: MethodGroup,
  candidates: readonly Candidate[],
  args: readonly BoundArgument[],
  hidden: number,
): Operand {
  const [only] = candidates
  const unknown = args.find(
    (argument) =>
      argument.name !== undefined &&
      !candidates.some((candidate) => candidate.parameters.some(({ name }) => name === argument.name)),
  )
  if (unknown?.nameSpan) {
    return b.fail(
      'CS1739',
      unknown.nameSpan,
      `The best overload for '${group.name}' does not have a parameter named '${unknown.name ?? ''}'`,
    )
  }
  if (
    group.typeArguments.length > 0 &&
    candidates.every((candidate) => candidate.typeParameters.length !== group.typeArguments.length)
  ) {
    const generic = candidates.some((candidate) => candidate.typeParameters.length > 0)
    return generic
      ? b.fail(
          'CS0305',
          group.nameSpan,
          `Using the generic method '${only ? describe(b, only) : group.name}' requires ${only?.typeParameters.length ?? 0} type arguments`,
        )
      : b.fail(
          'CS0308',
          group.nameSpan,
          `The non-generic method '${only ? describe(b, only) : group.name}' cannot be used with type arguments`,
        )
  }
  if (only && candidates.length === 1 && args.length < only.parameters.length) {
    const missing = only.parameters[args.length]
    const message = `There is no argument given that corresponds to the required formal parameter '${missing?.name ?? ''}' of '${describe(b, only)}'`
    return b.fail('CS7036', group.nameSpan, message)
  }
  return b.fail(
    'CS1501',
    group.nameSpan,
    `No overload for method '${group.name}' takes ${args.length - hidden} arguments`,
  )
}

/** `x[i]`. */
export function bindElementAccess(b: Binder, target: Operand, list: readonly Argument[], span: Span): Operand {
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
  const indices = args.map(({ operand }) => bindIndex(b, bindRvalue(b, operand)))
  return { kind: 'element', array, indices, type: type.element, start: span.start, end: span.end }
}

/** What counts elements: the first of int, uint, long and ulong that it converts to. */
export function bindIndex(b: Binder, value: BoundExpression): BoundExpression {
  const { int, uint, long, ulong } = b.table.special
  const target = [int, uint, long, ulong].find((candidate) => implicitConversion(b, value, candidate)) ?? int
  return convertImplicit(b, value, target)
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
