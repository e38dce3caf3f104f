import type { Type } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { KeyValuePair, pairType, stringArray, type ClrArray, type ReadableDictionary } from '../values/collections.js'
import type { ClrValue } from '../values/value.js'
import type { HeaderCollection } from './headers.js'

/** A part of the context as the read-only dictionary that expressions see. */
abstract class View implements ReadableDictionary {
  abstract readonly valueType: Type
  abstract readonly size: number
  abstract find(key: ClrValue): ClrValue | undefined
  abstract entries(): Iterable<readonly [ClrValue, ClrValue]>

  get keyType(): Type {
    return types().special.string
  }

  get elementType(): Type {
    return pairType(this.keyType, this.valueType)
  }

  get type(): Type {
    return types().generic('System.Collections.Generic.IReadOnlyDictionary', this.keyType, this.valueType)
  }

  *[Symbol.iterator](): Iterator<ClrValue> {
    for (const [key, value] of this.entries()) yield new KeyValuePair(key, value)
  }
}

/** Headers: names ignore case, each value is an array. */
export class HeaderView extends View {
  constructor(readonly headers: HeaderCollection) {
    super()
  }

  get valueType(): Type {
    return types().array(types().special.string)
  }

  get size(): number {
    return this.headers.size
  }

  find(key: ClrValue): ClrArray | undefined {
    const values = this.headers.get(key as string)
    return values === undefined ? undefined : stringArray(values)
  }

  *entries(): Iterable<readonly [ClrValue, ClrValue]> {
    for (const [name, values] of this.headers) yield [name, stringArray(values)]
  }
}

/** Query parameters and claims: each value is an array. */
export class StringListView extends View {
  constructor(readonly values: ReadonlyMap<string, readonly string[]>) {
    super()
  }

  get valueType(): Type {
    return types().array(types().special.string)
  }

  get size(): number {
    return this.values.size
  }

  find(key: ClrValue): ClrArray | undefined {
    const found = this.values.get(key as string)
    return found === undefined ? undefined : stringArray(found)
  }

  *entries(): Iterable<readonly [ClrValue, ClrValue]> {
    for (const [name, list] of this.values) yield [name, stringArray(list)]
  }
}

/** Anything by name. */
export class ObjectView extends View {
  constructor(
    readonly values: ReadonlyMap<string, ClrValue>,
    readonly valueType: Type = types().special.object,
  ) {
    super()
  }

  get size(): number {
    return this.values.size
  }

  find(key: ClrValue): ClrValue | undefined {
    return this.values.get(key as string)
  }

  entries(): Iterable<readonly [ClrValue, ClrValue]> {
    return this.values
  }
}

/** Texts by name. */
export class StringView extends ObjectView {
  constructor(values: ReadonlyMap<string, string>) {
    super(values, types().special.string)
  }
}
