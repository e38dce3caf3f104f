import { Diagnostics, type Diagnostic } from './diagnostic.js'
import { tokenize } from './lexer.js'
import { tooDeepAt } from './depth.js'
import { Cursor, TOO_COMPLEX } from './parse/cursor.js'
import { parseExpression } from './parse/expressions.js'
import { parseBlock } from './parse/statements.js'
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
}

/**
 * Parses a whole policy expression, `@( )` or `@{ }`. Never throws on bad input: what is wrong is in `diagnostics`, in the order of the text.
 *
 * @param source the expression with its `@` and brackets, entities decoded
 * @example parse('@(1 + 2)').syntax // { kind: 'single', expression: { kind: 'binary', … } }
 */
export function parse(source: string, options: ParseOptions = {}): ParseResult {
  const diagnostics = new Diagnostics(source)
  const namedValues = options.namedValues ?? false
  const syntax = source.startsWith('@{')
    ? parseMulti(source, namedValues, diagnostics)
    : parseSingle(source, namedValues, diagnostics)
  return { source, syntax, diagnostics: diagnostics.sorted() }
}

const MALFORMED = 'Malformed'

function parseSingle(source: string, namedValues: boolean, diagnostics: Diagnostics): ExpressionSyntax {
  const end = closingBracket(source, '@(', ')', diagnostics)
  const cursor = new Cursor(
    source,
    tokenize(source, Math.min(2, end), end, { namedValues }, diagnostics),
    diagnostics,
    namedValues,
  )
  const before = diagnostics.count
  const expression = parseExpression(cursor)
  // As the compiler does with text behind an expression: it is the expression that is named.
  if (!cursor.is('end') && diagnostics.count === before) {
    diagnostics.report('CS1073', expression, `Unexpected token '${cursor.current.text}'`)
  }
  return refusedIfDeep({ kind: 'single', expression, start: 0, end: source.length }, diagnostics)
}

function parseMulti(source: string, namedValues: boolean, diagnostics: Diagnostics): ExpressionSyntax {
  const end = closingBracket(source, '@{', '}', diagnostics)
  const to = source.endsWith('}') ? end + 1 : end
  const cursor = new Cursor(source, tokenize(source, 1, to, { namedValues }, diagnostics), diagnostics, namedValues)
  const block = parseBlock(cursor)
  if (!cursor.is('end') && !diagnostics.any) {
    diagnostics.report(MALFORMED, cursor.current, 'The value has to end where its expression ends.')
  }
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
