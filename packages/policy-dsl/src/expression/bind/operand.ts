import type { BoundExpression, BoundFunction, MemberUseAt } from '../bound.js'
import type { Span } from '../position.js'
import type { Argument, Declaration, Lambda } from '../syntax.js'
import type { Member, NamedType, Type } from '../types/type.js'
import type { BlockScope, FunctionScope, LocalFunctionSymbol } from './scope.js'

/** What an expression can be before it is known where it stands: a value, or something that only becomes one by conversion. */
export type Operand =
  | BoundExpression
  | TypeOperand
  | NamespaceOperand
  | MethodGroup
  | UnboundLambda
  | OutDeclaration
  | TupleLiteral

export interface TypeOperand extends Span {
  readonly kind: 'type-operand'
  readonly operand: Type
}
export interface NamespaceOperand extends Span {
  readonly kind: 'namespace-operand'
  readonly name: string
}

/** A member found by name on a type. */
export interface Found {
  readonly member: Member
  readonly container: NamedType
}

/** `x.M`: what a call or a conversion to a delegate chooses from. */
export interface MethodGroup extends Span {
  readonly kind: 'method-group'
  readonly name: string
  /** Where the name stands: errors about the choice are reported there. */
  readonly nameSpan: Span
  readonly receiver: BoundExpression | undefined
  /** The type it was looked up on. */
  readonly receiverType: Type | undefined
  /** Of the type itself. Extension methods are looked up by the name where none of these fits a receiver. */
  readonly methods: readonly Found[]
  readonly localFunction: LocalFunctionSymbol | undefined
  readonly typeArguments: readonly Type[]
}

/** A lambda waits for a delegate type; what was tried is remembered. */
export interface UnboundLambda extends Span {
  readonly kind: 'unbound-lambda'
  readonly syntax: Lambda
  readonly scope: BlockScope
  readonly function: FunctionScope
  readonly tried: Map<string, LambdaTrial>
}
export interface LambdaTrial {
  readonly errors: boolean
  /** Of the parameters. */
  readonly types: readonly Type[]
  /** What its results have as common type; void when it gives none. Undefined when they have none. */
  readonly returnType: Type | undefined
  readonly bound: BoundFunction
  /** What the body uses; counts once the trial is taken over. */
  readonly uses: readonly MemberUseAt[]
  /** Every result already is of `returnType`: as a function of that type nothing is left to convert. */
  readonly exact: boolean
}

/** `out var x`: its type comes from the parameter. */
export interface OutDeclaration extends Span {
  readonly kind: 'out-declaration'
  readonly syntax: Declaration
  readonly type: Type | undefined
}

/** `(1, null)`: a value as soon as its items are. */
export interface TupleLiteral extends Span {
  readonly kind: 'tuple-literal'
  readonly items: readonly Operand[]
  readonly names: readonly (string | undefined)[]
}

export interface BoundArgument extends Span {
  readonly operand: Operand
  readonly mode: Argument['mode']
  readonly name: string | undefined
  readonly nameSpan: Span | undefined
}

export function isValue(operand: Operand): operand is BoundExpression {
  switch (operand.kind) {
    case 'type-operand':
    case 'namespace-operand':
    case 'method-group':
    case 'unbound-lambda':
    case 'out-declaration':
    case 'tuple-literal':
      return false
    default:
      return true
  }
}
