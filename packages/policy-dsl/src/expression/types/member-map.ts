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
  if (text.startsWith(simpleName) && text.charAt(simpleName.length) === '(') return '.ctor'
  if (text.includes(' this[')) return 'Item'
  const operator = text.includes('operator ') ? /operator (\S+?)\(/.exec(text)?.[1] : undefined
  if (operator !== undefined) return operatorIn(text, operator)
  const end = headEnd(text)
  // `T F<T, U>(…)` ends with the name once its list is gone; the list never holds another one.
  const nameEnd = text.charAt(end - 1) === '>' ? text.lastIndexOf('<', end) : end
  return text.slice(text.lastIndexOf(' ', nameEnd - 1) + 1, nameEnd)
}

/** Where the name ends, with its type parameters: before the parameters, the accessors or the value. */
function headEnd(text: string): number {
  let end = 0
  while (end < text.length && !'({='.includes(text.charAt(end))) end++
  while (text.charAt(end - 1) === ' ') end--
  return end
}

function operatorIn(text: string, operator: string): string {
  if (text.includes('implicit operator')) return 'op_Implicit'
  if (text.includes('explicit operator')) return 'op_Explicit'
  return operatorName(operator, text.includes(',') ? 2 : 1) ?? ''
}
