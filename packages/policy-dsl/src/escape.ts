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

/** An element's text. Text of nothing but white space begins with a reference, so that it is not taken for layout. */
export function escapeText(text: string): string {
  const escaped = text.replace(/[&<>\r]/g, toReference)
  return text.trim() === '' && text !== '' && !escaped.startsWith('&')
    ? `&#${text.charCodeAt(0)};${escaped.slice(1)}`
    : escaped
}

/** An element's text that is an expression: quotes are references too, so that a reader can tell it from a typed one. */
export const escapeExpressionText = (source: string): string => source.replace(/[&<>"\r]/g, toReference)

/** A comment may not hold `--`, nor end in `-`. */
export const escapeComment = (text: string): string => text.replace(/-(?=-)/g, '- ').replace(/-$/, '- ')
