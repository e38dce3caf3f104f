import type { BoundFunction } from '../bound.js'
import type { Expression, LocalFunction, Statement } from '../syntax.js'
import { typeParameter } from '../types/definition.js'
import type { ConstantValue, Type, TypeParameter } from '../types/type.js'
import type { Binder } from './binder.js'
import { bindValue } from './expressions.js'
import { bindBody, hasOpenParameter } from './lambdas.js'
import { isNamed } from './relations.js'
import { BlockScope, FunctionScope, LocalFunctionSymbol, type Local } from './scope.js'
import { resolveType } from './types.js'

export function declareFunction(b: Binder, syntax: LocalFunction): LocalFunctionSymbol {
  const outer = b.typeParameters
  const typeParameters = openParameters(b, syntax)
  const local = b.declare(syntax.name.name, b.table.named('System.MulticastDelegate'), syntax.name)
  const symbol = signature(b, syntax, local, typeParameters)
  b.scope.add(syntax.name.name, symbol)
  b.typeParameters = outer
  return symbol
}

/** The type parameters of a function, in sight from here on. */
function openParameters(b: Binder, { typeParameters, constraints }: LocalFunction): readonly TypeParameter[] {
  const made = typeParameters.map(({ name }) => {
    const own = constraints.filter(({ parameter }) => parameter.name === name)
    const special = own.flatMap((constraint) => constraint.special)
    const has = (word: (typeof special)[number]): boolean => special.includes(word)
    const types: Type[] = []
    const parameter = typeParameter(b.table, name, {
      class: has('class'),
      struct: has('struct'),
      new: has('new') || has('struct'),
      types,
    })
    return { parameter, types, own }
  })
  b.typeParameters = new Map([
    ...b.typeParameters,
    ...made.map(({ parameter }) => [parameter.name, parameter] as const),
  ])
  // A constraint may name the parameter itself.
  for (const { types, own } of made)
    for (const constraint of own) types.push(...constraint.types.map((type) => resolveType(b, type)))
  return made.map(({ parameter }) => parameter)
}

/** Who may leave out an argument leaves out the last ones; an array takes all that are left. */
function checkParameters(b: Binder, { parameters }: LocalFunction): void {
  const optional = parameters.findIndex(({ defaultValue }) => defaultValue !== undefined)
  const late = parameters.findLast(({ defaultValue, mode }) => defaultValue === undefined && mode !== 'params')
  if (optional >= 0 && late && parameters.indexOf(late) > optional) {
    const place = { start: late.end, end: late.end }
    b.report('CS1737', place, 'Optional parameters must appear after all required parameters')
  }
  for (const { mode, type, start, end } of parameters)
    if (mode === 'params' && type?.kind !== 'array-type')
      b.report('CS0225', { start, end }, 'The params parameter must be a single dimensional array')
}

function signature(
  b: Binder,
  syntax: LocalFunction,
  local: Local,
  typeParameters: readonly TypeParameter[],
): LocalFunctionSymbol {
  checkParameters(b, syntax)
  const parameters = syntax.parameters.map((parameter) => ({
    name: parameter.name.name,
    type: parameter.type ? resolveType(b, parameter.type) : b.table.errorType,
    mode: parameter.mode,
    defaultValue: parameter.defaultValue && defaultOf(b, parameter.defaultValue),
  }))
  const returnType = resolveType(b, syntax.returnType)
  // A function value is made when its block is entered, and calls go through it: it always has a cell.
  local.captured = true
  if (syntax.returnType.kind === 'tuple-type')
    b.tupleNames.set(
      local,
      syntax.returnType.elements.map((element) => element.name?.name),
    )
  return new LocalFunctionSymbol(
    syntax.name.name,
    syntax,
    parameters,
    returnType,
    local,
    typeParameters,
    b.typeParameters,
    b.scope,
  )
}

/** So many functions are made of a generic one; one that calls itself with ever longer types has no end of them. */
const MOST_INSTANCES = 32

/** The function that a generic one is for these types; itself where they are not all known. */
export function instanceOf(b: Binder, symbol: LocalFunctionSymbol, types: readonly Type[]): LocalFunctionSymbol {
  const isGeneric = symbol.typeParameters.length > 0 && symbol.typeParameters.length === types.length
  if (!isGeneric || !symbol.open || types.some(hasOpenParameter)) return symbol
  const key = types.map((type) => type.id).join()
  const known = symbol.instances.get(key)
  if (known || symbol.instances.size >= MOST_INSTANCES) return known ?? symbol
  const outer = { typeParameters: b.typeParameters, scope: b.scope }
  b.typeParameters = new Map([
    ...symbol.inner,
    ...symbol.typeParameters.map((parameter, index) => [parameter.name, types[index] ?? parameter] as const),
  ])
  b.scope = symbol.scope
  const local = symbol.local.owner.newLocal(symbol.name, symbol.local.type)
  symbol.scope.home.locals.push(local)
  const instance = signature(b, symbol.syntax, local, [])
  Object.assign(b, outer)
  symbol.instances.set(key, instance)
  return instance
}

/** The bodies of all functions that were made of generic ones. One that only goes for open types is that of the generic function. */
export function bindInstances(
  b: Binder,
  symbols: readonly LocalFunctionSymbol[],
): { readonly local: Local; readonly function: BoundFunction }[] {
  const bound = new Map<LocalFunctionSymbol, BoundFunction>()
  for (let count = -1; count < bound.size;) {
    count = bound.size
    for (const instance of symbols.flatMap((symbol) => [...symbol.instances.values()])) {
      if (bound.has(instance)) continue
      const outer = b.instantiating
      b.instantiating = true
      const { value, errors, uses } = b.attempt(() => bindLocalFunction(b, instance))
      b.instantiating = outer
      b.uses.push(...uses)
      const generic = symbols.find(({ syntax }) => syntax === instance.syntax) ?? instance
      bound.set(instance, errors && !b.diagnostics.any ? bindLocalFunction(b, generic) : value)
    }
  }
  for (const symbol of symbols) symbol.open = false
  return Array.from(bound, ([{ local }, body]) => ({ local, function: body }))
}

function defaultOf(b: Binder, syntax: Expression): { readonly value: ConstantValue } {
  const value = bindValue(b, syntax)
  if (value.kind === 'constant') return { value: value.value }
  b.report('CS1736', syntax, 'Default parameter value must be a compile-time constant')
  return { value: null }
}

export function bindLocalFunction(b: Binder, symbol: LocalFunctionSymbol): BoundFunction {
  const { syntax, returnType } = symbol
  const iterator = hasYield(syntax.body)
  const scope = new FunctionScope(b.function, { kind: 'type', type: returnType })
  scope.name = `${symbol.name}(${symbol.parameters.map(({ type }) => b.show(type)).join(', ')})`
  scope.byReference = syntax.returnType.kind === 'ref-type'
  scope.iterator = iterator
  scope.yields = iterator ? yieldType(b, returnType, syntax) : undefined
  const outer = {
    function: b.function,
    scope: b.scope,
    loops: b.loops,
    switches: b.switches,
    inFinally: b.inFinally,
    typeParameters: b.typeParameters,
  }
  const parent = b.scope
  Object.assign(b, {
    function: scope,
    scope: new BlockScope(parent, scope),
    loops: 0,
    switches: [],
    inFinally: false,
    typeParameters: symbol.inner,
  })
  const parameters = symbol.parameters.map((parameter, index) => {
    const local = b.declareParameter(parameter.name, parameter.type, syntax.parameters[index]?.name ?? syntax)
    // A ref or out parameter is the caller's cell.
    local.byReference = parameter.mode === 'ref' || parameter.mode === 'out'
    local.captured ||= local.byReference
    if (parameter.mode === 'out') b.outParameters.set(local, syntax.name)
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
  if (isNamed(type, 'System.Collections.IEnumerable') || isNamed(type, 'System.Collections.IEnumerator'))
    return b.table.special.object
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
      return body.sections.some((section) => section.statements.some(hasYield))
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
