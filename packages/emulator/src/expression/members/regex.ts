import { ClrArray, stringArray } from '../values/collections.js'
import { types } from '../types.js'
import { argumentNull, argumentOutOfRange } from '../values/exceptions.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import {
  type Capture,
  Captures,
  escapeRegex,
  expandReplacement,
  type Group,
  Match,
  Regex,
  unescapeRegex,
} from '../regex/regex.js'
import { bound, membersOf, type Bound, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.Text.RegularExpressions'

function required(text: string | null, parameter: string): string {
  if (text === null) throw argumentNull(parameter)
  return text
}

/** What an overload is given, whether the pattern comes with the call or with the object. */
interface Call {
  readonly regex: Regex
  readonly input: string
  /** The arguments after input and pattern, by parameter name. */
  argument(name: string): ClrValue | undefined
}

/** A method that exists on the object and, with a pattern, on the type. */
function method(run: (call: Call) => unknown): Bound {
  return bound(({ member: { parameters, static: isStatic } }) => {
    const places = new Map(parameters.map((parameter, index) => [parameter.name, index]))
    return (...values: ClrValue[]) => {
      const given = isStatic ? values : values.slice(1)
      const argument = (name: string): ClrValue | undefined => given[places.get(name) ?? -1]
      const input = required((argument('input') as string | null | undefined) ?? null, 'input')
      const regex = isStatic
        ? Regex.cached(
            required((argument('pattern') as string | null | undefined) ?? null, 'pattern'),
            Number(argument('options') ?? 0),
          )
        : (values[0] as Regex)
      return run({ regex, input, argument })
    }
  })
}

/** Where a search begins, when the overload says so. */
function start(call: Call): number | undefined {
  const from = call.argument('startat')
  if (from !== undefined && (Number(from) < 0 || Number(from) > call.input.length)) {
    throw argumentOutOfRange('startat', 'Start index cannot be less than 0 or greater than input length.')
  }
  return from === undefined ? undefined : Number(from)
}

/** A replacement pattern, or a delegate that is asked for each match. */
function replacer(call: Call): (match: Match) => string {
  const evaluator = call.argument('evaluator')
  if (typeof evaluator === 'function') {
    return (match) => ((evaluator as (match: ClrValue) => ClrValue)(match) as string | null) ?? ''
  }
  const text = required((call.argument('replacement') as string | null | undefined) ?? null, 'replacement')
  return (match) => expandReplacement(text, match)
}

function part(call: Call): Match {
  const beginning = Number(call.argument('beginning') ?? 0)
  const length = call.argument('length')
  // Text outside of the part is not seen at all.
  const text = length === undefined ? call.input : call.input.slice(beginning, beginning + Number(length))
  return call.regex.match(text, start(call))
}

const regex = (): MemberTable => ({
  '.ctor': (pattern: string | null, options = 0) => new Regex(required(pattern, 'pattern'), options),
  Options: (self: Regex) => self.options,
  IsMatch: method((call) => call.regex.match(call.input, start(call)).success),
  Match: method(part),
  Matches: method((call) => new Captures('Match', [...call.regex.matches(call.input, start(call))])),
  Replace: method((call) =>
    call.regex.replace(call.input, replacer(call), Number(call.argument('count') ?? -1), start(call)),
  ),
  Split: method((call) => stringArray(call.regex.split(call.input, Number(call.argument('count') ?? 0)))),
  GetGroupNames: (self: Regex) => stringArray(self.names),
  GetGroupNumbers: (self: Regex) => new ClrArray(types().special.int, [...self.numbers]),
  GroupNameFromNumber: (self: Regex, number: number) => self.nameOf(number),
  GroupNumberFromName: (self: Regex, name: string) => self.numberOf(name) ?? -1,
  ToString: (self: Regex) => self.pattern,
  Escape: (text: string | null) => escapeRegex(required(text, 'str')),
  Unescape: (text: string | null) => unescapeRegex(required(text, 'str')),
})

function at(self: Captures, index: number): Capture {
  const item = self.items[index]
  if (item !== undefined) return item
  if (self.match !== undefined) return self.match.group(index)
  throw argumentOutOfRange('i')
}

const collection = (): MemberTable => ({
  Count: (self: Captures) => self.items.length,
  'Item(int)': at,
  'Item(string)': (self: Captures, name: string | null) => self.match?.groupNamed(required(name, 'groupname')),
  GetEnumerator: (self: Captures) => new Walker(self),
})

export const regexMembers: readonly TypeMembers[] = [
  membersOf(`${space}.Regex`, regex),
  membersOf(`${space}.Capture`, () => ({
    Index: (self: Capture) => self.span.start,
    Length: (self: Capture) => self.span.end - self.span.start,
    Value: (self: Capture) => self.value,
    ToString: (self: Capture) => self.value,
  })),
  membersOf(`${space}.Group`, () => ({
    Success: (self: Group) => self.success,
    Captures: (self: Group) => self.captures,
    Name: (self: Group) => self.name,
  })),
  membersOf(`${space}.Match`, () => ({
    Empty: () => new Match(new Regex(''), '', new Map()),
    Groups: (self: Match) => self.groups,
    NextMatch: (self: Match) => self.next(),
    Result: (self: Match, replacement: string | null) => expandReplacement(required(replacement, 'replacement'), self),
  })),
  ...['MatchCollection', 'CaptureCollection', 'GroupCollection'].map((name) =>
    membersOf(`${space}.${name}`, collection),
  ),
]
