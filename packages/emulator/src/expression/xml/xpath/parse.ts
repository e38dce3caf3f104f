import { DotNetException } from '../../values/exception.js'
import { axes, operators, type Axis, type NodeTest, type Operator, type Step, type XPath } from './syntax.js'

/** What stands between white space, one a match: names with a prefix or a star, numbers, strings, signs. */
const TOKEN =
  /\s*(?:((?:[\p{L}_][\p{L}\p{N}_.-]*:(?!:))?(?:[\p{L}_][\p{L}\p{N}_.-]*|\*))|(\d+(?:\.\d*)?|\.\d+)|("[^"]*"|'[^']*')|(::|\.\.|\/\/|!=|<=|>=|[/.@()[\],=<>|+$-]))|\s*$/uy

interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end'
  readonly text: string
}

const KINDS = ['name', 'number', 'string', 'sign'] as const

/** Deeper than any path that a person writes. */
const depthLimit = 100

/** Reads an XPath. @throws DotNetException XPathException */
export function parseXPath(source: string): XPath {
  return new Parser(source).whole()
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  constructor(readonly source: string) {
    this.#tokens = this.#read()
  }

  whole(): XPath {
    const expression = this.#expression()
    if (this.#token.kind !== 'end') throw this.#error()
    return expression
  }

  #read(): Token[] {
    const tokens: Token[] = []
    TOKEN.lastIndex = 0
    while (TOKEN.lastIndex < this.source.length) {
      const match = TOKEN.exec(this.source)
      if (match === null) throw this.#error()
      const kind = KINDS.find((_, index) => match[index + 1] !== undefined)
      if (kind === undefined) break
      tokens.push({ kind, text: match[KINDS.indexOf(kind) + 1] ?? '' })
    }
    return tokens
  }

  get #token(): Token {
    return this.#peek(0)
  }

  #peek(distance: number): Token {
    return this.#tokens[this.#at + distance] ?? { kind: 'end', text: '' }
  }

  #accept(sign: string): boolean {
    const found = this.#token.kind === 'sign' && this.#token.text === sign
    if (found) this.#at++
    return found
  }

  #expect(sign: string): void {
    if (!this.#accept(sign)) throw this.#error()
  }

  #error(): DotNetException {
    if (this.source.trim() === '' || /[/[(|]\s*$/.test(this.source))
      return new DotNetException('System.Xml.XPath.XPathException', 'Expression must evaluate to a node-set.')
    return new DotNetException('System.Xml.XPath.XPathException', `'${this.source}' has an invalid token.`)
  }

  #expression(level = 0): XPath {
    if (++this.#depth > depthLimit * operators.length) throw this.#error()
    const result = this.#level(level)
    this.#depth--
    return result
  }

  #level(level: number): XPath {
    const own: readonly Operator[] | undefined = operators[level]
    if (own === undefined) return this.#path()
    // A minus sign binds looser than `|` alone.
    if (own.includes('|') && this.#accept('-')) return { kind: 'negate', operand: this.#expression(level) }
    let left = this.#expression(level + 1)
    for (let operator = this.#operator(own); operator !== undefined; operator = this.#operator(own))
      left = { kind: 'binary', operator, left, right: this.#expression(level + 1) }
    return left
  }

  #operator(own: readonly Operator[]): Operator | undefined {
    const { kind, text } = this.#token
    const found = kind === 'sign' || kind === 'name' ? own.find((operator) => operator === text) : undefined
    if (found !== undefined) this.#at++
    return found
  }

  #path(): XPath {
    const { kind, text } = this.#token
    const isCall = kind === 'name' && this.#isSign(1, '(') && !isNodeType(text)
    if (kind === 'number' || kind === 'string' || isCall || this.#isSign(0, '(')) return this.#filter()
    if (this.#accept('//')) return this.#steps('root', [anything])
    if (this.#accept('/'))
      return this.#startsStep() ? this.#steps('root', []) : { kind: 'path', start: 'root', steps: [] }
    return this.#steps('context', [])
  }

  #isSign(distance: number, sign: string): boolean {
    const { kind, text } = this.#peek(distance)
    return kind === 'sign' && text === sign
  }

  #startsStep(): boolean {
    const { kind, text } = this.#token
    return kind === 'name' || (kind === 'sign' && ['.', '..', '@'].includes(text))
  }

  /** A value, with predicates and a path behind it. */
  #filter(): XPath {
    const start = this.#primary()
    const predicates = this.#predicates()
    const own: XPath = predicates.length === 0 ? start : { kind: 'filter', operand: start, predicates }
    if (this.#accept('//')) return this.#steps(own, [anything])
    return this.#accept('/') ? this.#steps(own, []) : own
  }

  #primary(): XPath {
    const { kind, text } = this.#token
    this.#at++
    if (kind === 'number') return { kind, value: Number(text) }
    if (kind === 'string') return { kind, value: text.slice(1, -1) }
    if (kind === 'name') return this.#call(text)
    const inner = this.#expression()
    this.#expect(')')
    return inner
  }

  #call(name: string): XPath {
    this.#expect('(')
    const list: XPath[] = []
    if (!this.#accept(')')) {
      do list.push(this.#expression())
      while (this.#accept(','))
      this.#expect(')')
    }
    return { kind: 'call', name, arguments: list }
  }

  #steps(start: 'root' | 'context' | XPath, steps: Step[]): XPath {
    do {
      steps.push(this.#step())
      if (this.#isSign(0, '//')) steps.push(anything)
    } while (this.#accept('/') || this.#accept('//'))
    return { kind: 'path', start, steps }
  }

  #step(): Step {
    if (this.#accept('..')) return { axis: 'parent', test: anyNode, predicates: [] }
    if (this.#accept('.')) return { axis: 'self', test: anyNode, predicates: [] }
    const axis = this.#axis()
    const test = this.#test()
    return { axis, test, predicates: this.#predicates() }
  }

  #axis(): Axis {
    if (this.#accept('@')) return 'attribute'
    if (!this.#isSign(1, '::')) return 'child'
    const axis = axes.find((name) => name === this.#token.text)
    if (axis === undefined) throw this.#error()
    this.#at += 2
    return axis
  }

  #test(): NodeTest {
    const { kind, text } = this.#token
    if (kind !== 'name') throw this.#error()
    this.#at++
    if (!isNodeType(text) || !this.#accept('(')) {
      const [first = '', second] = text.split(':')
      return second === undefined
        ? { kind: 'name', prefix: '', name: first }
        : { kind: 'name', prefix: first, name: second }
    }
    if (this.#token.kind === 'string') this.#at++
    this.#expect(')')
    return { kind: 'type', type: text }
  }

  #predicates(): XPath[] {
    const list: XPath[] = []
    while (this.#accept('[')) {
      list.push(this.#expression())
      this.#expect(']')
    }
    return list
  }
}

const anyNode: NodeTest = { kind: 'type', type: 'node' }
const anything: Step = { axis: 'descendant-or-self', test: anyNode, predicates: [] }

const isNodeType = (name: string): name is 'node' | 'text' | 'comment' | 'processing-instruction' =>
  ['node', 'text', 'comment', 'processing-instruction'].includes(name)
