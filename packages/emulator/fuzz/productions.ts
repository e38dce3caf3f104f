import {
  argumentMap,
  expressionTypes,
  substitute,
  type Member,
  type NamedType,
  type ParameterSymbol,
  type Type,
  type TypeParameter,
} from '@apim-kit/policy-dsl/expression'

/** One way to make a value: a declared member with every type parameter filled in. */
export interface Production {
  readonly member: Member
  readonly typeArguments: readonly Type[]
  /** The type that the member is asked of; of a static one, the type that is named. */
  readonly owner: NamedType
  readonly parameters: readonly (Omit<ParameterSymbol, 'defaultValue'> & { readonly optional: boolean })[]
  readonly result: Type
}

/** Everything that the declared types can be asked, and what gives a certain type. */
export interface Productions {
  readonly all: readonly Production[]
  readonly byResult: ReadonlyMap<string, readonly Production[]>
}

/** Reads all productions off the declared types, so that a new member is fuzzed as soon as it is declared. */
export function readProductions(): Productions {
  // By key: members are read as they are asked for, and a seed has to give the same inputs whatever was asked before.
  const all = closedTypes().flatMap((owner) =>
    [...owner.definition.members.values()]
      .flat()
      .toSorted((a, b) => (a.key < b.key ? -1 : 1))
      .flatMap((member) => productionsOf(owner, member)),
  )
  const byResult = new Map<string, Production[]>()
  for (const production of all) {
    const known = byResult.get(production.result.id)
    if (known === undefined) byResult.set(production.result.id, [production])
    else known.push(production)
  }
  return { all, byResult }
}

/** The declared types, generic ones with a reference type and a value type as arguments. */
function closedTypes(): NamedType[] {
  const table = expressionTypes()
  const { int, string } = table.special
  return table.definitions.flatMap((definition) => {
    const { length } = definition.typeParameters
    if (length === 0) return [table.construct(definition, [])]
    const choices = [string, int].map((first) =>
      table.construct(definition, [first, ...Array.from({ length: length - 1 }, () => int)]),
    )
    // Nested types of generic ones cannot be written down in this form; int? is, string? is not a type.
    if (/>\.|\.Enumerator|\.KeyCollection|\.ValueCollection/.test(definition.name)) return []
    return definition.name.startsWith('System.Nullable') ? choices.slice(1) : choices
  })
}

function productionsOf(owner: NamedType, member: Member): Production[] {
  if (member.kind === 'constructor' && (owner.definition.abstract || owner.definition.kind === 'delegate')) return []
  return argumentLists(member.typeParameters).flatMap((typeArguments) => {
    const map = new Map<TypeParameter, Type>(argumentMap(owner))
    member.typeParameters.forEach((parameter, index) => {
      const argument = typeArguments[index]
      if (argument !== undefined) map.set(parameter, argument)
    })
    const close = (type: Type): Type => substitute(expressionTypes(), type, map)
    if (member.parameters.some(({ mode }) => mode === 'ref')) return []
    const parameters = member.parameters.map(({ name, type, mode, defaultValue }) => ({
      name,
      type: close(type),
      mode,
      optional: defaultValue !== undefined,
    }))
    return [{ member, typeArguments, owner, parameters, result: close(member.type) }]
  })
}

/** A few lists of type arguments that the constraints let through. */
function argumentLists(parameters: readonly TypeParameter[]): Type[][] {
  if (parameters.length === 0) return [[]]
  const { int, string } = expressionTypes().special
  return [0, 1].map((turn) =>
    parameters.map(({ constraints }, index) => {
      if (constraints.struct) return int
      return constraints.class || (index + turn) % 2 === 0 ? string : int
    }),
  )
}
