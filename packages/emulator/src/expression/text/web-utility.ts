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
    /[<>"'&\u00a0-\u00ff]|[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g,
    (unit) => encoded[unit] ?? (/^[\ud800-\udfff]$/.test(unit) ? '\ufffd' : `&#${unit.codePointAt(0) ?? 0};`),
  )
}

/** The entities of HTML 4, and `apos`: the code of the first of a run, then the names of the run. */
const ENTITIES =
  '22:quot,26:amp apos,3c:lt,3e:gt,a0:nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml,152:OElig oelig,160:Scaron scaron,178:Yuml,192:fnof,2c6:circ,2dc:tilde,391:Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho,3a3:Sigma Tau Upsilon Phi Chi Psi Omega,3b1:alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon phi chi psi omega,3d1:thetasym upsih,3d6:piv,2002:ensp emsp,2009:thinsp,200c:zwnj zwj lrm rlm,2013:ndash mdash,2018:lsquo rsquo sbquo,201c:ldquo rdquo bdquo,2020:dagger Dagger bull,2026:hellip,2030:permil,2032:prime Prime,2039:lsaquo rsaquo,203e:oline,2044:frasl,20ac:euro,2111:image,2118:weierp,211c:real,2122:trade,2135:alefsym,2190:larr uarr rarr darr harr,21b5:crarr,21d0:lArr uArr rArr dArr hArr,2200:forall,2202:part exist,2205:empty,2207:nabla isin notin,220b:ni,220f:prod,2211:sum minus,2217:lowast,221a:radic,221d:prop infin,2220:ang,2227:and or cap cup int,2234:there4,223c:sim,2245:cong,2248:asymp,2260:ne equiv,2264:le ge,2282:sub sup nsub,2286:sube supe,2295:oplus,2297:otimes,22a5:perp,22c5:sdot,2308:lceil rceil lfloor rfloor,2329:lang rang,25ca:loz,2660:spades,2663:clubs,2665:hearts diams'

let entities: ReadonlyMap<string, string> | undefined

function readEntities(): ReadonlyMap<string, string> {
  return new Map(
    ENTITIES.split(',').flatMap((run) => {
      const [first = '', names = ''] = run.split(':')
      return names
        .split(' ')
        .map((name, index) => [name, String.fromCharCode(Number.parseInt(first, 16) + index)] as const)
    }),
  )
}

/** `WebUtility.HtmlDecode`; what is no entity stays. */
export function htmlDecode(text: string): string {
  return text.replace(/&([^;&]*);/g, (whole: string, name: string) => {
    if (name.startsWith('#') && name.length > 1) return characterOf(name.slice(1)) ?? whole
    entities ??= readEntities()
    return entities.get(name) ?? whole
  })
}

/** A number that means a character: no half of a surrogate pair, and not beyond Unicode. */
function characterOf(number: string): string | undefined {
  const hexadecimal = /^x([0-9a-f]+)$/i.exec(number)?.[1]
  const decimal = /^\s*\+?(\d+)\s*$/.exec(number)?.[1]
  if (hexadecimal === undefined && decimal === undefined) return undefined
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16)
  return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code)
}
