import type { AssignmentOperator, BinaryOperator, Expression } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { parsePattern } from './patterns.js'
import { isDeconstruction, parseDeclaration, parsePrimary } from './primary.js'
import { isQuery, parseQuery } from './query.js'
import { parseType } from './types.js'

/** How strongly an operator binds; C# 7 specification, "Operator precedence and associativity". */
const ASSIGNMENT = 1
const CONDITIONAL = 2
const COALESCING = 3
const RELATIONAL = 10
const UNARY = 14
export const CAST = 15

const PRECEDENCE: ReadonlyMap<string, number> = new Map([
  ...(['=', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<=', '>>='] as const).map(
    (operator) => [operator, ASSIGNMENT] as const,
  ),
  ...[
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
  ].flatMap((operators, level) => operators.map((operator) => [operator, level + COALESCING] as const)),
])

/** Reads one expression of any kind. */
export function parseExpression(cursor: Cursor): Expression {
  return parseOperand(cursor, 0)
}

/** Reads a condition or a constant: what `? :` may be, but nothing that assigns. */
export const parseConditional = (cursor: Cursor): Expression => parseOperand(cursor, CONDITIONAL)

/** Reads what can stand beside a comparison. */
export const parseComparand = (cursor: Cursor): Expression => parseOperand(cursor, RELATIONAL)

/** Reads an expression of operators that bind stronger than `precedence`. */
export function parseOperand(cursor: Cursor, precedence: number): Expression {
  return cursor.nested(() => {
    if (STATEMENT_WORDS.has(cursor.kind)) return missing(cursor)
    return parseOperators(cursor, parseLeft(cursor, precedence), precedence)
  })
}

/** Words that begin statements: before them an expression is missing. */
const STATEMENT_WORDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'break',
  'case',
  'catch',
  'const',
  'continue',
  'do',
  'finally',
  'for',
  'foreach',
  'goto',
  'if',
  'lock',
  'return',
  'switch',
  'try',
  'using',
  'while',
])

/** Reports that an expression should stand here. */
export function missing(cursor: Cursor): Expression {
  const { kind, text, start } = cursor.current
  if (kind === 'end' && text === '') cursor.reportMissing('CS1733', 'Expected expression')
  else cursor.reportMissing('CS1525', `Invalid expression term '${kind === 'bad' ? '' : text}'`)
  return { kind: 'missing', start, end: start }
}

function parseLeft(cursor: Cursor, precedence: number): Expression {
  const { kind, start } = cursor.current
  switch (kind) {
    case '+':
    case '-':
    case '!':
    case '~': {
      cursor.next()
      const operand = parseOperand(cursor, UNARY)
      return { kind: 'unary', operator: kind, operand, start, end: operand.end }
    }
    case '++':
    case '--': {
      cursor.next()
      const operand = parseOperand(cursor, UNARY)
      return { kind: 'increment', operator: kind, prefix: true, operand, start, end: operand.end }
    }
    case '&':
    case '*':
      return parsePointer(cursor)
    case 'throw':
      return parseThrow(cursor, precedence)
    case 'identifier':
      return parseWord(cursor, precedence)
    default:
      return isDeconstruction(cursor, precedence) ? parseDeclaration(cursor) : parsePrimary(cursor, precedence)
  }
}

function parseWord(cursor: Cursor, precedence: number): Expression {
  if (cursor.isWord('await') && AWAITED.has(cursor.peek(1).kind)) return parseAwait(cursor)
  if (cursor.isWord('from') && isQuery(cursor)) return parseQuery(cursor)
  if (cursor.queries > 0 && cursor.isWord('from')) return skipFrom(cursor)
  return isDeconstruction(cursor, precedence) ? parseDeclaration(cursor) : parsePrimary(cursor, precedence)
}

/** A `from` that begins no query is nothing inside of one. */
function skipFrom(cursor: Cursor): Expression {
  const { start, end } = cursor.next()
  cursor.diagnostics.report('CS1525', { start, end }, `Invalid expression term '${cursor.current.text}'`)
  return { kind: 'missing', start, end }
}

/** `*p` and `&x`: unsafe code, which is read and refused. */
function parsePointer(cursor: Cursor): Expression {
  const { kind, start, end } = cursor.next()
  const [code, message] =
    kind === '*'
      ? (['CS0193', 'The * or -> operator must be applied to a pointer'] as const)
      : (['CS0214', 'Pointers and fixed size buffers may only be used in an unsafe context'] as const)
  cursor.refused.report(code, { start, end }, message)
  const operand = parseOperand(cursor, UNARY)
  return { kind: 'missing', start, end: operand.end }
}

/** Reads a `throw` also where none can stand; then it is refused. */
function parseThrow(cursor: Cursor, precedence: number): Expression {
  const { count } = cursor.diagnostics
  const { start } = cursor.next()
  const value = parseOperand(cursor, COALESCING)
  const thrown = { kind: 'throw', value, start, end: value.end } as const
  if (precedence > COALESCING) cursor.reportAround(count, 'CS1525', thrown, "Invalid expression term 'throw'")
  return thrown
}

/** What makes `await` in front of it more than a name. */
const AWAITED: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'identifier',
  'literal',
  'interpolated',
  'new',
  'this',
  'base',
  'typeof',
  'default',
  'checked',
  'unchecked',
  'delegate',
])

/** An expression runs to its end before the request goes on: there is nothing to wait for. */
function parseAwait(cursor: Cursor): Expression {
  const message =
    "The 'await' operator can only be used within an async method. Consider marking this method with the 'async' modifier and changing its return type to 'Task<object>'."
  const { start, end } = cursor.next()
  const { count } = cursor.refused
  const operand = parseOperand(cursor, UNARY)
  cursor.refused.reportAround(count, 'CS4032', { start, end: Math.max(end, operand.end) }, message)
  return { kind: 'missing', start, end: operand.end }
}

/** Takes the operators that bind stronger than `precedence`; assignments and `??` also the same: they group from the right. */
function parseOperators(cursor: Cursor, first: Expression, precedence: number): Expression {
  let left = first
  for (;;) {
    const operator = operatorHere(cursor)
    const own = operator === undefined ? undefined : PRECEDENCE.get(operator)
    if (operator === undefined || own === undefined || own < precedence) break
    if (own === precedence && own !== ASSIGNMENT && own !== COALESCING) break
    left = own === ASSIGNMENT ? parseAssigned(cursor, left, operator) : parseRight(cursor, left, operator, own)
  }
  return cursor.is('?') && precedence <= CONDITIONAL ? parseBranches(cursor, left) : left
}

function parseBranches(cursor: Cursor, condition: Expression): Expression {
  cursor.next()
  const whenTrue = parseExpression(cursor)
  cursor.expect(':')
  const whenFalse = parseExpression(cursor)
  return { kind: 'conditional', condition, whenTrue, whenFalse, start: condition.start, end: whenFalse.end }
}

/** `>>` and `>>=` come from the lexer as two tokens, so that `>>` can close two lists of type arguments. */
function operatorHere(cursor: Cursor): string | undefined {
  const { kind, end } = cursor.current
  if (kind !== '>') return kind
  const next = cursor.peek(1)
  if (next.start !== end || (next.kind !== '>' && next.kind !== '>=')) return kind
  return `>${next.kind}`
}

/** Consumes an operator of one token or two. */
function takeOperator(cursor: Cursor, operator: string): void {
  cursor.next()
  if (operator === '>>' || operator === '>>=') cursor.next()
}

const RESERVED = "The syntax 'var (...)' as an lvalue is reserved."

const isVarCall = (target: Expression): boolean =>
  target.kind === 'call' && target.target.kind === 'name' && target.target.name === 'var'

function parseAssigned(cursor: Cursor, target: Expression, operator: string): Expression {
  if (operator === '=' && isVarCall(target)) cursor.diagnostics.report('CS8199', target, RESERVED)
  takeOperator(cursor, operator)
  const value = operator === '=' && cursor.is('ref') ? parseRef(cursor) : parseOperand(cursor, ASSIGNMENT)
  const { start } = target
  return { kind: 'assignment', operator: operator as AssignmentOperator, target, value, start, end: value.end }
}

/** `ref x`, where a ref local gets its target. */
export function parseRef(cursor: Cursor): Expression {
  const { start } = cursor.next()
  const operand = parseExpression(cursor)
  return { kind: 'ref', operand, start, end: operand.end }
}

function parseRight(cursor: Cursor, left: Expression, operator: string, precedence: number): Expression {
  const { start } = cursor.current
  takeOperator(cursor, operator)
  if (operator === 'is') {
    const pattern = parsePattern(cursor)
    return { kind: 'is', operand: left, pattern, start: left.start, end: pattern.end }
  }
  if (operator === 'as') {
    const type = parseType(cursor, 'operand')
    const pattern = { kind: 'type-pattern', type, asExpression: undefined, start: type.start, end: type.end } as const
    return { kind: 'as', operand: left, pattern, start: left.start, end: type.end }
  }
  const operatorSpan = { start, end: cursor.lastEnd }
  const right = parseOperand(cursor, precedence)
  const span = { start: left.start, end: right.end }
  return { kind: 'binary', operator: operator as BinaryOperator, left, right, operatorSpan, ...span }
}
