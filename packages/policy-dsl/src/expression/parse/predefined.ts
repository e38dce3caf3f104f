import type { PredefinedTypeName } from '../syntax.js'
import type { TokenKind } from '../token.js'

const PREDEFINED: ReadonlySet<string> = new Set<PredefinedTypeName>([
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
  'void',
])

export const isPredefinedType = (kind: TokenKind): kind is PredefinedTypeName => PREDEFINED.has(kind)
