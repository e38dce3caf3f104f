import type { Span } from '../position.js'
import { substitute } from '../types/table.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { reportUnconverted } from './conversion-errors.js'
import { reportLambdaErrors } from './lambdas.js'
import { reportMissing } from './members.js'
import { isValue, type BoundArgument, type MethodGroup, type Operand } from './operand.js'
import { firstMisfit, type Applicable, type Candidate, type Resolution } from './overloads.js'
import { asGeneric } from './relations.js'

/**
 * `IMessageBody.As<T>(bool)`.
 *
 * @param typeArguments those that were written: they stand in the place of the type parameters
 */
export function describe(
  b: Binder,
  { container, parameters, name, typeParameters }: Candidate,
  typeArguments: readonly Type[] = [],
): string {
  const map = new Map(typeParameters.map((parameter, index) => [parameter, typeArguments[index] ?? parameter]))
  const types = parameters.map(
    (parameter) =>
      (parameter.mode === 'value' ? '' : `${parameter.mode} `) + b.show(substitute(b.table, parameter.type, map)),
  )
  const names = typeParameters.map((type, index) => b.show(typeArguments[index] ?? type))
  const generic = names.length > 0 ? `<${names.join(', ')}>` : ''
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
    const message = `'${shown}' does not contain a definition for '${group.name}' and the best extension method overload '${describe(b, closest.candidate, group.typeArguments)}' requires a receiver of type '${wanted}'`
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
  const isPlace = parameter?.mode === 'ref' || parameter?.mode === 'out'
  if (isPlace && argument.mode !== parameter.mode) {
    const place = argument.mode === 'value' ? argument : argument.operand
    return b.fail('CS1620', place, `Argument ${number} must be passed with the '${parameter.mode}' keyword`)
  }
  if (parameter && argument.mode !== 'value' && parameter.mode !== argument.mode) {
    return b.fail(
      'CS1615',
      argument.operand,
      `Argument ${number} may not be passed with the '${argument.mode}' keyword`,
    )
  }
  return failMisfit(b, argument, index, type, span)
}

/** The argument with this index does not convert to the parameter's type. */
export function failMisfit(b: Binder, argument: BoundArgument, index: number, type: Type, span: Span): Operand {
  const number = index + 1
  const mode = argument.mode === 'value' ? '' : `${argument.mode} `
  if (!isValue(argument.operand)) {
    if (argument.operand.kind === 'out-declaration' && argument.operand.type !== undefined) {
      return b.fail(
        'CS1503',
        argument.operand,
        `Argument ${number}: cannot convert from '${mode}${b.showFull(argument.operand.type)}' to '${mode}${b.showFull(type)}'`,
      )
    }
    if (argument.operand.kind === 'unbound-lambda') {
      reportUnconverted(b, argument.operand, type, argument)
      return b.error(span)
    }
    const what = argument.operand.kind === 'method-group' ? 'method group' : 'expression'
    return b.fail('CS1503', argument, `Argument ${number}: cannot convert from '${what}' to '${b.show(type)}'`)
  }
  const own = argument.operand.type
  // Two types are told with their namespaces; what has none is told beside a plain name.
  const wanted = own.kind === 'null' ? b.show(type) : b.showFull(type)
  return b.fail(
    'CS1503',
    argument.operand,
    `Argument ${number}: cannot convert from '${mode}${b.showFull(own)}' to '${mode}${wanted}'`,
  )
}

function failCount(
  b: Binder,
  group: MethodGroup,
  candidates: readonly Candidate[],
  args: readonly BoundArgument[],
  hidden: number,
): Operand {
  const [first] = candidates
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
          `Using the generic method '${first ? describe(b, first) : group.name}' requires ${first?.typeParameters.length ?? 0} type arguments`,
        )
      : b.fail(
          'CS0308',
          group.nameSpan,
          `The non-generic method '${first ? describe(b, first) : group.name}' cannot be used with type arguments`,
        )
  }
  // Type arguments leave those that take as many of them.
  const wanted = group.typeArguments.length
  const fitting =
    wanted === 0 ? candidates : candidates.filter(({ typeParameters }) => typeParameters.length === wanted)
  const short = fitting.filter((candidate) => required(candidate) > args.length)
  const [shortest] = short
  // What LINQ has for sequences it has for queries and parallel ones too.
  const isAlone = short.length === 1 && !(hidden > 0 && shortest?.container?.definition.namespace === 'System.Linq')
  if (shortest && isAlone) {
    const missing = shortest.parameters[args.length]
    const message = `There is no argument given that corresponds to the required formal parameter '${missing?.name ?? ''}' of '${describe(b, shortest, group.typeArguments)}'`
    return b.fail('CS7036', group.nameSpan, message)
  }
  return b.fail(
    'CS1501',
    group.nameSpan,
    `No overload for method '${group.name}' takes ${args.length - hidden} arguments`,
  )
}

/** How many arguments a candidate needs at least. */
const required = ({ parameters }: Candidate): number =>
  parameters.filter(({ mode, defaultValue }) => mode !== 'params' && defaultValue === undefined).length
