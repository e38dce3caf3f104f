import type { MemberUse, NamedType, Type, TypeDefinition } from '@apim-kit/policy-dsl/expression'
import { types } from '../types.js'
import { ClrArray, ClrList, type Enumerable, type Origin, Piped, Sequence } from '../values/collections.js'

const made = new Map<string, NamedType>()

/** A class of LINQ that nobody can name in C#: it is what its interface says. */
export function hiddenType(name: string, args: readonly Type[], shown: NamedType): NamedType {
  const id = `${name}<${args.map((type) => type.id).join()}>`
  let type = made.get(id)
  if (type === undefined) {
    const definition: TypeDefinition = {
      name,
      namespace: 'System.Linq',
      simpleName: name,
      kind: 'class',
      static: false,
      abstract: false,
      typeParameters: [],
      variance: [],
      base: types().special.object,
      interfaces: [shown],
      members: new Map(),
      underlying: undefined,
      invoke: undefined,
    }
    type = { kind: 'named', id, definition, arguments: args }
    made.set(id, type)
  }
  return type
}

/** Operators whose class is the same for every source. */
const PLAIN: Readonly<Record<string, string>> = {
  Append: 'AppendPrepend1Iterator',
  Concat: 'Concat2Iterator',
  DefaultIfEmpty: 'DefaultIfEmptyIterator',
  Distinct: 'DistinctIterator',
  Prepend: 'AppendPrepend1Iterator',
  Reverse: 'ReverseIterator',
  SelectMany: 'SelectManySingleSelectorIterator',
  Union: 'UnionIterator2',
}

/** How the class of an operator is called; undefined where the compiler made the name up. */
function className(use: MemberUse, source: Enumerable | undefined): string | undefined {
  const { name, parameters } = use.member
  if (name === 'Where' || name === 'Select') {
    if (takesIndex(use)) return undefined
    if (source instanceof ClrArray && source.items.length === 0) return 'EmptyPartition'
    return name === 'Where' ? `Where${kindOf(beforeWhere(source))}Iterator` : selectName(source)
  }
  if (name === 'Skip' || name === 'Take') return isIndexed(source) ? 'ListPartition' : 'EnumerablePartition'
  if (name === 'SelectMany' && (parameters.length > 2 || takesIndex(use))) return undefined
  return PLAIN[name]
}

function selectName(source: Enumerable | undefined): string {
  if (operatorOf(source) === 'Where') return `WhereSelect${kindOf(beforeWhere(source))}Iterator`
  const inner = beforeSelect(source)
  if (isIndexed(inner)) return `Select${kindOf(inner)}Iterator`
  const isPartition = /^(?:OrderBy|ThenBy|Skip|Take|Range|Repeat)/.test(operatorOf(source) ?? '')
  return isPartition ? 'SelectIPartitionIterator' : 'SelectEnumerableIterator'
}

const isIndexed = (source: Enumerable | undefined): boolean => source instanceof ClrArray || source instanceof ClrList

const operatorOf = (source: Enumerable | undefined): string | undefined =>
  source instanceof Piped || source instanceof Sequence ? source.origin?.operator : undefined

/** Conditions on conditions are joined. */
function beforeWhere(source: Enumerable | undefined): Enumerable | undefined {
  let inner = source
  while (inner instanceof Piped && inner.origin?.operator === 'Where') inner = inner.source
  return inner
}

/** Selectors of selectors are joined. */
function beforeSelect(source: Enumerable | undefined): Enumerable | undefined {
  let inner = source
  while (inner instanceof Piped && inner.origin?.operator === 'Select') inner = inner.source
  return inner
}

function kindOf(source: Enumerable | undefined): 'Array' | 'List' | 'Enumerable' {
  if (source instanceof ClrArray) return 'Array'
  return source instanceof ClrList ? 'List' : 'Enumerable'
}

function takesIndex({ member: { parameters } }: MemberUse): boolean {
  const type = parameters[1]?.type
  return type?.kind === 'named' && type.arguments.length === 3
}

/** What the results of an operator are, for whoever prints one. */
export function originOf(use: MemberUse, element: Type): Origin {
  return {
    operator: takesIndex(use) ? '' : use.member.name,
    typeFor: (source) => {
      const name = className(use, source)
      if (name === undefined) return undefined
      const parameters = name.includes('Select') ? ['TSource', 'TResult'] : undefined
      const args = parameters?.map((parameter) => argumentOf(use, parameter)) ?? [element]
      const shown = types().generic('System.Collections.Generic.IEnumerable', element)
      return hiddenType(name === 'EmptyPartition' ? name : `Enumerable+${name}`, args, shown)
    },
  }
}

function argumentOf({ member, typeArguments }: MemberUse, name: string): Type {
  const index = member.typeParameters.findIndex((parameter) => parameter.name === name)
  return typeArguments[index] ?? types().special.object
}
