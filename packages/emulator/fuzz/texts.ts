import type { Choices } from './random.js'

/** A language of texts: a list of ways to write one, of which pieces are chosen and joined. */
type Language = (choices: Choices, depth: number) => string

const some = (choices: Choices, most: number, write: () => string): string =>
  Array.from({ length: choices.below(most + 1) }, write).join('')

const oneOf = (choices: Choices, letters: string): string => letters.charAt(choices.below(letters.length))

const digits: Language = (choices) =>
  choices.pick(['0', '1', '7', '00', '9999999999', '2147483648', '18446744073709551616'])

const number: Language = (choices) =>
  choices.pick(['', '', '-', '+', '(', ' ', '¤', '0x']) +
  choices.pick(['0', '42', '1,234', '.5', '1_0', '999999999999999999999999999999', '']) +
  choices.pick([
    '',
    '',
    '.',
    '.5',
    '.000000000000000000000000000000001',
    'e5',
    'e-400',
    'E+308',
    '%',
    '-',
    ')',
    '\0',
    ' ',
  ])

const pattern: Language = (choices, depth) => {
  const inner = (): string => (depth > 0 ? pattern(choices, depth - 1) : choices.pick(['a', 'b', '.', '\\d']))
  const piece = (): string =>
    choices.pick<() => string>([
      () =>
        choices.pick([
          'a',
          'b',
          ' ',
          '.',
          '\\w',
          '\\d',
          '\\s',
          '\\S',
          '\\b',
          '^',
          '$',
          '\\A',
          '\\z',
          '\\Z',
          '\\G',
          '\\p{L}',
          '\\P{IsGreek}',
          '\\x41',
          '\\u0041',
          '\\cA',
          '\\1',
          '\\k<n>',
          '\\e',
        ]),
      () => `[${choices.pick(['a-z', '^a', '\\w-[a]', 'a-z-[aeiou]', ']a', 'z-a', '\\d\\-', '[:alpha:]', ''])}]`,
      () =>
        `(${choices.pick(['', '', '?:', '?=', '?!', '?<=', '?<!', '?>', '?<n>', "?'n'", '?<n-m>', '?<-n>', '?i:', '?x-i:', '?#', '?(1)', '?(n)a|', '?3'])}${inner()})`,
      () => `${inner()}|${inner()}`,
      () =>
        inner() +
        choices.pick([
          '*',
          '+',
          '?',
          '*?',
          '+?',
          '??',
          '{2}',
          '{1,}',
          '{0,3}?',
          '{3,1}',
          '{99999}',
          '{1000}{1000}',
          '**',
        ]),
    ])()
  return some(choices, 4, piece)
}

const numberFormat: Language = (choices) =>
  choices.chance(50)
    ? oneOf(choices, 'cdefgnprxCDEFGNPRXzZ0#') + choices.pick(['', '0', '1', '2', '15', '99', '100', '999999999', '-1'])
    : some(choices, 8, () =>
        choices.pick(['0', '#', ',', '.', '%', '‰', 'E0', 'E+00', 'e-0', ';', '\\', "'a'", '"b"', ' ', 'x', '-']),
      )

const dateFormat: Language = (choices) =>
  choices.chance(40)
    ? oneOf(choices, 'dDfFgGmMoOrRstTuUyYcKzZ%')
    : some(choices, 9, () =>
        choices.pick([
          'd',
          'dd',
          'ddd',
          'dddd',
          'f',
          'fffffff',
          'ffffffff',
          'F',
          'FFF',
          'g',
          'h',
          'HH',
          'K',
          'm',
          'mm',
          'M',
          'MMMM',
          's',
          't',
          'tt',
          'y',
          'yyyy',
          'yyyyyyyyy',
          'z',
          'zzz',
          ':',
          '/',
          '\\',
          "'q'",
          '"',
          "'",
          '%',
          '%d',
          '-',
          ' ',
          '.',
        ]),
      )

const composite: Language = (choices) =>
  some(choices, 5, () =>
    choices.pick([
      '{0}',
      '{1,5}',
      '{0,-9:N2}',
      '{2:yyyy}',
      '{{',
      '}}',
      '{',
      '}',
      '{0',
      '{0,}',
      '{99999999}',
      '{0,1000000}',
      '{-1}',
      'a',
      `{0:${dateFormat(choices, 0)}}`,
    ]),
  )

const date: Language = (choices) =>
  choices.pick([
    '2024-02-29',
    '0001-01-01',
    '9999-12-31',
    '2023-02-29',
    '02/03/2024',
    '3 Feb 2024',
    'Thu, 29 Feb 2024',
    '20240229',
    '24:00',
    '/Date(0)/',
    '1.02:03:04',
    '-10675199.02:48:05.4775808',
    '',
  ]) +
  choices.pick(['', '', 'T13:05:09', ' 13:05', ' 1 PM', 'T24:00:00', 'T13:05:09.1234567', 'T23:59:60', ':01']) +
  choices.pick(['', '', 'Z', '+02:00', '-14:00', '+99:99', ' GMT', ' '])

const json: Language = (choices, depth) => {
  const inner = (): string => (depth > 0 ? json(choices, depth - 1) : digits(choices, 0))
  return choices.pick<() => string>([
    () =>
      choices.pick([
        'null',
        'true',
        'undefined',
        'NaN',
        '-Infinity',
        '1.10',
        '1e999',
        '0x1F',
        '010',
        '"a"',
        "'b'",
        '"\\u00e9\\uD800"',
        '"2024-02-29T13:05:09Z"',
        '"/Date(0)/"',
        '"',
        '',
        '//c\n',
        '/*c*/1',
        'new Date(1)',
        digits(choices, 0),
      ]),
    () =>
      `{${some(choices, 3, () => `${choices.pick(['"a"', "'b'", 'c', '"$ref"', '"$type"', '"__proto__"', '""', '1'])}:${inner()}${choices.pick([',', ',', '', ';'])}`)}}`,
    () => `[${some(choices, 3, () => inner() + choices.pick([',', ',', '']))}]`,
  ])()
}

const jsonPath: Language = (choices) =>
  choices.pick(['', '$', '$', '@']) +
  some(choices, 4, () =>
    choices.pick([
      '.a',
      '..a',
      '..',
      '.*',
      '[0]',
      '[-1]',
      '[*]',
      "['a']",
      '["a.b"]',
      '[0,1]',
      "['a','b']",
      '[1:]',
      '[:-1]',
      '[::2]',
      '[::0]',
      '[?(@.a)]',
      "[?(@.a == 'x' && @.b > 1)]",
      '[?(@.a =~ /^(a+)+$/i)]',
      '[?(@.length() > 1 || $.b)]',
      '[99999999999]',
      '[',
      'a',
      '.',
    ]),
  )

const xpath: Language = (choices, depth) => {
  const inner = (): string => (depth > 0 ? xpath(choices, depth - 1) : choices.pick(['a', '1', '"x"', '.', '@x']))
  const step = (): string =>
    choices.pick(['/', '//', '', '|', ' = ', ' and ', ' - ', ' div ']) +
    choices.pick([
      'a',
      '*',
      '@x',
      '@*',
      '.',
      '..',
      'x:a',
      'text()',
      'node()',
      'ancestor::a',
      'following::*',
      'preceding-sibling::node()',
      'nope::a',
      'count(a)',
      'position()',
      'last()',
      'substring("abc", 2)',
      `concat(${inner()}, ${inner()})`,
      `not(${inner()})`,
      `(${inner()})`,
    ]) +
    choices.pick(['', '', '[1]', '[last()]', `[${inner()}]`, '[', ']'])
  return some(choices, 4, step)
}

const xml: Language = (choices, depth) => {
  const inner = (): string => (depth > 0 ? xml(choices, depth - 1) : 't')
  const name = choices.pick(['a', 'b', 'x:a', '_', 'A-1', '1a', ''])
  return choices.pick<() => string>([
    () =>
      `<${name}${some(choices, 2, () => choices.pick([' x="1"', " y='&lt;'", ' xmlns="u"', ' xmlns:x="u"', ' xml:space="preserve"', ' x=1', ' x']))}>${some(choices, 3, inner)}</${name}>`,
    () => `<${name}/>`,
    () =>
      choices.pick([
        't',
        '&amp;',
        '&#65;',
        '&#x110000;',
        '&nope;',
        '<!--c-->',
        '<!-- -- -->',
        '<![CDATA[x]]>',
        ']]>',
        '<?p i?>',
        '<?xml version="1.0"?>',
        '<!DOCTYPE a [<!ENTITY e "&e;&e;">]><a>&e;</a>',
        '<',
        '\0',
      ]),
  ])()
}

const address: Language = (choices) =>
  choices.pick(['https://', 'http:', 'HTTP://u:p@', '//', '/', 'mailto:', 'file:///', 'x-y:', '']) +
  choices.pick(['h', 'h:8443', 'h:99999', '[::1]', '[::1', '1.2.3.4', 'münchen.de', 'xn--', 'a..b', '']) +
  some(choices, 4, () =>
    choices.pick([
      '/',
      '/..',
      '/a b',
      '/%20',
      '/%',
      '/%zz',
      '?x=1&x=2',
      '?',
      '#f',
      '#',
      '\\',
      ';',
      '/é',
      '/a/../b',
      '//',
    ]),
  )

const base64: Language = (choices) =>
  some(choices, 6, () => choices.pick(['YWJj', '=', 'A', '/', '+', '_', '-', ' ', '\n', 'eyJhbGciOiJub25lIn0.', '.']))

const word: Language = (choices) =>
  some(choices, 6, () =>
    choices.pick([
      'a',
      'B',
      'ß',
      'é',
      'e\u0301',
      'İ',
      'ı',
      'ﬁ',
      '😀',
      '\uD800',
      '\uDC00',
      '\0',
      ' ',
      '\u00a0',
      '\u2028',
      ',',
      ';',
      '-',
      '_',
      '=',
      '&',
      'aes',
      'SHA256',
      'md5',
      'true',
      'FALSE',
      'UTC',
      'constructor',
      '__proto__',
      'toString',
    ]),
  )

const name: Language = (choices) =>
  choices.pick([
    'a',
    'x',
    'X-A',
    'SHA256',
    'AES',
    'RSA',
    'utf-8',
    'UTF-16',
    'latin1',
    '{u}a',
    'xmlns',
    'en-US',
    'W. Europe Standard Time',
    '',
    ' ',
    'a b',
    'CN=a, O="b"',
  ])

const ANY: readonly Language[] = [
  number,
  pattern,
  numberFormat,
  dateFormat,
  composite,
  date,
  json,
  jsonPath,
  xpath,
  xml,
  address,
  base64,
  word,
  name,
]

/** By the name of a parameter, what it is probably read as. */
const LANGUAGES: readonly (readonly [RegExp, readonly Language[]])[] = [
  [/^format$/i, [numberFormat, dateFormat, composite]],
  [/^(pattern|replacement)$/i, [pattern]],
  [/^(s|value|input|text|str|g|version)$/i, [number, date, json, base64, word, name]],
  [/^(json|jsonString)$/i, [json]],
  [/^xpath$/i, [xpath]],
  [/^(path|propertyName)$/i, [jsonPath, address]],
  [/xml|^text$/i, [xml]],
  [/uri|host|scheme|query|fragment/i, [address]],
  [/name|alg/i, [name, word]],
]

/**
 * A text for a parameter of this name: half the time of the language that it is probably read as, else of any. Now and then it is long,
 * which is what a reader that begins again and again is afraid of.
 */
export function textFor(parameter: string, choices: Choices): string {
  const [, known = ANY] = LANGUAGES.find(([pattern]) => pattern.test(parameter)) ?? []
  const language = choices.pick(choices.chance(70) ? known : ANY)
  const code = literal(language(choices, 3))
  if (!choices.chance(2)) return code
  const unit = literal(
    choices.pick([language(choices, 1), ' ', '0', '\0', 'a', '(', '[', '<a>', '%20', '1,', '{0}', '/', '.']),
  )
  return `(${choices.pick(['""', code])} + string.Concat(Enumerable.Repeat(${unit}, ${choices.pick([1000, 1000, 30_000, 200_000])})) + ${choices.pick(['"x"', '""', code])})`
}

/** A C# string. Lone surrogates and controls are escaped. */
function literal(text: string): string {
  const escaped = text.replaceAll(/[\\"]/g, '\\$&').replaceAll(/[\p{C}\u2028\u2029]/gu, escape)
  return `"${escaped}"`
}

const escape = (unit: string): string =>
  [...Array(unit.length).keys()].map((at) => `\\u${unit.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')
