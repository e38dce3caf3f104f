import { lowerUnit, upperUnit } from '../text/letter-case.js'
import { argumentException } from '../values/exceptions.js'

/** Whether a code unit belongs to a class. */
export type CharTest = (unit: number) => boolean

/** A class by a JavaScript expression for one character; ASCII, the commonest, is looked up. */
function classOf(pattern: RegExp): CharTest {
  const ascii = Array.from({ length: 128 }, (_, unit) => pattern.test(String.fromCharCode(unit)))
  return (unit) => ascii[unit] ?? pattern.test(String.fromCharCode(unit))
}

const not =
  (test: CharTest): CharTest =>
  (unit) =>
    !test(unit)

/** As texts: classes of Unicode take long to check, and a literal is checked while the file is read. */
const unicode = {
  d: String.raw`\p{Nd}`,
  w: String.raw`[\p{L}\p{Mn}\p{Nd}\p{Pc}]`,
  s: String.raw`[\f\n\r\t\v\u0085\p{Z}]`,
} as const
const ecma = { d: '[0-9]', w: String.raw`\w`, s: String.raw`[\f\n\r\t\v ]` } as const

const made = new Map<string, CharTest>()

/** `\d`, `\w`, `\s` and their opposites; all of Unicode, or ASCII with the ECMAScript option. */
export function shorthand(letter: string, ecmaScript: boolean): CharTest {
  const key = `${letter}${ecmaScript ? 'e' : ''}`
  let test = made.get(key)
  if (test === undefined) {
    const lower = letter.toLowerCase() as 'd' | 'w' | 's'
    const positive = classOf(new RegExp((ecmaScript ? ecma : unicode)[lower], 'u'))
    test = letter === lower ? positive : not(positive)
    made.set(key, test)
  }
  return test
}

/** The named blocks that policies have been seen to use; categories are all known. */
const blocks: Readonly<Record<string, readonly [number, number]>> = {
  IsBasicLatin: [0, 0x7f],
  'IsLatin-1Supplement': [0x80, 0xff],
  'IsLatinExtended-A': [0x100, 0x17f],
  IsGreek: [0x370, 0x3ff],
  IsGreekandCoptic: [0x370, 0x3ff],
  IsCyrillic: [0x400, 0x4ff],
  IsHebrew: [0x590, 0x5ff],
  IsArabic: [0x600, 0x6ff],
  IsThai: [0xe00, 0xe7f],
  IsHiragana: [0x3040, 0x309f],
  IsKatakana: [0x30a0, 0x30ff],
  IsCJKUnifiedIdeographs: [0x4e00, 0x9fff],
}

/** `\p{Lu}` and `\p{IsGreek}`. Where case does not count, the letters with a case are one category. */
export function property(name: string, negative: boolean, pattern: string, ignoreCase = false): CharTest {
  const range = Object.hasOwn(blocks, name) ? blocks[name] : undefined
  const positive = range === undefined ? category(name, pattern, ignoreCase) : between(range[0], range[1])
  return negative ? not(positive) : positive
}

function category(name: string, pattern: string, ignoreCase: boolean): CharTest {
  if (!/^(?:[CLMNPSZ]|C[cfnos]|L[lmotu]|M[cen]|N[dlo]|P[cdefios]|S[ckmo]|Z[lps])$/.test(name)) {
    throw argumentException(`parsing '${pattern}' - Unknown property '${name}'.`)
  }
  return classOf(new RegExp(ignoreCase && /^L[ult]$/.test(name) ? '[\\p{Lu}\\p{Ll}\\p{Lt}]' : `\\p{${name}}`, 'u'))
}

export function between(low: number, high: number): CharTest {
  return (unit) => unit >= low && unit <= high
}

/**
 * A class whose letters count in any case: .NET adds the small letters to a range and looks for the small letter of a char.
 */
export const withSmallLetters =
  (range: CharTest): CharTest =>
  (unit) =>
    range(unit) || range(upperUnit(unit))

export const ofSmallLetter =
  (test: CharTest): CharTest =>
  (unit) =>
    test(lowerUnit(unit))
