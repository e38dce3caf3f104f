import type { MemberUse, Type } from '@apim-kit/policy-dsl/expression'
import { numericConversion } from '../compile/numeric.js'
import { binaryOperator } from '../compile/operators.js'
import { isValueType, types } from '../types.js'
import { Decimal } from '../values/decimal.js'
import { traitsOf } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { argumentsOf, eager, func, noElements } from './linq-source.js'
import type { Bound, MemberTable } from './members.js'

/** The number that an aggregate works on, from the overload: the element of the source, or what the selector gives. */
function numberType(use: MemberUse): { readonly id: string; readonly nullable: boolean } {
  const { parameters } = use.member
  const source = parameters[0]?.type
  const selector = parameters[1]?.type
  const chosen =
    selector?.kind === 'named' ? selector.arguments.at(-1) : source?.kind === 'named' ? source.arguments[0] : undefined
  const element = chosen === undefined ? undefined : types().nullableElement(chosen)
  return { id: (element ?? chosen)?.id ?? '', nullable: element !== undefined }
}

const operands: Readonly<Record<string, 'int' | 'long' | 'float' | 'double' | 'decimal'>> = {
  'System.Int32': 'int',
  'System.Int64': 'long',
  'System.Single': 'float',
  'System.Double': 'double',
  'System.Decimal': 'decimal',
}

const zeros = { int: 0, long: 0n, float: 0, double: 0, decimal: Decimal.zero } as const

/** The numbers of the source; nulls are left out. */
function* numbers(source: Iterable<ClrValue>, selector: ClrValue | undefined): Generator<ClrValue> {
  for (const item of source) {
    const value = selector === undefined ? item : func(selector)(item)
    if (value !== null) yield value
  }
}

function extreme(sign: 1 | -1): Bound {
  return eager((use) => {
    const type = resultOf(use)
    const traits = traitsOf(type)
    const nullAllowed = !isValueType(type) || types().nullableElement(type) !== undefined
    return (source, selector) => {
      let found: ClrValue | undefined
      for (const value of numbers(source, selector)) {
        if (found === undefined || sign * traits.compare(value, found) > 0) found = value
      }
      if (found !== undefined) return found
      if (nullAllowed) return null
      throw noElements()
    }
  })
}

/** The type of what Min and Max give: the declared one, with type parameters filled in. */
function resultOf(use: MemberUse): Type {
  const { type } = use.member
  return type.kind === 'type-parameter' ? argumentsOf(use)(type.name) : type
}

function sum(values: Iterable<ClrValue>, kind: keyof typeof zeros): ClrValue {
  // Integer sums are checked, as LINQ adds in a checked context; floats are added as doubles.
  const add = binaryOperator('+', kind === 'float' ? 'double' : kind, true)
  let total: ClrValue = zeros[kind]
  for (const value of values) total = add(total, value)
  return kind === 'float' ? Math.fround(total as number) : total
}

function average(values: readonly ClrValue[], kind: keyof typeof zeros): ClrValue {
  if (kind === 'decimal') return (sum(values, kind) as Decimal).divide(Decimal.ofInteger(values.length))
  const wide = kind === 'int' ? sum(values.map(numericConversion('int', 'long', false)), 'long') : sum(values, kind)
  const result = Number(wide) / values.length
  return kind === 'float' ? Math.fround(result) : result
}

/** Sum, Average, Min and Max in all their overloads. */
export const aggregateMembers: MemberTable = {
  Sum: eager((use) => {
    const kind = operands[numberType(use).id] ?? 'double'
    return (source, selector) => sum(numbers(source, selector), kind)
  }),
  Average: eager((use) => {
    const { id, nullable } = numberType(use)
    const kind = operands[id] ?? 'double'
    return (source, selector) => {
      const values = [...numbers(source, selector)]
      if (values.length > 0) return average(values, kind)
      if (nullable) return null
      throw noElements()
    }
  }),
  Min: extreme(-1),
  Max: extreme(1),
}
