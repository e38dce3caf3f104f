import type { Choices } from './random.js'

/** Pieces of code that change what surrounds them. */
const PIECES: readonly string[] = [
  ...'( ) [ ] { } < > , ; : . ? ! ~ + - * / % & | ^ = @ $ " \' \\ ? ?? ?. ?[ => == != <= >= && || ++ -- += << >> // /* */ $" @" {{ }}'.split(
    ' ',
  ),
  ...'var int string object null true false new typeof nameof default is as in out ref params if else for foreach while do switch case break continue return yield throw try catch finally using lock goto checked unchecked await async dynamic from where select let join group orderby into when this base sizeof stackalloc'.split(
    ' ',
  ),
  '0',
  '1',
  '-1',
  '0x',
  '1e',
  '1.',
  '0b1',
  '1_',
  '99999999999999999999',
  '1m',
  '1f',
  'context',
  '\n',
  '\r\n',
  '\u2028',
  '\0',
  '\uD800',
  'é',
  '😀',
]

/** Changes a text in a few places; the result may be anything. */
export function mutate(text: string, choices: Choices, other: string): string {
  let result = text
  for (let round = 1 + choices.below(4); round > 0; round--) result = mutateOnce(result, choices, other)
  return result
}

function mutateOnce(text: string, choices: Choices, other: string): string {
  const at = choices.below(text.length + 1)
  const end = Math.min(text.length, at + 1 + choices.below(8))
  const before = text.slice(0, at)
  switch (choices.below(7)) {
    case 0:
      return before + text.slice(end)
    case 1:
      return before + choices.pick(PIECES) + text.slice(at)
    case 2:
      return before + choices.pick(PIECES) + text.slice(end)
    case 3:
      return before + text.slice(at, end).repeat(1 + choices.below(4)) + text.slice(end)
    case 4: {
      const from = choices.below(other.length)
      return before + other.slice(from, from + 1 + choices.below(30)) + text.slice(at)
    }
    case 5:
      return before + String.fromCharCode(choices.below(choices.chance(80) ? 128 : 65_536)) + text.slice(end)
    default:
      return `${before} ${choices.pick(PIECES)} ${text.slice(end)}`
  }
}

/** Code without any sense, between the brackets of an expression. */
export function soup(choices: Choices): string {
  const pieces = Array.from({ length: choices.below(40) }, () => choices.pick(PIECES)).join(
    choices.chance(50) ? ' ' : '',
  )
  return choices.chance(50) ? `@(${pieces})` : `@{${pieces}}`
}

/** One thing inside or behind itself, many times: what recursion and overload resolution are afraid of. */
export function tower(choices: Choices): string {
  const count = choices.pick([3, 8, 20, 60, 300, 3000, 20_000])
  const [open, middle, close] = choices.pick<readonly [string, string, string]>([
    ['(', '1', ')'],
    ['!', 'true', ''],
    ['-', '1', ''],
    ['1 + ', '1', ''],
    ['"a" + ', '"b"', ''],
    ['(object)', '1', ''],
    ['new[] { ', '1', ' }'],
    ['', 'context', '.Request'],
    ['', 'context', '?.Request'],
    ['', '"a"', '.Trim()'],
    ['', '"a"', '[0]'],
    ['true ? 1 : ', '2', ''],
    ['true ? ', '2', ' : 1'],
    ['Math.Abs(', '1', ')'],
    ['new[] { 1 }.Select(x => ', '1', ').First()'],
    ['new[] { 1 }.Sum(x => ', '1', ')'],
    ['new Func<int>(() => ', '1', ')()'],
    ['$"{', '1', '}"'],
    ['from x in ', 'new[] { 1 }', ' select x'],
    ['(1, ', '2', ')'],
    ['checked(', '1', ')'],
    ['new List<object> { ', '1', ' }'],
    ['typeof(List<', 'int', '>)'],
    ['default(List<', 'int', '>)'],
    ['null ?? ', '"a"', ''],
  ])
  const body = open.repeat(count) + middle + close.repeat(count)
  if (choices.chance(70)) return `@(${body})`
  const statement = choices.pick(['{ ', 'if (true) ', 'while (true) ', 'do ', 'try { ', 'for (;;) ', 'unchecked { '])
  return `@{ ${statement.repeat(count)}return ${middle};${'}'.repeat(statement.includes('{') ? count : 0)} }`
}
