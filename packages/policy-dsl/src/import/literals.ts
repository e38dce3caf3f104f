import { atom, type Atom, type Template } from './code.js'

/** A JavaScript string of this text: a template literal where it has several lines. */
export function stringCode(text: string): Atom | Template {
  return text.includes('\n') ? { kind: 'template', parts: [escapeCooked(text)] } : atom(quoted(text))
}

/** Single quotes, unless the text has more of them than of double ones. */
function quoted(text: string): string {
  const quote = count(text, "'") > count(text, '"') ? '"' : "'"
  return (
    quote +
    text.replace(/[\\\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu, escapeCharacter).replaceAll(quote, `\\${quote}`) +
    quote
  )
}

const count = (text: string, part: string): number => text.split(part).length - 1

/** The text between the backquotes of a template whose escapes JavaScript reads. */
export const escapeCooked = (text: string): string =>
  text
    .replace(/[\\`]|\$(?=\{)/g, '\\$&')
    // Line feeds and tabs stand for themselves.
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}\u2028\u2029\ufeff]/gu, escapeCharacter)

/**
 * The text between the backquotes of a template that is read raw, as `expr` does: only what would end or fill the template is
 * escaped. Whether it reads back is for the caller to try: a backslash in front of a backquote has no such form.
 */
export const escapeRaw = (code: string): string => code.replaceAll('`', '\\`').replaceAll('${', '\\${')

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' }

const escapeCharacter = (character: string): string =>
  shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

/** Whether a name may stand before the colon of a property as it is. */
export const isIdentifier = (name: string): boolean => /^[A-Za-z_$][\w$]*$/.test(name)
