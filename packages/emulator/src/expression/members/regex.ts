import { ClrArray, stringArray } from '../values/collections.js'
import { types } from '../types.js'
import { argumentNull, argumentOutOfRange, indexOutOfRange, notSupported } from '../values/exceptions.js'
import { TimeSpan } from '../values/time.js'
import type { ClrValue } from '../values/value.js'
import { Walker } from '../values/walker.js'
import { type Capture, Captures, escapeRegex, expandReplacement, type Group, Match, Regex } from '../regex/regex.js'
import { unescapeRegex } from '../regex/parse.js'
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

/** One millisecond less than none means without end. */
function checkTimeout(timeout: TimeSpan): void {
  const isInfinite = timeout.ticks === infinite().ticks
  if (!isInfinite && (timeout.ticks <= 0n || timeout.ticks >= LONGEST)) throw argumentOutOfRange('matchTimeout')
}

const infinite = (): TimeSpan => TimeSpan.ofMilliseconds(-1)
/** 2^31 - 1 milliseconds. */
const LONGEST = 2147483647n * 10000n

/** A method that exists on the object and, with a pattern, on the type. */
function method(run: (call: Call) => unknown): Bound {
  return bound(({ member: { parameters, static: isStatic } }) => {
    const places = new Map(parameters.map((parameter, index) => [parameter.name, index]))
    return (...values: ClrValue[]) => {
      const given = isStatic ? values : values.slice(1)
      const argument = (name: string): ClrValue | undefined => given[places.get(name) ?? -1]
      const regex = isStatic
        ? Regex.cached(
            required((argument('pattern') as string | null | undefined) ?? null, 'pattern'),
            Number(argument('options') ?? 0),
          )
        : (values[0] as Regex)
      const timeout = argument('matchTimeout')
      if (timeout instanceof TimeSpan) checkTimeout(timeout)
      const input = required((argument('input') as string | null | undefined) ?? null, 'input')
      return run({ regex, input, argument })
    }
  })
}

const OUTSIDE = 'Start index cannot be less than 0 or greater than input length.'

/** Where a search begins, when the overload says so. */
function start(call: Call): number | undefined {
  const from = call.argument('startat')
  if (from !== undefined && (Number(from) < 0 || Number(from) > call.input.length)) {
    throw argumentOutOfRange('startat', OUTSIDE)
  }
  return from === undefined ? undefined : Number(from)
}

/** A replacement pattern, or a delegate that is asked for each match. */
function replacer(call: Call): (match: Match) => string {
  const evaluator = call.argument('evaluator')
  if (evaluator === null) throw argumentNull('evaluator')
  if (typeof evaluator === 'function') {
    return (match) => ((evaluator as (match: ClrValue) => ClrValue)(match) as string | null) ?? ''
  }
  const text = required((call.argument('replacement') as string | null | undefined) ?? null, 'replacement')
  return (match) => expandReplacement(text, match)
}

function part(call: Call): Match {
  const length = call.argument('length')
  if (length === undefined) return call.regex.match(call.input, start(call))
  const beginning = Number(call.argument('beginning') ?? 0)
  if (beginning < 0 || beginning > call.input.length) throw argumentOutOfRange('startat', OUTSIDE)
  if (Number(length) < 0 || Number(length) > call.input.length - beginning)
    throw argumentOutOfRange('length', 'Length cannot be less than 0 or exceed input length.')
  return call.regex.matchPart(call.input, beginning, Number(length))
}

/** How often at most; the overload says whether it is told. */
function count(call: Call, otherwise: number): number {
  const given = Number(call.argument('count') ?? otherwise)
  if (given < -1 || (given < 0 && otherwise === 0)) throw argumentOutOfRange('count', 'Count cannot be less than -1.')
  return given
}

const timeouts = new WeakMap<Regex, TimeSpan>()

const regex = (): MemberTable => ({
  '.ctor': (pattern: string | null, options = 0, timeout?: TimeSpan) => {
    if (timeout !== undefined) checkTimeout(timeout)
    const made = new Regex(required(pattern, 'pattern'), options)
    if (timeout !== undefined) timeouts.set(made, timeout)
    return made
  },
  Options: (self: Regex) => self.options,
  RightToLeft: (self: Regex) => self.rightToLeft,
  MatchTimeout: (self: Regex) => timeouts.get(self) ?? infinite(),
  InfiniteMatchTimeout: infinite,
  CacheSize: () => 15,
  IsMatch: method((call) => call.regex.match(call.input, start(call)).success),
  Match: method(part),
  Matches: method((call) => new Captures('Match', [...call.regex.matches(call.input, start(call))])),
  Replace: method((call) => call.regex.replace(call.input, replacer(call), count(call, -1), start(call))),
  Split: method((call) => stringArray(call.regex.split(call.input, count(call, 0), start(call)))),
  GetGroupNames: (self: Regex) => stringArray(self.names),
  GetGroupNumbers: (self: Regex) => new ClrArray(types().special.int, [...self.numbers]),
  GroupNameFromNumber: (self: Regex, number: number) => self.nameOf(number),
  GroupNumberFromName: (self: Regex, name: string | null) => self.numberOf(required(name, 'name')) ?? -1,
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
  'Item(string)': (self: Captures, name: string | null) => self.match?.groupNamed(required(name, 'name')),
  GetEnumerator: (self: Captures) => new Walker(self),
  CopyTo: (self: Captures, target: ClrArray | null, at: number) => {
    if (target === null) throw argumentNull('array')
    self.items.forEach((item, index) => {
      if (at + index >= target.items.length || at < 0) throw indexOutOfRange()
      target.items[at + index] = item
    })
  },
  IsReadOnly: () => true,
  IsSynchronized: () => false,
  SyncRoot: (self: Captures) => self,
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
    Result: (self: Match, replacement: string | null) => {
      const text = required(replacement, 'replacement')
      if (!self.success) throw notSupported('Result cannot be called on a failed Match.')
      return expandReplacement(text, self)
    },
  })),
  ...['MatchCollection', 'CaptureCollection', 'GroupCollection'].map((name) =>
    membersOf(`${space}.${name}`, collection),
  ),
]
