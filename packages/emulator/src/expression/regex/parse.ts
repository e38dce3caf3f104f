import { argumentException } from '../values/exceptions.js'
import type { DotNetException } from '../values/exception.js'
import { lowerUnit } from '../text/letter-case.js'
import { between, type CharTest, ofSmallLetter, property, shorthand, withSmallLetters } from './char-class.js'
import { type Anchor, type GroupDefinition, type RegexNode, regexOptions, type RegexProgram } from './syntax.js'

/** Groups inside groups beyond this are refused. */
const depthLimit = 200

/** Reads a .NET regular expression. @throws DotNetException ArgumentException with .NET's words */
export function parseRegex(pattern: string, options: number): RegexProgram {
  return new RegexParser(pattern, options).program()
}

const escapes: Readonly<Record<string, string>> = {
  t: '\t',
  n: '\n',
  r: '\r',
  f: '\f',
  v: '\v',
  a: '\x07',
  b: '\b',
  e: '\x1b',
}

/** `Regex.Unescape`: the escapes of a char, nothing else of a pattern. @throws DotNetException ArgumentException */
export function unescapeRegex(text: string): string {
  return new RegexParser(text, 0).unescaped()
}

class RegexParser {
  #position = 0
  #depth = 0
  readonly #groups: GroupDefinition[] = []

  constructor(
    readonly pattern: string,
    public options: number,
  ) {}

  program(): RegexProgram {
    const root = this.#alternation()
    if (this.#peek() === ')') throw this.#error("Too many )'s.")
    return { root: this.#resolve(root), groupNames: this.#number() }
  }

  unescaped(): string {
    let text = ''
    while (this.#position < this.pattern.length) {
      const unit = this.#peek()
      this.#position++
      if (unit !== '\\') text += unit
      else if (this.#peek() !== '') text += this.#charEscape()
    }
    return text
  }

  #has(option: keyof typeof regexOptions): boolean {
    return (this.options & regexOptions[option]) !== 0
  }

  #peek(offset = 0): string {
    return this.pattern.charAt(this.#position + offset)
  }

  #take(text: string): boolean {
    const found = this.pattern.startsWith(text, this.#position)
    if (found) this.#position += text.length
    return found
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#position
    const match = expression.exec(this.pattern)
    if (match !== null) this.#position += match[0].length
    return match
  }

  #error(message: string): DotNetException {
    return argumentException(`parsing '${this.pattern}' - ${message}`)
  }

  /** Unnamed groups are counted first; names follow in their order. A number as a name is that number. */
  #number(): [number, string][] {
    const taken = new Set<number>()
    for (const group of this.#groups) {
      if (group.name !== undefined && /^\d+$/.test(group.name)) taken.add((group.number = Number(group.name)))
    }
    let next = 1
    const free = (): number => {
      while (taken.has(next)) next++
      taken.add(next)
      return next
    }
    for (const group of this.#groups) if (group.name === undefined) group.number = free()
    const byName = new Map<string, number>()
    for (const group of this.#groups) {
      if (group.name === undefined || group.number > 0) continue
      group.number = byName.get(group.name) ?? free()
      byName.set(group.name, group.number)
    }
    const names = new Map<number, string>([[0, '0']])
    for (const group of this.#groups) names.set(group.number, group.name ?? String(group.number))
    return [...names].sort((a, b) => a[0] - b[0])
  }

  /** Checks references once all groups are known; `\\12` without a group 12 is a character. */
  #resolve(root: RegexNode): RegexNode {
    const names = new Set(this.#number().flatMap(([number, name]) => [String(number), name]))
    const visit = (node: RegexNode): RegexNode => {
      switch (node.kind) {
        case 'reference':
          if (names.has(node.to)) return node
          throw this.#undefinedGroup(node.to)
        case 'sequence':
          return { ...node, items: node.items.map(visit) }
        case 'alternation':
          return { ...node, options: node.options.map(visit) }
        case 'capture':
          if (node.balances !== undefined && !names.has(node.balances)) throw this.#undefinedGroup(node.balances)
          return { ...node, body: visit(node.body) }
        case 'loop':
        case 'atomic':
        case 'look':
          return { ...node, body: visit(node.body) }
        case 'condition':
          if (/^\d/.test(node.group ?? '') && !names.has(node.group ?? ''))
            throw this.#error(`(?(${node.group}) ) reference to undefined group.`)
          return {
            ...node,
            group: names.has(node.group ?? '') ? node.group : undefined,
            test: visit(node.test),
            then: visit(node.then),
            otherwise: visit(node.otherwise),
          }
        default:
          return node
      }
    }
    return visit(root)
  }

  #undefinedGroup(name: string): DotNetException {
    const kind = /^\d+$/.test(name) ? 'number' : 'name'
    return this.#error(`Reference to undefined group ${kind} ${name}.`)
  }

  #alternation(): RegexNode {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    const [only] = options
    return only !== undefined && options.length === 1 ? only : { kind: 'alternation', options }
  }

  #sequence(): RegexNode {
    const items: RegexNode[] = []
    for (;;) {
      this.#skipBlank()
      const letter = this.#peek()
      if (letter === '' || letter === '|' || letter === ')') break
      const atom = this.#atom()
      if (atom !== undefined) items.push(this.#quantified(atom))
    }
    const [only] = items
    return only !== undefined && items.length === 1 ? only : { kind: 'sequence', items }
  }

  /** White space and comments, where the option for them is on; `(?#…)` always. */
  #skipBlank(): void {
    const blank = this.#has('ignorePatternWhitespace') ? /(?:[\s]+|#[^\n]*|\(\?#[^)]*\))*/y : /(?:\(\?#[^)]*\))*/y
    this.#match(blank)
    if (this.pattern.startsWith('(?#', this.#position)) throw this.#error('Unterminated (?#...) comment.')
  }

  #quantified(atom: RegexNode): RegexNode {
    let result = atom
    this.#skipBlank()
    const match = this.#match(/(?:[*+?]|\{(\d+)(,(\d*))?\})(\?)?/y)
    if (match === null) return result
    const [text, from, comma, to, lazy] = match
    const [minimum, maximum] = bounds(text.charAt(0), from, comma, to)
    if (minimum > maximum) throw this.#error('Illegal {x,y} with x > y.')
    result = { kind: 'loop', body: atom, minimum, maximum, lazy: lazy !== undefined }
    this.#skipBlank()
    if (/[*+?]/.test(this.#peek()) || /^\{\d+(,\d*)?\}/.test(this.pattern.slice(this.#position))) {
      throw this.#error(`Nested quantifier ${this.#peek()}.`)
    }
    return result
  }

  /** One element; undefined for what only changes options. */
  #atom(): RegexNode | undefined {
    const letter = this.#peek()
    this.#position++
    switch (letter) {
      case '(':
        return this.#group()
      case '[':
        return { kind: 'char', test: this.#charClass() }
      case '.':
        return { kind: 'char', test: this.#has('singleline') ? () => true : (unit) => unit !== 10 }
      case '^':
        return anchor(this.#has('multiline') ? 'line-start' : 'start')
      case '$':
        return anchor(this.#has('multiline') ? 'line-end' : 'before-final-newline')
      case '\\':
        return this.#escape()
      case '*':
      case '+':
      case '?':
        throw this.#error(NOTHING)
      case '{':
        if (/^\d+(?:,\d*)?\}/.test(this.pattern.slice(this.#position))) throw this.#error(NOTHING)
        return this.#literal(letter)
      default:
        return this.#literal(letter)
    }
  }

  #literal(letter: string): RegexNode {
    const unit = letter.charCodeAt(0)
    if (!this.#has('ignoreCase')) return { kind: 'char', test: (other) => other === unit, literal: letter }
    const small = lowerUnit(unit)
    return { kind: 'char', test: (other) => lowerUnit(other) === small }
  }

  #cased(test: CharTest): CharTest {
    return this.#has('ignoreCase') ? ofSmallLetter(test) : test
  }

  #range(low: number, high: number): CharTest {
    return this.#has('ignoreCase') ? withSmallLetters(between(low, high)) : between(low, high)
  }

  #group(): RegexNode | undefined {
    if (++this.#depth > depthLimit) throw this.#error('Too many groups inside each other.')
    const outer = this.options
    const node = this.#take('?') ? this.#special() : this.#plainGroup()
    this.#depth--
    // Options that a group sets end with it; `(?i)` alone goes on to the end of the group around.
    if (node !== undefined) this.options = outer
    return node
  }

  #plainGroup(): RegexNode {
    return this.#has('explicitCapture') ? this.#close(this.#alternation()) : this.#capture(undefined, undefined)
  }

  #capture(name: string | undefined, balances: string | undefined): RegexNode {
    const group = name === undefined && balances !== undefined ? undefined : { name, number: 0 }
    if (group !== undefined) this.#groups.push(group)
    return { kind: 'capture', body: this.#close(this.#alternation()), group, balances }
  }

  #close<T>(node: T): T {
    if (!this.#take(')')) throw this.#error("Not enough )'s.")
    return node
  }

  #special(): RegexNode | undefined {
    if (this.#take(':')) return this.#close(this.#alternation())
    if (this.#take('>')) return { kind: 'atomic', body: this.#close(this.#alternation()) }
    if (this.#take('=')) return this.#look(false, false)
    if (this.#take('!')) return this.#look(false, true)
    if (this.#take('<=')) return this.#look(true, false)
    if (this.#take('<!')) return this.#look(true, true)
    if (this.#take('(')) return this.#condition()
    const named = this.#match(/<(\w*)(?:-(\w+))?>|'(\w*)(?:-(\w+))?'/y)
    if (named !== null) return this.#named(named[1] ?? named[3] ?? '', named[2] ?? named[4])
    return this.#inlineOptions()
  }

  #look(behind: boolean, negative: boolean): RegexNode {
    return { kind: 'look', body: this.#close(this.#alternation()), behind, negative }
  }

  #named(name: string, balances: string | undefined): RegexNode {
    if ((name === '' && balances === undefined) || /^\d+\D/.test(name))
      throw this.#error('Invalid group name: Group names must begin with a word character.')
    if (/^0+$/.test(name)) throw this.#error('Capture number cannot be zero.')
    return this.#capture(name === '' ? undefined : name, balances)
  }

  /** `(?(name)yes|no)`; what is no group's name is a pattern to look ahead for. */
  #condition(): RegexNode {
    const start = this.#position
    const name = this.#match(/(\w+)\)/y)?.[1]
    const number = name === undefined ? this.#match(/\d+/y)?.[0] : undefined
    if (number !== undefined) throw this.#error(`(?(${number}) ) malformed.`)
    if (name !== undefined && /^\d+\D/.test(name)) throw this.#error(`(?(${/^\d+/.exec(name)?.[0]}) ) malformed.`)
    let test: RegexNode = { kind: 'empty' }
    if (name === undefined) {
      this.#position = start
      this.#checkCondition()
      const outer = this.options
      test = this.#take('?') ? (this.#special() ?? test) : this.#close(this.#alternation())
      this.options = outer
    } else {
      test = { kind: 'sequence', items: Array.from(name, (letter) => this.#literal(letter)) }
    }
    const branches = this.#close(this.#alternation())
    const [then = { kind: 'empty' }, otherwise = { kind: 'empty' }, ...more] =
      branches.kind === 'alternation' ? branches.options : [branches]
    if (more.length > 0) throw this.#error('Too many | in (?()|).')
    return {
      kind: 'condition',
      group: name,
      test: { kind: 'look', body: test, behind: false, negative: false },
      then,
      otherwise,
    }
  }

  /** What a condition cannot be: the parenthesis has been read. */
  #checkCondition(): void {
    if (this.#peek() !== '?') return
    if (this.#peek(1) === '#') throw this.#error('Alternation conditions cannot be comments.')
    const isName = this.#peek(1) === "'" || (this.#peek(1) === '<' && !/[!=]/.test(this.#peek(2)))
    if (isName) throw this.#error('Alternation conditions do not capture and cannot be named.')
  }

  #inlineOptions(): RegexNode | undefined {
    const match = this.#match(/([imnsx]*)(?:-([imnsx]*))?([:)])/y)
    if (match === null) throw this.#error('Unrecognized grouping construct.')
    this.options = (this.options | flagsOf(match[1] ?? '')) & ~flagsOf(match[2] ?? '')
    return match[3] === ':' ? this.#close(this.#alternation()) : undefined
  }

  #escape(): RegexNode {
    const letter = this.#peek()
    if (letter === '') throw this.#error('Illegal \\ at end of pattern.')
    const at = anchors[letter]
    if (at !== undefined) {
      this.#position++
      return anchor(at)
    }
    if (/[dDwWsSpP]/.test(letter)) return { kind: 'char', test: this.#cased(this.#classEscape()) }
    if (letter === 'k') return this.#namedReference()
    const reference = /[1-9]/.test(letter) ? this.#numberedReference() : undefined
    return reference ?? this.#literal(this.#charEscape())
  }

  #namedReference(): RegexNode {
    const match = this.#match(/k(?:<(\w+)>|'(\w+)')/y)
    if (match === null) throw this.#error('Malformed \\k<...> named back reference.')
    const [ignoreCase, ecmaScript] = [this.#has('ignoreCase'), this.#has('ecmaScript')]
    return { kind: 'reference', to: match[1] ?? match[2] ?? '', ignoreCase, ecmaScript }
  }

  /** A number beyond the groups is a char in octal digits, if it has two or more; ECMAScript takes the longest that is a group. */
  #numberedReference(): RegexNode | undefined {
    const start = this.#position
    const digits = this.#match(/\d+/y)?.[0] ?? ''
    const count = (this.pattern.match(/\((?!\?)|\(\?(?:<(?![=!])|')/g) ?? []).length
    const ignoreCase = this.#has('ignoreCase')
    if (!this.#has('ecmaScript')) {
      if (digits.length < 2 || Number(digits) <= count)
        return { kind: 'reference', to: String(Number(digits)), ignoreCase, ecmaScript: false }
      this.#position = start
      return undefined
    }
    let length = digits.length
    while (length > 0 && Number(digits.slice(0, length)) > count) length--
    this.#position = start + length
    return length === 0 ? undefined : { kind: 'reference', to: digits.slice(0, length), ignoreCase, ecmaScript: true }
  }

  #classEscape(): CharTest {
    const letter = this.#peek()
    if (/[pP]/.test(letter)) {
      const name = this.#match(/[pP]\{([\w-]+)\}/y)?.[1]
      if (name === undefined) {
        const isMalformed = this.pattern.length - this.#position > 3 && this.#peek(1) !== '{'
        throw this.#error(`${isMalformed ? 'Malformed' : 'Incomplete'} \\p{X} character escape.`)
      }
      return property(name, letter === 'P', this.pattern, this.#has('ignoreCase'))
    }
    this.#position++
    return shorthand(letter, this.#has('ecmaScript'))
  }

  /** The character of an escape; the backslash has been read. */
  #charEscape(): string {
    const code = this.#match(/x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|c([A-Za-z@[\]\\^_])|([0-7]{1,3})/y)
    if (code !== null) {
      const [, hex, wide, control, octal] = code
      if (control !== undefined) return String.fromCharCode(control.toUpperCase().charCodeAt(0) & 31)
      return octal === undefined ? String.fromCharCode(Number.parseInt(hex ?? wide ?? '', 16)) : this.#octal(octal)
    }
    const letter = this.#peek()
    this.#position++
    const simple = escapes[letter]
    if (simple !== undefined) return simple
    if (/[xu]/.test(letter)) throw this.#error('Insufficient hexadecimal digits.')
    if (letter === 'c') throw this.#error(`${this.#peek() === '' ? 'Missing' : 'Unrecognized'} control character.`)
    if (/[\w\u0080-\uffff]/.test(letter) && !this.#has('ecmaScript') && isWordUnit(letter))
      throw this.#error(`Unrecognized escape sequence \\${letter}.`)
    return letter
  }

  /** With the ECMAScript option a char ends where it is 32 or more. */
  #octal(digits: string): string {
    const end = this.#has('ecmaScript') && Number.parseInt(digits.slice(0, 2), 8) >= 32 ? 2 : digits.length
    this.#position -= digits.length - Math.min(end, digits.length)
    return String.fromCharCode(Number.parseInt(digits.slice(0, end), 8) & 0xff)
  }

  /** A class in brackets; the opening one has been read. */
  #charClass(): CharTest {
    const negative = this.#take('^')
    const tests: CharTest[] = []
    let subtracted: CharTest | undefined
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#peek() === '') throw this.#error('Unterminated [] set.')
      if (!first && this.pattern.startsWith('-[', this.#position)) {
        this.#position += 2
        subtracted = this.#charClass()
        if (this.#peek() !== ']') throw this.#error('A subtraction must be the last element in a character class.')
        break
      }
      tests.push(this.#classItem())
    }
    this.#position++
    const included = this.#cased((unit: number): boolean => tests.some((test) => test(unit)) !== negative)
    const without = subtracted
    return without === undefined ? included : (unit) => included(unit) && !without(unit)
  }

  #classItem(): CharTest {
    if (this.#peek() === '\\' && /[dDwWsSpP]/.test(this.#peek(1))) {
      this.#position++
      return this.#classEscape()
    }
    const low = this.#classChar()
    const isRange = this.#peek() === '-' && this.#peek(1) !== ']' && this.#peek(1) !== '[' && this.#peek(1) !== ''
    if (!isRange) return this.#range(low, low)
    this.#position++
    if (this.#peek() === '\\' && /[dDwWsSpP]/.test(this.#peek(1)))
      throw this.#error(`Cannot include class \\${this.#peek(1)} in character range.`)
    const high = this.#classChar()
    if (high < low) throw this.#error('[x-y] range in reverse order.')
    return this.#range(low, high)
  }

  #classChar(): number {
    if (this.#take('\\')) {
      if (this.#take('-')) return 45
      return this.#charEscape().charCodeAt(0)
    }
    const unit = this.pattern.charCodeAt(this.#position)
    this.#position++
    return unit
  }
}

const anchors: Readonly<Record<string, Anchor>> = {
  A: 'start',
  Z: 'before-final-newline',
  z: 'end',
  G: 'last-match',
  b: 'word',
  B: 'no-word',
}

function anchor(at: Anchor): RegexNode {
  return { kind: 'anchor', at }
}

const NOTHING = 'Quantifier {x,y} following nothing.'

const isWordUnit = (letter: string): boolean => shorthand('w', false)(letter.charCodeAt(0))

function bounds(
  symbol: string,
  from: string | undefined,
  comma: string | undefined,
  to: string | undefined,
): [number, number] {
  if (symbol === '*') return [0, Infinity]
  if (symbol === '+') return [1, Infinity]
  if (symbol === '?') return [0, 1]
  const minimum = Number(from)
  return [minimum, comma === undefined ? minimum : to === '' || to === undefined ? Infinity : Number(to)]
}

const flagLetters: Readonly<Record<string, number>> = {
  i: regexOptions.ignoreCase,
  m: regexOptions.multiline,
  n: regexOptions.explicitCapture,
  s: regexOptions.singleline,
  x: regexOptions.ignorePatternWhitespace,
}

function flagsOf(letters: string): number {
  return Array.from(letters).reduce((flags, letter) => flags | (flagLetters[letter] ?? 0), 0)
}
