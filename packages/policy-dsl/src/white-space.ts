/** XML's white space. */
export const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13

/**
 * The offset of the first character from here that is no white space. It never asks for a character behind the text: V8 gives up its
 * fast way of reading characters wherever that happens, and a fifth of a document is white space.
 */
export function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && isSpace(text.charCodeAt(at))) {
    // A line that is indented: a regular expression passes many blanks in half the time, and few in twice the time.
    if (text.charCodeAt(at) === LINE_FEED) return nextVisible(text, at)
    at++
  }
  return at
}

function nextVisible(text: string, from: number): number {
  visible.lastIndex = from
  return visible.test(text) ? visible.lastIndex - 1 : text.length
}

const visible = /[^ \t\n\r]/g

const LINE_FEED = 10

/** The same text without white space at its end. */
export function trimSpaceEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--
  return text.slice(0, end)
}
