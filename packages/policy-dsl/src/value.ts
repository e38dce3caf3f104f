import { ApimKitError, expectText, isResource, type Resource } from '@apim-kit/core'
import { expressionEnd, expressionStartsAt } from './expression/scan.js'
import type { Position } from './expression/position.js'
import { messages } from './messages.js'
import { skipSpace, trimSpaceEnd } from './white-space.js'
import type { PlacedExpression } from './expression-places.js'

/**
 * What may stand in an attribute or in an element's text: literal text, or one C# expression. Never both: the service does not
 * interpolate, `Hello @(name)` is that text.
 */
export type Value = Literal | Expression

const literalBrand = Symbol.for('apim-kit.literal')
const expressionBrand = Symbol.for('apim-kit.expression')

/** Literal text as it stands in a document. `{{name}}` in it is a named value, as the service has it. */
export class Literal {
  readonly kind: 'literal'
  readonly text: string
  /** Where it begins, if it was read. */
  readonly position?: Position

  /** @param frozen - `false` leaves it open for the reader: a document is frozen when it is handed out */
  constructor(text: string, position?: Position, frozen = true) {
    this.kind = 'literal'
    this.text = text
    if (position !== undefined) this.position = position
    if (frozen) Object.freeze(this)
  }

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && literalBrand in value
  }
}

/** One policy expression. `source` is C# with the marks around it, `@(…)` or `@{…}`, as a person types it. */
export class Expression {
  readonly kind: 'expression'
  readonly source: string
  /** Where it begins, if it was read. */
  readonly position?: Position
  /** Its characters in the text it was read from, where they differ: entities. */
  readonly raw?: string

  /** @param frozen - `false` leaves it open for the reader: a document is frozen when it is handed out */
  constructor(source: string, position?: Position, raw?: string, frozen = true) {
    this.kind = 'expression'
    this.source = source
    if (position !== undefined) this.position = position
    if (raw !== undefined) this.raw = raw
    if (frozen) Object.freeze(this)
  }

  toString(): string {
    return this.source
  }

  /**
   * What is wrong with it where it stands; there where somebody wrote it in TypeScript.
   *
   * @internal
   */
  faultsAt?(place: PlacedExpression): readonly ExpressionFault[]

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && expressionBrand in value
  }
}

/** One thing that is wrong with an expression; `start` is its offset in the source. */
export interface ExpressionFault {
  /** As in docs/rules: `policy/expression`. */
  readonly rule: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly start: number
}

// The brands stand on the prototypes: they cost nothing per node, are the same in two copies of this package, and no object
// that came out of JSON can have them. Data never becomes an expression by its shape.
Object.defineProperty(Literal.prototype, literalBrand, { value: true })
Object.defineProperty(Expression.prototype, expressionBrand, { value: true })

/** Why a source cannot stand in a document as one expression; undefined where it can. */
export function expressionFault(source: string): string | undefined {
  const shown = JSON.stringify(source.length > 80 ? `${source.slice(0, 80)}…` : source)
  if (!expressionStartsAt(source, 0))
    return `${shown} is no expression; write @(…) for one expression or @{…} for statements`
  const found = expressionEnd(source, 0)
  if (found.kind === 'unterminated')
    return `${shown} does not end: a ${found.what} that begins at offset ${found.at} is left open`
  if (found.end < source.length)
    return `${shown} goes on after its closing bracket; one value is one expression, join texts inside of it`
  const control = illegalCharacter(source)
  return control === undefined ? undefined : `${shown} holds ${control}; write it as a C# escape such as \\u0001`
}

/** The named value of this display name. A resource made by core's `namedValue` may stand wherever this may. */
export function namedValueReference(displayName: string): Literal {
  expectText('namedValueReference', displayName, "namedValueReference('tenant-id')")
  if (!/^[A-Za-z0-9._-]{1,256}$/.test(displayName)) {
    const shown = JSON.stringify(displayName)
    throw new ApimKitError(
      'invalid-input',
      `${shown} is no display name of a named value; allowed are letters, digits, ".", "-" and "_"`,
    )
  }
  return new Literal(`{{${displayName}}}`)
}

/** A named value, as its resource or by {@link namedValueReference}. */
export type NamedValue = Literal | Resource<'namedValue'>

/**
 * Text with named values in it. Everything else is data: braces in it are braces.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * text`https://login.microsoftonline.com/${namedValueReference('tenant-id')}/oauth2/token`
 */
export function text(strings: TemplateStringsArray, ...values: readonly (string | number | NamedValue)[]): Literal {
  if (!isTemplate(strings))
    throw new ApimKitError('invalid-input', 'text is a tag of a template: write text`…${tenant}…`, not text("…")')
  const parts = strings.flatMap((string, index) => [string, ...values.slice(index, index + 1)])
  const data = parts.map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : '\n'))
  // A break of line stands for each named value here, so that braces on both of its sides are not taken for a pair.
  if (data.join('').includes('{{') || expressionStartsAt(data.join('').trimStart(), 0)) {
    throw new ApimKitError(
      'invalid-input',
      `text\`${data.join('…')}\` has {{ or a leading @( in its literal part, which the service would not take literally; write an expression instead`,
    )
  }
  return new Literal(
    parts
      .map((part) => (typeof part === 'string' || typeof part === 'number' ? String(part) : namedValueText(part)))
      .join(''),
  )
}

/** Whether a tag was called as one: untyped code may call it as a function. */
export const isTemplate = (strings: unknown): boolean =>
  typeof strings === 'object' && strings !== null && 'raw' in strings && Array.isArray(strings.raw)

/** A Liquid template, for `setBody({ template: 'liquid', text: liquid('…') })`: its braces belong to Liquid. */
export function liquid(template: string): Literal {
  expectText('liquid', template, "liquid('{{body.name}}')")
  return new Literal(lineFeeds(template))
}

/** `{{display-name}}` of a named value resource, or the text of a literal. */
export function namedValueText(value: NamedValue): string {
  if (value instanceof Literal) return value.text
  if (!isResource(value) || (value.kind as string) !== 'namedValue') {
    const wanted = 'a text or a named value, of namedValue(…) or namedValueReference(…)'
    throw new ApimKitError('invalid-input', messages.expected(wanted, value))
  }
  const { displayName } = value.properties
  return `{{${typeof displayName === 'string' ? displayName : value.name}}}`
}

const namedValuePattern = /\{\{([A-Za-z0-9._-]+)\}\}/g

/** The display names of the named values in a text, literal or expression source alike: the service replaces both as text. */
export function namedValuesIn(source: string): string[] {
  return source.includes('{{') ? Array.from(source.matchAll(namedValuePattern), (match) => match[1] ?? '') : []
}

/**
 * Replaces the named values in a value. The result is looked at again, because a named value may hold an expression; what was
 * inserted is not searched for further names.
 *
 * @param lookup - gives the text of a named value; undefined leaves the braces as they are
 */
export function fillNamedValues(value: Value, lookup: (displayName: string) => string | undefined): Value {
  const source = value instanceof Expression ? value.source : value.text
  if (!source.includes('{{')) return value
  return valueOf(
    source.replace(namedValuePattern, (braces, name: string) => lookup(name) ?? braces),
    value.position,
  )
}

/** The value that a text in a document is: an expression where it begins with `@(` or `@{`, white space aside. */
export function valueOf(source: string, position?: Position): Value {
  const start = skipSpace(source, 0)
  return expressionStartsAt(source, start)
    ? new Expression(trimSpaceEnd(source.slice(start)), position)
    : new Literal(source, position)
}

/** Whether a text that is meant literally would not be: it would begin an expression or hold a named value. */
export function isActive(data: string): boolean {
  return data.includes('{{') || expressionStartsAt(data.trimStart(), 0)
}

/**
 * The value that means exactly this text. Text that the service would take for an expression or a named value becomes a C#
 * string: there is no documented escape for either.
 */
export function dataValue(data: string): Value {
  return isActive(data) ? new Expression(`@(${csharpString(data)})`) : new Literal(data)
}

/** A C# string literal of this text. Where `{{` would appear, the string is joined from two. */
export function csharpString(data: string): string {
  const escaped = data.replace(/["\\\u0000-\u001f\u007f-\u009f\u2028\u2029]|[\ud800-\udfff]/g, escapeCharacter)
  return `"${escaped.replace(/\{(?=\{)/g, '{" + "')}"`
}

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}

const escapeCharacter = (character: string): string =>
  shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** What XML 1.0 leaves out: control characters, lone surrogates, two non-characters. */
const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** The same without looking at pairs of surrogates, which takes twice the time: what it does not find need not be looked for. */
const suspicious = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/

/** The offset of the first character that no XML document can hold, or -1. */
export const illegalOffset = (text: string): number => (suspicious.test(text) ? text.search(illegal) : -1)

/** The first character that no XML document can hold, for people: `the character U+0001`. */
export function illegalCharacter(data: string): string | undefined {
  const found = suspicious.test(data) ? illegal.exec(data)?.[0] : undefined
  if (found === undefined) return undefined
  return `the character U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}, which XML cannot hold`
}

/** Line ends as every XML parser gives them. */
export function lineFeeds(source: string): string {
  return source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
}
