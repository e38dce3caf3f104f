import { ApimKitError } from '@apim-kit/core'
import { isTemplate, type Expression } from '../value.js'
import { WrittenExpression } from '../written-expression.js'
import { csharpCode, isNamedValue, type ExprValue } from './csharp-literal.js'
import { Diagnostics, type Diagnostic } from './diagnostic.js'
import { tokenize } from './lexer.js'
import { parse } from './parse.js'
import { caretAt, type Span } from './position.js'
import type { Token } from './token.js'

/**
 * A policy expression, written as C#. Interpolated values become C# literals: they are data and can never be code, whatever they hold.
 * Code that begins with `{` is a block of statements. Here it has to parse; the document that it is put into checks it further, as C# and
 * for its place.
 *
 * Only a named value may be interpolated inside a C# string; anything else is joined to it: `"Bearer " + ${token}`.
 *
 * @returns a frozen expression: `expr`1 + ${2}`.source` is `@(1 + 2)`
 * @throws ApimKitError `invalid-expression` when the code does not parse (with line, column and caret), or a value stands inside a
 * string, a comment or another word
 * @throws ApimKitError `invalid-input` when a value has no C# form, or it is called as a function
 * @example
 * expr`"Bearer " + ((Authorization)context.Variables[${'auth-context'}])?.AccessToken`
 * @example
 * expr`{
 *   var body = context.Response.Body.As<JObject>(preserveContent: true);
 *   return (string)body[${'access_token'}];
 * }`
 */
export function expr(strings: TemplateStringsArray, ...values: readonly ExprValue[]): Expression {
  if (!isTemplate(strings))
    throw new ApimKitError('invalid-input', 'expr is a tag of a template: write expr`1 + 1`, not expr("1 + 1")')
  const { code, inserted } = join(strings, values)
  const trimmed = code.trim()
  // A named value at the beginning is no block, though it has braces too.
  const isBlock = /^\{(?!\{[A-Za-z0-9._-]+\}\})/.test(trimmed)
  // A comment at the end must not take the closing parenthesis with it.
  const source = isBlock ? `@${trimmed}` : `@(${trimmed}${endsInComment(trimmed) ? '\n' : ''})`
  const shift = (isBlock ? 1 : 2) - (code.length - code.trimStart().length)
  checkInserted(source, inserted, shift)
  const [first] = parse(source, { namedValues: true }).diagnostics
  if (first) throw invalid(source, first)
  return new WrittenExpression(source)
}

interface Joined {
  readonly code: string
  /** Where data was put. */
  readonly inserted: readonly Span[]
}

function join(strings: TemplateStringsArray, values: readonly ExprValue[]): Joined {
  let code = ''
  const inserted: Span[] = []
  for (const [index, text] of strings.raw.entries()) {
    // C# reads its own escapes; only what JavaScript needs to end or fill the template is taken back.
    code += text.replaceAll('\\`', '`').replaceAll('\\${', '${')
    if (index >= values.length) continue
    const value = values[index] as ExprValue
    const start = code.length
    code += csharpCode(value)
    if (!isNamedValue(value)) inserted.push({ start, end: code.length })
  }
  return { code, inserted }
}

const tokensOf = (source: string, start: number): readonly Token[] =>
  tokenize(source, start, source.length, { namedValues: true }, new Diagnostics(source))

/** Nothing but a comment can stand behind the last token, and only one of its kind needs a new line. */
function endsInComment(code: string): boolean {
  return code.includes('//') && code.slice(tokensOf(code, 0).at(-2)?.end ?? 0).includes('//')
}

/** Data has to begin and end where tokens do; else it would have become part of a string, a comment or a word around it. */
function checkInserted(source: string, inserted: readonly Span[], shift: number): void {
  if (inserted.length === 0) return
  const tokens = tokensOf(source, 1)
  const starts = new Set(tokens.map((token) => token.start))
  const ends = new Set(tokens.map((token) => token.end))
  for (const span of inserted) {
    const start = span.start + shift
    if (starts.has(start) && ends.has(span.end + shift)) continue
    const shown = caretAt(source, start)
    const advice = 'join it instead, as in "Bearer " + ${token}'
    throw new ApimKitError(
      'invalid-expression',
      `A value stands inside a string, a comment or a word of the expression; ${advice}\n${shown}`,
    )
  }
}

function invalid(source: string, { code, message, line, column, start }: Diagnostic): ApimKitError {
  const problem = { rule: code, severity: 'error', message, path: '', line, column } as const
  const text = `${code}: ${message} (line ${line}, column ${column} of the expression)\n${caretAt(source, start)}`
  return new ApimKitError('invalid-expression', text, { problems: [problem] })
}
