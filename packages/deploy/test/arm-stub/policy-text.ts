/** A document as the service lays it out: tabs, and the line ends of its own system. */
export function laidOut(document: string): string {
  return document
    .replace(/\r?\n/g, '\n')
    .replace(/^ +(?=<)/gm, (spaces) => '\t'.repeat(Math.ceil(spaces.length / 4)))
    .replace(/\n/g, '\r\n')
}

/** The escaped form of a document whose expressions stand as typed. */
export function escaped(document: string): string {
  let result = ''
  let at = 0
  for (;;) {
    const start = document.indexOf('@', at)
    const bracket = document[start + 1]
    if (start < 0) return result + document.slice(at)
    if (bracket !== '(' && bracket !== '{') {
      result += document.slice(at, start + 1)
      at = start + 1
      continue
    }
    const end = endOfExpression(document, start + 1)
    const expression = document.slice(start, end)
    result += document.slice(at, start) + expression.replace(/[&<>"]/g, (character) => entities[character] ?? character)
    at = end
  }
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function endOfExpression(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '"') at = text.indexOf('"', at + 1)
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character) && --depth === 0) return at + 1
  }
  return text.length
}
