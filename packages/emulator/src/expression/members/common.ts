import type { MemberUse } from '@apim-kit/policy-dsl/expression'
import { types, isValueType } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { argumentException } from '../values/exceptions.js'
import { hashCode, primitiveHash } from '../values/hash.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import type { Implementation } from './members.js'

/** The numbers of `System.TypeCode`. */
const typeCodes: Readonly<Record<string, number>> = {
  'System.Object': 1,
  'System.Boolean': 3,
  'System.Char': 4,
  'System.SByte': 5,
  'System.Byte': 6,
  'System.Int16': 7,
  'System.UInt16': 8,
  'System.Int32': 9,
  'System.UInt32': 10,
  'System.Int64': 11,
  'System.UInt64': 12,
  'System.Single': 13,
  'System.Double': 14,
  'System.Decimal': 15,
  'System.DateTime': 16,
  'System.String': 18,
}

/** The number of a type in `System.TypeCode`. */
export function typeCode(type: string): number {
  return typeCodes[type] ?? 1
}

/** These say how far apart two values are, where `int` and the others say -1, 0 or 1. */
const comparedByDifference: ReadonlySet<string> = new Set(
  ['Char', 'SByte', 'Byte', 'Int16', 'UInt16'].map((name) => `System.${name}`),
)

/** What every value type and string has: text, equality and order follow from the type's traits. Undefined for other members. */
export function commonMember(use: MemberUse): Implementation | undefined {
  const type = use.container
  if (!isValueType(type) && type.id !== 'System.String') return undefined
  const traits = traitsOf(type)
  const { name, parameters, static: isStatic } = use.member
  const [first, second] = parameters
  const order = comparedByDifference.has(type.id)
    ? (a: ClrValue, b: ClrValue) => (a as number) - (b as number)
    : (a: ClrValue, b: ClrValue) => traits.compare(a, b)
  const takesObject = first?.type === types().special.object
  switch (name) {
    case 'ToString':
      return first?.type.id === 'System.String'
        ? (value: ClrValue, format: string | null) => traits.format(value, format)
        : (value: ClrValue) => traits.text(value)
    case 'Equals':
      if (isStatic || !takesObject)
        return (a: ClrValue, b: ClrValue) => (a === null || b === null ? a === b : traits.equals(a, b))
      return (value: ClrValue, other: ClrValue) => {
        const same =
          other instanceof Boxed ? other.type.id === type.id : typeof other === 'string' && type.id === 'System.String'
        return same && traits.equals(value, other instanceof Boxed ? other.value : other)
      }
    case 'GetHashCode':
      return (value: ClrValue) => primitiveHash(type.id, value) ?? hashCode(traits.key(value))
    case 'Compare':
    case 'CompareTo':
      if (isStatic ? second === undefined : first === undefined) return undefined
      if (isStatic || !takesObject) return order
      return (value: ClrValue, other: ClrValue) => compareWithObject(value, other, type.id)
    case 'GetTypeCode':
      return () => typeCode(type.id)
    case 'op_Equality':
      return (a: ClrValue, b: ClrValue) => traits.equals(a, b)
    case 'op_Inequality':
      return (a: ClrValue, b: ClrValue) => !traits.equals(a, b)
    case 'op_LessThan':
      return (a: ClrValue, b: ClrValue) => traits.compare(a, b) < 0
    case 'op_GreaterThan':
      return (a: ClrValue, b: ClrValue) => traits.compare(a, b) > 0
    case 'op_LessThanOrEqual':
      return (a: ClrValue, b: ClrValue) => traits.compare(a, b) <= 0
    case 'op_GreaterThanOrEqual':
      return (a: ClrValue, b: ClrValue) => traits.compare(a, b) >= 0
    default:
      return undefined
  }

  function compareWithObject(value: ClrValue, other: ClrValue, id: string): number {
    if (other === null) return 1
    const inner = other instanceof Boxed && other.type.id === id ? other.value : undefined
    const text = typeof other === 'string' && id === 'System.String'
    if (inner === undefined && !text)
      throw argumentException(`Object must be of type ${id.slice(id.lastIndexOf('.') + 1)}.`)
    return order(value, inner ?? other)
  }
}
