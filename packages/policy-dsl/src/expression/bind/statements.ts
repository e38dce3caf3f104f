import type { BoundBlock, BoundCatch, BoundExpression, BoundFunction, BoundLocal, BoundStatement } from '../bound.js'
import type { Span } from '../position.js'
import type {
  CatchClause,
  Expression,
  Identifier,
  LocalDeclaration,
  LocalFunction,
  Statement,
  TryStatement,
  UsingStatement,
  YieldStatement,
} from '../syntax.js'
import type { Binder } from './binder.js'
import { convertImplicit, implicitType } from './conversions.js'
import { bindDeclarator, bindLocal } from './declarations.js'
import { bindCondition, bindExpression, bindRvalue, bindThrown, bindValue } from './expressions.js'
import { bindInstances, bindLocalFunction, declareFunction } from './local-functions.js'
import { bindFor, bindForEach, bindWhile, inLoop } from './loops.js'
import { isValue } from './operand.js'
import { isSubtype, isValueType, isVoid } from './relations.js'
import { Local, type LocalFunctionSymbol } from './scope.js'
import { bindReturnedPlace } from './returned-places.js'
import { bindGoto, bindSwitch } from './switches.js'
import { resolveType } from './types.js'

interface Statements {
  readonly list: readonly BoundStatement[]
  readonly functions: BoundBlock['functions']
}

/** Binds a list in its block's scope: local functions are known everywhere in it. */
export function bindStatements(b: Binder, statements: readonly Statement[]): Statements {
  const symbols = new Map<LocalFunction, LocalFunctionSymbol>()
  for (const statement of statements) {
    let inner = statement
    for (; inner.kind === 'labeled'; inner = inner.statement) declareLabel(b, inner.label)
    if (inner.kind === 'local') for (const { name } of inner.declarators) b.scope.home.later.add(name.name)
    if (inner.kind === 'local-function') symbols.set(inner, declareFunction(b, inner))
  }
  const functions: { local: Local; function: BoundFunction }[] = []
  const list = statements.flatMap((statement) => {
    const symbol = statement.kind === 'local-function' ? symbols.get(statement) : undefined
    if (symbol === undefined) return bindStatement(b, statement)
    functions.push({ local: symbol.local, function: bindLocalFunction(b, symbol) })
    return []
  })
  if (symbols.size > 0) functions.push(...bindInstances(b, [...symbols.values()]))
  return { list, functions }
}

function declareLabel(b: Binder, label: Identifier): void {
  if (b.scope.labels.has(label.name)) b.report('CS0140', label, `The label '${label.name}' is a duplicate`)
  b.scope.labels.add(label.name)
}

/** Of a lambda or a method alone it was told that it is no statement. */
function bindThrownAway(b: Binder, syntax: Expression): BoundExpression {
  const operand = bindExpression(b, syntax)
  const isFunction = operand.kind === 'unbound-lambda' || operand.kind === 'method-group'
  return isFunction ? b.error(operand) : bindRvalue(b, operand)
}

/** One statement can become several: a declaration of two variables, a label and what it marks. */
function bindStatement(b: Binder, syntax: Statement): BoundStatement[] {
  if (!b.step(syntax)) return []
  const { start, end } = syntax
  switch (syntax.kind) {
    case 'block':
      return [bindBlock(b, syntax)]
    case 'empty':
    case 'local-function':
      return []
    case 'local':
      return bindLocal(b, syntax)
    case 'expression-statement':
      return [{ kind: 'evaluate', expression: bindThrownAway(b, syntax.expression), start, end }]
    case 'if':
      return [bindIf(b, syntax)]
    case 'while':
      return [bindWhile(b, syntax)]
    case 'do': {
      const body = inLoop(b, () => bindEmbedded(b, syntax.body))
      return [{ kind: 'do', body, condition: bindCondition(b, syntax.condition), start, end }]
    }
    case 'for':
      return [bindFor(b, syntax)]
    case 'foreach':
      return [bindForEach(b, syntax)]
    case 'switch':
      return [bindSwitch(b, syntax)]
    case 'break':
    case 'continue':
      return bindJump(b, syntax)
    case 'return':
      return [bindReturn(b, syntax)]
    case 'throw-statement':
      return [bindThrowStatement(b, syntax)]
    case 'try':
      return [bindTry(b, syntax)]
    case 'using':
      return [bindUsing(b, syntax)]
    case 'checked-statement':
      return [bindChecked(b, syntax)]
    case 'lock':
      return bindLock(b, syntax)
    case 'goto':
      return bindGoto(b, syntax)
    case 'labeled':
      return [
        { kind: 'label', name: syntax.label.name, start, end: syntax.label.end },
        ...bindStatement(b, syntax.statement),
      ]
    case 'yield':
      return bindYield(b, syntax)
  }
}

export function bindBlock(b: Binder, syntax: Statement & { kind: 'block' }): BoundBlock {
  return b.inScope((scope) => {
    const { list, functions } = bindStatements(b, syntax.statements)
    return { kind: 'block', locals: scope.locals, functions, statements: list, start: syntax.start, end: syntax.end }
  })
}

/** The body of an `if` or a loop has a scope of its own, also without braces. */
export function bindEmbedded(b: Binder, syntax: Statement): BoundStatement {
  if (syntax.kind === 'block') return bindBlock(b, syntax)
  return b.inScope((scope) => {
    const statements = bindStatement(b, syntax)
    const [only] = statements
    if (only && statements.length === 1 && scope.locals.length === 0) return only
    return { kind: 'block', locals: scope.locals, functions: [], statements, start: syntax.start, end: syntax.end }
  })
}

function bindIf(b: Binder, syntax: Statement & { kind: 'if' }): BoundStatement {
  const condition = bindCondition(b, syntax.condition)
  const then = bindEmbedded(b, syntax.then)
  const otherwise = syntax.otherwise && bindEmbedded(b, syntax.otherwise)
  return { kind: 'if', condition, then, otherwise, start: syntax.start, end: syntax.end }
}

function bindJump(b: Binder, syntax: Statement & { kind: 'break' | 'continue' }): BoundStatement[] {
  const allowed = b.loops > 0 || (syntax.kind === 'break' && b.switches.length > 0)
  if (!allowed) {
    if (b.inFinally) b.report('CS0157', syntax, LEAVES_FINALLY)
    else b.report('CS0139', syntax, 'No enclosing loop out of which to break or continue')
    // It leads nowhere: what follows counts as reached, so that a missing return is told too.
    if (!b.inFinally) return []
  }
  return [{ kind: syntax.kind, start: syntax.start, end: syntax.end }]
}

const LEAVES_FINALLY = 'Control cannot leave the body of a finally clause'

function bindReturn(b: Binder, syntax: Statement & { kind: 'return' }): BoundStatement {
  const { start, end } = syntax
  if (b.inFinally) b.report('CS0157', syntax, LEAVES_FINALLY)
  const { returns, iterator } = b.function
  if (iterator) {
    b.report(
      'CS1622',
      syntax,
      'Cannot return a value from an iterator. Use the yield return statement to return a value, or yield break to end the iteration.',
    )
    return { kind: 'return', value: undefined, start, end }
  }
  if (b.function.byReference || syntax.value?.kind === 'ref')
    return { kind: 'return', value: bindReturnedPlace(b, syntax.value, syntax), start, end }
  const operand = syntax.value && bindExpression(b, syntax.value)
  if (returns.kind === 'infer') {
    const value = operand && isValue(operand) ? operand : undefined
    b.function.returned.push(value)
    return { kind: 'return', value, start, end }
  }
  if (operand === undefined) {
    if (!isVoid(returns.type))
      b.report('CS0126', syntax, `An object of a type convertible to '${b.show(returns.type)}' is required`)
    return { kind: 'return', value: undefined, start, end }
  }
  if (isVoid(returns.type)) {
    const { name } = b.function
    if (name === undefined)
      b.report('CS8030', syntax, 'Anonymous function converted to a void returning delegate cannot return a value')
    else {
      const message = `Since '${name}' returns void, a return keyword must not be followed by an object expression`
      b.report('CS0127', syntax, message)
    }
    return { kind: 'return', value: undefined, start, end }
  }
  if (isValue(operand)) b.function.returned.push(operand)
  return { kind: 'return', value: convertImplicit(b, operand, returns.type), start, end }
}

function bindThrowStatement(b: Binder, syntax: Statement & { kind: 'throw-statement' }): BoundStatement {
  const { start, end } = syntax
  if (syntax.value) {
    return {
      kind: 'throw-statement',
      value: bindThrown(b, syntax.value),
      start,
      end,
    }
  }
  if (b.catches === 0)
    b.report('CS0156', syntax, 'A throw statement with no arguments is not allowed outside of a catch clause')
  return { kind: 'throw-statement', value: undefined, start, end }
}

function bindTry(b: Binder, syntax: TryStatement): BoundStatement {
  const { start, end } = syntax
  const body = bindBlock(b, syntax.body)
  const catches = syntax.catches.map((clause) => bindCatch(b, clause))
  checkCatches(b, syntax.catches, catches)
  return { kind: 'try', body, catches, finally: syntax.finally && bindFinally(b, syntax.finally), start, end }
}

/** A clause whose exceptions an earlier one has caught already never runs. */
function checkCatches(b: Binder, clauses: readonly CatchClause[], bound: readonly BoundCatch[]): void {
  for (const [index, { type }] of bound.entries()) {
    if (type === undefined || type.kind === 'error') continue
    const earlier = bound.slice(0, index).find((one) => !one.filter && one.type && isSubtype(b.table, type, one.type))
    if (earlier?.type === undefined) continue
    const message = `A previous catch clause already catches all exceptions of this or of a super type ('${b.show(earlier.type)}')`
    b.report('CS0160', clauses[index]?.type ?? clauses[index] ?? { start: 0, end: 0 }, message)
  }
}

function bindFinally(b: Binder, syntax: Statement & { kind: 'block' }): BoundBlock {
  const { loops, switches, inFinally } = b
  Object.assign(b, { loops: 0, switches: [], inFinally: true })
  const block = bindBlock(b, syntax)
  Object.assign(b, { loops, switches, inFinally })
  return block
}

function bindLock(b: Binder, syntax: Statement & { kind: 'lock' }): BoundStatement[] {
  const target = bindValue(b, syntax.target)
  if (isValueType(target.type))
    b.report(
      'CS0185',
      syntax.target,
      `'${b.show(target.type)}' is not a reference type as required by the lock statement`,
    )
  return [bindEmbedded(b, syntax.body)]
}

function bindCatch(b: Binder, clause: CatchClause): BoundCatch {
  return b.inScope((scope) => {
    const type = clause.type && resolveType(b, clause.type)
    if (type && type.kind !== 'error' && !isSubtype(b.table, type, b.table.named('System.Exception'))) {
      b.report('CS0155', clause.type ?? clause, 'The type caught or thrown must be derived from System.Exception')
    }
    const local =
      clause.name && type
        ? b.function.reference(b.declare(clause.name.name, type, clause.name), clause.name)
        : undefined
    const filter = clause.filter && bindCondition(b, clause.filter)
    b.catches++
    const body = bindBlock(b, clause.body)
    b.catches--
    return { type, local, locals: scope.locals, filter, body }
  })
}

function bindUsing(b: Binder, syntax: UsingStatement): BoundStatement {
  return b.inScope((scope) => {
    const { resource } = syntax
    const resources = resource.kind === 'local' ? bindResources(b, resource) : [bindResource(b, resource)]
    const body = bindEmbedded(b, syntax.body)
    return { kind: 'using', locals: scope.locals, resources, body, start: syntax.start, end: syntax.end }
  })
}

type Resource = { readonly local: BoundLocal; readonly value: BoundExpression }

function bindResources(b: Binder, declaration: LocalDeclaration): Resource[] {
  return declaration.declarators.flatMap((declarator) => {
    const assigned = bindDeclarator(b, declaration, declarator)
    if (assigned?.kind !== 'assign' || assigned.target.kind !== 'local') return []
    checkDisposable(b, assigned.value, declaration)
    if (assigned.target.local instanceof Local) assigned.target.local.readOnly = 'using variable'
    return [{ local: assigned.target, value: assigned.value }]
  })
}

function bindResource(b: Binder, resource: Expression): Resource {
  const value = bindValue(b, resource)
  checkDisposable(b, value, resource)
  return { local: b.temp(value.type, resource), value }
}

function checkDisposable(b: Binder, value: BoundExpression, span: Span): void {
  if (implicitType(b, value.type, b.table.named('System.IDisposable'))) return
  b.report(
    'CS1674',
    span,
    `'${b.show(value.type)}': type used in a using statement must be implicitly convertible to 'System.IDisposable'`,
  )
}

function bindChecked(b: Binder, syntax: Statement & { kind: 'checked-statement' }): BoundStatement {
  const outer = b.checked
  b.checked = syntax.checked ? 'checked' : 'unchecked'
  const block = bindBlock(b, syntax.body)
  b.checked = outer
  return block
}

function bindYield(b: Binder, syntax: YieldStatement): BoundStatement[] {
  const { start, end } = syntax
  if (b.function.parent === undefined) {
    // The whole expression would be an iterator: that is told once, of the method around it.
    b.function.iterator = true
    return []
  }
  if (b.function.yields === undefined) {
    b.report('CS1621', syntax, 'The yield statement cannot be used inside an anonymous method or lambda expression')
    return []
  }
  const value = syntax.value && convertImplicit(b, bindExpression(b, syntax.value), b.function.yields)
  return [{ kind: 'yield', value, start, end }]
}
