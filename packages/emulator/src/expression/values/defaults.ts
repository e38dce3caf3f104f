import type { Type } from '@apim-kit/policy-dsl/expression'
import { HashAlgorithmName } from '../crypto/hash.js'
import { RsaParameters } from '../crypto/rsa.js'
import { KeyValuePair, Product, Sequence } from './collections.js'
import { Decimal } from './decimal.js'
import { Guid } from './guid.js'
import { DateTime, DateTimeOffset, TimeSpan } from './time.js'
import type { ClrValue } from './value.js'

/** What a struct begins with, but for those that begin with the number zero. */
const structs: Readonly<Record<string, () => ClrValue>> = {
  'System.Boolean': () => false,
  'System.Int64': () => 0n,
  'System.UInt64': () => 0n,
  'System.Decimal': () => Decimal.zero,
  'System.DateTime': () => DateTime.minValue,
  'System.DateTimeOffset': () => new DateTimeOffset(DateTime.minValue, TimeSpan.zero),
  'System.TimeSpan': () => TimeSpan.zero,
  'System.Guid': () => Guid.empty,
  'System.Security.Cryptography.RSAParameters': () => new RsaParameters(),
  'System.Security.Cryptography.HashAlgorithmName': () => new HashAlgorithmName(null),
}

/** `default(T)`: null, zero, or the struct whose members are all that. */
export function defaultOf(type: Type): ClrValue {
  if (type.kind !== 'named') return null
  const { kind, name } = type.definition
  if (kind === 'enum') return 0
  if (kind !== 'struct' || name === 'System.Nullable<T>') return null
  const [first, second] = type.arguments
  if (name === 'System.Collections.Generic.KeyValuePair<TKey,TValue>' && first !== undefined && second !== undefined) {
    return new KeyValuePair(defaultOf(first), defaultOf(second))
  }
  if (name === 'System.ValueTuple' || name.startsWith('System.ValueTuple<'))
    return new Product(type, type.arguments.map(defaultOf))
  if (name === 'Newtonsoft.Json.Linq.JEnumerable<T>') return new Sequence(first ?? type, () => [].values())
  return structs[name]?.() ?? 0
}
