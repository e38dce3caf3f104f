/**
 * The bound tree: what an expression means, with every name resolved, every conversion explicit and every type known.
 * It is made to be compiled once into closures:
 *
 * - a function (the expression itself, a lambda, a local function) has a frame of `frameSize` slots; each local has a slot in it.
 * - a captured local lives in a cell (`{ value }`) held in the slot. The cell is made when the block that declares the local is
 *   entered, so each turn of a loop has its own. A lambda copies the cells it needs (`captures`) when it is created.
 * - parameters are not among the locals of the body's block: a captured one is put into a cell when the function is called.
 * - values that are needed twice are put into a local by the binder (`temp`), so no node evaluates an operand twice.
 *
 * Values at run time follow the static type: bool boolean; int, uint, short, byte, sbyte, ushort, char (its code unit), enum, float, double
 * number; long, ulong bigint; decimal a class of its own; string string; `T?` null or the value of T; object and interfaces hold
 * instances, strings, and boxed values.
 */
import type { Span } from './position.js'
import type { AnonymousType, ConstantValue, Member, NamedType, Type } from './types/type.js'

/** A whole bound expression. */
export interface BoundProgram {
  readonly source: string
  /** Its only parameter is `context`; it returns `resultType`. */
  readonly function: BoundFunction
  /** The static type of the result before it was converted to what the place wants; of a block the common type of its returns, else object. */
  readonly resultType: Type
  /** Whether it holds a loop: the service ends such an expression after 5 seconds. */
  readonly hasLoop: boolean
  /** Members it names, calls, indexes or constructs: what the service's allow list is held against. */
  readonly uses: readonly MemberUseAt[]
}

/** A member, and where the source uses it. */
export interface MemberUseAt extends Span {
  readonly member: Member
}

export interface LocalSymbol {
  readonly name: string
  readonly type: Type
  /** A lambda or local function uses it: it lives in a cell. Final only when binding is done. */
  readonly captured: boolean
  /** The slot in the function that declares it. */
  readonly slot: number
}

/** A cell of the function around, copied into a slot of this function when the function value is created. */
export interface Capture {
  readonly local: LocalSymbol
  /** Slot in the function around, which holds the cell. */
  readonly from: number
  /** Slot in this function. */
  readonly to: number
}

export interface BoundFunction {
  readonly name: string
  readonly parameters: readonly LocalSymbol[]
  readonly returnType: Type
  readonly captures: readonly Capture[]
  readonly frameSize: number
  readonly body: BoundBlock
  /** Holds yield: it returns a lazily run sequence. */
  readonly iterator: boolean
}

/** A member as it is used here: which one, on which constructed type, with which type arguments. */
export interface MemberUse {
  /** `member.key`. */
  readonly key: string
  readonly member: Member
  /** The constructed type that declares it: `List<int>`. */
  readonly container: NamedType
  /** Of a generic method. */
  readonly typeArguments: readonly Type[]
}

// ---------------------------------------------------------------------------------------------------------- expressions

interface Node extends Span {
  readonly type: Type
}

export type BoundExpression =
  | BoundConstant
  | BoundDefault
  | BoundTypeOf
  | BoundLocal
  | BoundField
  | BoundProperty
  | BoundIndexer
  | BoundArrayElement
  | BoundAnonymousMember
  | BoundTupleItem
  | BoundCall
  | BoundLocalCall
  | BoundInvoke
  | BoundNew
  | BoundNewAnonymous
  | BoundNewArray
  | BoundNewTuple
  | BoundConvert
  | BoundUnary
  | BoundBinary
  | BoundLogical
  | BoundConcat
  | BoundInterpolation
  | BoundConditional
  | BoundConditionalAccess
  | BoundCoalesce
  | BoundTypeTest
  | BoundAs
  | BoundIsPattern
  | BoundAssign
  | BoundCompound
  | BoundSequence
  | BoundLambda
  | BoundDelegate
  | BoundThrow
  | BoundReference
  | BoundDereference

/** A value known while binding; `value` has the runtime form of `type`, decimals are digits. */
export interface BoundConstant extends Node {
  readonly kind: 'constant'
  readonly value: ConstantValue
}
/** `default(T)` of a struct that has no constant form, or of a type parameter. */
export interface BoundDefault extends Node {
  readonly kind: 'default'
}
export interface BoundTypeOf extends Node {
  readonly kind: 'typeof'
  readonly operand: Type
}
export interface BoundLocal extends Node {
  readonly kind: 'local'
  readonly local: LocalSymbol
  /** The slot in the function this node stands in. */
  readonly slot: number
}
export interface BoundField extends Node {
  readonly kind: 'field'
  readonly member: MemberUse
  /** Undefined when static. */
  readonly receiver: BoundExpression | undefined
}
export interface BoundProperty extends Node {
  readonly kind: 'property'
  readonly member: MemberUse
  readonly receiver: BoundExpression | undefined
}
export interface BoundIndexer extends Node {
  readonly kind: 'indexer'
  readonly member: MemberUse
  readonly receiver: BoundExpression
  readonly arguments: readonly BoundExpression[]
}
/** Indices are int, uint, long or ulong. */
export interface BoundArrayElement extends Node {
  readonly kind: 'element'
  readonly array: BoundExpression
  readonly indices: readonly BoundExpression[]
}
export interface BoundAnonymousMember extends Node {
  readonly kind: 'anonymous-member'
  readonly receiver: BoundExpression
  readonly name: string
  readonly index: number
}
/** `t.Item1`, or a named element, of a value tuple. `index` begins at 0. */
export interface BoundTupleItem extends Node {
  readonly kind: 'tuple-item'
  readonly receiver: BoundExpression
  readonly index: number
}
/**
 * A call of a declared member. Arguments stand in the order of the parameters, defaults filled in, `params` gathered into an array; an
 * extension method has its receiver as first argument. User-defined operators are calls too.
 */
export interface BoundCall extends Node {
  readonly kind: 'call'
  readonly member: MemberUse
  readonly receiver: BoundExpression | undefined
  readonly arguments: readonly BoundExpression[]
  /** The order in which arguments are evaluated, when named arguments change it. */
  readonly order: readonly number[] | undefined
  /** An operator on nullable operands: null when one operand is null (`==`: both; `!=`: one; an order: false). */
  readonly lifted: boolean
}
/** A call of a local function. */
export interface BoundLocalCall extends Node {
  readonly kind: 'local-call'
  /** The slot that holds the function value, see `BoundBlock.functions`. */
  readonly function: BoundLocal
  readonly arguments: readonly BoundExpression[]
  readonly order: readonly number[] | undefined
}
/** A call of a delegate value. */
export interface BoundInvoke extends Node {
  readonly kind: 'invoke'
  readonly delegate: BoundExpression
  readonly arguments: readonly BoundExpression[]
}
export interface BoundNew extends Node {
  readonly kind: 'new'
  readonly member: MemberUse
  readonly arguments: readonly BoundExpression[]
  readonly order: readonly number[] | undefined
}
export interface BoundNewAnonymous extends Node {
  readonly kind: 'new-anonymous'
  readonly type: AnonymousType
  readonly values: readonly BoundExpression[]
}
/** The place that a call of a function returning by reference gives: `cell` is a `BoundReference` that the function made. */
export interface BoundDereference extends Node {
  readonly kind: 'dereference'
  readonly cell: BoundExpression
}
/** `sizes` for `new T[n]`, `items` for an initialiser; an array of more dimensions has both, its items row by row. */
export interface BoundNewArray extends Node {
  readonly kind: 'new-array'
  readonly element: Type
  readonly sizes: readonly BoundExpression[] | undefined
  readonly items: readonly BoundExpression[] | undefined
}
export interface BoundNewTuple extends Node {
  readonly kind: 'new-tuple'
  readonly items: readonly BoundExpression[]
}

export type NumericType =
  | 'sbyte'
  | 'byte'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'char'
  | 'float'
  | 'double'
  | 'decimal'

/**
 * How a value changes when it is converted:
 * - `numeric`: between numeric types, also from and to enums (by what they are stored as); `checked` throws OverflowException. decimal always does.
 * - `upcast`: to a base or interface; nothing to do. `downcast`: InvalidCastException unless it is one.
 * - `box`: a value type becomes object or interface; a null `T?` becomes null. `unbox`: the exact type or InvalidCastException;
 *   to `T?` null stays null.
 * - `wrap`: T to `T?`; nothing to do. `unwrap`: `T?` to T, InvalidOperationException on null.
 * - `lift`: `A?` to `B?`: null stays, else `inner` with the value in `temp`.
 * - `user`: a declared conversion; the operand is already what it wants. A lifted one leaves null alone.
 */
export type Conversion =
  | { readonly kind: 'numeric'; readonly from: NumericType; readonly to: NumericType; readonly checked: boolean }
  | { readonly kind: 'upcast' | 'downcast' | 'box' | 'unbox' | 'wrap' | 'unwrap' }
  | { readonly kind: 'lift'; readonly temp: BoundLocal; readonly inner: BoundExpression }
  | { readonly kind: 'user'; readonly member: MemberUse }

export interface BoundConvert extends Node {
  readonly kind: 'convert'
  readonly operand: BoundExpression
  readonly conversion: Conversion
}

/** Types on which C# has operators of its own. Enums use what they are stored as; smaller integers and char have become int. */
export type OperandType =
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'float'
  | 'double'
  | 'decimal'
  | 'bool'
  | 'string'
  | 'reference'

export interface BoundUnary extends Node {
  readonly kind: 'unary'
  readonly operator: '+' | '-' | '!' | '~'
  readonly operand: BoundExpression
  readonly operandType: OperandType
  readonly checked: boolean
  /** The operand may be null, then the result is. */
  readonly lifted: boolean
}
/**
 * An operator of C# itself on two operands of `operandType`; the right side of a shift is int. `string` and `reference` have only `==` and `!=`.
 * bool has `& | ^ == !=`. Lifted: operands may be null (bool `&` and `|` have three values).
 */
export interface BoundBinary extends Node {
  readonly kind: 'binary'
  readonly operator: '*' | '/' | '%' | '+' | '-' | '<<' | '>>' | '<' | '>' | '<=' | '>=' | '==' | '!=' | '&' | '^' | '|'
  readonly left: BoundExpression
  readonly right: BoundExpression
  readonly operandType: OperandType
  readonly checked: boolean
  readonly lifted: boolean
}
export interface BoundLogical extends Node {
  readonly kind: 'logical'
  readonly operator: '&&' | '||'
  readonly left: BoundExpression
  readonly right: BoundExpression
}
/** String `+`, flattened. A part keeps its own type (char, int, object …) and is turned into text by it; null is "". */
export interface BoundConcat extends Node {
  readonly kind: 'concat'
  readonly parts: readonly BoundExpression[]
}
export interface BoundInterpolation extends Node {
  readonly kind: 'interpolation'
  readonly parts: readonly (
    | string
    | { readonly value: BoundExpression; readonly alignment: number | undefined; readonly format: string | undefined }
  )[]
}
export interface BoundConditional extends Node {
  readonly kind: 'conditional'
  readonly condition: BoundExpression
  readonly whenTrue: BoundExpression
  readonly whenFalse: BoundExpression
}
/** `receiver?.…`: when the receiver is not null, it is put into `temp` (for `T?` as T) and `access` is the result, else null. */
export interface BoundConditionalAccess extends Node {
  readonly kind: 'conditional-access'
  readonly receiver: BoundExpression
  readonly temp: BoundLocal
  readonly access: BoundExpression
}
/** `left ?? right`: when left is not null, it is put into `temp` (for `T?` as T or `T?`) and `value`, its conversion, is the result. */
export interface BoundCoalesce extends Node {
  readonly kind: 'coalesce'
  readonly left: BoundExpression
  readonly temp: BoundLocal
  readonly value: BoundExpression
  readonly right: BoundExpression
}
/** `x is T`; the operand is a reference or boxed. */
export interface BoundTypeTest extends Node {
  readonly kind: 'is'
  readonly operand: BoundExpression
  readonly target: Type
}
/** `x as T`; null when it is not one. */
export interface BoundAs extends Node {
  readonly kind: 'as'
  readonly operand: BoundExpression
  readonly target: Type
}
export interface BoundIsPattern extends Node {
  readonly kind: 'is-pattern'
  readonly operand: BoundExpression
  readonly pattern: BoundPattern
}
/** What can be written to. */
export type BoundTarget = BoundLocal | BoundField | BoundProperty | BoundIndexer | BoundArrayElement | BoundDereference
export interface BoundAssign extends Node {
  readonly kind: 'assign'
  readonly target: BoundTarget
  readonly value: BoundExpression
}
/**
 * `x += y`, `x++`: the parts of the target (receiver, indices) are evaluated once, its value is put into `temp`, `value` is computed from
 * it and written. The result is what was written, or what was there before.
 */
export interface BoundCompound extends Node {
  readonly kind: 'compound'
  readonly target: BoundTarget
  readonly temp: BoundLocal
  readonly value: BoundExpression
  readonly result: 'old' | 'new'
}
/** Effects in order, then the result. Initialisers, deconstruction and tuples swaps are made of it. */
export interface BoundSequence extends Node {
  readonly kind: 'sequence'
  readonly effects: readonly BoundExpression[]
  readonly result: BoundExpression
}
/** A function value of a delegate type. */
export interface BoundLambda extends Node {
  readonly kind: 'lambda'
  readonly function: BoundFunction
}
/** A method group converted to a delegate type; `receiver` is bound at once. */
export interface BoundDelegate extends Node {
  readonly kind: 'delegate'
  readonly target:
    | { readonly kind: 'member'; readonly member: MemberUse; readonly receiver: BoundExpression | undefined }
    | { readonly kind: 'local-function'; readonly function: BoundLocal }
}
/** `?? throw …`. */
export interface BoundThrow extends Node {
  readonly kind: 'throw'
  readonly value: BoundExpression
}
/** A `ref` or `out` argument: a cell that reads and writes the target. A local's own cell (it is always captured) is passed as it is. */
export interface BoundReference extends Node {
  readonly kind: 'reference'
  readonly mode: 'ref' | 'out'
  readonly target: BoundTarget
}

// ------------------------------------------------------------------------------------------------------------- patterns

export type BoundPattern =
  /** The value converted to `value.type` equals it (as object.Equals for objects: the exact type and value). */
  | { readonly kind: 'constant'; readonly value: BoundConstant }
  /** `T x`: `local` receives the value, unboxed if need be. */
  | { readonly kind: 'type'; readonly target: Type; readonly local: BoundLocal | undefined }
  /** `var x`: always. */
  | { readonly kind: 'var'; readonly local: BoundLocal | undefined }

// ----------------------------------------------------------------------------------------------------------- statements

export type BoundStatement =
  | BoundBlock
  | BoundEvaluate
  | BoundIf
  | BoundWhile
  | BoundDo
  | BoundFor
  | BoundForEach
  | BoundSwitch
  | BoundBreak
  | BoundContinue
  | BoundReturn
  | BoundThrowStatement
  | BoundTry
  | BoundUsing
  | BoundLabel
  | BoundGoto
  | BoundGotoCase
  | BoundYield

/** On entry: new cells for captured `locals`, then function values for `functions`, then the statements. */
export interface BoundBlock extends Span {
  readonly kind: 'block'
  readonly locals: readonly LocalSymbol[]
  readonly functions: readonly { readonly local: LocalSymbol; readonly function: BoundFunction }[]
  readonly statements: readonly BoundStatement[]
}
/** An expression for its effect, also a declaration with a value (an assignment). */
export interface BoundEvaluate extends Span {
  readonly kind: 'evaluate'
  readonly expression: BoundExpression
}
export interface BoundIf extends Span {
  readonly kind: 'if'
  readonly condition: BoundExpression
  readonly then: BoundStatement
  readonly otherwise: BoundStatement | undefined
}
export interface BoundWhile extends Span {
  readonly kind: 'while'
  /** Declared in the condition: fresh on each turn. */
  readonly locals: readonly LocalSymbol[]
  readonly condition: BoundExpression
  readonly body: BoundStatement
}
export interface BoundDo extends Span {
  readonly kind: 'do'
  readonly body: BoundStatement
  readonly condition: BoundExpression
}
export interface BoundFor extends Span {
  readonly kind: 'for'
  /** One for all turns. */
  readonly locals: readonly LocalSymbol[]
  readonly initializers: readonly BoundExpression[]
  readonly condition: BoundExpression | undefined
  readonly iterators: readonly BoundExpression[]
  readonly body: BoundStatement
}
/** Each element of `source` is put into `temp` (with the type of the elements), then `assign` declares the loop variables from it. */
export interface BoundForEach extends Span {
  readonly kind: 'foreach'
  readonly source: BoundExpression
  /** Fresh on each turn: temp and the loop variables. */
  readonly locals: readonly LocalSymbol[]
  readonly temp: BoundLocal
  readonly assign: readonly BoundExpression[]
  readonly body: BoundStatement
}
/** The first label that fits wins, `default` last wherever it stands. */
export interface BoundSwitch extends Span {
  readonly kind: 'switch'
  readonly value: BoundExpression
  readonly locals: readonly LocalSymbol[]
  readonly functions: BoundBlock['functions']
  readonly sections: readonly BoundSwitchSection[]
}
export interface BoundSwitchSection {
  readonly labels: readonly { readonly pattern: BoundPattern; readonly when: BoundExpression | undefined }[]
  readonly isDefault: boolean
  readonly statements: readonly BoundStatement[]
}
export interface BoundBreak extends Span {
  readonly kind: 'break'
}
export interface BoundContinue extends Span {
  readonly kind: 'continue'
}
export interface BoundReturn extends Span {
  readonly kind: 'return'
  readonly value: BoundExpression | undefined
}
export interface BoundThrowStatement extends Span {
  readonly kind: 'throw-statement'
  /** Undefined: throws again what the catch around caught. */
  readonly value: BoundExpression | undefined
}
export interface BoundTry extends Span {
  readonly kind: 'try'
  readonly body: BoundBlock
  readonly catches: readonly BoundCatch[]
  readonly finally: BoundBlock | undefined
}
export interface BoundCatch {
  /** Undefined: everything. */
  readonly type: Type | undefined
  readonly local: BoundLocal | undefined
  readonly locals: readonly LocalSymbol[]
  readonly filter: BoundExpression | undefined
  readonly body: BoundBlock
}
/** `resources` are evaluated in order (each one a declaration's value or the expression), disposed in reverse when not null. */
export interface BoundUsing extends Span {
  readonly kind: 'using'
  readonly locals: readonly LocalSymbol[]
  readonly resources: readonly { readonly local: BoundLocal; readonly value: BoundExpression }[]
  readonly body: BoundStatement
}
/** A label in the list of a block or a switch section. */
export interface BoundLabel extends Span {
  readonly kind: 'label'
  readonly name: string
}
/** Goes to a label of a block around. */
export interface BoundGoto extends Span {
  readonly kind: 'goto'
  readonly label: string
}
/** `goto case`, `goto default`: to the start of a section of the switch around. */
export interface BoundGotoCase extends Span {
  readonly kind: 'goto-case'
  readonly section: number
}
export interface BoundYield extends Span {
  readonly kind: 'yield'
  /** Undefined for `yield break`. */
  readonly value: BoundExpression | undefined
}
