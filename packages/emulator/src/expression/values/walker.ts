import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import type { Enumerable } from './collections.js'
import type { ClrValue } from './value.js'

/** `IEnumerator<T>`, for the rare expression that walks a sequence by hand. */
export class Walker {
  #steps: Iterator<ClrValue>
  #current: ClrValue = null

  constructor(readonly source: Enumerable) {
    this.#steps = source[Symbol.iterator]()
  }

  get type(): Type {
    return types().generic('System.Collections.Generic.IEnumerator', this.source.elementType)
  }

  get current(): ClrValue {
    return this.#current
  }

  moveNext(): boolean {
    const next = this.#steps.next()
    this.#current = next.done === true ? null : next.value
    return next.done !== true
  }

  reset(): void {
    this.#steps = this.source[Symbol.iterator]()
  }
}
