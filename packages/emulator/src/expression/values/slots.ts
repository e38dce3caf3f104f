interface Order {
  /** The key in each slot; a free slot has none. */
  readonly keys: ({ readonly key: unknown } | undefined)[]
  readonly places: Map<unknown, number>
  readonly free: number[]
}

/**
 * A map walked in the order of .NET's hash tables: what is added takes the slot that was freed last, and the next one at the end when
 * none is free. Until something is removed this is the order in which things came.
 */
export class Slots<V> {
  readonly #values = new Map<unknown, V>()
  #order: Order | undefined

  /** @param forgets A table that is empty forgets its free slots: true of sets, not of dictionaries. */
  constructor(private readonly forgets: boolean) {}

  get size(): number {
    return this.#values.size
  }

  has(key: unknown): boolean {
    return this.#values.has(key)
  }

  get(key: unknown): V | undefined {
    return this.#values.get(key)
  }

  set(key: unknown, value: V): void {
    const order = this.#order
    if (order && !this.#values.has(key)) {
      const place = order.free.pop() ?? order.keys.length
      order.keys[place] = { key }
      order.places.set(key, place)
    }
    this.#values.set(key, value)
  }

  delete(key: unknown): boolean {
    if (!this.#values.has(key)) return false
    const order = (this.#order ??= this.#ordered())
    const place = order.places.get(key) ?? 0
    order.keys[place] = undefined
    order.places.delete(key)
    order.free.push(place)
    this.#values.delete(key)
    if (this.forgets && this.#values.size === 0) this.#order = undefined
    return true
  }

  clear(): void {
    this.#values.clear()
    this.#order = undefined
  }

  values(): Iterable<V> {
    return this.#order ? this.#inOrder(this.#order) : this.#values.values()
  }

  #ordered(): Order {
    const keys = [...this.#values.keys()]
    return {
      keys: keys.map((key) => ({ key })),
      places: new Map(keys.map((key, place) => [key, place])),
      free: [],
    }
  }

  *#inOrder({ keys }: Order): Iterable<V> {
    for (const slot of keys) if (slot) yield this.#values.get(slot.key) as V
  }
}
