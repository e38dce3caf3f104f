import type {
  BoundBlock,
  BoundCatch,
  BoundExpression,
  BoundForEach,
  BoundFunction,
  BoundLocal,
  BoundPattern,
  BoundStatement,
  BoundSwitchSection,
} from '../bound.js'
import type { Span } from '../position.js'
import type {
  CatchClause,
  Declarator,
  Expression,
  ForEachStatement,
  ForStatement,
  GotoStatement,
  LocalDeclaration,
  LocalFunction,
  Statement,
  SwitchLabel,
  SwitchSection,
  SwitchStatement,
  UsingStatement,
  YieldStatement,
} from '../syntax.js'
import { typeParameter } from '../types/definition.js'
import type { ConstantValue, Type } from '../types/type.js'
import { assign, spread } from './assignments.js'
import type { Binder } from './binder.js'
import { convertExplicit, convertImplicit, implicitType } from './conversions.js'
import { bindArrayInitializer } from './creation.js'
import { bindCondition, bindExpression, bindRvalue, bindValue } from './expressions.js'
import { completesList } from './flow.js'
import { bindBody } from './lambdas.js'
import { lookupMembers, memberType } from './members.js'
import { isValue, type Operand } from './operand.js'
import { bindPattern, boxed, needsBox } from './patterns.js'
import { asGeneric, interfacesOf, isNamed, isString, isVoid, isSubtype } from './relations.js'
import { BlockScope, FunctionScope, LocalFunctionSymbol, type Local } from './scope.js'
import { isVar, resolveType } from './types.js'

interface Statements {
  readonly list: readonly BoundStatement[]
  readonly functions: BoundBlock['functions']
}

/** Binds a list in its block's scope: local functions are known everywhere in it. */
export function bindStatements(b: Binder, statements: readonly Statement[]): Statements {
  const symbols = new Map<LocalFunction, LocalFunctionSymbol>()
  for (const statement of statements) {
    const inner = statement.kind === 'labeled' ? statement.statement : statement
    if (statement.kind === 'labeled') b.scope.labels.add(statement.label.name)
    if (inner.kind === 'local-function') symbols.set(inner, declareFunction(b, inner))
  }
  const functions: { local: Local; function: BoundFunction }[] = []
  const list = statements.flatMap((statement) => {
    const symbol = statement.kind === 'local-function' ? symbols.get(statement) : undefined
    if (symbol === undefined) return bindStatement(b, statement)
    functions.push({ local: symbol.local, function: bindLocalFunction(b, symbol) })
    return []
  })
  return { list, functions }
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
      return [{ kind: 'evaluate', expression: bindValue(b, syntax.expression), start, end }]
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
      return [
        {
          kind: 'try',
          body: bindBlock(b, syntax.body),
          catches: syntax.catches.map((clause) => bindCatch(b, clause)),
          finally: syntax.finally && bindBlock(b, syntax.finally),
          start,
          end,
        },
      ]
    case 'using':
      return [bindUsing(b, syntax)]
    case 'checked-statement':
      return [bindChecked(b, syntax)]
    case 'lock':
      bindValue(b, syntax.target)
      return [bindEmbedded(b, syntax.body)]
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
function bindEmbedded(b: Binder, syntax: Statement): BoundStatement {
  if (syntax.kind === 'block') return bindBlock(b, syntax)
  return b.inScope((scope) => {
    const statements = bindStatement(b, syntax)
    const [only] = statements
    if (only && statements.length === 1 && scope.locals.length === 0) return only
    return { kind: 'block', locals: scope.locals, functions: [], statements, start: syntax.start, end: syntax.end }
  })
}

function inLoop<T>(b: Binder, run: () => T): T {
  b.hasLoop = true
  b.loops++
  const result = run()
  b.loops--
  return result
}

// -------------------------------------------------------------------------------------------------------- declarations

function bindLocal(b: Binder, syntax: LocalDeclaration): BoundStatement[] {
  return syntax.declarators.flatMap((declarator) => {
    const expression = bindDeclarator(b, syntax, declarator)
    return expression ? [{ kind: 'evaluate' as const, expression, start: declarator.start, end: declarator.end }] : []
  })
}

/** Declares one variable; gives the assignment of its value. */
function bindDeclarator(b: Binder, syntax: LocalDeclaration, declarator: Declarator): BoundExpression | undefined {
  const { name, initializer } = declarator
  if (isVar(b, syntax.type) || (syntax.type.kind === 'ref-type' && isVar(b, syntax.type.element)))
    return bindVar(b, syntax, declarator)
  const type = resolveType(b, syntax.type)
  if (isVoid(type)) b.report('CS1547', syntax.type, "Keyword 'void' cannot be used in this context")
  // The name is in sight of its own value, as in a lambda that calls itself.
  const local = b.declare(name.name, type, name)
  if (syntax.type.kind === 'tuple-type')
    b.tupleNames.set(
      local,
      syntax.type.elements.map((element) => element.name?.name),
    )
  if (initializer === undefined) {
    if (syntax.constant) b.report('CS0145', name, 'A const field requires a value to be provided')
    b.uninitialized.add(local)
    return undefined
  }
  const value = convertInitializer(b, initializer, type)
  if (syntax.constant) return declareConstant(b, local, value, initializer)
  return assign(b.function.reference(local, name), value, declarator)
}

function convertInitializer(b: Binder, initializer: Expression, type: Type): BoundExpression {
  if (initializer.kind === 'array-initializer') {
    if (type.kind === 'array') return bindArrayInitializer(b, initializer, type, initializer)
    return b.fail(
      'CS0622',
      initializer,
      'Can only use array initializer expressions to assign to array types. Try using a new expression instead.',
    )
  }
  const source = initializer.kind === 'ref' ? initializer.operand : initializer
  return convertImplicit(b, bindExpression(b, source), type, source)
}

function declareConstant(b: Binder, local: Local, value: BoundExpression, initializer: Expression): undefined {
  if (value.kind === 'constant') local.constant = { value: value.value }
  else if (value.type.kind !== 'error')
    b.report('CS0133', initializer, `The expression being assigned to '${local.name}' must be constant`)
  return undefined
}

function bindVar(b: Binder, syntax: LocalDeclaration, declarator: Declarator): BoundExpression | undefined {
  const { name, initializer } = declarator
  if (syntax.constant) b.report('CS0822', declarator, 'Implicitly-typed variables cannot be constant')
  const operand = initializer && bindExpression(b, initializer.kind === 'ref' ? initializer.operand : initializer)
  const value = operand && inferredValue(b, operand, declarator)
  if (operand === undefined) b.report('CS0818', declarator, 'Implicitly-typed variables must be initialized')
  const local = b.declare(name.name, value?.type ?? b.table.errorType, name)
  if (value) b.passTupleNames(value, local)
  return value && assign(b.function.reference(local, name), value, declarator)
}

function inferredValue(b: Binder, operand: Operand, declarator: Declarator): BoundExpression {
  const cannot = (what: string): BoundExpression =>
    b.fail('CS0815', declarator, `Cannot assign ${what} to an implicitly-typed variable`)
  if (operand.kind === 'unbound-lambda') return cannot('lambda expression')
  if (operand.kind === 'method-group') return cannot('method group')
  const value = bindRvalue(b, operand)
  if (value.type.kind === 'null') return cannot('<null>')
  return isVoid(value.type) ? cannot('void') : value
}

function declareFunction(b: Binder, syntax: LocalFunction): LocalFunctionSymbol {
  const outer = b.typeParameters
  const typeParameters = syntax.typeParameters.map(({ name }) => typeParameter(b.table, name))
  b.typeParameters = new Map([...outer, ...typeParameters.map((parameter) => [parameter.name, parameter] as const)])
  const parameters = syntax.parameters.map((parameter) => ({
    name: parameter.name.name,
    type: parameter.type ? resolveType(b, parameter.type) : b.table.errorType,
    mode: parameter.mode,
    defaultValue: parameter.defaultValue && defaultOf(b, parameter.defaultValue),
  }))
  const returnType = resolveType(b, syntax.returnType)
  const local = b.declare(syntax.name.name, b.table.named('System.MulticastDelegate'), syntax.name)
  // A function value is made when its block is entered, and calls go through it: it always has a cell.
  local.captured = true
  if (syntax.returnType.kind === 'tuple-type')
    b.tupleNames.set(
      local,
      syntax.returnType.elements.map((element) => element.name?.name),
    )
  const symbol = new LocalFunctionSymbol(
    syntax.name.name,
    syntax,
    parameters,
    returnType,
    local,
    typeParameters,
    b.typeParameters,
  )
  b.scope.add(syntax.name.name, symbol)
  b.typeParameters = outer
  return symbol
}

function defaultOf(b: Binder, syntax: Expression): { readonly value: ConstantValue } {
  const value = bindValue(b, syntax)
  if (value.kind === 'constant') return { value: value.value }
  b.report('CS1736', syntax, 'Default parameter value must be a compile-time constant')
  return { value: null }
}

function bindLocalFunction(b: Binder, symbol: LocalFunctionSymbol): BoundFunction {
  const { syntax, returnType } = symbol
  const iterator = hasYield(syntax.body)
  const scope = new FunctionScope(b.function, { kind: 'type', type: returnType })
  scope.iterator = iterator
  scope.yields = iterator ? yieldType(b, returnType, syntax) : undefined
  const outer = {
    function: b.function,
    scope: b.scope,
    loops: b.loops,
    switches: b.switches,
    typeParameters: b.typeParameters,
  }
  const parent = b.scope
  Object.assign(b, {
    function: scope,
    scope: new BlockScope(parent, scope),
    loops: 0,
    switches: [],
    typeParameters: symbol.inner,
  })
  const parameters = symbol.parameters.map((parameter, index) => {
    const local = b.declareParameter(parameter.name, parameter.type, syntax.parameters[index] ?? syntax)
    // A ref or out parameter is the caller's cell.
    if (parameter.mode === 'ref' || parameter.mode === 'out') local.captured = true
    return local
  })
  const body = bindBody(
    b,
    syntax.body,
    iterator ? { kind: 'type', type: b.table.special.void } : { kind: 'type', type: returnType },
    syntax,
  )
  Object.assign(b, outer)
  return {
    name: symbol.name,
    parameters,
    returnType,
    captures: scope.captures,
    frameSize: scope.frameSize,
    body,
    iterator,
  }
}

function yieldType(b: Binder, type: Type, syntax: LocalFunction): Type {
  const isSequence =
    type.kind === 'named' &&
    ['System.Collections.Generic.IEnumerable<T>', 'System.Collections.Generic.IEnumerator<T>'].includes(
      type.definition.name,
    )
  if (isSequence) return type.arguments[0] ?? b.table.errorType
  if (isNamed(type, 'System.Collections.IEnumerable')) return b.table.special.object
  const message = `The body of '${syntax.name.name}' cannot be an iterator block because '${b.show(type)}' is not an iterator interface type`
  return b.fail('CS1624', syntax.name, message).type
}

/** Whether a body yields; functions inside it yield for themselves. */
function hasYield(body: Expression | Statement): boolean {
  switch (body.kind) {
    case 'yield':
      return true
    case 'block':
      return body.statements.some(hasYield)
    case 'if':
      return hasYield(body.then) || (body.otherwise !== undefined && hasYield(body.otherwise))
    case 'while':
    case 'do':
    case 'for':
    case 'foreach':
    case 'using':
    case 'lock':
    case 'checked-statement':
      return hasYield(body.body)
    case 'labeled':
      return hasYield(body.statement)
    case 'switch':
      return (body as SwitchStatement).sections.some((section) => section.statements.some(hasYield))
    case 'try':
      return (
        hasYield(body.body) ||
        body.catches.some((clause) => hasYield(clause.body)) ||
        (body.finally !== undefined && hasYield(body.finally))
      )
    default:
      return false
  }
}

// -------------------------------------------------------------------------------------------------------- control flow

function bindIf(b: Binder, syntax: Statement & { kind: 'if' }): BoundStatement {
  const condition = bindCondition(b, syntax.condition)
  const then = bindEmbedded(b, syntax.then)
  const otherwise = syntax.otherwise && bindEmbedded(b, syntax.otherwise)
  return { kind: 'if', condition, then, otherwise, start: syntax.start, end: syntax.end }
}

function bindWhile(b: Binder, syntax: Statement & { kind: 'while' }): BoundStatement {
  return b.inScope((scope) => {
    const condition = bindCondition(b, syntax.condition)
    const body = inLoop(b, () => bindEmbedded(b, syntax.body))
    return { kind: 'while', locals: scope.locals, condition, body, start: syntax.start, end: syntax.end }
  })
}

function bindFor(b: Binder, syntax: ForStatement): BoundStatement {
  return b.inScope((scope) => {
    const declared =
      syntax.declaration?.declarators.map((declarator) =>
        bindDeclarator(b, syntax.declaration as LocalDeclaration, declarator),
      ) ?? []
    const initializers = [
      ...declared.filter((value) => value !== undefined),
      ...syntax.initializers.map((value) => bindValue(b, value)),
    ]
    const condition = syntax.condition && bindCondition(b, syntax.condition)
    const iterators = syntax.iterators.map((value) => bindValue(b, value))
    const body = inLoop(b, () => bindEmbedded(b, syntax.body))
    return {
      kind: 'for',
      locals: scope.locals,
      initializers,
      condition,
      iterators,
      body,
      start: syntax.start,
      end: syntax.end,
    }
  })
}

function bindForEach(b: Binder, syntax: ForEachStatement): BoundStatement {
  const source = bindValue(b, syntax.source)
  const element = source.type.kind === 'error' ? b.table.errorType : elementType(b, source, syntax.source)
  return b.inScope((scope) => {
    const temp = b.temp(element, syntax.variable)
    const variables = bindForEachVariable(b, syntax.variable, temp)
    const body = inLoop(b, () => bindEmbedded(b, syntax.body))
    const bound: BoundForEach = {
      kind: 'foreach',
      source,
      locals: scope.locals,
      temp,
      assign: variables,
      body,
      start: syntax.start,
      end: syntax.end,
    }
    return bound
  })
}

/** What a foreach over this gives; an explicit type casts it. */
function elementType(b: Binder, source: BoundExpression, span: Span): Type {
  const { type } = source
  if (type.kind === 'array') return type.element
  if (isString(type)) return b.table.special.char
  const [found] = lookupMembers(b, type, 'GetEnumerator').filter(({ member }) => member.parameters.length === 0)
  const generic = asGeneric(b.table, type, 'System.Collections.Generic.IEnumerable')
  // A JObject is two sequences; its own GetEnumerator says which of them foreach sees.
  const [current] = found ? lookupMembers(b, memberType(b, found), 'Current') : []
  if (current) return memberType(b, current)
  if (generic) return generic.arguments[0] ?? b.table.errorType
  const isSequence = interfacesOf(b.table, type).some((own) => isNamed(own, 'System.Collections.IEnumerable'))
  if (isSequence) return b.table.special.object
  const message = `foreach statement cannot operate on variables of type '${b.show(type)}' because '${b.show(type)}' does not contain a public definition for 'GetEnumerator'`
  return b.fail('CS1579', span, message).type
}

function bindForEachVariable(b: Binder, variable: ForEachStatement['variable'], temp: BoundLocal): BoundExpression[] {
  const effects: BoundExpression[] = []
  if (variable.kind === 'tuple' || variable.designation.kind !== 'single-designation') {
    spread(b, variable, temp, effects)
    return effects
  }
  const { designation } = variable
  const type = isVar(b, variable.type) ? temp.type : resolveType(b, variable.type)
  const local = b.declare(designation.name, type, designation)
  local.readOnly = 'foreach iteration variable'
  effects.push(
    assign(b.function.reference(local, designation), convertExplicit(b, temp, type, designation), designation),
  )
  return effects
}

function bindSwitch(b: Binder, syntax: SwitchStatement): BoundStatement {
  const value = bindValue(b, syntax.value)
  const { start, end } = syntax
  if (value.type.kind === 'error') return { kind: 'evaluate', expression: value, start, end }
  return b.inScope((scope) => {
    const functions: BoundBlock['functions'][number][] = []
    const patterns: (readonly (BoundPattern | undefined)[])[] = []
    b.switches.push(patterns)
    const scopes = syntax.sections.map((section) => bindLabels(b, section, value, patterns))
    const sections = syntax.sections.map((section, index): BoundSwitchSection => {
      const { inner, guards } = scopes[index] ?? { inner: scope, guards: [] }
      const bound = within(b, inner, () => bindStatements(b, section.statements))
      functions.push(...bound.functions)
      const labels = (patterns[index] ?? []).flatMap((pattern, at) => (pattern ? [{ pattern, when: guards[at] }] : []))
      return { labels, isDefault: section.labels.some((label) => label.kind === 'default'), statements: bound.list }
    })
    b.switches.pop()
    checkSections(b, syntax, sections)
    const boxedValue = needsBox(patterns.flat()) ? boxed(b, value) : value
    const locals = [...scope.locals, ...scopes.flatMap(({ inner }) => inner.locals)]
    return { kind: 'switch', value: boxedValue, locals, functions, sections, start, end }
  })
}

/** The labels of a section, in a scope of their own: two sections may use one name for what they match. */
function bindLabels(
  b: Binder,
  section: SwitchSection,
  value: BoundExpression,
  patterns: (readonly (BoundPattern | undefined)[])[],
): { inner: BlockScope; guards: readonly (BoundExpression | undefined)[] } {
  return b.inScope((inner) => {
    patterns.push(
      section.labels.map((label) => (label.kind === 'case' ? bindPattern(b, label.pattern, value) : undefined)),
    )
    const guards = section.labels.map((label) =>
      label.kind === 'case' ? label.when && bindCondition(b, label.when) : undefined,
    )
    return { inner, guards }
  })
}

function within<T>(b: Binder, scope: BlockScope, run: () => T): T {
  const outer = b.scope
  b.scope = scope
  const result = run()
  b.scope = outer
  return result
}

/** A section may not run into the next one, and no case may stand twice. */
function checkSections(b: Binder, syntax: SwitchStatement, sections: readonly BoundSwitchSection[]): void {
  const seen = new Set<unknown>()
  for (const [index, section] of sections.entries()) {
    const own = syntax.sections[index]
    const label = own?.labels.at(-1)
    if (own && label && completesList(section.statements)) {
      const isLast = index === sections.length - 1
      const shown = labelText(b, label)
      if (isLast) b.report('CS8070', label, `Control cannot fall out of switch from final case label ('${shown}')`)
      else b.report('CS0163', label, `Control cannot fall through from one case label ('${shown}') to another`)
    }
    for (const { pattern, when } of section.labels) {
      if (pattern.kind !== 'constant' || when) continue
      const key = typeof pattern.value.value === 'object' ? null : pattern.value.value
      if (seen.has(key))
        b.report(
          'CS0152',
          pattern.value,
          `The switch statement contains multiple cases with the label value '${String(key)}'`,
        )
      seen.add(key)
    }
  }
}

const labelText = (b: Binder, label: SwitchLabel): string => b.diagnostics.source.slice(label.start, label.end)

function bindJump(b: Binder, syntax: Statement & { kind: 'break' | 'continue' }): BoundStatement[] {
  const allowed = b.loops > 0 || (syntax.kind === 'break' && b.switches.length > 0)
  if (!allowed) {
    b.report('CS0139', syntax, 'No enclosing loop out of which to break or continue')
    return []
  }
  return [{ kind: syntax.kind, start: syntax.start, end: syntax.end }]
}

function bindReturn(b: Binder, syntax: Statement & { kind: 'return' }): BoundStatement {
  const { start, end } = syntax
  const { returns, iterator } = b.function
  if (iterator) {
    b.report(
      'CS1622',
      syntax,
      'Cannot return a value from an iterator. Use the yield return statement to return a value, or yield break to end the iteration.',
    )
    return { kind: 'return', value: undefined, start, end }
  }
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
    b.report('CS8030', syntax, 'Anonymous function converted to a void returning delegate cannot return a value')
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
      value: convertImplicit(b, bindExpression(b, syntax.value), b.table.named('System.Exception')),
      start,
      end,
    }
  }
  if (b.catches === 0)
    b.report('CS0156', syntax, 'A throw statement with no arguments is not allowed outside of a catch clause')
  return { kind: 'throw-statement', value: undefined, start, end }
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

function bindGoto(b: Binder, syntax: GotoStatement): BoundStatement[] {
  const { target, start, end } = syntax
  if (target.kind === 'label') {
    const { name } = target.name
    if (b.scope.hasLabel(name)) return [{ kind: 'goto', label: name, start, end }]
    b.report('CS0159', target.name, `No such label '${name}' within the scope of the goto statement`)
    return []
  }
  const sections = b.switches.at(-1)
  const section = target.kind === 'default' ? -1 : sectionOf(b, target.value)
  if (sections === undefined || section === undefined) {
    b.report('CS0153', syntax, 'A goto case is only valid inside a switch statement')
    return []
  }
  return [{ kind: 'goto-case', section, start, end }]
}

function sectionOf(b: Binder, syntax: Expression): number | undefined {
  const value = bindValue(b, syntax)
  if (value.kind !== 'constant') return undefined
  const at = b.switches
    .at(-1)
    ?.findIndex((patterns) =>
      patterns.some((pattern) => pattern?.kind === 'constant' && pattern.value.value === value.value),
    )
  if (at !== undefined && at >= 0) return at
  b.report('CS0159', syntax, `No such label 'case ${String(value.value)}:' within the scope of the goto statement`)
  return undefined
}

function bindYield(b: Binder, syntax: YieldStatement): BoundStatement[] {
  const { start, end } = syntax
  if (b.function.yields === undefined) {
    b.report('CS1621', syntax, 'The yield statement cannot be used inside an anonymous method or lambda expression')
    return []
  }
  const value = syntax.value && convertImplicit(b, bindExpression(b, syntax.value), b.function.yields)
  return [{ kind: 'yield', value, start, end }]
}
