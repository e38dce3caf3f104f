import type { BoundExpression } from '../bound.js'
import type {
  Conditional,
  ConditionalAccess,
  Expression,
  InterpolatedString,
  Literal,
  Member,
  MemberBinding,
  Name,
  NameOf,
} from '../syntax.js'
import type { ConstantValue, Type } from '../types/type.js'
import { bindAssignment, bindIncrement } from './assignments.js'
import type { Binder } from './binder.js'
import { bindCall } from './calls.js'
import { branchType } from './common.js'
import { constantFits } from './constants.js'
import { reportUnconverted } from './conversion-errors.js'
import { convertExplicit, convertImplicit, implicitConversion } from './conversions.js'
import { bindElementAccess } from './element-access.js'
import { bindAnonymous, bindNew, bindNewArray } from './creation.js'
import { bindUnboundLambda } from './lambdas.js'
import { bindInstanceMember, bindStaticMember } from './members.js'
import { isValue, type Operand } from './operand.js'
import { bindBinary } from './operators.js'
import { bindAs, bindIs } from './patterns.js'
import { bindQuery } from './queries.js'
import { isBool, isReferenceType, isValueType, isVoid } from './relations.js'
import { Local, LocalFunctionSymbol, RangeSymbol, RefSymbol } from './scope.js'
import { newTuple, tupleType } from './tuples.js'
import { onlyOne, resolveType } from './types.js'
import { bindUnary } from './unary.js'

/** Finds out what an expression is, before it is known where it stands. */
export function bindExpression(b: Binder, syntax: Expression): Operand {
  if (!b.step(syntax)) return b.error(syntax)
  switch (syntax.kind) {
    case 'literal':
      return bindLiteral(b, syntax)
    case 'named-value':
      return b.error(syntax)
    case 'interpolated-string':
      return bindInterpolated(b, syntax)
    case 'name':
      return bindName(b, syntax)
    case 'type-expression':
      return { kind: 'type-operand', operand: resolveType(b, syntax.type), start: syntax.start, end: syntax.end }
    case 'parenthesized':
      return bindParenthesized(b, syntax)
    case 'member':
      return bindMember(b, syntax, false)
    case 'element':
      return bindElementAccess(b, bindExpression(b, syntax.target), syntax.arguments, syntax)
    case 'call':
      return bindCall(b, syntax)
    case 'conditional-access':
      return bindConditionalAccess(b, syntax)
    case 'member-binding':
      return bindMemberBinding(b, syntax, false)
    case 'element-binding':
      return bindElementAccess(b, b.receiver ?? b.error(syntax), syntax.arguments, syntax)
    case 'new':
      return bindNew(b, syntax)
    case 'new-anonymous':
      return bindAnonymous(b, syntax)
    case 'new-array':
      return bindNewArray(b, syntax)
    case 'default':
      return bindDefault(b, resolveType(b, syntax.type), syntax)
    case 'typeof':
      return {
        kind: 'typeof',
        operand: resolveType(b, syntax.type, true),
        type: b.table.named('System.Type'),
        start: syntax.start,
        end: syntax.end,
      }
    case 'sizeof':
      return bindSizeOf(b, syntax)
    case 'nameof':
      return bindNameOf(b, syntax)
    case 'checked':
      return bindChecked(b, syntax)
    case 'cast':
      return bindCast(b, syntax)
    case 'unary':
      return bindUnary(b, syntax)
    case 'increment':
      return bindIncrement(b, syntax)
    case 'binary':
      return bindBinary(b, syntax)
    case 'is':
      return bindIs(b, syntax)
    case 'as':
      return bindAs(b, syntax)
    case 'conditional':
      return bindConditional(b, syntax)
    case 'assignment':
      return bindAssignment(b, syntax)
    case 'lambda':
      return bindUnboundLambda(b, syntax)
    case 'query':
      return bindQuery(b, syntax)
    case 'throw':
      return bindMisplacedThrow(b, syntax)
    case 'tuple':
      return bindTuple(b, syntax)
    case 'declaration':
      return b.fail('CS8185', syntax, 'A declaration is not allowed in this context.')
    case 'ref':
      return b.fail('CS8150', syntax, 'By-value returns may only be used in methods that return by value')
    case 'array-initializer':
    case 'object-initializer':
    case 'collection-initializer':
    case 'element-initializer':
      return b.fail(
        'CS0622',
        syntax,
        'Can only use array initializer expressions to assign to array types. Try using a new expression instead.',
      )
    case 'missing':
      return b.error(syntax)
  }
}

/** Binds what has to be a value. */
export function bindValue(b: Binder, syntax: Expression): BoundExpression {
  return bindRvalue(b, bindExpression(b, syntax))
}

/** Makes a value of what was bound, or reports that it is none. */
export function bindRvalue(b: Binder, operand: Operand): BoundExpression {
  if (isValue(operand)) return operand
  switch (operand.kind) {
    case 'tuple-literal': {
      const type = tupleType(b, operand)
      return type
        ? newTuple(b, operand, type)
        : b.fail('CS0815', operand, 'Cannot assign a tuple without types to an implicitly-typed variable')
    }
    case 'method-group':
      return b.fail(
        'CS0119',
        operand,
        `'${groupName(b, operand)}' is a method, which is not valid in the given context`,
      )
    default:
      reportUnconverted(b, operand, b.table.special.object, operand)
      return b.error(operand)
  }
}

function groupName(b: Binder, group: Operand & { kind: 'method-group' }): string {
  const [first] = group.methods
  if (first === undefined) return group.name
  const types = first.member.parameters.map((parameter) => b.show(parameter.type)).join(', ')
  return `${b.show(first.container)}.${group.name}(${types})`
}

function bindLiteral(b: Binder, syntax: Literal): BoundExpression {
  if (syntax.type === 'null') return b.constant(null, b.table.nullType, syntax)
  return b.constant(syntax.value, b.table.special[syntax.type], syntax)
}

function bindName(b: Binder, syntax: Name): Operand {
  const found = b.scope.lookup(syntax.name)
  // With type arguments only a function can be meant.
  const symbol = syntax.typeArguments.length === 0 || found instanceof LocalFunctionSymbol ? found : undefined
  const { start, end } = syntax
  if (symbol instanceof Local) {
    return symbol.constant
      ? b.constant(symbol.constant.value, symbol.type, syntax)
      : b.function.reference(symbol, syntax)
  }
  if (symbol instanceof RefSymbol) return bindRefName(b, symbol, syntax)
  if (symbol instanceof RangeSymbol) {
    const root: Operand = b.function.reference(symbol.local, syntax)
    return symbol.path.reduce<Operand>(
      (object, name) => bindInstanceMember(b, bindRvalue(b, object), name, [], syntax, syntax),
      root,
    )
  }
  if (symbol) {
    const group = {
      kind: 'method-group',
      name: syntax.name,
      nameSpan: syntax,
      receiver: undefined,
      receiverType: undefined,
    } as const
    const typeArguments = syntax.typeArguments.map((type) => resolveType(b, type))
    return { ...group, methods: [], localFunction: symbol, typeArguments, start, end }
  }
  const parameter = b.typeParameters.get(syntax.name)
  if (parameter) return { kind: 'type-operand', operand: parameter, start, end }
  const args = syntax.typeArguments.map((type) => resolveType(b, type))
  const definition = onlyOne(b, b.table.findImported(syntax.name, args.length), syntax.name, syntax)
  if (definition) return { kind: 'type-operand', operand: b.table.construct(definition, args), start, end }
  if (b.table.isNamespace(syntax.name)) return { kind: 'namespace-operand', name: syntax.name, start, end }
  // The code stands in a method of a class, and every class has these from object.
  const isInherited = INHERITED.has(syntax.name)
  if (isInherited) return bindStaticMember(b, b.table.special.object, syntax.name, args, syntax, syntax)
  if (b.scope.isLater(syntax.name))
    return b.fail('CS0841', syntax, `Cannot use local variable '${syntax.name}' before it is declared`)
  return b.fail('CS0103', syntax, `The name '${syntax.name}' does not exist in the current context`)
}

const INHERITED: ReadonlySet<string> = new Set(['ReferenceEquals', 'Equals', 'ToString', 'GetType', 'GetHashCode'])

/** A ref local is its place; it cannot outlive the function that names it. */
function bindRefName(b: Binder, symbol: RefSymbol, span: Name): Operand {
  const { start, end } = span
  if (symbol.owner === b.function) return { ...symbol.target, start, end }
  return b.fail(
    'CS8175',
    span,
    `Cannot use ref local '${symbol.name}' inside an anonymous method, lambda expression, or query expression`,
  )
}

function bindParenthesized(b: Binder, syntax: Expression & { kind: 'parenthesized' }): Operand {
  const inner = bindExpression(b, syntax.expression)
  // No value stands in the parentheses; its members are looked for all the same.
  if (inner.kind === 'type-operand') reportUnconverted(b, inner, b.table.special.object, inner)
  return isValue(inner) && inner.kind === 'concat' ? { ...inner, start: syntax.start, end: syntax.end } : inner
}

function bindMemberBinding(b: Binder, syntax: MemberBinding, invoked: boolean): Operand {
  const types = syntax.typeArguments.map((type) => resolveType(b, type))
  return bindInstanceMember(b, b.receiver ?? b.error(syntax), syntax.name.name, types, syntax, syntax, invoked)
}

/** What stands before the parenthesis of a call. */
export function bindCallee(b: Binder, syntax: Expression): Operand {
  if (syntax.kind === 'member') return bindMember(b, syntax, true)
  return syntax.kind === 'member-binding' ? bindMemberBinding(b, syntax, true) : bindExpression(b, syntax)
}

function bindMember(b: Binder, syntax: Member, invoked: boolean): Operand {
  const target = bindExpression(b, syntax.target)
  const types = syntax.typeArguments.map((type) => resolveType(b, type))
  const { name } = syntax.name
  if (name === '') return b.error(syntax)
  if (target.kind === 'namespace-operand') return bindInNamespace(b, target.name, name, types, syntax)
  if (target.kind === 'type-operand') return bindStaticMember(b, target.operand, name, types, syntax, syntax.name)
  // Of a method that is not called it is the name that is told of.
  const receiver = bindRvalue(
    b,
    target.kind === 'method-group' ? { ...target, start: target.nameSpan.start, end: target.nameSpan.end } : target,
  )
  if (isVoid(receiver.type)) return b.fail('CS0023', syntax, "Operator '.' cannot be applied to operand of type 'void'")
  return bindInstanceMember(b, receiver, name, types, syntax, syntax.name, invoked)
}

function bindInNamespace(b: Binder, namespace: string, name: string, types: readonly Type[], syntax: Member): Operand {
  const path = `${namespace}.${name}`
  const { start, end } = syntax
  if (b.table.isNamespace(path)) return { kind: 'namespace-operand', name: path, start, end }
  const definition = b.table.find(path, types.length)
  if (definition) return { kind: 'type-operand', operand: b.table.construct(definition, types), start, end }
  const message = `The type or namespace name '${name}' does not exist in the namespace '${namespace}' (are you missing an assembly reference?)`
  return b.fail('CS0234', syntax, message)
}

/** `a?.b`: a is put aside when it is not null, and b is read from there. */
function bindConditionalAccess(b: Binder, syntax: ConditionalAccess): Operand {
  const receiver = bindRvalue(b, bindExpression(b, syntax.target))
  const { start, end } = syntax
  if (receiver.type.kind === 'error') return receiver
  const element = b.table.nullableElement(receiver.type)
  const isOpen = receiver.type.kind === 'type-parameter' && !receiver.type.constraints.struct
  // In a function made of a generic one a value type may stand where null was thought of.
  if (element === undefined && isValueType(receiver.type) && b.instantiating) return bindOnValue(b, syntax, receiver)
  if (element === undefined && !isReferenceType(receiver.type) && !isOpen) {
    const at = b.diagnostics.source.lastIndexOf('?', syntax.access.start)
    const message = `Operator '?' cannot be applied to operand of type '${b.show(receiver.type)}'`
    return b.fail('CS0023', { start: at, end: at + 1 }, message)
  }
  const temp = b.temp(element ?? receiver.type, syntax.target)
  const outer = b.receiver
  b.receiver = temp
  const access = bindRvalue(b, bindExpression(b, syntax.access))
  b.receiver = outer
  const type =
    isValueType(access.type) && !b.table.nullableElement(access.type) && !isVoid(access.type)
      ? b.table.nullable(access.type)
      : access.type
  const lifted = type === access.type ? access : convertImplicit(b, access, type)
  return { kind: 'conditional-access', receiver, temp, access: lifted, type, start, end }
}

/** `x?.M` of what is never null. */
function bindOnValue(b: Binder, { access, target }: ConditionalAccess, receiver: BoundExpression): BoundExpression {
  const { start, end } = target
  const temp = b.temp(receiver.type, target)
  const outer = b.receiver
  b.receiver = temp
  const result = bindRvalue(b, bindExpression(b, access))
  b.receiver = outer
  const isPlain = isValueType(result.type) && !b.table.nullableElement(result.type)
  const lifted = isPlain ? convertImplicit(b, result, b.table.nullable(result.type)) : result
  const effect: BoundExpression = { kind: 'assign', target: temp, value: receiver, type: receiver.type, start, end }
  return { kind: 'sequence', effects: [effect], result: lifted, type: lifted.type, start, end }
}

/** `default(T)`: a constant where C# has one for the type. */
export function bindDefault(
  b: Binder,
  type: Type,
  span: { readonly start: number; readonly end: number },
): BoundExpression {
  const value = defaultValue(type)
  return value === undefined
    ? { kind: 'default', type, start: span.start, end: span.end }
    : b.constant(value, type, span)
}

const NUMBERS = ['SByte', 'Byte', 'Int16', 'UInt16', 'Int32', 'UInt32', 'Char', 'Single', 'Double'].map(
  (name) => `System.${name}`,
)

function defaultValue(type: Type): ConstantValue | undefined {
  if (isReferenceType(type)) return null
  if (type.kind !== 'named') return undefined
  const { name, kind } = type.definition
  if (name === 'System.Nullable<T>') return null
  if (name === 'System.Boolean') return false
  if (kind === 'enum' || NUMBERS.includes(name)) return 0
  if (name === 'System.Int64' || name === 'System.UInt64') return 0n
  return name === 'System.Decimal' ? { unscaled: 0n, scale: 0 } : undefined
}

const SIZES: Readonly<Record<string, number>> = {
  'System.SByte': 1,
  'System.Byte': 1,
  'System.Boolean': 1,
  'System.Int16': 2,
  'System.UInt16': 2,
  'System.Char': 2,
  'System.Int32': 4,
  'System.UInt32': 4,
  'System.Single': 4,
  'System.Int64': 8,
  'System.UInt64': 8,
  'System.Double': 8,
  'System.Decimal': 16,
}

function bindSizeOf(b: Binder, syntax: Expression & { kind: 'sizeof' }): BoundExpression {
  const type = resolveType(b, syntax.type)
  const size = type.kind === 'named' ? SIZES[type.definition.name] : undefined
  if (size !== undefined) return b.constant(size, b.table.special.int, syntax)
  if (isReferenceType(type))
    b.report(
      'CS0208',
      syntax,
      `Cannot take the address of, get the size of, or declare a pointer to a managed type ('${b.show(type)}')`,
    )
  return b.fail(
    'CS0233',
    syntax,
    `'${b.show(type)}' does not have a predefined size, therefore sizeof can only be used in an unsafe context (consider using System.Runtime.InteropServices.Marshal.SizeOf)`,
  )
}

function bindNameOf(b: Binder, syntax: NameOf): BoundExpression {
  const { operand } = syntax
  // `nameof(string.Length)` names an instance member through its type, which is an error anywhere else.
  const trial = b.attempt(() => bindExpression(b, operand))
  if (trial.errors && !trial.codes.every((code) => code === 'CS0120')) bindExpression(b, operand)
  const name = operand.kind === 'member' ? operand.name.name : operand.kind === 'name' ? operand.name : undefined
  if (name === undefined) return b.fail('CS8081', operand, 'Expression does not have a name.')
  return b.constant(name, b.table.special.string, syntax)
}

function bindChecked(b: Binder, syntax: Expression & { kind: 'checked' }): Operand {
  const outer = b.checked
  b.checked = syntax.checked ? 'checked' : 'unchecked'
  const operand = bindExpression(b, syntax.operand)
  b.checked = outer
  return operand
}

function bindCast(b: Binder, syntax: Expression & { kind: 'cast' }): BoundExpression {
  const type = resolveType(b, syntax.type)
  const operand = bindExpression(b, syntax.operand)
  if (type.kind === 'error' || (isValue(operand) && operand.type.kind === 'error')) return b.error(syntax)
  return convertExplicit(b, operand, type, syntax)
}

function bindConditional(b: Binder, syntax: Conditional): Operand {
  const condition = bindCondition(b, syntax.condition)
  const whenTrue = bindBranch(b, syntax.whenTrue)
  const whenFalse = bindBranch(b, syntax.whenFalse)
  if (isThrow(whenTrue) || isThrow(whenFalse)) {
    const type = isThrow(whenTrue) ? bindRvalue(b, whenFalse).type : bindRvalue(b, whenTrue).type
    return conditional(b, syntax, condition, whenTrue, whenFalse, type)
  }
  const isUnknown = isValue(whenTrue) && isValue(whenFalse) && whenTrue.type.kind === 'error'
  const type = isUnknown ? whenFalse.type : branchType(b, [whenTrue, whenFalse])
  if (type) return conditional(b, syntax, condition, whenTrue, whenFalse, type)
  const isFull = [whenTrue, whenFalse].every((branch) => isValue(branch) && branch.type.kind !== 'null')
  const [one, two] = [describeBranch(b, whenTrue, isFull), describeBranch(b, whenFalse, isFull)]
  const message = `Type of conditional expression cannot be determined because there is no implicit conversion between '${one}' and '${two}'`
  return b.fail('CS0173', syntax, message)
}

function bindBranch(b: Binder, syntax: Expression): Operand {
  return syntax.kind === 'throw' ? bindThrow(b, syntax) : bindExpression(b, syntax)
}

const isThrow = (operand: Operand): boolean => operand.kind === 'throw'

/** `throw x` where C# allows it: after `??`, in `? :`. */
export function bindThrow(b: Binder, syntax: Expression & { kind: 'throw' }): BoundExpression {
  const value = bindThrown(b, syntax.value)
  return { kind: 'throw', value, type: b.table.errorType, start: syntax.start, end: syntax.end }
}

function bindMisplacedThrow(b: Binder, syntax: Expression & { kind: 'throw' }): Operand {
  b.report('CS8115', syntax, 'A throw expression is not allowed in this context.')
  bindThrown(b, syntax.value)
  return b.error(syntax)
}

/** What is thrown has to be an exception, or null, which becomes one. */
export function bindThrown(b: Binder, syntax: Expression): BoundExpression {
  const value = bindValue(b, syntax)
  const exception = b.table.named('System.Exception')
  if (value.type.kind === 'error' || implicitConversion(b, value, exception))
    return convertImplicit(b, value, exception)
  return b.fail('CS0155', syntax, 'The type caught or thrown must be derived from System.Exception')
}

function describeBranch(b: Binder, operand: Operand, isFull: boolean): string {
  if (operand.kind === 'unbound-lambda') return 'lambda expression'
  if (isValue(operand)) return isFull ? b.showFull(operand.type) : b.show(operand.type)
  return operand.kind === 'method-group' ? 'method group' : 'expression'
}

function conditional(
  b: Binder,
  syntax: Conditional,
  condition: BoundExpression,
  one: Operand,
  two: Operand,
  type: Type,
): BoundExpression {
  const whenTrue = isThrow(one) ? (one as BoundExpression) : convertImplicit(b, one, type)
  const whenFalse = isThrow(two) ? (two as BoundExpression) : convertImplicit(b, two, type)
  // What is done with the result is no further mistake.
  if (condition.type.kind === 'error') return b.error(syntax)
  if (condition.kind === 'constant' && whenTrue.kind === 'constant' && whenFalse.kind === 'constant') {
    const chosen = condition.value === true ? whenTrue : whenFalse
    return b.constant(chosen.value, type, syntax)
  }
  return { kind: 'conditional', condition, whenTrue, whenFalse, type, start: syntax.start, end: syntax.end }
}

/** What has to be a bool. */
export function bindCondition(b: Binder, syntax: Expression): BoundExpression {
  const operand = bindExpression(b, syntax)
  if (isValue(operand) && isBool(operand.type)) return operand
  return convertImplicit(b, operand, b.table.special.bool, syntax)
}

function bindTuple(b: Binder, syntax: Expression & { kind: 'tuple' }): Operand {
  const items = syntax.items.map((item) => bindExpression(b, item.value))
  const names = syntax.items.map((item) => item.name?.name)
  return { kind: 'tuple-literal', items, names, start: syntax.start, end: syntax.end }
}

function bindInterpolated(b: Binder, syntax: InterpolatedString): BoundExpression {
  const type = b.table.special.string
  const { start, end } = syntax
  const parts = syntax.parts.map((part) => {
    if (part.kind === 'text') return part.value
    const operand = bindExpression(b, part.value)
    const isGroup = operand.kind === 'method-group'
    const value = isGroup ? convertImplicit(b, operand, b.table.special.object) : bindRvalue(b, operand)
    if (isVoid(value.type)) b.report('CS0029', part.value, "Cannot implicitly convert type 'void' to 'object'")
    return { value, alignment: part.alignment && bindAlignment(b, part.alignment), format: part.format }
  })
  if (parts.some((part) => typeof part !== 'string' && part.value.type.kind === 'error')) return b.error(syntax)
  return { kind: 'interpolation', parts, type, start, end }
}

function bindAlignment(b: Binder, syntax: Expression): number {
  const value = convertImplicit(b, bindExpression(b, syntax), b.table.special.int)
  if (value.kind === 'constant' && constantFits(value.value, 'int')) return Number(value.value)
  if (value.type.kind !== 'error') b.report('CS0150', syntax, 'A constant value is expected')
  return 0
}
