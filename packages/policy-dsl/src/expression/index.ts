export { checkAllowList, type AllowListDiagnostic } from './allow-list.js'
export { bind, type BindOptions, type BindResult } from './bind.js'
export type * from './bound.js'
export { checkExpression, type CheckedExpression, type ExpressionProblem } from './check-expression.js'
export type { Diagnostic } from './diagnostic.js'
export type { Position, Span } from './position.js'
export { declaredMembers, expressionTypes } from './types/index.js'
export { argumentMap, IMPLICIT_USINGS, substitute, TypeTable } from './types/table.js'
export { print } from './print.js'
export { parse, type ParseOptions, type ParseResult } from './parse.js'
export { caretAt, positionOf } from './position.js'
export { expressionEnd, expressionStartsAt, type ExpressionEnd, type Unterminated } from './scan.js'
export type * as syntax from './syntax.js'
export {
  declareDelegate,
  declareEnum,
  declareExtensions,
  declareStatic,
  declareType,
  type TypeDeclaration,
  type TypeBody,
} from './types/declare.js'
export { displayType, reflectionName } from './types/type.js'
export type {
  AnonymousType,
  ArrayType,
  ConstantValue,
  Member,
  MemberKind,
  NamedType,
  ParameterSymbol,
  Type,
  TypeDefinition,
  TypeKind,
  TypeParameter,
} from './types/type.js'
