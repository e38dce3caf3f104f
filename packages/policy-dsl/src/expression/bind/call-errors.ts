import type { Span } from '../position.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { reportUnconverted } from './conversion-errors.js'
import { reportLambdaErrors } from './lambdas.js'
import { reportMissing } from './members.js'
import { isValue, type BoundArgument, type MethodGroup, type Operand } from './operand.js'
import { firstMisfit, type Applicable, type Candidate, type Resolution } from './overloads.js'
import { asGeneric } from './relations.js'

/** `IMessageBody.As<T>(bool)`. */
export function describe(b: Binder, { container, parameters, name, typeParameters }: Candidate): string {
  const types = parameters.map(
    (parameter) => (parameter.mode === 'value' ? '' : `${parameter.mode} `) + b.show(parameter.type),
  )
  const generic = typeParameters.length > 0 ? `<${typeParameters.map((type) => type.name).join(', ')}>` : ''
  const owner = container && name !== '.ctor' ? `${b.show(container)}.` : ''
  const own = name === '.ctor' && container ? `${b.show(container)}.${container.definition.simpleName}` : name
  return `${owner}${own}${generic}(${types.join(', ')})`
}

/** Says why no extension method can be called. */
export function failExtension(
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

/** Says why no method can be called. */
export function failCall(
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
  if (reportLambdaErrors(b, args)) return b.error(span)
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
export function failMisfit(b: Binder, argument: BoundArgument, index: number, type: Type, span: Span): Operand {
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
  // What LINQ has for sequences it has for queries and parallel ones too.
  const isAlone = candidates.length === 1 && !(hidden > 0 && only?.container?.definition.namespace === 'System.Linq')
  if (only && isAlone && args.length < only.parameters.length) {
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
