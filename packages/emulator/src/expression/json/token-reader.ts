import type { Type } from '@apim-kit/policy-dsl/expression'
import { step } from '../run.js'
import { isEnd, JsonReader, jsonTokens, states, type JsonTokenKind, type ReaderSettings } from './json-reader.js'
import { scalarToString } from './text.js'
import { JConstructor, JContainer, JProperty, type JToken, JValue, tokenTypes, type TokenType } from './token.js'
import { ClrUri } from '../values/uri.js'

/** The tokens that the types of values are read as; texts stand for the others. */
const kinds: Readonly<Partial<Record<TokenType, JsonTokenKind>>> = {
  [tokenTypes.comment]: jsonTokens.comment,
  [tokenTypes.integer]: jsonTokens.integer,
  [tokenTypes.float]: jsonTokens.float,
  [tokenTypes.string]: jsonTokens.string,
  [tokenTypes.boolean]: jsonTokens.boolean,
  [tokenTypes.null]: jsonTokens.null,
  [tokenTypes.undefined]: jsonTokens.undefined,
  [tokenTypes.date]: jsonTokens.date,
  [tokenTypes.raw]: jsonTokens.raw,
  [tokenTypes.bytes]: jsonTokens.bytes,
}

/** Newtonsoft's `JTokenReader`: the tokens of a tree, one after the other. Its path begins with that of the tree. */
export class JTokenReader extends JsonReader {
  static readonly clrName = 'Newtonsoft.Json.Linq.JTokenReader'
  /** The containers that are open, each with the index of the next child. */
  readonly #open: { readonly container: JContainer; readonly children: readonly JToken[]; next: number }[] = []
  readonly #root: JToken
  /** What the reader stands on; null before the beginning and behind the end. */
  current: JToken | null = null

  constructor(root: JToken, settings?: ReaderSettings) {
    super(settings)
    this.#root = root
  }

  override get path(): string {
    const own = super.path
    const { path } = this.#root
    if (path === '' || own === '') return path === '' ? own : path
    return own.startsWith('[') ? path + own : `${path}.${own}`
  }

  override get valueType(): Type | undefined {
    return this.current instanceof JValue ? this.current.valueType : undefined
  }

  get line(): number | undefined {
    if (this.state === states.start || this.current === null || this.current.line === 0) return undefined
    return this.current.line
  }

  get linePosition(): number {
    return this.current?.linePosition ?? 0
  }

  read(): boolean {
    step()
    const inner = this.#open.at(-1)
    if (inner === undefined)
      return this.current === null && this.state === states.start ? this.#enter(this.#root) : this.#end()
    const child = inner.children[inner.next++]
    if (child !== undefined) return this.#enter(child)
    this.#open.pop()
    this.current = inner.container
    if (inner.container instanceof JProperty) return this.read()
    this.set(inner.container instanceof JConstructor ? jsonTokens.endConstructor : endOf(inner.container))
    return true
  }

  #end(): false {
    this.current = null
    this.set(jsonTokens.none)
    return false
  }

  #enter(token: JToken): true {
    this.current = token
    if (token instanceof JContainer) {
      this.#open.push({ container: token, children: [...token.children], next: 0 })
      if (token instanceof JProperty) this.set(jsonTokens.propertyName, token.name)
      else if (token instanceof JConstructor) this.set(jsonTokens.startConstructor, token.name)
      else this.set(token.tokenType === tokenTypes.object ? jsonTokens.startObject : jsonTokens.startArray)
      return true
    }
    // What is no container is a value.
    const { value, tokenType } = token as JValue
    const kind = kinds[tokenType]
    if (kind !== undefined) this.set(kind, value)
    else this.set(jsonTokens.string, value instanceof ClrUri ? value.originalString : scalarToString(value))
    return true
  }

  /** The token that is read next, as it is; the reader stands behind it. */
  takeToken(): JToken | null {
    const { current } = this
    if (!isEnd(this.kind)) this.skip()
    return current
  }
}

function endOf(container: JContainer): JsonTokenKind {
  return container.tokenType === tokenTypes.object ? jsonTokens.endObject : jsonTokens.endArray
}
