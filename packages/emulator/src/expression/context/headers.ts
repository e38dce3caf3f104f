/** The headers of a message: several values a name, names compared ignoring case, in the order of their first appearance. */
export class HeaderCollection {
  readonly #entries = new Map<string, { name: string; values: string[] }>()

  /** @param init pairs of name and value or values; a repeated name adds values. */
  constructor(init: Iterable<readonly [string, string | readonly string[]]> = []) {
    for (const [name, values] of init) this.append(name, values)
  }

  /** How many different names there are. */
  get size(): number {
    return this.#entries.size
  }

  /** The values under a name, or undefined. */
  get(name: string): readonly string[] | undefined {
    return this.#entries.get(name.toLowerCase())?.values
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase())
  }

  /** Replaces what stands under the name; the name keeps its place and its first spelling. */
  set(name: string, values: string | readonly string[]): void {
    const key = name.toLowerCase()
    const known = this.#entries.get(key)
    this.#entries.set(key, { name: known?.name ?? name, values: toList(values) })
  }

  /** Adds values after those that stand under the name. */
  append(name: string, values: string | readonly string[]): void {
    const known = this.#entries.get(name.toLowerCase())
    if (known === undefined) this.set(name, values)
    else known.values.push(...toList(values))
  }

  delete(name: string): void {
    this.#entries.delete(name.toLowerCase())
  }

  /** Pairs of name and values. */
  *[Symbol.iterator](): IterableIterator<[string, readonly string[]]> {
    for (const { name, values } of this.#entries.values()) yield [name, values]
  }

  /** A copy that can be changed on its own. */
  clone(): HeaderCollection {
    return new HeaderCollection(this)
  }
}

function toList(values: string | readonly string[]): string[] {
  return typeof values === 'string' ? [values] : [...values]
}
