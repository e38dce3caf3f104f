/**
 * The syntax tree of the C# 7 that API Management accepts, as far as a parser knows it: no names are resolved, no types.
 * Every node knows its place: offsets into the source that was parsed.
 */
import type { Span } from './position.js'

/** A whole `@( )` or `@{ }`. */
export type ExpressionSyntax =
  | (Span & { readonly kind: 'single'; readonly expression: Expression })
  | (Span & { readonly kind: 'multi'; readonly block: BlockStatement })

/** A name and where it stands. */
export interface Identifier extends Span {
  readonly name: string
}

// ---------------------------------------------------------------------------------------------------------------- types

/** The keywords that name a type. */
export type PredefinedTypeName =
  | 'bool'
  | 'byte'
  | 'sbyte'
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
  | 'string'
  | 'object'
  | 'void'

export type TypeSyntax = PredefinedType | NamedType | ArrayType | NullableType | TupleType | RefType

export interface PredefinedType extends Span {
  readonly kind: 'predefined-type'
  readonly name: PredefinedTypeName
}
/** `List<int>`, `System.Net.WebUtility`, and `var` where it is one. A part without arguments has an empty list. */
export interface NamedType extends Span {
  readonly kind: 'named-type'
  readonly parts: readonly NamedTypePart[]
}
export interface NamedTypePart extends Identifier {
  readonly arguments: readonly TypeSyntax[]
  /** `List<>` in typeof: how many arguments were left out. */
  readonly omitted?: number
}
/** One pair of brackets; `rank` is 1 for `[]`, 2 for `[,]`. `int[][,]` is an array of `int[,]`. */
export interface ArrayType extends Span {
  readonly kind: 'array-type'
  readonly element: TypeSyntax
  readonly rank: number
}
export interface NullableType extends Span {
  readonly kind: 'nullable-type'
  readonly element: TypeSyntax
}
export interface TupleType extends Span {
  readonly kind: 'tuple-type'
  readonly elements: readonly { readonly type: TypeSyntax; readonly name: Identifier | undefined }[]
}
/** `ref int` of a ref local. */
export interface RefType extends Span {
  readonly kind: 'ref-type'
  readonly element: TypeSyntax
}

// ---------------------------------------------------------------------------------------------------------- expressions

export type Expression =
  | Literal
  | InterpolatedString
  | NamedValue
  | Name
  | PredefinedTypeExpression
  | Parenthesized
  | Member
  | Element
  | Call
  | ConditionalAccess
  | MemberBinding
  | ElementBinding
  | ObjectCreation
  | AnonymousObject
  | ArrayCreation
  | ArrayInitializer
  | ObjectInitializer
  | CollectionInitializer
  | ElementInitializer
  | Default
  | TypeOf
  | SizeOf
  | NameOf
  | Checked
  | Cast
  | Unary
  | Increment
  | Binary
  | TypeTest
  | Conditional
  | Assignment
  | Lambda
  | Query
  | Throw
  | Tuple
  | Declaration
  | Ref
  | Missing

/** The type a literal has by its own form; an integer without suffix is the first of int, uint, long, ulong that holds it. */
export type LiteralType =
  | 'int'
  | 'uint'
  | 'long'
  | 'ulong'
  | 'float'
  | 'double'
  | 'decimal'
  | 'string'
  | 'char'
  | 'bool'
  | 'null'

/** A decimal as digits and places: 1.50m is 150 with scale 2. */
export interface DecimalDigits {
  readonly unscaled: bigint
  readonly scale: number
}

/**
 * A literal and its value: int, uint, float, double: number; long, ulong: bigint; decimal: its digits;
 * char: its code unit; string, bool, null: as in JavaScript.
 */
export interface Literal extends Span {
  readonly kind: 'literal'
  readonly type: LiteralType
  readonly value: string | number | bigint | boolean | null | DecimalDigits
}

export interface InterpolatedString extends Span {
  readonly kind: 'interpolated-string'
  readonly verbatim: boolean
  readonly parts: readonly (InterpolatedText | InterpolatedHole)[]
}
export interface InterpolatedText extends Span {
  readonly kind: 'text'
  /** With escapes and doubled braces decoded. */
  readonly value: string
}
export interface InterpolatedHole extends Span {
  readonly kind: 'hole'
  readonly value: Expression
  readonly alignment: Expression | undefined
  readonly format: string | undefined
}

/** `{{name}}` that was not yet replaced. The parser makes it only when asked to tolerate it. */
export interface NamedValue extends Span {
  readonly kind: 'named-value'
  readonly name: string
}

/** `x` or `F<int>`; what it means is found by the binder. */
export interface Name extends Identifier {
  readonly kind: 'name'
  readonly typeArguments: readonly TypeSyntax[]
}
/** `int` of `int.Parse`, or a type where only a type can stand. */
export interface PredefinedTypeExpression extends Span {
  readonly kind: 'type-expression'
  readonly type: TypeSyntax
}
export interface Parenthesized extends Span {
  readonly kind: 'parenthesized'
  readonly expression: Expression
}
/** `a.b` or `a.b<T>`. */
export interface Member extends Span {
  readonly kind: 'member'
  readonly target: Expression
  readonly name: Identifier
  readonly typeArguments: readonly TypeSyntax[]
}
/** `a[i]`. */
export interface Element extends Span {
  readonly kind: 'element'
  readonly target: Expression
  readonly arguments: readonly Argument[]
}
export interface Call extends Span {
  readonly kind: 'call'
  readonly target: Expression
  readonly arguments: readonly Argument[]
}
export interface Argument extends Span {
  readonly name: Identifier | undefined
  readonly mode: 'value' | 'ref' | 'out'
  readonly value: Expression
}
/** `target?.…`: `access` is everything that is left out when target is null; it begins with a binding node. */
export interface ConditionalAccess extends Span {
  readonly kind: 'conditional-access'
  readonly target: Expression
  readonly access: Expression
}
/** `.b` right after a `?`. */
export interface MemberBinding extends Span {
  readonly kind: 'member-binding'
  readonly name: Identifier
  readonly typeArguments: readonly TypeSyntax[]
}
/** `[i]` right after a `?`. */
export interface ElementBinding extends Span {
  readonly kind: 'element-binding'
  readonly arguments: readonly Argument[]
}
export interface ObjectCreation extends Span {
  readonly kind: 'new'
  readonly type: TypeSyntax
  /** Undefined for `new T { … }`. */
  readonly arguments: readonly Argument[] | undefined
  readonly initializer: ObjectInitializer | CollectionInitializer | undefined
}
export interface AnonymousObject extends Span {
  readonly kind: 'new-anonymous'
  readonly members: readonly (Span & { readonly name: Identifier | undefined; readonly value: Expression })[]
}
/** `new int[2][]`, `new int[]{1}`, `new[]{1}`. */
export interface ArrayCreation extends Span {
  readonly kind: 'new-array'
  /** The type of the whole array; undefined for `new[]`. */
  readonly type: ArrayType | undefined
  readonly rank: number
  readonly sizes: readonly Expression[]
  readonly initializer: ArrayInitializer | undefined
}
/** `{1, 2}` of an array, also of `int[] a = {1, 2}`. */
export interface ArrayInitializer extends Span {
  readonly kind: 'array-initializer'
  readonly items: readonly Expression[]
}
/** `{ A = 1, [x] = 2 }`. */
export interface ObjectInitializer extends Span {
  readonly kind: 'object-initializer'
  readonly members: readonly MemberInitializer[]
}
export interface MemberInitializer extends Span {
  readonly target: Identifier | ElementBinding
  readonly value: Expression
}
/** `{ 1, 2 }` or `{ { "a", 1 } }`: each item becomes a call of Add. */
export interface CollectionInitializer extends Span {
  readonly kind: 'collection-initializer'
  readonly items: readonly Expression[]
}
/** `{ "a", 1 }` inside a collection initialiser. */
export interface ElementInitializer extends Span {
  readonly kind: 'element-initializer'
  readonly items: readonly Expression[]
}
export interface Default extends Span {
  readonly kind: 'default'
  readonly type: TypeSyntax
}
export interface TypeOf extends Span {
  readonly kind: 'typeof'
  readonly type: TypeSyntax
}
export interface SizeOf extends Span {
  readonly kind: 'sizeof'
  readonly type: TypeSyntax
}
export interface NameOf extends Span {
  readonly kind: 'nameof'
  readonly operand: Expression
}
export interface Checked extends Span {
  readonly kind: 'checked'
  readonly checked: boolean
  readonly operand: Expression
}
export interface Cast extends Span {
  readonly kind: 'cast'
  readonly type: TypeSyntax
  readonly operand: Expression
}
export interface Unary extends Span {
  readonly kind: 'unary'
  readonly operator: '+' | '-' | '!' | '~'
  readonly operand: Expression
}
export interface Increment extends Span {
  readonly kind: 'increment'
  readonly operator: '++' | '--'
  readonly prefix: boolean
  readonly operand: Expression
}
export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '<<'
  | '>>'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '&'
  | '^'
  | '|'
  | '&&'
  | '||'
  | '??'
export interface Binary extends Span {
  readonly kind: 'binary'
  readonly operator: BinaryOperator
  readonly left: Expression
  readonly right: Expression
  /** Where the operator stands. */
  readonly operatorSpan: Span
}
/** `x is T`, `x is T t`, `x is 1`, `x as T`. */
export interface TypeTest extends Span {
  readonly kind: 'is' | 'as'
  readonly operand: Expression
  readonly pattern: Pattern
}
export interface Conditional extends Span {
  readonly kind: 'conditional'
  readonly condition: Expression
  readonly whenTrue: Expression
  readonly whenFalse: Expression
}
export type AssignmentOperator = '=' | '+=' | '-=' | '*=' | '/=' | '%=' | '&=' | '|=' | '^=' | '<<=' | '>>='
export interface Assignment extends Span {
  readonly kind: 'assignment'
  readonly operator: AssignmentOperator
  readonly target: Expression
  readonly value: Expression
}
/** A lambda or `delegate (…) { }`. `parameters` is undefined for a `delegate { }` without a list. */
export interface Lambda extends Span {
  readonly kind: 'lambda'
  readonly parameters: readonly Parameter[] | undefined
  readonly body: Expression | BlockStatement
  /** Where `=>` stands. */
  readonly arrow: Span
  /** Only in what the binder makes of a query: variables that are paths into the first parameter. */
  readonly ranges?: readonly RangeVariable[]
}
export interface RangeVariable {
  readonly name: Identifier
  readonly path: readonly string[]
}
export interface Parameter extends Span {
  readonly name: Identifier
  readonly type: TypeSyntax | undefined
  readonly mode: 'value' | 'ref' | 'out' | 'params'
  readonly defaultValue: Expression | undefined
}
export interface Throw extends Span {
  readonly kind: 'throw'
  readonly value: Expression
}
/** `(1, name: 2)`, also the left side of a deconstruction. */
export interface Tuple extends Span {
  readonly kind: 'tuple'
  readonly items: readonly Argument[]
}
/** `out var x`, `out int x`, `var (a, b)`, `(int a, var b)`. */
export interface Declaration extends Span {
  readonly kind: 'declaration'
  readonly type: TypeSyntax
  readonly designation: Designation
}
export type Designation =
  | (Identifier & { readonly kind: 'single-designation' })
  | (Span & { readonly kind: 'discard-designation' })
  | (Span & { readonly kind: 'tuple-designation'; readonly items: readonly Designation[] })
/** `ref x` where a ref local is initialised. */
export interface Ref extends Span {
  readonly kind: 'ref'
  readonly operand: Expression
}
/** Stands where an expression was expected and none was found; a diagnostic has been reported. */
export interface Missing extends Span {
  readonly kind: 'missing'
}

// ------------------------------------------------------------------------------------------------------------- patterns

export type Pattern = ConstantPattern | TypePattern | DeclarationPattern

export interface ConstantPattern extends Span {
  readonly kind: 'constant-pattern'
  readonly value: Expression
}
/**
 * `is T`. A dotted name can be a type or a constant; the binder decides, so the same text is kept as an expression where it can be one.
 */
export interface TypePattern extends Span {
  readonly kind: 'type-pattern'
  readonly type: TypeSyntax
  readonly asExpression: Expression | undefined
}
/** `T x`, `T _`, `var x`. */
export interface DeclarationPattern extends Span {
  readonly kind: 'declaration-pattern'
  readonly type: TypeSyntax
  readonly designation: Designation
}

// ---------------------------------------------------------------------------------------------------------------- query

export interface Query extends Span {
  readonly kind: 'query'
  readonly from: FromClause
  readonly body: QueryBody
}
export interface QueryBody extends Span {
  readonly clauses: readonly QueryClause[]
  readonly end: number
  readonly result: SelectClause | GroupClause
  readonly continuation: (Span & { readonly name: Identifier; readonly body: QueryBody }) | undefined
}
export type QueryClause = FromClause | LetClause | WhereClause | JoinClause | OrderByClause
export interface FromClause extends Span {
  readonly kind: 'from'
  readonly type: TypeSyntax | undefined
  readonly name: Identifier
  readonly source: Expression
}
export interface LetClause extends Span {
  readonly kind: 'let'
  readonly name: Identifier
  readonly value: Expression
}
export interface WhereClause extends Span {
  readonly kind: 'where'
  readonly condition: Expression
}
export interface JoinClause extends Span {
  readonly kind: 'join'
  readonly type: TypeSyntax | undefined
  readonly name: Identifier
  readonly source: Expression
  readonly left: Expression
  readonly right: Expression
  readonly into: Identifier | undefined
}
export interface OrderByClause extends Span {
  readonly kind: 'orderby'
  readonly orderings: readonly { readonly key: Expression; readonly descending: boolean }[]
}
export interface SelectClause extends Span {
  readonly kind: 'select'
  readonly value: Expression
}
export interface GroupClause extends Span {
  readonly kind: 'group'
  readonly value: Expression
  readonly by: Expression
}

// ----------------------------------------------------------------------------------------------------------- statements

export type Statement =
  | BlockStatement
  | EmptyStatement
  | LocalDeclaration
  | LocalFunction
  | ExpressionStatement
  | IfStatement
  | WhileStatement
  | DoStatement
  | ForStatement
  | ForEachStatement
  | SwitchStatement
  | BreakStatement
  | ContinueStatement
  | ReturnStatement
  | ThrowStatement
  | TryStatement
  | UsingStatement
  | CheckedStatement
  | LockStatement
  | GotoStatement
  | LabeledStatement
  | YieldStatement

export interface BlockStatement extends Span {
  readonly kind: 'block'
  readonly statements: readonly Statement[]
}
export interface EmptyStatement extends Span {
  readonly kind: 'empty'
}
export interface LocalDeclaration extends Span {
  readonly kind: 'local'
  readonly constant: boolean
  readonly type: TypeSyntax
  readonly declarators: readonly Declarator[]
}
export interface Declarator extends Span {
  readonly name: Identifier
  readonly initializer: Expression | undefined
}
export interface LocalFunction extends Span {
  readonly kind: 'local-function'
  readonly name: Identifier
  readonly typeParameters: readonly Identifier[]
  readonly constraints: readonly TypeConstraint[]
  readonly parameters: readonly Parameter[]
  readonly returnType: TypeSyntax
  readonly body: Expression | BlockStatement
}
/** `where T : class, IComparable<T>, new()`. */
export interface TypeConstraint extends Span {
  readonly parameter: Identifier
  readonly types: readonly TypeSyntax[]
  readonly special: readonly ('class' | 'struct' | 'new')[]
}
export interface ExpressionStatement extends Span {
  readonly kind: 'expression-statement'
  readonly expression: Expression
}
export interface IfStatement extends Span {
  readonly kind: 'if'
  readonly condition: Expression
  readonly then: Statement
  readonly otherwise: Statement | undefined
}
export interface WhileStatement extends Span {
  readonly kind: 'while'
  readonly condition: Expression
  readonly body: Statement
}
export interface DoStatement extends Span {
  readonly kind: 'do'
  readonly body: Statement
  readonly condition: Expression
}
export interface ForStatement extends Span {
  readonly kind: 'for'
  readonly declaration: LocalDeclaration | undefined
  readonly initializers: readonly Expression[]
  readonly condition: Expression | undefined
  readonly iterators: readonly Expression[]
  readonly body: Statement
}
export interface ForEachStatement extends Span {
  readonly kind: 'foreach'
  /** The loop variable with its type, or the left side of a deconstruction. */
  readonly variable: Declaration | Tuple
  readonly source: Expression
  readonly body: Statement
}
export interface SwitchStatement extends Span {
  readonly kind: 'switch'
  readonly value: Expression
  readonly sections: readonly SwitchSection[]
}
export interface SwitchSection extends Span {
  readonly labels: readonly SwitchLabel[]
  readonly statements: readonly Statement[]
}
export type SwitchLabel =
  | (Span & { readonly kind: 'case'; readonly pattern: Pattern; readonly when: Expression | undefined })
  | (Span & { readonly kind: 'default' })
export interface BreakStatement extends Span {
  readonly kind: 'break'
}
export interface ContinueStatement extends Span {
  readonly kind: 'continue'
}
export interface ReturnStatement extends Span {
  readonly kind: 'return'
  readonly value: Expression | undefined
}
export interface ThrowStatement extends Span {
  readonly kind: 'throw-statement'
  readonly value: Expression | undefined
}
export interface TryStatement extends Span {
  readonly kind: 'try'
  readonly body: BlockStatement
  readonly catches: readonly CatchClause[]
  readonly finally: BlockStatement | undefined
}
export interface CatchClause extends Span {
  readonly type: TypeSyntax | undefined
  readonly name: Identifier | undefined
  readonly filter: Expression | undefined
  readonly body: BlockStatement
}
export interface UsingStatement extends Span {
  readonly kind: 'using'
  readonly resource: LocalDeclaration | Expression
  readonly body: Statement
}
export interface CheckedStatement extends Span {
  readonly kind: 'checked-statement'
  readonly checked: boolean
  readonly body: BlockStatement
}
export interface LockStatement extends Span {
  readonly kind: 'lock'
  readonly target: Expression
  readonly body: Statement
}
export interface GotoStatement extends Span {
  readonly kind: 'goto'
  readonly target:
    | { readonly kind: 'label'; readonly name: Identifier }
    | { readonly kind: 'case'; readonly value: Expression }
    | { readonly kind: 'default' }
}
export interface LabeledStatement extends Span {
  readonly kind: 'labeled'
  readonly label: Identifier
  readonly statement: Statement
}
export interface YieldStatement extends Span {
  readonly kind: 'yield'
  /** Undefined for `yield break`. */
  readonly value: Expression | undefined
}
