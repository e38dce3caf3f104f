import { declareExtensions, declareStatic, declareType, type TypeDeclaration } from './declare.js'

const COUNTS = [1, 2, 3, 4, 5, 6, 7, 8]

/** T1, T2 and so on; the eighth is a tuple of the rest. */
const typeNames = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => (index === 7 ? 'TRest' : `T${index + 1}`))

const tupleParameters = (count: number): string =>
  typeNames(count)
    .map((name, index) => `${name} ${index === 7 ? 'rest' : `item${index + 1}`}`)
    .join(', ')

const tupleMembers = (count: number, accessors: string): string[] => [
  ...typeNames(count).map((name, index) => `${name} ${index === 7 ? 'Rest' : `Item${index + 1}`}${accessors}`),
  'override string ToString()',
  'override bool Equals(object obj)',
  'override int GetHashCode()',
]

/** The functions that make tuples: the eighth item is wrapped in a tuple of one. */
const tupleFactories = (name: string): string[] =>
  COUNTS.map((count) => {
    const own = Array.from({ length: count }, (_, index) => `T${index + 1}`)
    const types = count === 8 ? [...own.slice(0, 7), `${name}<T8>`] : own
    const list = own.map((type, index) => `${type} item${index + 1}`).join(', ')
    return `static ${name}<${types.join(', ')}> Create<${own.join(', ')}>(${list})`
  })

function tuples(): TypeDeclaration[] {
  const reference = COUNTS.map((count) =>
    declareType(`System.Tuple<${typeNames(count).join(', ')}>`, () => ({
      interfaces: ['IComparable'],
      members: [`Tuple(${tupleParameters(count)})`, ...tupleMembers(count, ' { get; }')],
    })),
  )
  const values = COUNTS.map((count) => {
    const type = `ValueTuple<${typeNames(count).join(', ')}>`
    return declareType(`System.${type}`, () => ({
      kind: 'struct',
      interfaces: ['IComparable', `IComparable<${type}>`, `IEquatable<${type}>`],
      members: [
        `ValueTuple(${tupleParameters(count)})`,
        ...tupleMembers(count, ''),
        `bool Equals(${type} other)`,
        `int CompareTo(${type} other)`,
      ],
    }))
  })
  const conversions = COUNTS.slice(0, 7).flatMap((count) => {
    const list = typeNames(count).join(', ')
    return [
      `static Tuple<${list}> ToTuple<${list}>(this ValueTuple<${list}> value)`,
      `static ValueTuple<${list}> ToValueTuple<${list}>(this Tuple<${list}> value)`,
    ]
  })
  return [
    ...reference,
    ...values,
    declareStatic('System.Tuple', () => tupleFactories('Tuple')),
    declareType('System.ValueTuple', () => ({
      kind: 'struct',
      interfaces: ['IComparable'],
      members: [
        'static ValueTuple Create()',
        ...tupleFactories('ValueTuple'),
        'override string ToString()',
        'override bool Equals(object obj)',
        'override int GetHashCode()',
      ],
    })),
    declareExtensions('System.TupleExtensions', () => conversions),
  ]
}

/** System.Tuple and System.ValueTuple, and the functions that make them and turn one into the other. */
export const TUPLES: readonly TypeDeclaration[] = tuples()
