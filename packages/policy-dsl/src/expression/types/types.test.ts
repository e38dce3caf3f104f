import { describe, expect, it } from 'vitest'
import { declaredMembers, expressionTypes } from './index.js'
import { declareType } from './declare.js'
import { readName } from './definition.js'
import { RARE } from './rare.js'
import { parseSignature } from './signature.js'
import { TypeTable } from './table.js'
import { displayType, reflectionName } from './type.js'

describe('the declared types', () => {
  it('are all well formed, and name only declared types', () => {
    for (const definition of expressionTypes().definitions) {
      expect(definition.interfaces.length + definition.members.size, definition.name).toBeGreaterThanOrEqual(0)
      expect(definition.base?.kind ?? 'named').toBe('named')
    }
  })

  it('have members whose keys are their own', () => {
    const keys = declaredMembers().map((member) => member.key)
    const twice = keys.filter((key, index) => keys.indexOf(key) !== index)
    expect(twice).toEqual([])
  })

  it('override only what a base declares', () => {
    for (const definition of expressionTypes().definitions) {
      for (const member of [...definition.members.values()].flat()) {
        if (!member.override) continue
        let base = definition.base?.definition
        while (
          base &&
          !base.members.get(member.name)?.some((own) => own.parameters.length === member.parameters.length)
        )
          base = base.base?.definition
        expect(base, member.key).toBeDefined()
      }
    }
  })

  it('are shown as C# and as reflection writes them', () => {
    const table = expressionTypes()
    const { int, string } = table.special
    const dictionary = table.generic('System.Collections.Generic.Dictionary', string, table.nullable(int))
    expect(displayType(dictionary)).toBe('Dictionary<string, int?>')
    expect(reflectionName(table.array(int))).toBe('System.Int32[]')
    expect(reflectionName(table.generic('System.Tuple', int, string))).toBe(
      'System.Tuple`2[System.Int32,System.String]',
    )
    expect(displayType(table.array(table.array(int, 2)))).toBe('int[][*,*]')
  })

  it('are one object for one type', () => {
    const table = expressionTypes()
    expect(table.generic('System.Collections.Generic.List', table.special.int)).toBe(
      table.generic('System.Collections.Generic.List', table.special.int),
    )
    expect(table.array(table.special.int)).toBe(table.array(table.special.int))
  })
})

describe('a table of types', () => {
  it('says which type is declared twice', () => {
    const once = expressionTypes().definitions.map(({ name }) => declareType(name))
    expect(() => new TypeTable([...once, declareType('System.Guid')])).toThrow('The type System.Guid is declared twice')
  })
})

describe('rare declarations', () => {
  const unique = (names: readonly string[]): string[] => [...new Set(names)].sort()

  it.each(RARE.map((list) => [Object.keys(list.names).join(', '), list] as const))(
    'of %s name what they declare, no more and no less',
    (_, { names, extensions = '', declarations }) => {
      const declared = declarations().map(({ name }) => {
        const { path, arity } = readName(name)
        return arity === 0 ? path : `${path}\`${arity}`
      })
      const named = Object.entries(names).flatMap(([space, list]) => list.split(' ').map((name) => `${space}.${name}`))
      expect(unique(named)).toEqual(unique(declared))
      const holding = declarations().filter((declaration) => declaration.extensions)
      const methods = holding.flatMap(({ name }) => [...(expressionTypes().find(name)?.members.values() ?? [])].flat())
      const extending = methods.filter(({ extension }) => extension).map(({ name }) => name)
      expect(unique(extensions.split(' ').filter((name) => name !== ''))).toEqual(unique(extending))
    },
  )
})

describe('nameIn', () => {
  it('knows every name without parsing', () => {
    for (const definition of expressionTypes().definitions) {
      for (const [name, members] of definition.members) {
        expect(
          members.map((member) => member.name),
          definition.name,
        ).toEqual(members.map(() => name))
      }
    }
  })
})

describe('extension methods', () => {
  it('stand in the types that are declared to hold them, and in all of these', () => {
    const holding = expressionTypes().definitions.filter((definition) =>
      [...definition.members.values()].flat().some((member) => member.extension),
    )
    const declared = expressionTypes().definitions.filter((definition) => definition.extensions)
    expect(holding.map(({ name }) => name)).toEqual(declared.map(({ name }) => name))
  })
})

describe('parseSignature', () => {
  it.each([
    ['int Length { get; }', 'property', 'Length'],
    ['T this[int index] { get; set; }', 'indexer', 'Item'],
    ['static readonly string Empty', 'field', 'Empty'],
    ['const int MaxValue = 5', 'constant', 'MaxValue'],
    ['Thing(int a)', 'constructor', '.ctor'],
    ['static bool operator ==(Thing a, Thing b)', 'operator', 'op_Equality'],
    ['static Thing operator -(Thing a)', 'operator', 'op_UnaryNegation'],
    ['static implicit operator Thing(int a)', 'conversion', 'op_Implicit'],
    ['static T F<T>(this IEnumerable<T> a, params int[] b) where T : class', 'method', 'F'],
  ])('reads %s', (text, kind, name) => {
    expect(parseSignature(text, 'Thing')).toMatchObject({ kind, name })
  })

  it('refuses what is none', () => {
    expect(() => parseSignature('int', 'Thing')).toThrow('is no signature')
  })
})
