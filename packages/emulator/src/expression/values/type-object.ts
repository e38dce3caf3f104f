import { reflectionName, type Type } from '@apim-kit/policy-dsl/expression'

/** `System.Type`: what `typeof(T)` gives. */
export class TypeObject {
  static readonly clrName = 'System.Type'

  constructor(readonly target: Type) {}

  clrText(): string {
    return reflectionName(this.target)
  }
}
