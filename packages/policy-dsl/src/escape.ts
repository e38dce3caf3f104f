import { entityInCode } from './expression-form.js'

// Decimal references, since xmlbuilder2 takes those for entities and escapes the ampersand of hexadecimal ones.
const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

const toReference = (character: string): string => references[character] ?? character

/** An attribute's value between double quotes. Line breaks and tabs are written as references: a parser would make blanks of them. */
export const escapeAttribute = (text: string): string => text.replace(/[&<>"\t\n\r]/g, toReference)

/**
 * An element's text. Text of nothing but white space begins with a reference, so that it is not taken for layout.
 *
 * @param kept - it is not taken for layout where it stands
 */
export function escapeText(text: string, kept: boolean): string {
  const escaped = text.replace(/[&<>\r]/g, toReference)
  if (kept || text.trim() !== '' || text === '' || escaped.startsWith('&')) return escaped
  return `&#${text.charCodeAt(0)};${escaped.slice(1)}`
}

/**
 * An expression as XML text. Quotes are references also where XML would not ask for it, and where still no reference stands in
 * code, the last bracket is one: so a reader can always tell an escaped expression from a typed one.
 */
export function escapeExpression(source: string, attribute: boolean): string {
  const escaped = attribute ? escapeAttribute(source) : source.replace(/[&<>"\r]/g, toReference)
  return !escaped.includes('&') || entityInCode(escaped)
    ? escaped
    : `${escaped.slice(0, -1)}&#${escaped.charCodeAt(escaped.length - 1)};`
}

/** A comment may not hold `--`, nor end in `-`. */
export const escapeComment = (text: string): string => text.replace(/-(?=-)/g, '- ').replace(/-$/, '- ')
