import { step } from '../run.js'
import { DotNetException } from '../values/exception.js'
import { Guid } from '../values/guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from '../values/time.js'
import { ClrUri } from '../values/uri.js'
import { jsonDate } from './dates.js'
import { compareScalars, equalScalars } from './scalar.js'
import { scalarToString } from './text.js'
import { JContainer, JList, JObject, JProperty, type JToken, JValue } from './token.js'

/** One step of a path: from the tokens that were found to those below them. */
export type PathFilter = (tokens: Iterable<JToken>, required: boolean, root: JToken) => Iterable<JToken>

/** A condition of a filter. */
export type Test = (token: JToken, root: JToken) => boolean

/** What stands on one side of a comparison. */
export type Side = (token: JToken, root: JToken) => Iterable<JToken>

export type Operator = '==' | '!=' | '<>' | '<=' | '<' | '>=' | '>'

const missing = (message: string): DotNetException => new DotNetException('Newtonsoft.Json.JsonException', message)

const nameOf = (token: JToken): string => {
  const { clrName } = token.constructor as unknown as { readonly clrName: string }
  return clrName.slice(clrName.lastIndexOf('.') + 1)
}

/** `.a`; without a name every value of an object. */
export function fields(name: string | undefined): PathFilter {
  return function* (tokens, required) {
    for (const token of tokens) {
      if (token instanceof JObject) {
        if (name === undefined) yield* token.properties.map((property) => property.value)
        else {
          const value = token.get(name)
          if (value !== undefined) yield value
          else if (required) throw missing(`Property '${name}' does not exist on JObject.`)
        }
      } else if (required) throw missing(`Property '${name ?? '*'}' not valid on ${nameOf(token)}.`)
    }
  }
}

/** `['a','b']`. Where names are required, Newtonsoft finds that the first is missing even when it is there. */
export function named(names: readonly string[]): PathFilter {
  return function* (tokens, required) {
    for (const token of tokens) {
      if (token instanceof JObject) {
        for (const name of names) {
          const value = token.get(name)
          if (value !== undefined) yield value
          if (required) throw missing(`Property '${name}' does not exist on JObject.`)
        }
      } else if (required) {
        throw missing(`Properties ${names.map((name) => `'${name}'`).join(', ')} not valid on ${nameOf(token)}.`)
      }
    }
  }
}

/** `..a`: what stands under the names anywhere below, in the order of the document; without names all that is below. */
export function scanned(names: readonly string[] | undefined): PathFilter {
  return function* (tokens) {
    for (const token of tokens) {
      if (names === undefined) yield token
      if (!(token instanceof JContainer)) continue
      for (const inner of token.descendants()) {
        step()
        if (inner instanceof JProperty) {
          if (names?.includes(inner.name) === true) yield inner.value
        } else if (names === undefined) yield inner
      }
    }
  }
}

/** `[*]`. */
export function every(): PathFilter {
  return function* (tokens, required) {
    for (const token of tokens) {
      if (token instanceof JList) yield* token.children
      else if (required) throw missing(`Index * not valid on ${nameOf(token)}.`)
    }
  }
}

/** `[1]`. */
export function index(at: number): PathFilter {
  return indices([at])
}

/** `[1,2]`. */
export function indices(list: readonly number[]): PathFilter {
  return function* (tokens, required) {
    for (const token of tokens) {
      for (const at of list) {
        if (token instanceof JList) {
          if (at < token.count) yield token.at(at)
          else if (required) throw missing(`Index ${at} outside the bounds of ${nameOf(token)}.`)
        } else if (required) throw missing(`Index ${at} not valid on ${nameOf(token)}.`)
      }
    }
  }
}

/** `[from:to:by]`. */
export function slice([from, to, by]: readonly (number | undefined)[]): PathFilter {
  return function* (tokens, required) {
    if (by === 0) throw missing('Step cannot be zero.')
    for (const token of tokens) {
      if (token instanceof JList) {
        const found = sliced(token, from, to, by ?? 1)
        if (required && found.length === 0)
          throw missing(`Array slice of ${from ?? '*'} to ${to ?? '*'} returned no results.`)
        yield* found
      } else if (required) throw missing(`Array slice is not valid on ${nameOf(token)}.`)
    }
  }
}

function sliced(list: JList, from: number | undefined, to: number | undefined, by: number): JToken[] {
  const { count } = list
  const forwards = by > 0
  const place = (index: number | undefined, fallback: number): number =>
    index === undefined ? fallback : index < 0 ? index + count : index
  const first = Math.min(forwards ? Math.max(place(from, 0), 0) : place(from, count - 1), forwards ? count : count - 1)
  const stop = Math.min(Math.max(place(to, forwards ? count : -1), -1), count)
  const found: JToken[] = []
  for (let at = first; forwards ? at < stop : at > stop; at += by) found.push(list.at(at))
  return found
}

/** `[?(…)]`: of the children, so that of an object its properties are asked, which have no names below them. */
export function where(test: Test): PathFilter {
  return function* (tokens, _required, root) {
    for (const token of tokens) {
      for (const child of token.children) {
        step()
        if (test(child, root)) yield child
      }
    }
  }
}

/** All of the tests, or one of them. */
export function combined(all: boolean, tests: readonly Test[]): Test {
  return all
    ? (token, root) => tests.every((test) => test(token, root))
    : (token, root) => tests.some((test) => test(token, root))
}

/** Whether there is anything. */
export function present(side: Side): Test {
  return (token, root) => side(token, root)[Symbol.iterator]().next().done !== true
}

/** Whether any of the left ones stands in the relation to any of the right ones. What is no value is only unequal. */
export function compared(left: Side, operator: Operator, right: Side): Test {
  const isUnequal = operator === '!=' || operator === '<>'
  return (token, root) => {
    let wanted: readonly JToken[] | undefined
    for (const found of left(token, root)) {
      wanted ??= Array.from(right(token, root))
      const test = (other: JToken): boolean =>
        found instanceof JValue && other instanceof JValue ? holds(found, operator, other) : isUnequal
      if (wanted.some(test)) return true
    }
    return false
  }
}

function holds(value: JValue, operator: Operator, wanted: JValue): boolean {
  switch (operator) {
    case '==':
      return sameOrSameText(value, wanted)
    case '!=':
    case '<>':
      return !sameOrSameText(value, wanted)
    case '<':
      return compareScalars(value, wanted) < 0
    case '<=':
      return compareScalars(value, wanted) <= 0
    case '>':
      return compareScalars(value, wanted) > 0
    case '>=':
      return compareScalars(value, wanted) >= 0
  }
}

/** A string also equals what is written like it. */
function sameOrSameText(value: JValue, wanted: JValue): boolean {
  if (equalScalars(value, wanted)) return true
  return typeof wanted.value === 'string' && textOf(value) === wanted.value
}

function textOf({ value }: JValue): string | undefined {
  if (value instanceof DateTime || value instanceof DateTimeOffset) return jsonDate(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (value instanceof Guid || value instanceof TimeSpan) return scalarToString(value)
  return value instanceof ClrUri ? value.originalString : undefined
}
