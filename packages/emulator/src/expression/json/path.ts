import { step } from '../run.js'
import { DotNetException } from '../values/exception.js'
import { listIndexOutOfRange } from '../values/exceptions.js'
import { compareScalars } from './scalar.js'
import { JArray, JContainer, JObject, JProperty, type JToken, JValue, tokenTypes } from './token.js'

/** One step of a path: from the tokens that were found to those below them. */
type Step = (tokens: Iterable<JToken>, root: JToken) => Iterable<JToken>

/**
 * `SelectToken` and `SelectTokens`: names, indices, `*`, `..`, slices, lists and filters.
 *
 * @param required a name or an index that a token does not have is an error (`errorWhenNoMatch`); `..` and filters may find nothing
 * @throws DotNetException JsonException for a path that is none, and for what is missing
 */
export function* selectTokens(root: JToken, path: string, required = false): Generator<JToken> {
  let tokens: Iterable<JToken> = [root]
  for (const next of new PathReader(path, required).steps()) tokens = next(tokens, root)
  yield* tokens
}

/** The only match; two are an error. */
export function selectToken(root: JToken, path: string, required = false): JToken | null {
  let found: JToken | null = null
  for (const token of selectTokens(root, path, required)) {
    if (found !== null) throw pathError('Path returned multiple tokens.')
    found = token
  }
  return found
}

function pathError(message: string): DotNetException {
  return new DotNetException('Newtonsoft.Json.JsonException', message)
}

class PathReader {
  #position = 0

  constructor(
    readonly path: string,
    readonly required: boolean,
  ) {}

  steps(): Step[] {
    const steps: Step[] = []
    if (this.path.startsWith('$')) this.#position = 1
    while (this.#position < this.path.length) {
      const letter = this.#peek()
      const deep = this.path.startsWith('..', this.#position)
      if (letter === '.') this.#position += deep ? 2 : 1
      if (this.#peek() === '[') steps.push(...this.#bracket(deep))
      else steps.push(this.#name(deep))
    }
    return steps
  }

  #peek(): string {
    return this.path.charAt(this.#position)
  }

  #name(deep: boolean): Step {
    const match = /[^.[\]() ]+/y
    match.lastIndex = this.#position
    const name = match.exec(this.path)?.[0]
    if (name === undefined) {
      throw pathError(
        this.#peek() === ''
          ? 'Unexpected end while parsing path.'
          : `Unexpected character while parsing path: ${this.#peek()}`,
      )
    }
    this.#position += name.length
    if (![undefined, '.', '[', ''].includes(this.#peek()))
      throw pathError(`Unexpected character while parsing path: ${this.#peek()}`)
    return nameStep(name === '*' ? undefined : [name], deep, this.required)
  }

  #bracket(deep: boolean): Step[] {
    this.#position++
    this.#blank()
    const letter = this.#peek()
    if (letter === '?') return [this.#filter(deep)]
    if (letter === "'" || letter === '"') return [nameStep(this.#quotedNames(), deep, this.required)]
    const inner = /[^\]]*/y
    inner.lastIndex = this.#position
    const text = inner.exec(this.path)?.[0] ?? ''
    this.#position += text.length
    this.#expect(']')
    return [indexStep(text.trim(), this.required)]
  }

  #quotedNames(): string[] {
    const names: string[] = []
    for (;;) {
      this.#blank()
      names.push(this.#quoted())
      this.#blank()
      if (this.#peek() !== ',') break
      this.#position++
    }
    this.#expect(']')
    return names
  }

  #quoted(): string {
    const quote = this.#peek()
    let text = ''
    for (this.#position++; this.#peek() !== quote; this.#position++) {
      if (this.#peek() === '') throw pathError('Path ended with an open string.')
      if (this.#peek() === '\\') this.#position++
      text += this.#peek()
    }
    this.#position++
    return text
  }

  #blank(): void {
    while (this.#peek() === ' ') this.#position++
  }

  #expect(letter: string): void {
    this.#blank()
    if (this.#peek() !== letter)
      throw pathError(
        this.#peek() === ''
          ? 'Path ended with open indexer.'
          : `Unexpected character while parsing path indexer: ${this.#peek()}`,
      )
    this.#position++
  }

  #filter(deep: boolean): Step {
    this.#position++
    this.#blank()
    this.#expect('(')
    const test = this.#or()
    this.#expect(')')
    this.#expect(']')
    return function* (tokens, root) {
      for (const token of deep ? below(tokens) : tokens) {
        for (const child of token.children) {
          step()
          const value = child instanceof JProperty ? child.value : child
          if (test(value, root)) yield value
        }
      }
    }
  }

  #or(): Test {
    let left = this.#and()
    while (this.#operator('||')) {
      const [first, second] = [left, this.#and()]
      left = (token, root) => first(token, root) || second(token, root)
    }
    return left
  }

  #and(): Test {
    let left = this.#comparison()
    while (this.#operator('&&')) {
      const [first, second] = [left, this.#comparison()]
      left = (token, root) => first(token, root) && second(token, root)
    }
    return left
  }

  #operator(text: string): boolean {
    this.#blank()
    const found = this.path.startsWith(text, this.#position)
    if (found) this.#position += text.length
    return found
  }

  #comparison(): Test {
    this.#blank()
    if (this.#peek() === '(') {
      this.#position++
      const inner = this.#or()
      this.#expect(')')
      return inner
    }
    const left = this.#operand()
    this.#blank()
    const operator = /==|!=|<>|<=|>=|<|>|=~/y
    operator.lastIndex = this.#position
    const found = operator.exec(this.path)?.[0]
    if (found === undefined) return (token, root) => [...left(token, root)].length > 0
    this.#position += found.length
    const right = this.#operand()
    return (token, root) => compareAny([...left(token, root)], [...right(token, root)], found)
  }

  #operand(): (token: JToken, root: JToken) => Iterable<JToken> {
    this.#blank()
    const letter = this.#peek()
    if (letter === '@' || letter === '$') {
      const inner = /[@$](?:\.\.?[^.[\]()=!<>&|\s]+|\[[^\]]*\])*/y
      inner.lastIndex = this.#position
      const text = inner.exec(this.path)?.[0] ?? letter
      this.#position += text.length
      const path = `$${text.slice(1)}`
      return letter === '@' ? (token) => selectTokens(token, path) : (_token, root) => selectTokens(root, path)
    }
    const literal = new JValue(this.#literal(letter))
    return () => [literal]
  }

  #literal(letter: string): string | number | bigint | boolean | null {
    if (letter === "'" || letter === '"') return this.#quoted()
    if (letter === '/') {
      const end = this.path.indexOf('/', this.#position + 1)
      const text = this.path.slice(this.#position, end + 1)
      this.#position = end + 1
      return text
    }
    const word = /[-+.\w]+/y
    word.lastIndex = this.#position
    const text = word.exec(this.path)?.[0]
    if (text === undefined) throw pathError(`Unexpected character while parsing path query: ${letter}`)
    this.#position += text.length
    if (text === 'true' || text === 'false') return text === 'true'
    if (text === 'null') return null
    if (/^-?\d+$/.test(text)) return BigInt(text)
    const number = Number(text)
    if (Number.isNaN(number)) throw pathError('Could not read query operator.')
    return number
  }
}

type Test = (token: JToken, root: JToken) => boolean

/** A filter holds when any of the left values stands in the relation to any of the right ones. */
function compareAny(left: readonly JToken[], right: readonly JToken[], operator: string): boolean {
  if (left.length === 0 || right.length === 0)
    return operator === '!=' || operator === '<>' ? left.length !== right.length : false
  return left.some((a) =>
    right.some((b) => a instanceof JValue && b instanceof JValue && compareValues(a, b, operator)),
  )
}

function compareValues(a: JValue, b: JValue, operator: string): boolean {
  if (operator === '==') return sameKind(a, b) && compareScalars(a, b) === 0
  if (operator === '!=' || operator === '<>') return !sameKind(a, b) || compareScalars(a, b) !== 0
  if (!sameKind(a, b)) return false
  const order = compareScalars(a, b)
  switch (operator) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    default:
      return order >= 0
  }
}

/** Integers and floats are of one kind here. */
function sameKind(a: JValue, b: JValue): boolean {
  const kind = (token: JValue): number => (token.tokenType === tokenTypes.float ? tokenTypes.integer : token.tokenType)
  return kind(a) === kind(b)
}

/** The tokens and everything below them, without the properties themselves. */
function* below(tokens: Iterable<JToken>): Generator<JToken> {
  for (const token of tokens) {
    yield token
    if (token instanceof JContainer) {
      for (const inner of token.descendants()) {
        step()
        if (!(inner instanceof JProperty)) yield inner
      }
    }
  }
}

/** @param names undefined: every value of an object */
function nameStep(names: readonly string[] | undefined, deep: boolean, required: boolean): Step {
  if (deep) return names === undefined ? below : (tokens) => propertiesBelow(tokens, names)
  return function* (tokens) {
    for (const token of tokens) {
      if (token instanceof JObject) yield* names ? named(token, names, required) : token.properties.map((p) => p.value)
      else if (required) throw notValid(namesText(names), token)
    }
  }
}

/** In the order of the document, not level by level. */
function* propertiesBelow(tokens: Iterable<JToken>, names: readonly string[]): Generator<JToken> {
  for (const token of tokens) {
    if (!(token instanceof JContainer)) continue
    for (const inner of token.descendants()) {
      step()
      if (inner instanceof JProperty && names.includes(inner.name)) yield inner.value
    }
  }
}

function* named(token: JObject, names: readonly string[], required: boolean): Generator<JToken> {
  for (const name of names) {
    const value = token.get(name)
    if (value !== undefined) yield value
    else if (required) throw pathError(`Property '${name}' does not exist on JObject.`)
  }
}

const namesText = (names: readonly string[] = ['*']): string =>
  names.length === 1 ? `Property '${names[0]}'` : `Properties ${names.map((name) => `'${name}'`).join(', ')}`

const notValid = (what: string, token: JToken): DotNetException =>
  pathError(`${what} not valid on ${token.constructor.name}.`)

/** `3`, `1,2`, `*`, or a slice `a:b:c`. `..` before it says nothing: Newtonsoft asks the tokens themselves only. */
function indexStep(text: string, required: boolean): Step {
  const valid = /^\*$|^-?\d+(\s*,\s*-?\d+)*$|^(-?\d*)?(:(-?\d*)?){1,2}$/.test(text)
  if (!valid) throw pathError(`Unexpected character while parsing path indexer: ${text.charAt(0)}`)
  const isSlice = text.includes(':')
  return function* (tokens) {
    for (const token of tokens) {
      if (token instanceof JArray) yield* isSlice ? slice(token, text) : indexed(token, text, required)
      else if (required) throw notValid(isSlice ? 'Array slice is' : `Index ${text.split(',')[0]}`, token)
    }
  }
}

function* indexed(array: JArray, text: string, required: boolean): Generator<JToken> {
  if (text === '*') yield* array.children
  else {
    for (const index of text.split(',').map(Number)) {
      if (index < 0) throw listIndexOutOfRange()
      const item = array.children[index]
      if (item !== undefined) yield item
      else if (required) throw pathError(`Index ${index} outside the bounds of JArray.`)
    }
  }
}

function* slice(array: JArray, text: string): Generator<JToken> {
  const [from, to, by] = text.split(':').map((part) => (part === '' ? undefined : Number(part)))
  const stride = by ?? 1
  if (stride === 0) throw pathError('Step cannot be zero.')
  const clamp = (index: number): number => Math.min(Math.max(index < 0 ? index + array.count : index, 0), array.count)
  const start = clamp(from ?? (stride > 0 ? 0 : array.count - 1))
  const end = to === undefined ? (stride > 0 ? array.count : -1) : clamp(to)
  for (let index = start; stride > 0 ? index < end : index > end; index += stride) {
    const item = array.children[index]
    if (item !== undefined) yield item
  }
}
