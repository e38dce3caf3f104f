import type { BoundBlock, BoundExpression, BoundFunction, BoundLambda, BoundStatement } from '../bound.js'
import type { BlockStatement, Expression, Identifier, Lambda, LocalFunction } from '../syntax.js'
import type { Type } from '../types/type.js'
import type { Binder } from './binder.js'
import { commonType } from './common.js'
import { convertImplicit } from './conversions.js'
import { bindExpression, bindRvalue, bindThrown } from './expressions.js'
import { completesList } from './flow.js'
import { isValue, type BoundArgument, type LambdaTrial, type UnboundLambda } from './operand.js'
import { isVoid, signatureOf } from './relations.js'
import { bindReturnedPlace } from './returned-places.js'
import { BlockScope, FunctionScope, RangeSymbol, type Local, type ReturnTarget } from './scope.js'
import { bindStatements } from './statements.js'
import { isStatementExpression, NO_STATEMENT } from '../parse/statements.js'
import { resolveType } from './types.js'

/** A lambda as it stands; it is bound when a delegate type is known. */
export function bindUnboundLambda(b: Binder, syntax: Lambda): UnboundLambda {
  const { start, end } = syntax
  return { kind: 'unbound-lambda', syntax, scope: b.scope, function: b.function, tried: new Map(), start, end }
}

/** Runs with the surroundings of the lambda, wherever it is needed. */
function inside<T>(b: Binder, lambda: UnboundLambda, target: ReturnTarget, run: (scope: FunctionScope) => T): T {
  const { function: outerFunction, scope: outerScope, receiver, loops, switches, inFinally } = b
  const scope = new FunctionScope(lambda.function, target)
  b.function = scope
  b.scope = new BlockScope(lambda.scope, scope)
  b.loops = 0
  b.switches = []
  b.inFinally = false
  const result = run(scope)
  Object.assign(b, { function: outerFunction, scope: outerScope, receiver, loops, switches, inFinally })
  return result
}

function bindFunction(
  b: Binder,
  lambda: UnboundLambda,
  types: readonly Type[],
  target: ReturnTarget,
): { function: BoundFunction; returned: readonly (BoundExpression | undefined)[] } {
  return inside(b, lambda, target, (scope) => {
    const { parameters = [] } = lambda.syntax
    const names = parameters.length > 0 ? parameters : types.map(() => undefined)
    const locals = names.map((parameter, index) => {
      const type = types[index] ?? b.table.errorType
      return parameter === undefined || isDiscard(parameter.name.name, parameters)
        ? scope.newLocal('', type)
        : declareLambdaParameter(b, lambda.syntax, parameter.name, type)
    })
    const [first] = locals
    if (first)
      for (const { name, path } of lambda.syntax.ranges ?? []) b.scope.add(name.name, new RangeSymbol(first, path))
    const block = bindBody(b, lambda.syntax.body, target, lambda.syntax)
    const returnType = target.kind === 'type' ? target.type : b.table.errorType
    const { captures, frameSize, returned } = scope
    return {
      function: { name: 'lambda', parameters: locals, returnType, captures, frameSize, body: block, iterator: false },
      returned,
    }
  })
}

/** Two parameters called `_` are none. */
const isDiscard = (name: string, parameters: readonly { readonly name: { readonly name: string } }[]): boolean =>
  name === '_' && parameters.filter((parameter) => parameter.name.name === '_').length > 1

/** The body of a lambda or local function. */
export function bindBody(
  b: Binder,
  body: Expression | BlockStatement,
  target: ReturnTarget,
  owner: Lambda | LocalFunction,
): BoundBlock {
  const { start, end } = body
  if (body.kind === 'block') {
    const before = b.diagnostics.count
    const statements = bindStatements(b, body.statements)
    const mustReturn = target.kind === 'type' ? !isVoid(target.type) : b.function.returned.length > 0
    if (mustReturn && b.diagnostics.count === before && completesList(statements.list)) reportNoReturn(b, owner)
    return {
      kind: 'block',
      locals: b.scope.locals,
      functions: statements.functions,
      statements: statements.list,
      start,
      end,
    }
  }
  const statement = bindResult(b, body, target, owner)
  return { kind: 'block', locals: b.scope.locals, functions: [], statements: [statement], start, end }
}

function declareLambdaParameter(b: Binder, { ranges }: Lambda, { name, ...span }: Identifier, type: Type): Local {
  // The variable of a query is told of in words of its own.
  if (ranges === undefined || b.scope.lookup(name) === undefined) return b.declareParameter(name, type, span)
  b.report('CS1931', span, `The range variable '${name}' conflicts with a previous declaration of '${name}'`)
  const local = b.function.newLocal(name, type)
  local.parameter = true
  b.scope.add(name, local)
  return local
}

function reportNoReturn(b: Binder, owner: Lambda | LocalFunction): void {
  if (owner.kind === 'lambda') b.report('CS1643', owner.arrow, 'Not all code paths return a value in lambda expression')
  else b.report('CS0161', owner.name, `'${b.function.name ?? owner.name.name}': not all code paths return a value`)
}

/** The expression that is a whole body. */
function bindResult(b: Binder, body: Expression, target: ReturnTarget, owner: Lambda | LocalFunction): BoundStatement {
  const { start, end } = body
  if ((b.function.byReference && body.kind !== 'throw') || body.kind === 'ref')
    return { kind: 'return', value: bindReturnedPlace(b, body, body), start, end }
  const operand = body.kind === 'throw' ? bindThrowBody(b, body) : bindExpression(b, body)
  if (target.kind === 'type') {
    if (isVoid(target.type)) {
      if (!isStatementExpression(body) && body.kind !== 'throw') b.report('CS0201', body, NO_STATEMENT)
      const expression = isValue(operand) ? operand : bindRvalue(b, operand)
      return { kind: 'evaluate', expression, start, end }
    }
    const before = b.diagnostics.count
    const value = operand.kind === 'throw' ? operand : convertImplicit(b, operand, target.type)
    if (owner.kind === 'lambda' && b.diagnostics.count > before) reportMisfit(b, owner, body)
    return { kind: 'return', value, start, end }
  }
  const value = operand.kind === 'throw' ? undefined : operand
  if (value && value.kind !== 'unbound-lambda' && value.kind !== 'method-group') {
    const result = isValue(value) ? value : bindRvalue(b, value)
    b.function.returned.push(result)
    return { kind: 'return', value: result, start, end }
  }
  return { kind: 'return', value: undefined, start, end }
}

/** That a result does not convert makes the lambda misfit; both are told. */
function reportMisfit(b: Binder, { ranges }: Lambda, place: Expression): void {
  const what = ranges === undefined ? 'lambda expression' : 'query expression'
  const message = `Cannot convert ${what} to intended delegate type because some of the return types in the block are not implicitly convertible to the delegate return type`
  b.report('CS1662', place, message)
}

function bindThrowBody(b: Binder, body: Expression & { kind: 'throw' }): BoundExpression {
  const value = bindThrown(b, body.value)
  return { kind: 'throw', value, type: b.table.errorType, start: body.start, end: body.end }
}

const keyOf = (types: readonly Type[], returns: Type | undefined): string =>
  `${types.map((type) => type.id).join(';')}=>${returns?.id ?? '?'}`

/** Tries the body with these parameter types once, and remembers the outcome. */
function tryLambda(b: Binder, lambda: UnboundLambda, types: readonly Type[], returns: Type | undefined): LambdaTrial {
  const key = keyOf(types, returns)
  const known = lambda.tried.get(key)
  if (known) return known
  const target: ReturnTarget = returns ? { kind: 'type', type: returns } : { kind: 'infer' }
  const { value, errors, uses } = b.attempt(() => bindFunction(b, lambda, types, target))
  const returned = value.returned.filter((result) => result !== undefined)
  const isVoidBlock = lambda.syntax.body.kind === 'block' && returned.length === 0
  const common = isVoidBlock ? b.table.special.void : commonType(b, returned)
  const exact =
    returned.length > 0 && returned.length === value.returned.length && returned.every(({ type }) => type === common)
  const trial: LambdaTrial = { errors, types, returnType: returns ?? common, bound: value.function, exact, uses }
  lambda.tried.set(key, trial)
  return trial
}

/** What the lambda gives when its parameters have these types. */
export function inferredReturn(b: Binder, lambda: UnboundLambda, types: readonly Type[]): Type | undefined {
  const { parameters } = lambda.syntax
  if (parameters && parameters.length !== types.length) return undefined
  return tryLambda(b, lambda, parameterTypesOf(b, lambda, types), undefined).returnType
}

function parameterTypesOf(b: Binder, lambda: UnboundLambda, types: readonly Type[]): readonly Type[] {
  return types.map((type, index) => {
    const own = lambda.syntax.parameters?.[index]?.type
    return own ? resolveType(b, own) : type
  })
}

/** Whether the lambda can be a value of this delegate type. */
export function lambdaFits(b: Binder, lambda: UnboundLambda, to: Type): boolean {
  const signature = signatureOf(b.table, to)
  if (signature === undefined) return to.kind === 'error'
  const { parameters } = lambda.syntax
  const types = signature.parameters.map((parameter) => parameter.type)
  if (parameters && parameters.length !== types.length) return false
  // While type arguments are still open only the shape can be looked at.
  if (types.some(hasOpenParameter)) return true
  if (parameterTypesOf(b, lambda, types).some((type, index) => type !== types[index])) return false
  const result = hasOpenParameter(signature.returnType) ? undefined : signature.returnType
  if (result && !isVoid(result)) {
    // Mostly the type it has by itself will do, and then it is bound only once.
    const own = tryLambda(b, lambda, types, undefined)
    if (!own.errors && own.exact && own.returnType === result) return true
  }
  const trial = tryLambda(b, lambda, types, result)
  if (!isVoid(signature.returnType) || lambda.syntax.body.kind === 'block') return !trial.errors
  return !trial.errors
}

export function hasOpenParameter(type: Type): boolean {
  if (type.kind === 'type-parameter') return true
  if (type.kind === 'array') return hasOpenParameter(type.element)
  return type.kind === 'named' && type.arguments.some(hasOpenParameter)
}

/** The lambda as a value of the delegate type; what is wrong in it is reported. */
export function bindLambda(b: Binder, lambda: UnboundLambda, to: Type): BoundLambda | ReturnType<Binder['error']> {
  const signature = signatureOf(b.table, to)
  if (signature === undefined) return b.error(lambda)
  const types = signature.parameters.map((parameter) => parameter.type)
  const { returnType } = signature
  const bound =
    alreadyBound(b, lambda, types, returnType) ??
    bindFunction(b, lambda, types, { kind: 'type', type: returnType }).function
  return { kind: 'lambda', function: bound, type: to, start: lambda.start, end: lambda.end }
}

/** What a trial made, when it is what is wanted now: else a lambda in a lambda in a lambda would be bound again and again. */
function alreadyBound(
  b: Binder,
  lambda: UnboundLambda,
  types: readonly Type[],
  returnType: Type,
): BoundFunction | undefined {
  const converted = lambda.tried.get(keyOf(types, returnType))
  const own = lambda.tried.get(keyOf(types, undefined))
  const fits = own && !own.errors && own.exact && own.returnType === returnType
  const trial = converted && !converted.errors ? converted : fits ? own : undefined
  if (trial === undefined) return undefined
  b.uses.push(...trial.uses)
  return { ...trial.bound, returnType }
}

/** When nothing could be inferred because a lambda is wrong inside, what is wrong inside is told. */
export function reportLambdaErrors(b: Binder, args: readonly BoundArgument[]): boolean {
  const before = b.diagnostics.count
  for (const { operand } of args) {
    if (operand.kind !== 'unbound-lambda') continue
    const failed = [...operand.tried.values()].find((trial) => trial.errors)
    if (failed) bindFunction(b, operand, failed.types, { kind: 'infer' })
  }
  return b.diagnostics.count > before
}
