import { reflectionName, type NamedType, type TypeDefinition } from '@apim-kit/policy-dsl/expression'
import type { Cell } from '../compile/frame.js'
import { numericConversion } from '../compile/numeric.js'
import { typeOf, types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray, stringArray } from '../values/collections.js'
import { enumNames, enumText, enumValues, formatEnum, parseEnum, tryParseEnum } from '../values/enums.js'
import { argumentException, argumentNull, invalidOperation } from '../values/exceptions.js'
import { toText, traitsOf } from '../values/traits.js'
import { TypeObject } from '../values/type-object.js'
import type { ClrValue } from '../values/value.js'
import { typeCode } from './common.js'
import { bound, membersOf, type TypeMembers } from './members.js'

const objects = (): ReturnType<typeof traitsOf> => traitsOf(types().special.object)

/** The enum behind a boxed value, with the value. */
function enumOf(value: ClrValue): { type: NamedType; value: number } {
  if (!(value instanceof Boxed) || value.type.kind !== 'named') throw argumentException('The argument must be an enum.')
  return { type: value.type, value: value.value as number }
}

function definitionOf(type: TypeObject | null): TypeDefinition {
  if (type === null) throw argumentNull('enumType')
  if (type.target.kind !== 'named' || type.target.definition.kind !== 'enum') {
    throw argumentException('Type provided must be an Enum.', 'enumType')
  }
  return type.target.definition
}

const isEnum = (value: ClrValue): boolean =>
  value instanceof Boxed && value.type.kind === 'named' && value.type.definition.kind === 'enum'

const INTEGERS = new Set(
  ['SByte', 'Byte', 'Int16', 'UInt16', 'Int32', 'UInt32', 'Int64', 'UInt64'].map((name) => `System.${name}`),
)

const isInteger = (value: ClrValue): boolean => value instanceof Boxed && INTEGERS.has(value.type.id)

/** An integer, a char, a Boolean or an enum in the 32 bits of an enum. */
function numberOf(value: ClrValue): number {
  if (value === null) throw argumentNull('value')
  if (!(value instanceof Boxed) || !(isEnum(value) || isInteger(value) || NUMBERED.has(value.type.id)))
    throw argumentException(
      'The value passed in must be an enum base or an underlying type for an enum, such as an Int32.',
      'value',
    )
  return Number(BigInt.asIntN(32, BigInt(value.value as number | bigint | boolean)))
}

const NUMBERED: ReadonlySet<string> = new Set(['System.Boolean', 'System.Char'])

/** What is asked of an enum's values has to be of the enum, or of the type below it. */
function checkSame(value: Exclude<ClrValue, null>, type: TypeObject, message: (given: string) => string): void {
  const given = reflectionName(typeOf(value))
  if (isEnum(value) && given !== reflectionName(type.target)) throw argumentException(otherEnum(given, type))
  if ((isInteger(value) || NUMBERED.has(given)) && given !== 'System.Int32') throw argumentException(message(given))
}

const otherEnum = (given: string, type: TypeObject): string =>
  `Object must be the same type as the enum. The type passed in was '${given}'; the enum type was '${reflectionName(type.target)}'.`

const BELOW = "the enum underlying type was 'System.Int32'."

function isDefined(type: TypeObject, value: ClrValue): boolean {
  const definition = definitionOf(type)
  if (value === null) throw argumentNull('value')
  if (typeof value === 'string') return enumNames(definition).includes(value)
  checkSame(
    value,
    type,
    (given) =>
      `Enum underlying type and the object must be same type or object must be a String. Type passed in was '${given}'; ${BELOW}`,
  )
  if (!isEnum(value) && !isInteger(value)) throw invalidOperation('Unknown enum type.')
  return enumValues(definition).includes(numberOf(value))
}

function format(type: TypeObject, value: ClrValue, text: string | null): string {
  const definition = definitionOf(type)
  if (value === null) throw argumentNull('value')
  if (text === null) throw argumentNull('format')
  const mismatch = (given: string): string =>
    `Enum underlying type and the object must be same type or object. Type passed in was '${given}'; ${BELOW}`
  checkSame(value, type, mismatch)
  if (!isEnum(value) && !isInteger(value)) throw argumentException(mismatch(reflectionName(typeOf(value))))
  return formatEnum(definition, numberOf(value), text === '' ? '?' : text)
}

function compareTo(value: Exclude<ClrValue, null>, other: ClrValue): number {
  if (other === null) return 1
  const type = new TypeObject(typeOf(value))
  const given = reflectionName(typeOf(other))
  if (given !== reflectionName(type.target)) throw argumentException(otherEnum(given, type))
  return objects().compare(value, other)
}

function hasFlag(value: ClrValue, flag: ClrValue): boolean {
  if (flag === null) throw argumentNull('flag')
  const [own, given] = [enumOf(value), enumOf(flag)]
  if (own.type.id !== given.type.id)
    throw argumentException(
      `The argument type, '${reflectionName(given.type)}', is not the same as the enum type '${reflectionName(own.type)}'.`,
    )
  return (own.value & given.value) === given.value
}

/** The value of a text; a number that is too large is none. */
function parsed(definition: TypeDefinition, text: string, ignoreCase: boolean): number | undefined {
  try {
    return tryParseEnum(definition, text, ignoreCase)
  } catch {
    return undefined
  }
}

const boxedEnum = (type: TypeObject, value: number): Boxed => new Boxed(type.target, value)

const toInt = numericConversion('long', 'int', false)

export const enumMembers: readonly TypeMembers[] = [
  membersOf('System.Enum', () => ({
    'ToString()': (value: ClrValue) => toText(value),
    'ToString(IFormatProvider)': (value: ClrValue) => toText(value),
    ToString: (value: ClrValue, text: string | null) =>
      formatEnum(enumOf(value).type.definition, enumOf(value).value, text),
    Equals: (value: ClrValue, other: ClrValue) => objects().equals(value, other),
    GetHashCode: (value: ClrValue) => enumOf(value).value,
    GetTypeCode: () => typeCode('System.Int32'),
    GetUnderlyingType: (type: TypeObject | null) => {
      definitionOf(type)
      return new TypeObject(types().special.int)
    },
    CompareTo: compareTo,
    HasFlag: hasFlag,
    Parse: (type: TypeObject, text: string | null, ignoreCase?: boolean) =>
      boxedEnum(type, parseEnum(definitionOf(type), text, ignoreCase)),
    TryParse: bound(({ typeArguments: [type], member }) => {
      const definition = type?.kind === 'named' ? type.definition : undefined
      const parse = (text: string | null, ignoreCase: boolean, result: Cell): boolean => {
        if (definition?.kind !== 'enum') throw argumentException('Type provided must be an Enum.', 'enumType')
        const value = text === null ? undefined : parsed(definition, text, ignoreCase)
        result.value = value ?? 0
        return value !== undefined
      }
      return member.parameters.length === 3 ? parse : (text: string | null, result: Cell) => parse(text, false, result)
    }),
    Format: format,
    GetName: (type: TypeObject, value: ClrValue) => {
      const number = numberOf(value)
      const definition = definitionOf(type)
      return enumValues(definition).includes(number) ? enumText(definition, number) : null
    },
    GetNames: (type: TypeObject) => stringArray(enumNames(definitionOf(type))),
    GetValues: (type: TypeObject) => new ClrArray(type.target, enumValues(definitionOf(type))),
    IsDefined: isDefined,
    'ToObject(Type,object)': (type: TypeObject, value: ClrValue) => {
      const number = numberOf(value)
      definitionOf(type)
      return boxedEnum(type, number)
    },
    ToObject: (type: TypeObject, value: number | bigint) => {
      definitionOf(type)
      return boxedEnum(type, toInt(BigInt(value)) as number)
    },
  })),
]
