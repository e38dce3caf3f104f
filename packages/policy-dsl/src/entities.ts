import { illegalCharacter, lineFeeds } from './value.js'

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6}));/g

/** Text as an XML parser gives it: entities decoded, line ends normalised. What is no entity stays as it is. */
export function decode(raw: string): string {
  const text = lineFeeds(raw)
  if (!text.includes('&')) return text
  return text.replace(reference, (source, name?: string, decimal?: string, hex?: string) =>
    name === undefined ? (character(decimal, hex) ?? source) : (named[name] ?? source),
  )
}

function character(decimal: string | undefined, hex: string | undefined): string | undefined {
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(decimal, 10)
  if (!(code <= 0x10ffff)) return undefined
  const decoded = String.fromCodePoint(code)
  return illegalCharacter(decoded) === undefined ? decoded : undefined
}

/** Whether an entity stands at this offset. */
export function entityAt(text: string, offset: number): boolean {
  return /^&(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});/.test(text.slice(offset, offset + 12))
}

/** The offset of the first `&` that begins no entity, or -1. */
export function strayAmpersand(text: string): number {
  for (let at = text.indexOf('&'); at !== -1; at = text.indexOf('&', at + 1)) {
    if (!entityAt(text, at) || decode(text.slice(at, text.indexOf(';', at) + 1)).startsWith('&#')) return at
  }
  return -1
}

/** Where in `raw` the character stands that is at `offset` in its decoded form. */
export function rawOffset(raw: string, offset: number): number {
  let at = 0
  for (let decoded = 0; decoded < offset && at < raw.length;) {
    if (raw.charCodeAt(at) === 13 && raw.charCodeAt(at + 1) === 10) at += 2
    else if (entityAt(raw, at)) {
      const end = raw.indexOf(';', at) + 1
      decoded += decode(raw.slice(at, end)).length - 1
      at = end
    } else at++
    decoded++
  }
  return at
}
