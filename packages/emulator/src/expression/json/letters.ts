/** What a reader of JSON meets at every step, as UTF-16 code units: comparing them needs no text to be made of each. */
export const codes = {
  zero: 0,
  tab: 9,
  lineFeed: 10,
  carriageReturn: 13,
  space: 32,
  quote: 34,
  apostrophe: 39,
  openParenthesis: 40,
  closeParenthesis: 41,
  asterisk: 42,
  plus: 43,
  comma: 44,
  minus: 45,
  dot: 46,
  slash: 47,
  digit0: 48,
  digit9: 57,
  colon: 58,
  upperI: 73,
  upperN: 78,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  a: 97,
  e: 101,
  f: 102,
  n: 110,
  t: 116,
  u: 117,
  x: 120,
  openBrace: 123,
  closeBrace: 125,
} as const

export const isDigit = (code: number): boolean => code >= codes.digit0 && code <= codes.digit9

/** What a number may go on with; whether it is one shows at its end. */
export const isNumberPart = (code: number): boolean =>
  isDigit(code) ||
  code === codes.minus ||
  code === codes.dot ||
  code === codes.plus ||
  ((code | 32) >= codes.a && (code | 32) <= codes.f) ||
  (code | 32) === codes.x

/** What a name without quotes consists of. */
export const isIdentifierPart = (letter: string): boolean => /[\p{L}\p{Nd}_$]/u.test(letter)

/** .NET's white space. */
export const isBlank = (code: number): boolean =>
  code === codes.space ||
  (code >= codes.tab && code <= codes.carriageReturn) ||
  code === 0x85 ||
  (code >= 0xa0 && code !== 0xfeff && /\s/.test(String.fromCharCode(code)))
