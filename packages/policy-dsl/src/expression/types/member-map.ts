import { operatorName } from './signature.js'
import type { Member } from './type.js'

/**
 * The members of a type by name. Of three thousand signatures an expression uses a few: those that may be of a name are looked at when
 * somebody asks for it, and only what is of that name is parsed.
 */
export class MemberMap implements ReadonlyMap<string, readonly Member[]> {
  readonly #parsed = new Map<string, readonly Member[]>()

  constructor(
    readonly texts: readonly string[],
    readonly simpleName: string,
    readonly parse: (text: string) => Member,
  ) {}

  get(name: string): readonly Member[] | undefined {
    let members = this.#parsed.get(name)
    if (members === undefined) {
      members = this.#read(name)
      // A name that nobody declared is not kept, as there is no end of them; operators are asked for again and again.
      if (members.length > 0 || name.startsWith('op_')) this.#parsed.set(name, members)
    }
    return members.length > 0 ? members : undefined
  }

  #read(name: string): readonly Member[] {
    const mark = markOf(name, this.simpleName)
    const texts = this.texts.filter((text) => text.includes(mark) && nameIn(text, this.simpleName) === name)
    return texts.map((text) => this.parse(text))
  }

  has(name: string): boolean {
    return this.get(name) !== undefined
  }

  get size(): number {
    return this.#all().size
  }

  keys(): MapIterator<string> {
    return this.#all().keys()
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

  /** In the order of the declaration. */
  #all(): Map<string, readonly Member[]> {
    const names = this.texts.map((text) => nameIn(text, this.simpleName))
    return new Map(names.map((name) => [name, this.get(name) ?? []]))
  }
}

/** What stands in the text of every member of a name. */
function markOf(name: string, simpleName: string): string {
  if (name === '.ctor') return `${simpleName}(`
  if (name === 'Item') return ' this['
  return name.startsWith('op_') ? 'operator ' : name
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
