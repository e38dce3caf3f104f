import { decode, decodeStrictly, entityAt, strayAmpersand } from './entities.js'
import { expressionEndOffset, skipQuoted } from './expression/scan.js'
import { skipSpace } from './white-space.js'

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
  /** Its characters in the text: the source itself where it stands as typed. */
  readonly raw: string
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
  const close = text.indexOf(closer, start)
  const segment = text.slice(start, close === -1 ? text.length : close)
  const entity = segment.indexOf('&')
  if (entity === -1) {
    const typed = typedExpression(text, start, closer)
    if (typed !== undefined && (typed.source.length > segment.length || segment.includes('<'))) evidence.typed++
    // Without an entity the escaped reading is the typed one, and ends nowhere else.
    return typed
  }
  const isEnd = close === -1 || endsValue(text, close)
  if (isEnd && startsInCode(segment, entity)) {
    // As a rule the first entity stands before any string: then nothing but XML has it there, and ends it.
    const found = escapedBetweenBrackets(segment, start)
    if (found !== undefined) return count(evidence, found)
  }
  const escaped = isEnd ? escapedIn(segment, start) : undefined
  const typed = typedExpression(text, start, closer)
  if (escaped === undefined || typed === undefined) return count(evidence, escaped ?? typed)
  // Asked of the expression as typed: a string may hold the closer, and its first half would look like code.
  if (entityInCode(typed.source)) return count(evidence, escaped)
  evidence.unclear++
  return unclear === 'typed' ? typed : escaped
}

/** Whether an entity stands here, and no string, char or comment can have begun before it. */
const startsInCode = (segment: string, entity: number): boolean =>
  entityAt(segment, entity) && !/["'/]/.test(segment.slice(0, entity))

/** Whether a quote, or a `<` with which markup begins: escaped XML ends a value with nothing else. */
const endsValue = (text: string, close: number): boolean =>
  text.charCodeAt(close) !== LESS || /[A-Za-z_/!?]/.test(text.charAt(close + 1))

const LESS = 60

function count(evidence: Evidence, found: FoundExpression | undefined): FoundExpression | undefined {
  if (found !== undefined) evidence[found.form]++
  return found
}

/** The expression as typed; undefined where something else than `closer` follows it, or where it does not end. */
export function typedExpression(text: string, start: number, closer: string): FoundExpression | undefined {
  const end = expressionEndOffset(text, start)
  if (end === -1) return undefined
  const next = skipSpace(text, end)
  if (next < text.length && text[next] !== closer) return undefined
  const source = text.slice(start, end)
  return { source, raw: source, end, form: 'typed' }
}

/** The expression as escaped XML, which a segment up to its closer is; undefined where it is none. */
function escapedIn(segment: string, start: number): FoundExpression | undefined {
  const found = decodedSegment(segment, start)
  return found !== undefined && expressionEndOffset(found.source, 0) === found.source.length ? found : undefined
}

/** The same for a segment whose last bracket fits its first: what is between them is for the checker, as in format `xml`. */
function escapedBetweenBrackets(segment: string, start: number): FoundExpression | undefined {
  const found = decodedSegment(segment, start)
  const last = segment.charAt(1) === '(' ? ')' : '}'
  // The writer escapes the last bracket where there is nothing else to tell by.
  return found !== undefined && (found.raw.endsWith(last) || found.source.endsWith(last)) ? found : undefined
}

function decodedSegment(segment: string, start: number): FoundExpression | undefined {
  if (segment.includes('<')) return undefined
  const raw = segment.trimEnd()
  const source = decodeStrictly(raw)
  return source === undefined ? undefined : { source, raw, end: start + raw.length, form: 'escaped' }
}

/** Where a faulty expression ends by its markup; not `certain` where no bracket stands before that end. */
export interface BrokenExpression extends FoundExpression {
  readonly certain: boolean
}

/**
 * A faulty expression in an attribute ends at a quote after which the tag goes on or ends, and before which its bracket stands. It
 * does without the bracket where more markup follows the tag: nobody writes that in C#.
 */
export function brokenAttribute(text: string, start: number, quote: string): BrokenExpression | undefined {
  let guess: BrokenExpression | undefined
  for (let at = text.indexOf(quote, start); at !== -1 && at - start < longestSearch; at = text.indexOf(quote, at + 1)) {
    const behind = text.slice(at + 1, at + 200)
    if (!/^(?:\s*\/?>|\s+[A-Za-z][\w:.-]*\s*=\s*["'])/.test(behind)) continue
    const found = brokenOf(text.slice(start, at).trimEnd(), start, quote)
    if (found.certain) return found
    guess ??= found
    if (/^\s*\/?>\s*<[A-Za-z/!]/.test(behind)) break
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
    raw: segment,
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
