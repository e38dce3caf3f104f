import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Argument, Call, Designation } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { describe, failCall, failExtension, failMisfit } from './call-errors.js'
import { reportUnconverted } from './conversion-errors.js'
import { convertImplicit, implicitConversion } from './conversions.js'
import { bindCallee, bindExpression, bindRvalue } from './expressions.js'
import { instanceOf } from './local-functions.js'
import { use } from './members.js'
import { isValue, type BoundArgument, type MethodGroup, type Operand } from './operand.js'
import { buildArguments, memberCandidate, resolveOverload, type Applicable, type Candidate } from './overloads.js'
import { isDelegate, isReferenceType, isValueType, signatureOf } from './relations.js'
import { asTarget } from './targets.js'
import { isVar, resolveType } from './types.js'

export function bindArguments(b: Binder, list: readonly Argument[]): BoundArgument[] {
  const firstNamed = list.findIndex((argument) => argument.name)
  const late = firstNamed < 0 ? undefined : list.slice(firstNamed).find((argument) => argument.name === undefined)
  if (late) {
    const message = 'Named argument specifications must appear after all fixed arguments have been specified'
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
  const operand = bindExpression(b, value)
  if (operand.kind === 'type-operand' || operand.kind === 'namespace-operand') return bindRvalue(b, operand)
  if (mode !== 'value' && isValue(operand) && !PLACES.has(operand.kind) && operand.type.kind !== 'error')
    return b.fail('CS1510', operand, 'A ref or out value must be an assignable variable')
  return operand
}

/** What can be passed by reference; of some of them it is told later why not. */
const PLACES: ReadonlySet<string> = new Set(['local', 'element', 'field', 'property', 'indexer', 'dereference'])

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
  b.uninitialized.add(target.local)
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
  const args = bindArguments(b, syntax.arguments)
  const result = callOperand(b, target, args, syntax, syntax.target)
  if (isValue(result) && result.type.kind === 'error') declareLost(b, args)
  return result
}

/** The variables of a call that went wrong are declared all the same: that they are missing would be told besides. */
function declareLost(b: Binder, args: readonly BoundArgument[]): void {
  for (const { operand } of args) {
    if (operand.kind !== 'out-declaration') continue
    const { designation } = operand.syntax
    if (designation.kind !== 'single-designation' || b.scope.lookup(designation.name)) continue
    b.declare(designation.name, operand.type ?? b.table.errorType, designation)
  }
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
    const { end } = targetSpan
    const isBinding = b.diagnostics.source.charAt(targetSpan.start) === '.'
    const nameSpan = { start: isBinding ? targetSpan.start : end - member.name.length, end }
    return b.fail('CS1955', nameSpan, `Non-invocable member '${name}' cannot be used like a method.`)
  }
  if (isValue(target)) return b.fail('CS0149', targetSpan, 'Method name expected')
  if (target.kind === 'type-operand') return failTypeCall(b, target, targetSpan)
  reportUnconverted(b, target, b.table.special.object, targetSpan)
  return b.error(span)
}

/** `DateTime(2024, 1, 1)`: a type is no method. */
function failTypeCall(b: Binder, { operand }: Operand & { kind: 'type-operand' }, { start, end }: Span): Operand {
  const name =
    operand.kind === 'named'
      ? b.show(b.table.construct(operand.definition, operand.definition.typeParameters))
      : b.show(operand)
  const written = b.diagnostics.source.slice(start, end)
  const at = start + Math.max(0, written.lastIndexOf('.', written.search(/<|$/)) + 1)
  return b.fail('CS1955', { start: at, end }, `Non-invocable member '${name}' cannot be used like a method.`)
}

/** Whether one of them is wrong, and that was told. */
export const hasError = (args: readonly BoundArgument[]): boolean =>
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
  checkConstraints(b, chosen, group)
  if (group.localFunction) {
    const { local } = instanceOf(b, group.localFunction, chosen.typeArguments)
    const target = b.function.reference(local, group)
    const type = chosen.returnType
    const call = { kind: 'local-call', function: target, arguments: list, order, type, start, end } as const
    const isPlace = group.localFunction.syntax.returnType.kind === 'ref-type'
    return isPlace ? { kind: 'dereference', cell: call, type, start, end } : call
  }
  const { member, container } = chosen.candidate
  if (member === undefined || container === undefined) return b.error(span)
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
