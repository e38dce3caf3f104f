import type { Expression, NamedType, Pattern, TypeSyntax } from '../syntax.js'
import type { TokenKind } from '../token.js'
import type { Cursor } from './cursor.js'
import { parseComparand, parseConditional } from './expressions.js'
import { parseDesignation } from './primary.js'
import { parseType, scanType } from './types.js'

/** Reads what follows `is`. */
export function parsePattern(cursor: Cursor): Pattern {
  if (ENDS.has(cursor.kind)) return typePattern(parseType(cursor))
  return parseDeclarationPattern(cursor) ?? parseTypePattern(cursor) ?? constant(parseComparand(cursor))
}

/** Before these nothing can be meant but a type. */
const ENDS: ReadonlySet<TokenKind> = new Set<TokenKind>([',', ';', '}', ')', ']', '=>'])

/** Reads what follows `case`: a type alone cannot stand there, `T x` and constants can. */
export function parseCasePattern(cursor: Cursor): Pattern {
  return parseDeclarationPattern(cursor, true) ?? constant(parseConditional(cursor))
}

function constant(value: Expression): Pattern {
  return { kind: 'constant-pattern', value, start: value.start, end: value.end }
}

/** `T x`, `T _`, `var x`. In `case T when …` the `when` is not a name. */
function parseDeclarationPattern(cursor: Cursor, isCase = false): Pattern | undefined {
  const { start } = cursor.current
  const scanned = scanType(cursor, cursor.index)
  // No variable has a type with a `?` here: that begins the branches of a condition.
  if (scanned === undefined || scanned.form === 'tuple' || scanned.form === 'nullable') return undefined
  if (!cursor.isName(scanned.next)) return undefined
  if (isCase && cursor.isWordAt(scanned.next, 'when') && cursor.kindAt(scanned.next + 1) !== ':') return undefined
  const type = parseType(cursor)
  const designation = parseDesignation(cursor)
  return { kind: 'declaration-pattern', type, designation, start, end: cursor.lastEnd }
}

/** After a name one of these goes on with an expression: `is A + 1`, `is F(x)`. */
const CONTINUES: ReadonlySet<TokenKind> = new Set<TokenKind>(['+', '-', '*', '/', '%', '<<', '(', '['])

function parseTypePattern(cursor: Cursor): Pattern | undefined {
  const scanned = scanType(cursor, cursor.index)
  if (scanned === undefined || scanned.form === 'tuple') return undefined
  if (scanned.form !== 'type' && CONTINUES.has(cursor.kindAt(scanned.next))) return undefined
  return typePattern(parseType(cursor, 'operand'))
}

function typePattern(type: TypeSyntax): Pattern {
  return { kind: 'type-pattern', type, asExpression: nameAsExpression(type), start: type.start, end: type.end }
}

function nameAsExpression(type: TypeSyntax): Expression | undefined {
  if (type.kind !== 'named-type' || type.parts.some((part) => part.arguments.length > 0 || part.omitted))
    return undefined
  return dotted(type)
}

function dotted(type: NamedType): Expression | undefined {
  let expression: Expression | undefined
  for (const { name, start, end } of type.parts) {
    expression = expression
      ? { kind: 'member', target: expression, name: { name, start, end }, typeArguments: [], start: type.start, end }
      : { kind: 'name', name, typeArguments: [], start, end }
  }
  return expression
}
