import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { isPredefinedType } from './predefined.js'
import { scanType } from './types.js'

const EXPRESSION_STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'literal',
  'interpolated',
  'named-value',
  'typeof',
  'default',
  'sizeof',
  'checked',
  'unchecked',
  'base',
  'this',
  '(',
  'new',
  'delegate',
  '::',
  'throw',
  '+',
  '-',
  '!',
  '~',
  '++',
  '--',
  '&',
  '*',
  // An operand is missing before these; it is told where the expression is read.
  '/',
  '%',
  '<<',
  '<',
  '>',
  '<=',
  '>=',
  '==',
  '!=',
  '|',
  '^',
  '&&',
  '||',
  '??',
  'is',
  'as',
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
])

/** Whether an expression, right or wrong, can begin here. */
export function startsExpression(cursor: Cursor): boolean {
  const { kind } = cursor
  if (kind === 'identifier') return cursor.isName() || cursor.isWord('from')
  return EXPRESSION_STARTS.has(kind) || (isPredefinedType(kind) && kind !== 'void')
}

const STATEMENT_STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'fixed',
  'break',
  'continue',
  'try',
  'const',
  'do',
  'for',
  'foreach',
  'goto',
  'if',
  'lock',
  'return',
  'switch',
  'unsafe',
  'using',
  'while',
  '{',
  ';',
  'static',
  'readonly',
  'volatile',
  'ref',
  'void',
])

const ACCESS_MODIFIERS: ReadonlySet<TokenKind> = new Set<TokenKind>(['public', 'internal', 'protected', 'private'])

export const isAccessModifier = (kind: TokenKind): boolean => ACCESS_MODIFIERS.has(kind)

/** Whether a function follows its modifiers. */
function startsFunction(cursor: Cursor): boolean {
  let { index } = cursor
  while (isAccessModifier(cursor.kindAt(index)) || cursor.kindAt(index) === 'static' || cursor.isWordAt(index, 'async'))
    index++
  const next = cursor.kindAt(index) === 'void' ? index + 1 : scanType(cursor, index)?.next
  return next !== undefined && ['(', '<'].includes(cursor.kindAt(cursor.isName(next) ? next + 1 : next))
}

/**
 * Whether a statement can begin here.
 * @param modifiers whether one can begin with `public` and the like: nothing can, but it is read for a better error
 */
export function startsStatement(cursor: Cursor, modifiers = true): boolean {
  const { kind } = cursor
  if (kind === 'identifier') return cursor.isName()
  if (kind === 'catch' || kind === 'finally') return !cursor.inTry
  return (
    STATEMENT_STARTS.has(kind) ||
    (modifiers && isAccessModifier(kind) && startsFunction(cursor)) ||
    startsExpression(cursor)
  )
}

const MEMBER_STARTS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'identifier',
  'abstract',
  'class',
  'const',
  'delegate',
  'enum',
  'event',
  'extern',
  'fixed',
  'interface',
  'internal',
  'new',
  'override',
  'private',
  'protected',
  'public',
  'readonly',
  'sealed',
  'static',
  'struct',
  'unsafe',
  'virtual',
  'volatile',
  '~',
  '[',
  '(',
  'implicit',
  'explicit',
  'using',
  'namespace',
])

/** Whether a member of the class that stands around a block can begin here. */
export const startsMember = (cursor: Cursor): boolean => MEMBER_STARTS.has(cursor.kind) || isPredefinedType(cursor.kind)
