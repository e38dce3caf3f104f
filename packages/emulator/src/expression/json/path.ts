import { step } from '../run.js'
import { DotNetException } from '../values/exception.js'
import { argumentNull, indexOutOfRange } from '../values/exceptions.js'
import { parseInteger, tryParseDouble, tryParseInteger } from '../text/number-parse.js'
import {
  combined,
  compared,
  every,
  fields,
  index,
  indices,
  named,
  present,
  scanned,
  slice,
  where,
  type Operator,
  type PathFilter,
  type Side,
  type Test,
} from './path-filters.js'
import { JValue, type JToken } from './token.js'

/**
 * What `SelectTokens` finds: names, indices, `*`, `..`, slices, lists and filters of Newtonsoft's JSON paths. The path is read at once,
 * the tokens are found when the result is walked.
 *
 * @param required a name or an index that a token does not have is an error (`errorWhenNoMatch`); `..` and filters may find nothing
 * @throws DotNetException JsonException for a path that is none, and in the walk for what is missing
 */
export function tokenSelector(path: string | null, required = false): (root: JToken) => Iterable<JToken> {
  if (path === null) throw argumentNull('expression')
  const { filters } = new PathReader(path)
  return (root) => evaluate(filters, root, root, required)
}

/** The only match; two are an error. */
export function selectToken(root: JToken, path: string | null, required = false): JToken | null {
  let found: JToken | null = null
  for (const token of tokenSelector(path, required)(root)) {
    if (found !== null) throw pathError('Path returned multiple tokens.')
    found = token
  }
  return found
}

function evaluate(filters: readonly PathFilter[], from: JToken, root: JToken, required: boolean): Iterable<JToken> {
  let tokens: Iterable<JToken> = [from]
  for (const filter of filters) tokens = filter(tokens, required, root)
  return tokens
}

function pathError(message: string): DotNetException {
  return new DotNetException('Newtonsoft.Json.JsonException', message)
}

const openIndexer = 'Path ended with open indexer.'
const openQuery = 'Path ended with open query.'
const operators: readonly Operator[] = ['==', '!=', '<>', '<=', '<', '>=', '>']

/** Newtonsoft's `JPath`: one letter after the other, with its own idea of what may follow what. */
class PathReader {
  readonly filters: PathFilter[] = []
  #at = 0

  constructor(readonly path: string) {
    this.#main()
  }

  #letter(): string {
    return this.path.charAt(this.#at)
  }

  get #ended(): boolean {
    return this.#at >= this.path.length
  }

  #blanks(): void {
    while (this.#letter() === ' ') this.#at++
  }

  #notEnded(message: string): void {
    if (this.#ended) throw pathError(message)
  }

  #main(): void {
    let start = this.#at
    this.#blanks()
    if (this.#ended) return
    if (this.#letter() === '$') {
      if (this.path.length === 1) return
      // Another letter behind it makes it the beginning of a name.
      const next = this.path.charAt(this.#at + 1)
      if (next === '.' || next === '[') start = ++this.#at
    }
    if (this.#steps(this.filters, start, false)) return
    const last = this.#letter()
    this.#blanks()
    if (!this.#ended) throw pathError(`Unexpected character while parsing path: ${last}`)
  }

  /** @returns whether the path ended */
  #steps(filters: PathFilter[], from: number, inQuery: boolean): boolean {
    let start = from
    let isDeep = false
    let behindIndexer = false
    let behindDot = false
    const name = (): void => {
      if (this.#at <= start) return
      filters.push(this.#nameFilter(this.path.slice(start, this.#at), isDeep))
      isDeep = false
    }
    for (;;) {
      const letter = this.#letter()
      if (this.#ended || letter === ']' || letter === ')' || letter === ' ') break
      if (letter === '[' || letter === '(') {
        name()
        filters.push(this.#indexer(letter === '[' ? ']' : ')', isDeep))
        isDeep = false
        start = ++this.#at
        behindIndexer = true
        behindDot = false
      } else if (letter === '.') {
        name()
        if (this.path.charAt(this.#at + 1) === '.') {
          isDeep = true
          this.#at++
        }
        start = ++this.#at
        behindIndexer = false
        behindDot = true
      } else if (inQuery && '=<!>|&'.includes(letter)) break
      else if (behindIndexer) throw pathError(`Unexpected character following indexer: ${letter}`)
      else this.#at++
    }
    if (this.#at > start) filters.push(this.#nameFilter(this.path.slice(start, this.#at).trimEnd(), isDeep))
    else if (behindDot && (this.#ended || inQuery)) throw pathError('Unexpected end while parsing path.')
    return this.#ended
  }

  #nameFilter(name: string, isDeep: boolean): PathFilter {
    const wanted = name === '*' ? undefined : name
    return isDeep ? scanned(wanted === undefined ? undefined : [wanted]) : fields(wanted)
  }

  #indexer(close: string, isDeep: boolean): PathFilter {
    this.#at++
    this.#notEnded(openIndexer)
    this.#blanks()
    if (this.#letter() === "'") return this.#names(close, isDeep)
    return this.#letter() === '?' ? this.#query(close) : this.#array(close)
  }

  #array(close: string): PathFilter {
    let start = this.#at
    let end: number | undefined
    let list: number[] | undefined
    const parts: (number | undefined)[] = []
    const text = (): string => this.path.slice(start, end ?? this.#at)
    const number = (): number => {
      if (text() === '') throw pathError('Array index expected.')
      return Number(parseInteger(text(), 'int'))
    }
    const next = (): void => {
      this.#at++
      this.#blanks()
      start = this.#at
      end = undefined
    }
    while (!this.#ended) {
      const letter = this.#letter()
      if (letter === ' ') {
        end = this.#at
        this.#blanks()
      } else if (letter === close) {
        if (list !== undefined) return indices([...list, number()])
        if (parts.length === 0) return index(number())
        parts.push(text() === '' ? undefined : number())
        return slice(parts)
      } else if (letter === ',') {
        list = [...(list ?? []), number()]
        next()
      } else if (letter === '*') {
        this.#at++
        this.#notEnded(openIndexer)
        this.#blanks()
        if (this.#letter() !== close) throw pathError(`Unexpected character while parsing path indexer: ${letter}`)
        return every()
      } else if (letter === ':') {
        parts.push(text() === '' ? undefined : number())
        next()
      } else if (end !== undefined || !/[\p{Nd}-]/u.test(letter)) {
        throw pathError(`Unexpected character while parsing path indexer: ${letter}`)
      } else this.#at++
    }
    throw pathError(openIndexer)
  }

  #names(close: string, isDeep: boolean): PathFilter {
    const names: string[] = []
    while (!this.#ended) {
      names.push(this.#quoted())
      this.#blanks()
      this.#notEnded(openIndexer)
      if (this.#letter() === close) return isDeep ? scanned(names) : names.length > 1 ? named(names) : fields(names[0])
      if (this.#letter() !== ',') throw pathError(`Unexpected character while parsing path indexer: ${this.#letter()}`)
      this.#at++
      this.#blanks()
    }
    throw pathError(openIndexer)
  }

  #quoted(): string {
    let text = ''
    this.#at++
    while (!this.#ended) {
      const letter = this.path.charAt(this.#at++)
      if (letter === "'") return text
      if (letter === '\\' && !this.#ended) {
        const escaped = this.path.charAt(this.#at++)
        if (escaped !== "'" && escaped !== '\\') throw pathError(`Unknown escape character: \\${escaped}`)
        text += escaped
      } else text += letter
    }
    throw pathError('Path ended with an open string.')
  }

  #query(close: string): PathFilter {
    this.#at++
    this.#notEnded(openIndexer)
    if (this.#letter() !== '(') throw pathError(`Unexpected character while parsing path indexer: ${this.#letter()}`)
    this.#at++
    const test = this.#expression()
    this.#at++
    this.#notEnded(openIndexer)
    this.#blanks()
    if (this.#letter() !== close) throw pathError(`Unexpected character while parsing path indexer: ${this.#letter()}`)
    return where(test)
  }

  /** Comparisons joined by `&&` and `||`, read from left to right: a change of the word begins a group inside of the last one. */
  #expression(): Test {
    const groups: { readonly word: string; readonly tests: Test[] }[] = []
    while (!this.#ended) {
      const test = this.#comparison()
      const word = this.#letter()
      if (word === ')') {
        const last = groups.at(-1)
        if (last === undefined) return test
        last.tests.push(test)
        return grouped(groups)
      }
      if (this.path.startsWith(word + word, this.#at) && (word === '&' || word === '|')) {
        this.#at += 2
        const last = groups.at(-1)
        if (last?.word === word) last.tests.push(test)
        else groups.push({ word, tests: [test] })
      }
      step()
    }
    throw pathError(openQuery)
  }

  #comparison(): Test {
    const left = this.#side()
    if (')|&'.includes(this.#letter())) return present(left)
    const operator = this.#operator()
    return compared(left, operator, this.#side())
  }

  /** A path from the token or from the root, or a value. */
  #side(): Side {
    this.#blanks()
    const start = this.#letter()
    const side = start === '@' || start === '$' ? this.#path(start === '$') : this.#value()
    this.#blanks()
    this.#notEnded(openQuery)
    return side
  }

  #path(fromRoot: boolean): Side {
    this.#at++
    const path: PathFilter[] = []
    if (this.#steps(path, this.#at, true)) throw pathError(openQuery)
    return (token, root) => evaluate(path, fromRoot ? root : token, root, false)
  }

  #value(): Side {
    const value = this.#literal()
    if (value === undefined) {
      if (this.#ended) throw indexOutOfRange()
      throw pathError(`Unexpected character while parsing path query: ${this.#letter()}`)
    }
    const token = new JValue(value)
    return () => [token]
  }

  #operator(): Operator {
    if (this.#at + 1 >= this.path.length) throw pathError(openQuery)
    const operator = operators.find((text) => this.path.startsWith(text, this.#at))
    if (operator === undefined) throw pathError('Could not read query operator.')
    this.#at += operator.length
    return operator
  }

  #literal(): string | number | bigint | boolean | null | undefined {
    const letter = this.#letter()
    if (letter === "'") return this.#quoted()
    if (/[\p{Nd}-]/u.test(letter)) return this.#number()
    for (const word of ['true', 'false', 'null']) {
      if (!this.path.startsWith(word, this.#at)) continue
      this.#at += word.length
      return word === 'null' ? null : word === 'true'
    }
    return undefined
  }

  /** Digits and whatever follows them, up to a blank or the end of the condition. */
  #number(): number | bigint | undefined {
    const start = this.#at++
    while (!this.#ended && this.#letter() !== ' ' && this.#letter() !== ')') this.#at++
    const text = this.path.slice(start, this.#at)
    const value = /[.eE]/.test(text) ? tryParseDouble(text) : tryParseInteger(text, 'long')
    return this.#ended || typeof value === 'string' ? undefined : value
  }
}

/** Each group stands at the end of the one before. */
function grouped(groups: readonly { readonly word: string; readonly tests: readonly Test[] }[]): Test {
  let inner: Test | undefined
  for (const { word, tests } of groups.toReversed()) {
    inner = combined(word === '&', inner === undefined ? tests : [...tests, inner])
  }
  return inner ?? (() => true)
}
