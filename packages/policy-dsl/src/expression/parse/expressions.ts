import type { AssignmentOperator, BinaryOperator, Expression } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { isLambda, parseLambda } from './lambdas.js'
import { parsePattern } from './patterns.js'
import { parsePostfix, parsePrimary } from './primary.js'
import { isQuery, parseQuery } from './query.js'
import { parseType, scanType } from './types.js'

const ASSIGNMENTS: ReadonlySet<string> = new Set<AssignmentOperator>([
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<=',
  '>>=',
])

/** How strongly an operator binds; C# 7.3 specification, "Operator precedence and associativity". */
const PRECEDENCE: ReadonlyMap<string, number> = new Map(
  [
    ['??'],
    ['||'],
    ['&&'],
    ['|'],
    ['^'],
    ['&'],
    ['==', '!='],
    ['<', '>', '<=', '>=', 'is', 'as'],
    ['<<', '>>'],
    ['+', '-'],
    ['*', '/', '%'],
  ].flatMap((operators, level) => operators.map((operator) => [operator, level + 1] as const)),
)

/** What binds tighter than comparisons: the level of a constant after `is`. */
export const SHIFT_LEVEL = 9

/** Reads one expression of any kind. */
export function parseExpression(cursor: Cursor): Expression {
  return cursor.nested(() => parseAssignment(cursor))
}

function parseAssignment(cursor: Cursor): Expression {
  if (isLambda(cursor)) return parseLambda(cursor)
  if (cursor.isWord('from') && isQuery(cursor)) return parseQuery(cursor)
  if (cursor.is('throw')) return parseThrow(cursor)
  const target = parseConditional(cursor)
  const operator = assignmentOperator(cursor)
  if (operator === undefined) return target
  const value = cursor.is('ref') ? parseRef(cursor) : parseExpression(cursor)
  return { kind: 'assignment', operator, target, value, start: target.start, end: value.end }
}

function parseThrow(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const value = parseExpression(cursor)
  return { kind: 'throw', value, start, end: value.end }
}

/** `ref x`, where a ref local gets its target. */
export function parseRef(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const operand = parseExpression(cursor)
  return { kind: 'ref', operand, start, end: operand.end }
}

/** `>>=` comes from the lexer as `>` and `>=`. */
function assignmentOperator(cursor: Cursor): AssignmentOperator | undefined {
  const { kind, text, end } = cursor.current
  if (kind === '>' && cursor.peek(1).kind === '>=' && cursor.peek(1).start === end) {
    cursor.next()
    cursor.next()
    return '>>='
  }
  if (!ASSIGNMENTS.has(kind)) return undefined
  cursor.next()
  return text as AssignmentOperator
}

function parseConditional(cursor: Cursor): Expression {
  const condition = parseBinary(cursor, 0)
  if (!cursor.accept('?')) return condition
  const whenTrue = parseExpression(cursor)
  cursor.expect(':')
  const whenFalse = parseExpression(cursor)
  return { kind: 'conditional', condition, whenTrue, whenFalse, start: condition.start, end: whenFalse.end }
}

/** Reads operators that bind at least as strongly as `least`. */
export function parseBinary(cursor: Cursor, least: number): Expression {
  let left = parseUnary(cursor)
  for (;;) {
    const operator = binaryOperator(cursor)
    const precedence = operator === undefined ? undefined : PRECEDENCE.get(operator)
    if (operator === undefined || precedence === undefined || precedence < least) return left
    left = parseRight(cursor, left, operator, precedence)
  }
}

/** `>>` comes from the lexer as two tokens, so that it can close two lists of type arguments. */
function binaryOperator(cursor: Cursor): string | undefined {
  const { kind, end } = cursor.current
  if (kind !== '>') return kind
  const next = cursor.peek(1)
  if (next.start !== end) return kind
  if (next.kind === '>=') return undefined
  return next.kind === '>' ? '>>' : kind
}

function parseRight(cursor: Cursor, left: Expression, operator: string, precedence: number): Expression {
  const { start } = cursor.next()
  if (operator === '>>') cursor.next()
  if (operator === 'is') {
    const pattern = parsePattern(cursor)
    return { kind: 'is', operand: left, pattern, start: left.start, end: pattern.end }
  }
  if (operator === 'as') {
    const type = parseType(cursor, 'maybe-conditional')
    const pattern = { kind: 'type-pattern', type, asExpression: undefined, start: type.start, end: type.end } as const
    return { kind: 'as', operand: left, pattern, start: left.start, end: type.end }
  }
  const operatorSpan = { start, end: cursor.lastEnd }
  const right = parseRightOperand(cursor, operator, precedence)
  return {
    kind: 'binary',
    operator: operator as BinaryOperator,
    left,
    right,
    operatorSpan,
    start: left.start,
    end: right.end,
  }
}

/** `??` alone groups from the right, and only its right side may throw or be a lambda. */
function parseRightOperand(cursor: Cursor, operator: string, precedence: number): Expression {
  if (operator !== '??') return parseBinary(cursor, precedence + 1)
  if (cursor.is('throw')) return parseThrow(cursor)
  return isLambda(cursor) ? parseLambda(cursor) : cursor.nested(() => parseBinary(cursor, precedence))
}

/** Reads what binds tighter than any operator between two operands. */
export function parseUnary(cursor: Cursor): Expression {
  const { kind, start } = cursor.current
  switch (kind) {
    case '+':
    case '-':
    case '!':
    case '~': {
      cursor.next()
      const operand = cursor.nested(() => parseUnary(cursor))
      return { kind: 'unary', operator: kind, operand, start, end: operand.end }
    }
    case '++':
    case '--': {
      cursor.next()
      const operand = cursor.nested(() => parseUnary(cursor))
      return { kind: 'increment', operator: kind, prefix: true, operand, start, end: operand.end }
    }
    case '(':
      return isCast(cursor) ? parseCast(cursor) : parsePostfix(cursor, parsePrimary(cursor))
    default:
      if (cursor.isWord('await') && AWAITED.has(cursor.peek(1).kind)) return parseAwait(cursor)
      return parsePostfix(cursor, parsePrimary(cursor))
  }
}

/** What makes `await` in front of it more than a name. */
const AWAITED: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'identifier',
  'literal',
  'new',
  'typeof',
  'default',
  'checked',
  'delegate',
])

/** An expression runs to its end before the request goes on: there is nothing to wait for. */
function parseAwait(cursor: Cursor): Expression {
  const message =
    "The 'await' operator can only be used within an async method. Consider marking this method with the 'async' modifier and changing its return type to 'Task<object>'."
  cursor.reportHere('CS4032', message)
  cursor.next()
  return cursor.nested(() => parseUnary(cursor))
}

function parseCast(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const type = parseType(cursor)
  cursor.expect(')')
  const operand = cursor.nested(() => parseUnary(cursor))
  return { kind: 'cast', type, operand, start, end: operand.end }
}

/**
 * `(x)y` against `(x)`: C# specification, "Cast expressions". What is surely a type is a cast; a mere name only when the token after
 * the parenthesis can neither be an operator between two operands nor the end of something.
 */
function isCast(cursor: Cursor): boolean {
  const type = scanType(cursor, cursor.index + 1)
  if (type === undefined || cursor.kindAt(type.next) !== ')') return false
  return type.definite || FOLLOWS_CAST.has(cursor.kindAt(type.next + 1))
}

const FOLLOWS_CAST: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'identifier',
  'literal',
  'interpolated',
  'named-value',
  '(',
  '~',
  '!',
  'new',
  'typeof',
  'default',
  'checked',
  'unchecked',
  'sizeof',
  'delegate',
  'this',
  'base',
  'bool',
  'byte',
  'sbyte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'char',
  'float',
  'double',
  'decimal',
  'string',
  'object',
])
