import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { type Enumerable, modified } from './collections.js'
import { defaultOf } from './defaults.js'
import { invalidOperation, notSupported } from './exceptions.js'
import type { ClrValue } from './value.js'

/**
 * How an enumerator behaves beside its elements:
 * - `plain`: outside of them it gives the default of the type, as the enumerators of List, Dictionary and HashSet do;
 * - `strict`: it throws there, as those of arrays, strings, Queue and Stack do;
 * - `computed`: it gives the default, and cannot begin again.
 */
export type WalkerKind = 'plain' | 'strict' | 'computed'

/** `IEnumerator<T>`, for the rare expression that walks a sequence by hand. */
export class Walker {
  #steps: Iterator<ClrValue>
  #current: ClrValue | undefined
  #ended = false
  readonly #version: unknown

  constructor(
    readonly source: Enumerable,
    readonly kind: WalkerKind = 'plain',
  ) {
    this.#steps = source[Symbol.iterator]()
    this.#version = versionOf(source)
  }

  get type(): Type {
    return types().generic('System.Collections.Generic.IEnumerator', this.source.elementType)
  }

  /** @throws DotNetException InvalidOperationException */
  get current(): ClrValue {
    if (this.#current !== undefined) return this.#current
    if (this.kind !== 'strict') return defaultOf(this.source.elementType)
    throw invalidOperation(
      this.#ended ? 'Enumeration already finished.' : 'Enumeration has not started. Call MoveNext.',
    )
  }

  moveNext(): boolean {
    if (versionOf(this.source) !== this.#version) throw modified()
    const next = this.#steps.next()
    this.#ended = next.done === true
    this.#current = next.done === true ? undefined : next.value
    return !this.#ended
  }

  reset(): void {
    if (this.kind === 'computed') throw notSupported()
    this.#steps = this.source[Symbol.iterator]()
    this.#current = undefined
    this.#ended = false
  }

  /** Runs the `finally` blocks that the walk is in. */
  dispose(): void {
    this.#steps.return?.()
  }
}

/** A collection that is changed while it is walked has another number. */
const versionOf = (source: Enumerable): unknown => ('version' in source ? source.version : undefined)
