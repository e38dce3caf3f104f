import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { allocateEntry, allocateItems, allocateObject, step } from '../run.js'
import type { Equality } from './equality.js'
import { argumentException, argumentNull, indexOutOfRange, invalidOperation, keyNotFound } from './exceptions.js'
import { Slots } from './slots.js'
import type { ClrValue } from './value.js'

/** Receives the elements of a walk one by one; true: it has enough. */
export type Visit = (item: ClrValue) => boolean

/** Anything that foreach can walk. The elements have the form of the element type. */
export interface Enumerable extends Iterable<ClrValue> {
  readonly elementType: Type
  /** Walks as `each` below does, without an iterator: for what is walked often, as an iterator costs more than most of what is done with an element. */
  each?(visit: Visit): boolean
}

/** Hands the elements of a source to `visit` until it has enough; each is counted as a step. Whether it had enough. */
export function each(source: Enumerable, visit: Visit): boolean {
  if (source.each !== undefined) return source.each(visit)
  for (const item of source) {
    step()
    if (visit(item)) return true
  }
  return false
}

/** An array of any element but byte, whose array is a Uint8Array. */
export class ClrArray implements Enumerable {
  constructor(
    readonly elementType: Type,
    readonly items: ClrValue[],
  ) {
    allocateItems(items.length)
  }

  get type(): Type {
    return types().array(this.elementType)
  }

  each(visit: Visit): boolean {
    const { items } = this
    for (let index = 0; index < items.length; index++) {
      step()
      if (visit(items[index] as ClrValue)) return true
    }
    return false
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.items[Symbol.iterator]()
  }
}

/** An array of more than one dimension; its items stand row by row, as foreach sees them. */
export class Grid extends ClrArray {
  constructor(
    elementType: Type,
    readonly lengths: readonly number[],
    items: ClrValue[],
  ) {
    super(elementType, items)
  }

  override get type(): Type {
    return types().array(this.elementType, this.lengths.length)
  }

  /** @throws DotNetException IndexOutOfRangeException */
  offsetOf(indices: readonly ClrValue[]): number {
    return this.lengths.reduce((offset, length, dimension) => {
      const index = Number(indices[dimension])
      if (!(index >= 0 && index < length)) throw indexOutOfRange()
      return offset * length + index
    }, 0)
  }
}

/** An array as its element type wants it. */
export function makeArray(elementType: Type, items: ClrValue[]): ClrArray | Uint8Array {
  return elementType.id === 'System.Byte' ? Uint8Array.from(items as number[]) : new ClrArray(elementType, items)
}

export function stringArray(items: readonly string[]): ClrArray {
  return new ClrArray(types().special.string, [...items])
}

/** The operator of LINQ that made a sequence: its class has a name of its own, which shows where a sequence is printed. */
export interface Origin {
  readonly operator: string
  /** The class for that source; undefined where only its interface is told. */
  typeFor(source: Enumerable | undefined): Type | undefined
}

/** A sequence that is computed when it is walked, each time again: the result of LINQ and of iterators. */
export class Sequence implements Enumerable {
  constructor(
    readonly elementType: Type,
    readonly walk: () => Iterator<ClrValue>,
    readonly origin?: Origin,
    readonly source?: Enumerable,
  ) {
    allocateObject()
  }

  get type(): Type {
    return this.origin?.typeFor(this.source) ?? sequenceType(this.elementType)
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return this.walk()
  }
}

function sequenceType(element: Type): Type {
  return types().generic('System.Collections.Generic.IEnumerable', element)
}

/** What an operator of LINQ does between a source and what receives its result: given the one, it makes the other. */
export type Stage = (next: Visit) => Visit

/**
 * A sequence made of another, element by element: each gives one or none. A chain of them is walked as one: its source hands every
 * element through all stages.
 */
export class Piped implements Enumerable {
  constructor(
    readonly elementType: Type,
    readonly source: Enumerable,
    readonly stage: Stage,
    readonly origin?: Origin,
  ) {
    allocateObject()
  }

  get type(): Type {
    return this.origin?.typeFor(this.source) ?? sequenceType(this.elementType)
  }

  each(visit: Visit): boolean {
    // A stage may have enough before the visitor has: `Take` ends a walk that `Any` has found nothing in.
    let enough = false
    const [source, through] = this.#chain((item) => (enough = visit(item)))
    each(source, through)
    return enough
  }

  *[Symbol.iterator](): Generator<ClrValue> {
    let found: ClrValue | undefined
    const [source, through] = this.#chain((item) => {
      found = item
      return false
    })
    for (const item of source) {
      step()
      found = undefined
      const enough = through(item)
      if (found !== undefined) yield found
      if (enough) return
    }
  }

  #chain(visit: Visit): readonly [source: Enumerable, through: Visit] {
    let through = this.stage(visit)
    let { source } = this
    while (source instanceof Piped) {
      through = source.stage(through)
      source = source.source
    }
    return [source, through]
  }
}

/** Walks the items of a collection that must not change meanwhile. */
export function* guarded<T>(items: Iterable<T>, version: () => number): Generator<T> {
  const before = version()
  for (const item of items) {
    if (version() !== before) throw modified()
    yield item
  }
  if (version() !== before) throw modified()
}

export function modified(): Error {
  return invalidOperation('Collection was modified; enumeration operation may not execute.')
}

/** `List<T>`, and the order of `Queue<T>` and `Stack<T>`. */
export class ClrList implements Enumerable {
  version = 0

  constructor(
    readonly type: Type,
    readonly elementType: Type,
    readonly items: ClrValue[] = [],
  ) {
    allocateItems(items.length)
  }

  add(item: ClrValue): void {
    allocateItems(1)
    this.version++
    this.items.push(item)
  }

  each(visit: Visit): boolean {
    const { items, version } = this
    for (let index = 0; index < items.length; index++) {
      step()
      if (visit(items[index] as ClrValue)) return true
      if (this.version !== version) throw modified()
    }
    return false
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return guarded(this.items, () => this.version)
  }
}

/** `ReadOnlyCollection<T>`: a list as it is, not to be changed. */
export class ReadOnlyList extends ClrList {
  readonly isReadOnly = true
}

/** The keys or the values of a dictionary, as they are when they are walked. */
export class DictionaryPart implements Enumerable {
  constructor(
    readonly type: Type,
    readonly elementType: Type,
    readonly kind: 'key' | 'value',
    readonly dictionary: ReadableDictionary,
  ) {}

  get size(): number {
    return this.dictionary.size
  }

  *[Symbol.iterator](): Iterator<ClrValue> {
    for (const [key, value] of this.dictionary.entries()) yield this.kind === 'key' ? key : value
  }
}

/** What every dictionary offers to read, whatever it is made of. `undefined` says that a key is missing. */
export interface ReadableDictionary extends Enumerable {
  readonly keyType: Type
  readonly valueType: Type
  readonly size: number
  find(key: ClrValue): ClrValue | undefined
  entries(): Iterable<readonly [ClrValue, ClrValue]>
}

/** A key and its value: `KeyValuePair<TKey, TValue>`. */
export class KeyValuePair {
  constructor(
    readonly key: ClrValue,
    readonly value: ClrValue,
  ) {}
}

export function pairType(keyType: Type, valueType: Type): Type {
  return types().generic('System.Collections.Generic.KeyValuePair', keyType, valueType)
}

/** The value under a key. @throws DotNetException ArgumentNullException, KeyNotFoundException */
export function lookUp(dictionary: ReadableDictionary, key: ClrValue): ClrValue {
  if (key === null) throw argumentNull('key')
  const value = dictionary.find(key)
  if (value === undefined) throw keyNotFound()
  return value
}

/** `Dictionary<TKey, TValue>`: keys are equal as its comparer says. */
export class ClrDictionary implements ReadableDictionary {
  version = 0
  readonly #entries = new Slots<readonly [ClrValue, ClrValue]>(false)

  constructor(
    readonly type: Type,
    readonly keyType: Type,
    readonly valueType: Type,
    readonly comparer: Equality,
  ) {}

  get elementType(): Type {
    return pairType(this.keyType, this.valueType)
  }

  get size(): number {
    return this.#entries.size
  }

  find(key: ClrValue): ClrValue | undefined {
    return this.#entries.get(this.comparer.key(key))?.[1]
  }

  /** @throws DotNetException ArgumentException when the key is there */
  add(key: ClrValue, value: ClrValue): void {
    if (key === null) throw argumentNull('key')
    if (this.find(key) !== undefined) throw argumentException('An item with the same key has already been added.')
    this.set(key, value)
  }

  set(key: ClrValue, value: ClrValue): void {
    if (key === null) throw argumentNull('key')
    allocateEntry()
    this.version++
    const hash = this.comparer.key(key)
    this.#entries.set(hash, [this.#entries.get(hash)?.[0] ?? key, value])
  }

  remove(key: ClrValue): boolean {
    if (key === null) throw argumentNull('key')
    const removed = this.#entries.delete(this.comparer.key(key))
    if (removed) this.version++
    return removed
  }

  clear(): void {
    this.version++
    this.#entries.clear()
  }

  entries(): Iterable<readonly [ClrValue, ClrValue]> {
    return guarded(this.#entries.values(), () => this.version)
  }

  *[Symbol.iterator](): Iterator<ClrValue> {
    for (const [key, value] of this.entries()) yield new KeyValuePair(key, value)
  }
}

/** `HashSet<T>`. */
export class ClrSet implements Enumerable {
  version = 0
  readonly #items = new Slots<ClrValue>(true)

  constructor(
    readonly type: Type,
    readonly elementType: Type,
    readonly comparer: Equality,
  ) {}

  get size(): number {
    return this.#items.size
  }

  has(item: ClrValue): boolean {
    return this.#items.has(this.comparer.key(item))
  }

  /** The element that is equal to it. */
  find(item: ClrValue): ClrValue | undefined {
    return this.#items.get(this.comparer.key(item))
  }

  add(item: ClrValue): boolean {
    step()
    const key = this.comparer.key(item)
    if (this.#items.has(key)) return false
    allocateEntry()
    this.version++
    this.#items.set(key, item)
    return true
  }

  remove(item: ClrValue): boolean {
    const removed = this.#items.delete(this.comparer.key(item))
    if (removed) this.version++
    return removed
  }

  clear(): void {
    this.version++
    this.#items.clear()
  }

  [Symbol.iterator](): Iterator<ClrValue> {
    return guarded(this.#items.values(), () => this.version)
  }
}

/** An instance of an anonymous type, a `Tuple` or a value tuple: its members in order. */
export class Product {
  constructor(
    readonly type: Type,
    readonly values: ClrValue[],
  ) {
    allocateObject()
  }
}
