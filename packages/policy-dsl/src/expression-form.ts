import { decode, entityAt, strayAmpersand } from './entities.js'
import { expressionEnd, skipQuoted } from './expression/scan.js'

/**
 * How the expressions of a text are written. `typed`: as a person types them, format `rawxml`. `escaped`: with XML's entities,
 * format `xml`. Published files do not say which, and mix both.
 */
export type ExpressionForm = 'typed' | 'escaped'

/** What the expressions of a document told about its format. */
export interface Evidence {
  /** Expressions that no XML document could hold as they stand. */
  typed: number
  /** Expressions whose entities can be nothing but XML's. */
  escaped: number
  /** Expressions with entities inside of a C# string only: either form reads them, with different meanings. */
  unclear: number
}

/** An expression found in a text: `end` is the offset behind it. */
export interface FoundExpression {
  readonly source: string
  readonly end: number
  readonly form: ExpressionForm
}

/**
 * Finds the expression that begins at `start`, in either form, where nothing tells which.
 *
 * As typed, it ends where C# says, and then only white space may come before `closer` (the quote of the attribute, or `<`). As
 * escaped XML it ends at the first `closer`, and its decoded text has to be one whole expression. Where both readings work, an
 * entity outside of every C# string, char and comment decides for the second, because `&quot;` is no C#. Where entities stand in
 * strings only, `unclear` decides: nothing is decoded by a guess unless the rest of the document is escaped.
 *
 * @returns undefined where neither reading ends properly
 */
export function findExpression(
  text: string,
  start: number,
  closer: string,
  unclear: ExpressionForm,
  evidence: Evidence,
): FoundExpression | undefined {
  const typed = typedExpression(text, start, closer)
  const close = text.indexOf(closer, start)
  const segment = text.slice(start, close === -1 ? text.length : close)
  if (typed !== undefined && !segment.includes('&')) {
    if (!couldBeXml(text.slice(start, typed.end), closer)) evidence.typed++
    return typed
  }
  const escaped = close !== -1 && !endsValue(text, close) ? undefined : escapedIn(segment, start, closer)
  if (escaped === undefined || typed === undefined) return count(evidence, escaped ?? typed)
  // Asked of the expression as typed: a string may hold the closer, and its first half would look like code.
  if (entityInCode(typed.source)) return count(evidence, escaped)
  evidence.unclear++
  return unclear === 'typed' ? typed : escaped
}

/** Whether a quote, or a `<` with which markup begins: escaped XML ends a value with nothing else. */
const endsValue = (text: string, close: number): boolean =>
  text[close] !== '<' || /[A-Za-z_/!?]/.test(text[close + 1] ?? '')

function count(evidence: Evidence, found: FoundExpression | undefined): FoundExpression | undefined {
  if (found !== undefined) evidence[found.form]++
  return found
}

/** The expression as typed; undefined where something else than `closer` follows it, or where it does not end. */
export function typedExpression(text: string, start: number, closer: string): FoundExpression | undefined {
  const found = expressionEnd(text, start)
  if (found.kind !== 'end') return undefined
  const next = skipSpace(text, found.end)
  if (next < text.length && text[next] !== closer) return undefined
  return { source: text.slice(start, found.end), end: found.end, form: 'typed' }
}

function escapedIn(segment: string, start: number, closer: string): FoundExpression | undefined {
  if (!couldBeXml(segment, closer)) return undefined
  const trimmed = segment.trimEnd()
  const source = decode(trimmed)
  const found = expressionEnd(source, 0)
  if (found.kind !== 'end' || found.end !== source.length) return undefined
  return { source, end: start + trimmed.length, form: 'escaped' }
}

/** Where a faulty expression ends by its markup; not `certain` where no bracket stands before that end. */
export interface BrokenExpression extends FoundExpression {
  readonly certain: boolean
}

/** A faulty expression in an attribute ends at a quote after which the tag goes on or ends, and before which its bracket stands. */
export function brokenAttribute(text: string, start: number, quote: string): BrokenExpression | undefined {
  let guess: BrokenExpression | undefined
  for (let at = text.indexOf(quote, start); at !== -1 && at - start < longestSearch; at = text.indexOf(quote, at + 1)) {
    if (!/^(?:\s*\/?>|\s+[A-Za-z][\w:.-]*\s*=\s*["'])/.test(text.slice(at + 1, at + 200))) continue
    const found = brokenOf(text.slice(start, at).trimEnd(), start, quote)
    if (found.certain) return found
    guess ??= found
  }
  return guess
}

/** A faulty expression in an element's text ends where the element does. */
export function brokenText(text: string, start: number, element: string): BrokenExpression | undefined {
  const end = text.indexOf(`</${element}`, start)
  return end === -1 ? undefined : { ...brokenOf(text.slice(start, end).trimEnd(), start, '<'), certain: true }
}

const brokenOf = (segment: string, start: number, closer: string): BrokenExpression => {
  const escaped = segment.includes('&') && couldBeXml(segment, closer)
  return {
    certain: /[)}]$/.test(segment),
    source: escaped ? decode(segment) : segment,
    end: start + segment.length,
    form: escaped ? 'escaped' : 'typed',
  }
}

/** An expression that is longer is no slip of the pen; looking on at every quote would take a time of its square. */
const longestSearch = 20_000

const couldBeXml = (segment: string, closer: string): boolean =>
  !segment.includes(closer) && !segment.includes('<') && strayAmpersand(segment) === -1

/** Whether an entity stands outside of every C# string, char and comment. */
export function entityInCode(segment: string): boolean {
  for (let at = 2; at < segment.length;) {
    if (entityAt(segment, at)) return true
    const skipped = skipQuoted(segment, at)
    at = skipped?.kind === 'end' ? skipped.end : at + 1
  }
  return false
}

/** The offset of the first character from here that is no white space. */
export function skipSpace(text: string, from: number): number {
  let at = from
  while (isSpace(text.charCodeAt(at))) at++
  return at
}

/** XML's white space. */
export const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13
