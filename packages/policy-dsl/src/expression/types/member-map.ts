import { operatorName } from './signature.js'
import type { Member } from './type.js'

/**
 * The members of a type by name. The signatures of a name are parsed when somebody asks for it: an expression uses a few of the three
 * thousand members there are.
 */
export class MemberMap implements ReadonlyMap<string, readonly Member[]> {
  readonly #texts = new Map<string, string[]>()
  readonly #parsed = new Map<string, readonly Member[]>()

  constructor(
    texts: readonly string[],
    simpleName: string,
    readonly parse: (text: string) => Member,
  ) {
    for (const text of texts) {
      const name = nameIn(text, simpleName)
      const known = this.#texts.get(name)
      if (known) known.push(text)
      else this.#texts.set(name, [text])
    }
  }

  get(name: string): readonly Member[] | undefined {
    const known = this.#parsed.get(name)
    if (known) return known
    const members = this.#texts.get(name)?.map((text) => this.parse(text))
    if (members) this.#parsed.set(name, members)
    return members
  }

  has(name: string): boolean {
    return this.#texts.has(name)
  }

  get size(): number {
    return this.#texts.size
  }

  keys(): MapIterator<string> {
    return this.#texts.keys()
  }

  values(): MapIterator<readonly Member[]> {
    return this.#all().values()
  }

  entries(): MapIterator<[string, readonly Member[]]> {
    return this.#all().entries()
  }

  [Symbol.iterator](): MapIterator<[string, readonly Member[]]> {
    return this.entries()
  }

  forEach(visit: (value: readonly Member[], key: string, map: ReadonlyMap<string, readonly Member[]>) => void): void {
    for (const [name, members] of this.entries()) visit(members, name, this)
  }

  #all(): Map<string, readonly Member[]> {
    for (const name of this.#texts.keys()) this.get(name)
    return this.#parsed
  }
}

/** The metadata name that a signature will have, without parsing it. */
export function nameIn(text: string, simpleName: string): string {
  if (text.startsWith(`${simpleName}(`)) return '.ctor'
  if (text.includes(' this[')) return 'Item'
  const operator = /operator (\S+?)\(/.exec(text)
  if (operator?.[1] !== undefined) return operatorIn(text, operator[1])
  const [head = ''] = text.split(/[({=]/)
  return /(\w+)$/.exec(withoutTypeParameters(head.trim()))?.[1] ?? ''
}

function operatorIn(text: string, operator: string): string {
  if (text.includes('implicit operator')) return 'op_Implicit'
  if (text.includes('explicit operator')) return 'op_Explicit'
  return operatorName(operator, text.includes(',') ? 2 : 1) ?? ''
}

/** `T F<T, U>` ends with the name once its list is gone; the list never holds another one. */
const withoutTypeParameters = (head: string): string =>
  head.endsWith('>') ? head.slice(0, head.lastIndexOf('<')) : head
