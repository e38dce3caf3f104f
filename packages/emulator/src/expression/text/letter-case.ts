/**
 * The case of letters in the invariant culture: one char for one char, and a letter has another case only where each of the two is
 * the other's; the `ς` at the end of a word alone has a capital that it shares. So `ß`, `ſ`, `µ`, `ı` and the title-case `ǅ` stay as they are,
 * unlike in JavaScript.
 */

/** Letters that got their other case after the tables of .NET were made, by one of the pair: most of all Georgian and Cherokee. */
const younger =
  /[\u019b\u023f\u0240\u0252\u025c\u0261\u0264-\u0266\u026a\u026c\u0282\u0287\u029d\u029e\u037f\u03f3\u0524-\u052f\u10c7\u10cd-\u10ff\u13a0-\u13fd\u1c80-\u1cbf\u1d8e\u2c2f\u2c5f\u2c70\u2c7e\u2c7f\u2ceb-\u2cf3\u2d27\u2d2d\ua660\ua661\ua698-\ua69b\ua78d-\ua7ff\uab53-\uabbf]/

/** The Greek letters with a subscript iota: JavaScript makes two letters of the capital. */
function greekDistance(unit: number): number {
  if (unit === 0x1fb3 || unit === 0x1fc3 || unit === 0x1ff3) return 9
  return unit >= 0x1f80 && unit <= 0x1fa7 && (unit & 8) === 0 ? 8 : 0
}

const upperCases = new Map<number, number>()
const lowerCases = new Map<number, number>()

/** The capital of a code unit, or itself. */
export function upperUnit(unit: number): number {
  if (unit < 128) return unit > 96 && unit < 123 ? unit - 32 : unit
  let upper = upperCases.get(unit)
  if (upper === undefined) {
    upper = greekDistance(unit) === 0 ? otherCase(unit, 'toUpperCase', 'toLowerCase') : unit + greekDistance(unit)
    upperCases.set(unit, upper)
  }
  return upper
}

/** The small letter of a code unit, or itself. */
export function lowerUnit(unit: number): number {
  if (unit < 128) return unit > 64 && unit < 91 ? unit + 32 : unit
  let lower = lowerCases.get(unit)
  if (lower === undefined) {
    lower = [8, 9].map((distance) => unit - distance).find((small) => greekDistance(small) === unit - small)
    lower ??= otherCase(unit, 'toLowerCase', 'toUpperCase')
    lowerCases.set(unit, lower)
  }
  return lower
}

const FINAL_SIGMA = 0x3c2
const CAPITAL_SIGMA = 0x3a3

type CaseMethod = 'toUpperCase' | 'toLowerCase'

function otherCase(unit: number, there: CaseMethod, back: CaseMethod): number {
  if (unit === FINAL_SIGMA && there === 'toUpperCase') return CAPITAL_SIGMA
  const own = String.fromCharCode(unit)
  const other = own[there]()
  return other.length === 1 && other[back]() === own && !younger.test(own) ? other.charCodeAt(0) : unit
}

const ascii = /^[\0-\x7f]*$/

/** `ToUpperInvariant`. */
export function toUpperInvariant(text: string): string {
  return ascii.test(text) ? text.toUpperCase() : mapUnits(text, upperUnit)
}

/** `ToLowerInvariant`. */
export function toLowerInvariant(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : mapUnits(text, lowerUnit)
}

function mapUnits(text: string, map: (unit: number) => number): string {
  let result = ''
  for (let index = 0; index < text.length; index++) result += String.fromCharCode(map(text.charCodeAt(index)))
  return result
}
