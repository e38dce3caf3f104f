import { expect, it } from 'vitest'
import { expressionTypes } from './expression/types/index.js'
import { displayType, type Member, type NamedType, type Type } from './expression/types/type.js'

/*
 * What TypeScript knows of `context` follows from the types that expressions are checked against. After a change of them:
 * npx vitest run packages/policy-dsl/src/context-members.test.ts --update
 */
it('knows the members that expressions are checked against', async () => {
  await expect(contextMembers()).toMatchFileSnapshot('./context-members.ts')
})

const head = `import type { ExprValue } from './expression/csharp-literal.js'
import type { Expression } from './value.js'

// Made from src/expression/types; context-members.test.ts says how.

declare const csharpType: unique symbol

/** An expression that hangs on \`context\`; \`T\` is its type in C#. */
export interface ContextValue<T extends string = string> extends Expression {
  readonly [csharpType]?: T
}

/** A type of the service's own. */
export interface ContextObject<T extends string, Self> extends ContextValue<T> {
  /** Asks on only where there is something, as \`?.\` does: null where there is nothing. */
  readonly orNull: Self
}

/** A dictionary by name. */
export interface ContextDictionary<
  T extends string,
  One extends string,
  Default extends string = One,
> extends ContextObject<T, ContextDictionary<T, One, Default>> {
  /** \`dictionary["name"]\`; KeyNotFoundException where there is no such name. */
  Item(name: ExprValue): ContextValue<One>
  ContainsKey(name: ExprValue): ContextValue<'bool'>
  /** Without a default, null or zero where there is no such name. The values of a header are joined by commas. */
  GetValueOrDefault(name: ExprValue, defaultValue?: ExprValue): ContextValue<Default>
}

/** What \`As\` reads a body as. */
export type BodyType = 'string' | 'byte[]' | 'JToken' | 'JObject' | 'JArray' | 'XNode' | 'XElement' | 'XDocument'
`

function contextMembers(): string {
  const table = expressionTypes()
  const root = table.named('IProxyRequestContext')
  const types = reachable(root)
  const methods = new Set(['ContainsKey', 'GetValueOrDefault', 'Item'])
  const interfaces = types.map((type) => {
    const members = membersOf(type).flatMap((member) => {
      if (member.kind === 'method' && declaration(member)) methods.add(member.name)
      return declaration(member) ?? []
    })
    const name = type === root ? 'Context' : type.definition.simpleName
    const of = `ContextObject<'${type.definition.simpleName}', ${name}>`
    return `export interface ${name} extends ${of} {\n${members.join('\n')}\n}\n`
  })
  const union = [...methods].toSorted().map((name) => `\n  | '${name}'`)
  const list = `/** The members that are called. */\nexport type ContextMethod =${union.join('')}\n`
  return [head, list, ...interfaces].join('\n')
}

/** The service's own types that properties lead to. */
function reachable(root: NamedType): NamedType[] {
  const found: NamedType[] = [root]
  for (const type of found)
    for (const { kind, type: next } of membersOf(type))
      if (kind === 'property' && isOwn(next) && !found.includes(next)) found.push(next)
  return found
}

/** Of the type and of what it inherits from. */
function membersOf(type: NamedType): Member[] {
  const inherited = type.definition.interfaces.flatMap(membersOf)
  const all = [...type.definition.members.values()].flat().concat(inherited)
  // By name: members are read as they are asked for, and another test may have asked for some.
  return all.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

interface Own extends NamedType {
  readonly definition: NamedType['definition'] & { readonly kind: 'interface'; readonly namespace: '' }
}

const isOwn = (type: Type): type is Own =>
  type.kind === 'named' && type.definition.namespace === '' && type.definition.kind === 'interface'

function declaration(member: Member): string | undefined {
  const { name, kind, type, parameters } = member
  if (kind === 'indexer') return `  Item(name: ExprValue): ${typeCode(type)}`
  if (kind === 'property') return `  readonly ${name}: ${typeCode(type)}`
  // What returns nothing is no expression; what is made of SOAP the emulator does not run.
  if (kind !== 'method' || displayType(type) === 'void' || name === 'AsSoap') return undefined
  if (name === 'As') return `  As<T extends BodyType>(type: T, preserveContent?: ExprValue): ContextValue<T>`
  const taken = parameters.filter(({ type: of }) => displayType(of) === 'bool')
  const list = taken.map((parameter) => `${parameter.name}${parameter.defaultValue ? '?' : ''}: ExprValue`)
  return `  ${name}(${list.join(', ')}): ${typeCode(type)}`
}

function typeCode(type: Type): string {
  const shown = displayType(type)
  if (isOwn(type)) return shown
  const [, value] = type.kind === 'named' ? type.arguments : []
  if (!shown.includes('Dictionary<') || value === undefined) return `ContextValue<'${shown}'>`
  const one = displayType(value)
  // Of many values GetValueOrDefault makes one text.
  return `ContextDictionary<'${shown}', '${one}'${one === 'string[]' ? ", 'string'" : ''}>`
}
