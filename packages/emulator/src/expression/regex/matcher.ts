import { step } from '../run.js'
import { lowerUnit } from '../text/letter-case.js'
import { type CharTest, shorthand } from './char-class.js'
import { regexOptions, type Anchor, type RegexNode, type RegexProgram } from './syntax.js'

/** A stretch of the text that a group matched. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** What is tried from a place on; true: the rest of the pattern matched. */
type Next = (position: number) => boolean

/** The text at hand and what has been captured so far. */
interface State {
  text: string
  /** Where the search began: `\G`. */
  origin: number
  /** The captures of each group, the last one last. */
  readonly captures: Map<number, Span[]>
}

/** The groups' captures of a match, by number; 0 is the whole. */
export type MatchSpans = ReadonlyMap<number, readonly Span[]>

/**
 * A backtracking matcher, as .NET's own is one: every capture of a repeated group is kept, and atomic, conditional and balancing
 * groups work. Each step counts against the evaluation's time, so a pattern that explodes is ended with it.
 */
export class Matcher {
  readonly #state: State = { text: '', origin: 0, captures: new Map() }
  readonly #start: Next
  readonly #rightToLeft: boolean
  readonly #prefix: string | undefined
  #end = 0

  constructor(program: RegexProgram, options: number) {
    this.#rightToLeft = (options & regexOptions.rightToLeft) !== 0
    const numbers = new Map(program.groupNames.map(([number, name]) => [name, number]))
    for (const [number] of program.groupNames) this.#state.captures.set(number, [])
    const compiler = new MatcherCompiler(this.#state, numbers, (options & regexOptions.ecmaScript) !== 0)
    this.#start = compiler.compile(program.root, this.#rightToLeft ? -1 : 1, (position) => {
      this.#end = position
      return true
    })
    this.#prefix = this.#rightToLeft ? undefined : prefixOf(program.root)
  }

  /** The first match at or after a place (at or before it, from right to left). */
  find(text: string, from: number): MatchSpans | undefined {
    this.#state.text = text
    this.#state.origin = from
    const direction = this.#rightToLeft ? -1 : 1
    for (let position = from; position >= 0 && position <= text.length; position += direction) {
      step()
      if (this.#prefix !== undefined) {
        position = text.indexOf(this.#prefix, position)
        if (position < 0) return undefined
      }
      for (const list of this.#state.captures.values()) list.length = 0
      if (this.#start(position)) return this.#spans(position)
    }
    return undefined
  }

  #spans(position: number): MatchSpans {
    const whole = { start: Math.min(position, this.#end), end: Math.max(position, this.#end) }
    const spans = new Map([...this.#state.captures].map(([number, list]) => [number, [...list]]))
    return spans.set(0, [whole])
  }
}

/** A character with which every match begins. */
function prefixOf(node: RegexNode): string | undefined {
  if (node.kind === 'char') return node.literal
  if (node.kind === 'sequence' && node.items[0] !== undefined) return prefixOf(node.items[0])
  return node.kind === 'capture' && node.balances === undefined ? prefixOf(node.body) : undefined
}

class MatcherCompiler {
  readonly #isWord: CharTest

  constructor(
    readonly state: State,
    readonly numbers: ReadonlyMap<string, number>,
    ecmaScript: boolean,
  ) {
    this.#isWord = shorthand('w', ecmaScript)
  }

  /** @param direction 1 forwards; -1 backwards, as inside of a lookbehind */
  compile(node: RegexNode, direction: 1 | -1, next: Next): Next {
    switch (node.kind) {
      case 'empty':
        return next
      case 'char':
        return this.#char(node.test, direction, next)
      case 'sequence': {
        const items = direction === 1 ? [...node.items].reverse() : node.items
        return items.reduce((rest, item) => this.compile(item, direction, rest), next)
      }
      case 'alternation': {
        const options = node.options.map((option) => this.compile(option, direction, next))
        return (position) => {
          step()
          return options.some((option) => option(position))
        }
      }
      case 'loop':
        return node.body.kind === 'char'
          ? this.#charLoop(node, node.body.test, direction, next)
          : this.#loop(node, direction, next)
      case 'capture':
        return this.#capture(node, direction, next)
      case 'atomic':
        return this.#once(this.#alone(node.body, direction), next)
      case 'look':
        return this.#look(node, next)
      case 'reference':
        return this.#reference(node, direction, next)
      case 'condition':
        return this.#condition(node, direction, next)
      case 'anchor':
        return this.#anchor(node.at, next)
    }
  }

  #char(test: CharTest, direction: 1 | -1, next: Next): Next {
    const { state } = this
    if (direction === 1)
      return (position) => position < state.text.length && test(state.text.charCodeAt(position)) && next(position + 1)
    return (position) => position > 0 && test(state.text.charCodeAt(position - 1)) && next(position - 1)
  }

  /** A loop over one character needs no memory of its turns. */
  #charLoop(
    { minimum, maximum, lazy }: Extract<RegexNode, { kind: 'loop' }>,
    test: CharTest,
    direction: 1 | -1,
    next: Next,
  ): Next {
    const { state } = this
    const fits = (position: number): boolean =>
      direction === 1
        ? position < state.text.length && test(state.text.charCodeAt(position))
        : position > 0 && test(state.text.charCodeAt(position - 1))
    if (lazy) {
      return (position) => {
        for (let count = 0, at = position; ; count++, at += direction) {
          step()
          if (count >= minimum && next(at)) return true
          if (count >= maximum || !fits(at)) return false
        }
      }
    }
    return (position) => {
      let count = 0
      while (count < maximum && fits(position + count * direction)) count++
      for (; count >= minimum; count--) {
        step()
        if (next(position + count * direction)) return true
      }
      return false
    }
  }

  #loop({ body, minimum, maximum, lazy }: Extract<RegexNode, { kind: 'loop' }>, direction: 1 | -1, next: Next): Next {
    // The turn that is running; an outer one waits where the loop stands inside of another.
    let turn: { readonly count: number; readonly start: number; readonly outer: unknown } | undefined
    type Turn = NonNullable<typeof turn>

    const leave = (position: number, own: Turn): boolean => {
      turn = own.outer as typeof turn
      if (next(position)) return true
      turn = own
      return false
    }
    const again = (position: number, own: Turn): boolean => {
      turn = own
      if (once(position)) return true
      turn = own
      return false
    }
    const attempt = (position: number, own: Turn): boolean => {
      step()
      if (own.count < minimum) return again(position, own)
      if (lazy) return leave(position, own) || (own.count < maximum && again(position, own))
      return (own.count < maximum && again(position, own)) || leave(position, own)
    }
    const once = this.compile(body, direction, (position) => {
      const own = turn
      if (own === undefined) return false
      const following = { count: own.count + 1, start: position, outer: own.outer }
      turn = following
      // A turn that took nothing would take nothing for ever: the loop ends.
      const done = position === own.start && following.count >= minimum
      if (done ? leave(position, following) : attempt(position, following)) return true
      turn = own
      return false
    })
    return (position) => {
      const outer = turn
      const own = { count: 0, start: position, outer }
      turn = own
      if (attempt(position, own)) return true
      turn = outer
      return false
    }
  }

  #capture(node: Extract<RegexNode, { kind: 'capture' }>, direction: 1 | -1, next: Next): Next {
    const own = node.group === undefined ? undefined : this.state.captures.get(node.group.number)
    const balanced =
      node.balances === undefined ? undefined : this.state.captures.get(this.numbers.get(node.balances) ?? -1)
    const starts: number[] = []
    const inner = this.compile(node.body, direction, (position) => {
      const start = starts.pop() ?? position
      const span = { start: Math.min(start, position), end: Math.max(start, position) }
      const matched =
        balanced === undefined
          ? this.#push(own, span, () => next(position))
          : this.#balance(own, balanced, span, () => next(position))
      if (!matched) starts.push(start)
      return matched
    })
    return (position) => {
      starts.push(position)
      if (inner(position)) return true
      starts.pop()
      return false
    }
  }

  #push(list: Span[] | undefined, span: Span, next: () => boolean): boolean {
    list?.push(span)
    if (next()) return true
    list?.pop()
    return false
  }

  /** Takes the last capture of the other group away; the text between the two is captured. */
  #balance(own: Span[] | undefined, other: Span[], span: Span, next: () => boolean): boolean {
    const popped = other.pop()
    if (popped === undefined) return false
    const between = popped.end <= span.start ? { start: popped.end, end: span.start } : span
    if (this.#push(own, between, next)) return true
    other.push(popped)
    return false
  }

  /** A part of the pattern matched for itself: the place where it ends, or -1. */
  #alone(body: RegexNode, direction: 1 | -1): (position: number) => number {
    let end = -1
    const run = this.compile(body, direction, (position) => {
      end = position
      return true
    })
    return (position) => (run(position) ? end : -1)
  }

  /** Goes on after a part that is not tried again; its captures go when the rest fails. */
  #once(part: (position: number) => number, next: Next): Next {
    return (position) => {
      step()
      const before = this.#lengths()
      const end = part(position)
      if (end >= 0 && next(end)) return true
      this.#restore(before)
      return false
    }
  }

  #look(node: Extract<RegexNode, { kind: 'look' }>, next: Next): Next {
    const part = this.#alone(node.body, node.behind ? -1 : 1)
    if (!node.negative) return this.#once((position) => (part(position) >= 0 ? position : -1), next)
    return (position) => {
      step()
      const before = this.#lengths()
      const found = part(position) >= 0
      this.#restore(before)
      return !found && next(position)
    }
  }

  /** Captures are only added while a part runs, but a balancing group may take some: whole lists are kept. */
  #lengths(): Map<number, Span[]> {
    return new Map([...this.state.captures].map(([number, list]) => [number, [...list]]))
  }

  #restore(before: ReadonlyMap<number, readonly Span[]>): void {
    for (const [number, list] of this.state.captures) list.splice(0, list.length, ...(before.get(number) ?? []))
  }

  /** A group that has captured nothing makes a reference fail. */
  #reference(node: Extract<RegexNode, { kind: 'reference' }>, direction: 1 | -1, next: Next): Next {
    const { state } = this
    const list = state.captures.get(this.numbers.get(node.to) ?? Number(node.to))
    return (position) => {
      const span = list?.at(-1)
      // With the ECMAScript option a group without a capture is empty.
      if (span === undefined) return node.ecmaScript && next(position)
      const wanted = state.text.slice(span.start, span.end)
      const at = direction === 1 ? position : position - wanted.length
      if (at < 0 || !sameText(state.text.slice(at, at + wanted.length), wanted, node.ignoreCase)) return false
      return next(position + direction * wanted.length)
    }
  }

  #condition(node: Extract<RegexNode, { kind: 'condition' }>, direction: 1 | -1, next: Next): Next {
    const then = this.compile(node.then, direction, next)
    const otherwise = this.compile(node.otherwise, direction, next)
    if (node.group !== undefined) {
      const list = this.state.captures.get(this.numbers.get(node.group) ?? Number(node.group))
      return (position) => ((list?.length ?? 0) > 0 ? then(position) : otherwise(position))
    }
    const test = this.#alone(node.test, 1)
    return (position) => (test(position) >= 0 ? then(position) : otherwise(position))
  }

  #anchor(at: Anchor, next: Next): Next {
    const { state } = this
    const holds = this.#anchorTest(at)
    return (position) => holds(state.text, position) && next(position)
  }

  #anchorTest(at: Anchor): (text: string, position: number) => boolean {
    switch (at) {
      case 'start':
        return (_text, position) => position === 0
      case 'line-start':
        return (text, position) => position === 0 || text.charCodeAt(position - 1) === 10
      case 'end':
        return (text, position) => position === text.length
      case 'line-end':
        return (text, position) => position === text.length || text.charCodeAt(position) === 10
      case 'before-final-newline':
        return (text, position) =>
          position === text.length || (position === text.length - 1 && text.charCodeAt(position) === 10)
      case 'last-match':
        return (_text, position) => position === this.state.origin
      case 'word':
        return (text, position) => this.#atWordEdge(text, position)
      case 'no-word':
        return (text, position) => !this.#atWordEdge(text, position)
    }
  }

  #atWordEdge(text: string, position: number): boolean {
    const before = position > 0 && this.#isOfWord(text.charCodeAt(position - 1))
    const after = position < text.length && this.#isOfWord(text.charCodeAt(position))
    return before !== after
  }

  /** The joiners of zero width do not end a word, though `\w` does not match them. */
  #isOfWord(unit: number): boolean {
    return this.#isWord(unit) || unit === 0x200c || unit === 0x200d
  }
}

function sameText(a: string, b: string, ignoreCase: boolean): boolean {
  if (!ignoreCase || a.length !== b.length) return a === b
  for (let index = 0; index < a.length; index++) {
    if (lowerUnit(a.charCodeAt(index)) !== lowerUnit(b.charCodeAt(index))) return false
  }
  return true
}
