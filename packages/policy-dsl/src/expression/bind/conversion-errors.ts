import type { BoundExpression } from '../bound.js'
import type { Span } from '../position.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { constantFits, constantText } from './constants.js'
import { explicitType, implicitConversion } from './conversions.js'
import { returnMisfit } from './delegates.js'
import { bindLambda } from './lambdas.js'
import { isValue, type Operand, type TupleLiteral, type UnboundLambda } from './operand.js'
import { isDelegate, isError, numericOf, signatureOf } from './relations.js'
import { tupleItems, tupleType } from './tuples.js'

/** Says why C# does not make the conversion by itself. */
export function reportImplicit(b: Binder, operand: Operand, to: Type, span: Span): void {
  if (!isValue(operand)) return reportUnconverted(b, operand, to, span)
  const from = operand.type
  const target = b.show(to)
  if (from.kind === 'null') {
    b.report('CS0037', span, `Cannot convert null to '${target}' because it is a non-nullable value type`)
  } else if (
    operand.kind === 'constant' &&
    isLiteral(b, operand) &&
    numericOf(from) === 'double' &&
    (numericOf(to) === 'float' || numericOf(to) === 'decimal')
  ) {
    const suffix = numericOf(to) === 'float' ? 'F' : 'M'
    const message = `Literal of type double cannot be implicitly converted to type '${target}'; use an '${suffix}' suffix to create a literal of this type`
    b.report('CS0664', span, message)
  } else if (isConstantOutOfRange(operand, to)) {
    b.report(
      'CS0031',
      span,
      `Constant value '${constantText(operand.value, numericOf(from))}' cannot be converted to a '${target}'`,
    )
  } else if (explicitType(b, from, to)) {
    const message = `Cannot implicitly convert type '${b.showFull(from)}' to '${b.showFull(to)}'. An explicit conversion exists (are you missing a cast?)`
    b.report('CS0266', span, message)
  } else b.report('CS0029', span, `Cannot implicitly convert type '${b.showFull(from)}' to '${b.showFull(to)}'`)
}

/** Whether a constant is written as one number, without a sign. */
const isLiteral = (b: Binder, { start, end }: Span): boolean =>
  /^[\d.][\d._]*(?:[eE][+-]?[\d_]+)?[dD]?$/.test(b.diagnostics.source.slice(start, end))

function isConstantOutOfRange(operand: BoundExpression, to: Type): operand is BoundExpression & { kind: 'constant' } {
  const target = numericOf(to)
  return (
    operand.kind === 'constant' &&
    (numericOf(operand.type) === 'int' || (numericOf(operand.type) === 'long' && target === 'ulong')) &&
    target !== undefined &&
    target !== 'char' &&
    !constantFits(operand.value, target)
  )
}

/** Says why something that is no value yet cannot become one of the type. */
export function reportUnconverted(b: Binder, operand: Exclude<Operand, BoundExpression>, to: Type, span: Span): void {
  switch (operand.kind) {
    case 'unbound-lambda':
      return reportLambda(b, operand, to, span)
    case 'method-group': {
      const misfit = isDelegate(to) ? returnMisfit(b, operand, to) : undefined
      if (misfit) {
        const { container } = misfit.candidate
        const method = `${container ? `${b.show(container)}.` : ''}${operand.name}`
        const shown = `${b.show(misfit.returnType)} ${method}(${misfit.types.map((type) => b.show(type)).join(', ')})`
        return b.report('CS0407', span, `'${shown}' has the wrong return type`)
      }
      const message = isDelegate(to)
        ? `No overload for '${operand.name}' matches delegate '${b.show(to)}'`
        : `Cannot convert method group '${operand.name}' to non-delegate type '${b.show(to)}'. Did you intend to invoke the method?`
      return b.report(isDelegate(to) ? 'CS0123' : 'CS0428', operand.nameSpan, message)
    }
    case 'type-operand':
      return b.report('CS0119', span, `'${b.show(operand.operand)}' is a type, which is not valid in the given context`)
    case 'namespace-operand':
      return b.report('CS0118', span, `'${operand.name}' is a namespace but is used like a variable`)
    case 'tuple-literal':
      return reportTuple(b, operand, to, span)
    case 'out-declaration':
      return b.report('CS1525', span, 'A declaration is not valid in the given context')
  }
}

function reportTuple(b: Binder, literal: TupleLiteral, to: Type, span: Span): void {
  const wanted = tupleItems(to)
  if (wanted?.length === literal.items.length) {
    for (const [index, item] of literal.items.entries()) {
      const type = wanted[index] ?? b.table.errorType
      if (implicitConversion(b, item, type) === undefined) reportImplicit(b, item, type, item)
    }
    return
  }
  const own = tupleType(b, literal)
  const count = literal.items.length
  if (own) b.report('CS0029', span, `Cannot implicitly convert type '${b.showFull(own)}' to '${b.showFull(to)}'`)
  else b.report('CS8135', span, `Tuple with ${count} elements cannot be converted to type '${b.show(to)}'.`)
}

function reportLambda(b: Binder, lambda: UnboundLambda, to: Type, span: Span): void {
  if (isError(to)) return
  const signature = signatureOf(b.table, to)
  if (signature === undefined) {
    b.report(
      'CS1660',
      span,
      `Cannot convert lambda expression to type '${b.show(to)}' because it is not a delegate type`,
    )
    return
  }
  const { parameters } = lambda.syntax
  if (parameters && parameters.length !== signature.parameters.length) {
    b.report('CS1593', span, `Delegate '${b.show(to)}' does not take ${parameters.length} arguments`)
    return
  }
  // The types of the parameters are known, so what is wrong is inside: binding it says what.
  bindLambda(b, lambda, to)
}
