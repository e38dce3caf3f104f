import type { MemberUse, Type } from '@apim-kit/policy-dsl/expression'
import { numericConversion } from '../compile/numeric.js'
import { type Binary, binaryOperator } from '../compile/operators.js'
import { allocateItems } from '../run.js'
import { isValueType, types } from '../types.js'
import { each, type Enumerable } from '../values/collections.js'
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

/** Hands on the numbers of the source; nulls are left out. */
function eachNumber(source: Enumerable, selector: ClrValue | undefined, take: (value: ClrValue) => void): void {
  const select = selector === undefined ? undefined : func(selector)
  each(source, (item) => {
    const value = select === undefined ? item : select(item)
    if (value !== null) take(value)
    return false
  })
}

function extreme(sign: 1 | -1): Bound {
  return eager((use) => {
    const type = resultOf(use)
    const traits = traitsOf(type)
    const nullAllowed = !isValueType(type) || types().nullableElement(type) !== undefined
    return (source, selector) => {
      let found: ClrValue | undefined
      eachNumber(source, selector, (value) => {
        if (found === undefined || sign * traits.compare(value, found) > 0) found = value
      })
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

/** What adds numbers up. Integer sums are checked, as LINQ adds in a checked context; floats are added as doubles. */
function adder(kind: keyof typeof zeros): Binary {
  return binaryOperator('+', kind === 'float' ? 'double' : kind, true)
}

function sum(source: Enumerable, selector: ClrValue | undefined, kind: keyof typeof zeros, add: Binary): ClrValue {
  let total: ClrValue = zeros[kind]
  eachNumber(source, selector, (value) => {
    total = add(total, value)
  })
  return kind === 'float' ? Math.fround(total as number) : total
}

function average(values: readonly ClrValue[], kind: keyof typeof zeros): ClrValue {
  // The sum of ints is a long.
  const wide = kind === 'int' ? 'long' : kind
  const numbers = kind === 'int' ? values.map(numericConversion('int', 'long', false)) : values
  const total = numbers.reduce(adder(wide), zeros[wide])
  if (kind === 'decimal') return (total as Decimal).divide(Decimal.ofInteger(values.length))
  const result = Number(total) / values.length
  return kind === 'float' ? Math.fround(result) : result
}

/** Sum, Average, Min and Max in all their overloads. */
export const aggregateMembers = (): MemberTable => ({
  Sum: eager((use) => {
    const kind = operands[numberType(use).id] ?? 'double'
    const add = adder(kind)
    return (source, selector) => sum(source, selector, kind, add)
  }),
  Average: eager((use) => {
    const { id, nullable } = numberType(use)
    const kind = operands[id] ?? 'double'
    return (source, selector) => {
      const values: ClrValue[] = []
      eachNumber(source, selector, (value) => {
        if (values.push(value) % 1024 === 0) allocateItems(1024)
      })
      if (values.length > 0) return average(values, kind)
      if (nullable) return null
      throw noElements()
    }
  }),
  Min: extreme(-1),
  Max: extreme(1),
})
