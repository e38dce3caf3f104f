/** `WebUtility.UrlEncode`: a space becomes `+`; letters, digits and `-_.!*()` stay. */
export function urlEncode(text: string, encoding: BufferEncoding = 'utf8'): string {
  return text.replace(/[^A-Za-z0-9\-_.!*()]+/g, (run) =>
    Array.from(Buffer.from(run, encoding), (byte) =>
      byte === 32 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  )
}

/** `WebUtility.UrlDecode`: what is no escape stays. */
export function urlDecode(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}

const encoded: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '&': '&amp;',
}

/** `WebUtility.HtmlEncode`: the five marks, and Latin-1 letters and pairs of surrogates by number. */
export function htmlEncode(text: string): string {
  return text.replace(
    /[<>"'&\u00a0-\u00ff]|[\ud800-\udbff][\udc00-\udfff]/g,
    (unit) => encoded[unit] ?? `&#${unit.codePointAt(0) ?? 0};`,
  )
}

/** The names of the entities of Latin-1, from U+00A0 on, in order. */
const latin1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml'.split(
    ' ',
  )

const otherEntities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  amp: '&',
  euro: '€',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  bull: '•',
  hellip: '…',
  trade: '™',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
}

/** `WebUtility.HtmlDecode`; an entity that is not known stays. */
export function htmlDecode(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));/g,
    (whole: string, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entity(name) ?? whole
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? whole : String.fromCodePoint(code)
    },
  )
}

function entity(name: string): string | undefined {
  const index = latin1.indexOf(name)
  if (index >= 0) return String.fromCharCode(0xa0 + index)
  return Object.hasOwn(otherEntities, name) ? otherEntities[name] : undefined
}
