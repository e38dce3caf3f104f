import { checkAssigned } from './bind/assigned.js'
import { Binder } from './bind/binder.js'
import { commonType } from './bind/common.js'
import { convertExplicit, convertImplicit } from './bind/conversions.js'
import { bindExpression } from './bind/expressions.js'
import { completesList } from './bind/flow.js'
import { isValue, type Operand } from './bind/operand.js'
import { isVoid } from './bind/relations.js'
import { FunctionScope } from './bind/scope.js'
import { bindStatements } from './bind/statements.js'
import type { BoundBlock, BoundExpression, BoundFunction, BoundProgram } from './bound.js'
import { Diagnostics, type Diagnostic } from './diagnostic.js'
import { parse } from './parse.js'
import type { Expression, ExpressionSyntax, PredefinedTypeName } from './syntax.js'
import { expressionTypes } from './types/index.js'
import type { TypeTable } from './types/table.js'
import type { NamedType, Type } from './types/type.js'

/** How an expression is bound. */
export interface BindOptions {
  /** What the place wants of its expression, as a C# keyword. Default `object`: any value. */
  readonly returns?: Exclude<PredefinedTypeName, 'void'>
  /** The types it sees. Default: those of API Management. */
  readonly types?: TypeTable
}

/** A bound program, or what the C# compiler would say against the text. */
export type BindResult =
  | { readonly kind: 'bound'; readonly program: BoundProgram }
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }

/**
 * Parses and binds a policy expression as the C# compiler does. Never throws on bad input.
 *
 * @param source `@( )` or `@{ }`, entities decoded and named values replaced
 * @example
 * const result = bind('@(context.Request.Headers.Count > 0)', { returns: 'bool' })
 * if (result.kind === 'invalid') for (const { code, message, line, column } of result.diagnostics) console.log(code, message, line, column)
 */
export function bind(source: string, options: BindOptions = {}): BindResult {
  const { syntax, diagnostics: found, parses } = parse(source)
  // What does not parse is not looked at further: the compiler tells syntax errors first, and the rest would be guesses.
  if (!parses) return { kind: 'invalid', diagnostics: found }
  const table = options.types ?? expressionTypes()
  const diagnostics = new Diagnostics(source)
  const program = bindProgram(source, syntax, table, table.special[options.returns ?? 'object'], diagnostics)
  diagnostics.add(found)
  return diagnostics.any ? { kind: 'invalid', diagnostics: diagnostics.sorted() } : { kind: 'bound', program }
}

function bindProgram(
  source: string,
  syntax: ExpressionSyntax,
  table: TypeTable,
  returns: NamedType,
  diagnostics: Diagnostics,
): BoundProgram {
  const scope = new FunctionScope(undefined, { kind: 'type', type: returns })
  const b = new Binder(table, diagnostics, scope)
  const context = b.declareParameter('context', table.named('IProxyRequestContext'), { start: 0, end: 0 })
  const { body, resultType } =
    syntax.kind === 'single' ? bindSingle(b, syntax.expression, returns) : bindMulti(b, syntax, returns)
  const { captures, frameSize } = scope
  const bound: BoundFunction = {
    name: 'Run',
    parameters: [context],
    returnType: returns,
    captures,
    frameSize,
    body,
    iterator: false,
  }
  const hasUnassigned = b.jumps || b.uninitialized.size + b.outParameters.size > 0
  if (hasUnassigned && !diagnostics.any) checkAssigned(b, bound)
  return { source, function: bound, resultType, hasLoop: b.hasLoop, uses: b.uses }
}

interface Body {
  readonly body: BoundBlock
  readonly resultType: Type
}

function bindSingle(b: Binder, syntax: Expression, returns: NamedType): Body {
  const operand = bindExpression(b, syntax)
  const value = convertResult(b, operand, returns)
  const { start, end } = syntax
  const body: BoundBlock = {
    kind: 'block',
    locals: b.scope.locals,
    functions: [],
    statements: [{ kind: 'return', value, start, end }],
    start,
    end,
  }
  return { body, resultType: isValue(operand) ? operand.type : value.type }
}

/** Where any value will do the value is cast to object; elsewhere it has to convert by itself. */
function convertResult(b: Binder, operand: Operand, returns: NamedType): BoundExpression {
  const { object } = b.table.special
  if (returns !== object) return convertImplicit(b, operand, returns)
  if (isValue(operand) && isVoid(operand.type))
    return b.fail('CS0030', { start: 0, end: operand.end }, "Cannot convert type 'void' to 'object'")
  // The cast stands around the whole value, and what cannot be cast is told there.
  return convertExplicit(b, operand, object, operand.kind === 'method-group' ? { start: 0, end: operand.end } : operand)
}

function bindMulti(b: Binder, syntax: ExpressionSyntax & { kind: 'multi' }, returns: NamedType): Body {
  const { list, functions } = bindStatements(b, syntax.block.statements)
  if (b.function.iterator) {
    const message = `The body of 'Run(IProxyRequestContext)' cannot be an iterator block because '${b.show(returns)}' is not an iterator interface type`
    b.report('CS1624', { start: 0, end: 0 }, message)
  } else if (completesList(list)) {
    b.report('CS0161', { start: 0, end: 0 }, "'Run(IProxyRequestContext)': not all code paths return a value")
  }
  const { start, end } = syntax.block
  const body: BoundBlock = { kind: 'block', locals: b.scope.locals, functions, statements: list, start, end }
  const returned = b.function.returned.filter((value) => value !== undefined)
  return { body, resultType: commonType(b, returned) ?? returns }
}
