/*
 * Names of XML. Expressions over classes of Unicode are made when they are first used: as literals they were checked while the file is
 * read, which takes longer than reading the rest of it. And a letter outside of ASCII in an expression or a raw text would double the room, and the
 * time, that the whole bundle takes: they stay as they are written.
 */

const plain = /[A-Za-z_][\w.-]*/y
let name: RegExp | undefined
let foreign: RegExp | undefined

/** Where the name without a colon ends that begins here; the same place when none does. */
export function nameEnd(text: string, from: number): number {
  plain.lastIndex = from
  const end = from + (plain.exec(text)?.[0].length ?? 0)
  if (end >= text.length || text.charCodeAt(end) < 128) return end
  name ??= new RegExp(String.raw`[\p{L}_][\p{L}\p{M}\p{N}_.\u00b7-]*`, 'uy')
  name.lastIndex = from
  return from + (name.exec(text)?.[0].length ?? 0)
}

/** Whether a text is a name without a colon. */
export function isXmlName(text: string): boolean {
  return text !== '' && nameEnd(text, 0) === text.length
}

/** `XmlConvert.EncodeName`: what a name cannot hold as `_x0020_`. */
export function encodeName(text: string): string {
  foreign ??= new RegExp(String.raw`[^\p{L}\p{N}_.-]|^[\p{N}.-]`, 'gu')
  return text.replace(foreign, (unit) => `_x${unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
}
