import type { ConstantValue } from './types/type.js'
import type { LiteralType } from './syntax.js'
import type { Finding } from './diagnostic.js'
import type { Span } from './position.js'

/**
 * What a token is. A keyword or punctuator is its own kind: `'if'`, `'=>'`. Words that are keywords only in some places (`var`, `from`,
 * `when`) are identifiers.
 */
export type TokenKind = 'identifier' | 'literal' | 'interpolated' | 'named-value' | 'bad' | 'end' | Keyword | Punctuator

export interface Token extends Span {
  readonly kind: TokenKind
  /** An identifier without `@`, the name of a named value, or else the text as it stands. */
  readonly text: string
  readonly literal: { readonly type: LiteralType; readonly value: ConstantValue } | undefined
  /** What is wrong with the token itself: reported when it is consumed. */
  readonly errors?: readonly Finding[]
}

const KEYWORD_LIST = [
  'abstract',
  'as',
  'base',
  'bool',
  'break',
  'byte',
  'case',
  'catch',
  'char',
  'checked',
  'class',
  'const',
  'continue',
  'decimal',
  'default',
  'delegate',
  'do',
  'double',
  'else',
  'enum',
  'event',
  'explicit',
  'extern',
  'false',
  'finally',
  'fixed',
  'float',
  'for',
  'foreach',
  'goto',
  'if',
  'implicit',
  'in',
  'int',
  'interface',
  'internal',
  'is',
  'lock',
  'long',
  'namespace',
  'new',
  'null',
  'object',
  'operator',
  'out',
  'override',
  'params',
  'private',
  'protected',
  'public',
  'readonly',
  'ref',
  'return',
  'sbyte',
  'sealed',
  'short',
  'sizeof',
  'stackalloc',
  'static',
  'string',
  'struct',
  'switch',
  'this',
  'throw',
  'true',
  'try',
  'typeof',
  'uint',
  'ulong',
  'unchecked',
  'unsafe',
  'ushort',
  'using',
  'virtual',
  'void',
  'volatile',
  'while',
] as const

export type Keyword = (typeof KEYWORD_LIST)[number]

/** A map and not an object: `constructor` and `toString` are identifiers, whatever a prototype says. */
export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(KEYWORD_LIST.map((keyword) => [keyword, keyword]))

/**
 * Longest first per first character. `>>` is not in the list: `List<List<int>>` ends with two tokens, and the parser joins them where it
 * wants an operator.
 */
const PUNCTUATOR_LIST = [
  '<<=',
  '<<',
  '<=',
  '<',
  '>=',
  '>',
  '==',
  '=>',
  '=',
  '!=',
  '!',
  '&&',
  '&=',
  '&',
  '||',
  '|=',
  '|',
  '^=',
  '^',
  '++',
  '+=',
  '+',
  '--',
  '-=',
  '->',
  '-',
  '*=',
  '*',
  '/=',
  '/',
  '%=',
  '%',
  '??',
  '?',
  '::',
  ':',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  '.',
  ';',
  '~',
] as const

export type Punctuator = (typeof PUNCTUATOR_LIST)[number]

/** Punctuators by their first character code. */
export const PUNCTUATORS: ReadonlyMap<number, readonly Punctuator[]> = groupByFirst(PUNCTUATOR_LIST)

function groupByFirst(list: readonly Punctuator[]): Map<number, Punctuator[]> {
  const groups = new Map<number, Punctuator[]>()
  for (const punctuator of list) {
    const first = punctuator.charCodeAt(0)
    groups.set(first, [...(groups.get(first) ?? []), punctuator])
  }
  return groups
}
