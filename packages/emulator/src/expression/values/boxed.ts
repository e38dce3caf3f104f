import type { Type } from '@apim-kit/policy-dsl/expression'
import type { ClrValue } from './value.js'

/** A value type seen as an object: the value with its type. Two boxes are two objects, as in .NET. */
export class Boxed {
  constructor(
    readonly type: Type,
    readonly value: ClrValue,
  ) {}
}
