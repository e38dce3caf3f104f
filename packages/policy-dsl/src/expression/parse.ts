import { Diagnostics, TOO_COMPLEX, type Diagnostic } from './diagnostic.js'
import { tokenize } from './lexer.js'
import { tooDeepAt } from './depth.js'
import { Cursor } from './parse/cursor.js'
import { parseExpression } from './parse/expressions.js'
import { refuseRest } from './parse/rest.js'
import { parseBlock } from './parse/statements.js'
import { Terminator } from './parse/terminators.js'
import type { ExpressionSyntax } from './syntax.js'

/** How an expression is parsed. */
export interface ParseOptions {
  /**
   * Accept `{{name}}` where an expression can stand: the document's named values are not replaced yet. Default false, as the service
   * compiles the text only after replacing them.
   */
  readonly namedValues?: boolean
}

/** A syntax tree, and what is wrong with the text. With diagnostics the tree has holes and is good for looking only. */
export interface ParseResult {
  readonly source: string
  readonly syntax: ExpressionSyntax
  readonly diagnostics: readonly Diagnostic[]
  /** Whether the text follows the grammar. Then `diagnostics` are what C# refuses all the same, and more can be wrong beside it. */
  readonly parses: boolean
}

/**
 * Parses a whole policy expression, `@( )` or `@{ }`. Never throws on bad input: what is wrong is in `diagnostics`, in the order of the text.
 *
 * @param source the expression with its `@` and brackets, entities decoded
 * @example parse('@(1 + 2)').syntax // { kind: 'single', expression: { kind: 'binary', … } }
 */
export function parse(source: string, options: ParseOptions = {}): ParseResult {
  const diagnostics = new Diagnostics(source)
  const refused = new Diagnostics(source)
  const namedValues = options.namedValues ?? false
  const isBlock = source.startsWith('@{')
  const end = closingBracket(source, isBlock ? '@{' : '@(', isBlock ? '}' : ')', diagnostics)
  const [from, to] = isBlock ? [1, source.endsWith('}') ? end + 1 : end] : [Math.min(2, end), end]
  const tokens = tokenize(source, from, to, { namedValues, inBraces: isBlock }, new Diagnostics(source))
  const cursor = new Cursor(source, tokens, diagnostics, namedValues, refused)
  const syntax = isBlock ? parseMulti(cursor) : parseSingle(cursor)
  const parses = !diagnostics.any
  const found = (parses ? refused : diagnostics).sorted()
  // What is too much is told alone: nothing behind it was read.
  const tooComplex = parses ? undefined : found.find(({ code }) => code === TOO_COMPLEX[0])
  return { source, syntax, diagnostics: tooComplex === undefined ? found : [tooComplex], parses }
}

const MALFORMED = 'Malformed'

function parseSingle(cursor: Cursor): ExpressionSyntax {
  const { diagnostics, source } = cursor
  const { count } = diagnostics
  const expression = parseExpression(cursor)
  if (!cursor.is('end')) refuseRest(cursor, count, expression)
  return refusedIfDeep({ kind: 'single', expression, start: 0, end: source.length }, diagnostics)
}

function parseMulti(cursor: Cursor): ExpressionSyntax {
  const { diagnostics, source } = cursor
  // A class and its members stand around the block.
  cursor.terminators = Terminator.members
  const block = parseBlock(cursor)
  const { current } = cursor
  if (!cursor.is('end') && !diagnostics.any)
    diagnostics.report(MALFORMED, current, 'The value has to end where its expression ends.')
  if (cursor.is('end')) cursor.next()
  return refusedIfDeep({ kind: 'multi', block, start: 0, end: source.length }, diagnostics)
}

/** In the place of a tree that would run its readers out of stack stands a hole. */
function refusedIfDeep(syntax: ExpressionSyntax, diagnostics: Diagnostics): ExpressionSyntax {
  const place = tooDeepAt(syntax)
  if (place === undefined) return syntax
  const [code, message] = TOO_COMPLEX
  diagnostics.report(code, place, message)
  const { start, end } = syntax
  return { kind: 'single', expression: { kind: 'missing', start, end }, start, end }
}

/** Where the code ends: at the bracket that is the last character of the value. */
function closingBracket(source: string, opener: string, closer: string, diagnostics: Diagnostics): number {
  if (!source.startsWith(opener)) {
    diagnostics.report(MALFORMED, { start: 0, end: source.length }, 'An expression begins with @( or @{.')
  } else if (!source.endsWith(closer)) {
    const span = { start: source.length, end: source.length }
    diagnostics.report(MALFORMED, span, 'The value has to end where its expression ends.')
  } else return source.length - 1
  return source.length
}
