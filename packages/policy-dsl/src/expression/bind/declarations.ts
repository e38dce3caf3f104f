import type { BoundExpression, BoundStatement, BoundTarget } from '../bound.js'
import type { Declarator, Expression, LocalDeclaration } from '../syntax.js'
import type { Type } from '../types/type.js'
import { assign } from './assignments.js'
import type { Binder } from './binder.js'
import { convertImplicit } from './conversions.js'
import { bindArrayInitializer } from './creation.js'
import { bindExpression, bindRvalue, bindValue } from './expressions.js'
import type { Operand } from './operand.js'
import { isBool, isReferenceType, isString, isValueType, isVoid, storageOf } from './relations.js'
import { RefSymbol, type Local } from './scope.js'
import { asTarget } from './targets.js'
import { isVar, resolveType } from './types.js'

export function bindLocal(b: Binder, syntax: LocalDeclaration): BoundStatement[] {
  if (isVar(b, syntax.type)) checkVar(b, syntax)
  return syntax.declarators.flatMap((declarator) => {
    const expression = bindDeclarator(b, syntax, declarator)
    return expression ? [{ kind: 'evaluate' as const, expression, start: declarator.start, end: declarator.end }] : []
  })
}

function checkVar(b: Binder, { type, constant, declarators }: LocalDeclaration): void {
  if (constant) b.report('CS0822', type, 'Implicitly-typed variables cannot be constant')
  if (declarators.length > 1) b.report('CS0819', type, 'Implicitly-typed variables cannot have multiple declarators')
}

/** Declares one variable; gives the assignment of its value. */
export function bindDeclarator(
  b: Binder,
  syntax: LocalDeclaration,
  declarator: Declarator,
): BoundExpression | undefined {
  const { name, initializer } = declarator
  if (syntax.type.kind === 'ref-type') return bindRefLocal(b, syntax, declarator)
  if (isVar(b, syntax.type)) return bindVar(b, declarator)
  const type = resolveType(b, syntax.type)
  if (isVoid(type)) b.report('CS1547', syntax.type, "Keyword 'void' cannot be used in this context")
  if (syntax.constant && isValueType(type) && storageOf(type) === undefined && !isBool(type))
    b.report('CS0283', syntax.type, `The type '${b.show(type)}' cannot be declared const`)
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
  b.initialized.push(local)
  // Only what names itself can be read too early.
  if (b.diagnostics.source.slice(initializer.start, initializer.end).includes(name.name)) b.uninitialized.add(local)
  const value = convertInitializer(b, initializer, type)
  if (syntax.constant) return declareConstant(b, local, value, initializer)
  return assign(b.function.reference(local, name), value, declarator)
}

/** The compiler says of what stands in parentheses what is wrong with a value. */
const withoutParentheses = (syntax: Expression): Expression =>
  syntax.kind === 'parenthesized' ? withoutParentheses(syntax.expression) : syntax

function convertInitializer(b: Binder, initializer: Expression, type: Type): BoundExpression {
  if (initializer.kind === 'array-initializer') {
    if (type.kind === 'array') return bindArrayInitializer(b, initializer, type, initializer)
    return b.fail(
      'CS0622',
      initializer,
      'Can only use array initializer expressions to assign to array types. Try using a new expression instead.',
    )
  }
  return convertImplicit(b, bindExpression(b, initializer), type, withoutParentheses(initializer))
}

function declareConstant(b: Binder, local: Local, value: BoundExpression, initializer: Expression): undefined {
  if (value.kind === 'constant') local.constant = { value: value.value }
  else if (isReferenceType(local.type) && !isString(local.type) && initializer.kind !== 'array-initializer') {
    const message = `'${local.name}' is of type '${b.show(local.type)}'. A const field of a reference type other than string can only be initialized with null.`
    b.report('CS0134', initializer, message)
  } else if (value.type.kind !== 'error')
    b.report('CS0133', initializer, `The expression being assigned to '${local.name}' must be constant`)
  return undefined
}

function bindVar(b: Binder, declarator: Declarator): BoundExpression | undefined {
  const { name, initializer } = declarator
  if (initializer?.kind === 'array-initializer')
    b.report('CS0820', declarator, 'Cannot initialize an implicitly-typed variable with an array initializer')
  const operand =
    initializer && (initializer.kind === 'array-initializer' ? b.error(initializer) : bindExpression(b, initializer))
  const value = operand && inferredValue(b, operand, declarator)
  if (operand === undefined) b.report('CS0818', declarator, 'Implicitly-typed variables must be initialized')
  const local = b.declare(name.name, value?.type ?? b.table.errorType, name)
  b.initialized.push(local)
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

/** `ref int r = ref a[i];` makes r another name for that element. */
function bindRefLocal(
  b: Binder,
  syntax: LocalDeclaration,
  { name, initializer }: Declarator,
): BoundExpression | undefined {
  if (initializer?.kind !== 'ref') {
    if (initializer) b.report('CS8172', name, 'Cannot initialize a by-reference variable with a value')
    else b.report('CS8174', name, 'A declaration of a by-reference variable must have an initializer')
    return undefined
  }
  const target = asTarget(b, bindValue(b, initializer.operand), 'ref')
  if (target === undefined) return undefined
  const element = syntax.type.kind === 'ref-type' ? syntax.type.element : syntax.type
  const type = isVar(b, element) ? target.type : resolveType(b, element)
  if (type !== target.type)
    b.report(
      'CS8173',
      initializer.operand,
      `The expression must be of type '${b.show(type)}' because it is being assigned by reference`,
    )
  const effects: BoundExpression[] = []
  b.checkName(name.name, name)
  const place = fixed(b, target, effects)
  b.scope.add(name.name, new RefSymbol(name.name, place, b.function))
  const { start, end } = initializer
  return { kind: 'sequence', effects, result: place, type: target.type, start, end }
}

/** The same place with its array, object and indices put aside. */
function fixed(b: Binder, target: BoundTarget, effects: BoundExpression[]): BoundTarget {
  const aside = (value: BoundExpression): BoundExpression => {
    const temp = b.temp(value.type, value)
    effects.push(assign(temp, value, value))
    return temp
  }
  if (target.kind === 'element') return { ...target, array: aside(target.array), indices: target.indices.map(aside) }
  if (target.kind === 'dereference') return { ...target, cell: aside(target.cell) }
  return target.kind === 'field' && target.receiver ? { ...target, receiver: aside(target.receiver) } : target
}
