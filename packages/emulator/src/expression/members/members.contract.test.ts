import { declaredMembers, expressionTypes, type Member, type MemberUse } from '@apim-kit/policy-dsl/expression'
import { describe, expect, it } from 'vitest'
import { findImplementation, implementationOf } from './index.js'
import { reasonAgainst, unsupported } from './unsupported.js'

const readable = new Set(['property', 'field', 'indexer'])

/** A use of a member on its own declaration, type parameters standing for themselves. */
function useOf(member: Member): MemberUse {
  const container = expressionTypes().construct(member.declaring, member.declaring.typeParameters)
  return { key: member.key, member, container, typeArguments: member.typeParameters }
}

/** Everything that an expression can call, read or write; constants and enum members are values already. */
const uses = declaredMembers()
  .filter((member) => member.value === undefined && member.declaring.kind !== 'delegate')
  .flatMap((member) => {
    const both = [
      { key: member.key, member, write: false, exists: !readable.has(member.kind) || member.canRead },
      { key: `${member.key}=`, member, write: true, exists: readable.has(member.kind) && member.canWrite },
    ]
    return both.filter(({ exists }) => exists)
  })

describe('the declared members', () => {
  it('are run, or refused with a reason', () => {
    const forgotten = uses.filter(
      ({ key, member, write }) =>
        findImplementation(useOf(member), write) === undefined &&
        reasonAgainst(member.declaring.name, key) === undefined,
    )
    expect(forgotten.map(({ key }) => key)).toEqual([])
  })

  it('are not refused when they are run', () => {
    const both = uses.filter(
      ({ key, member, write }) =>
        Object.hasOwn(unsupported, key) && findImplementation(useOf(member), write) !== undefined,
    )
    expect(both.map(({ key }) => key)).toEqual([])
  })

  it('that are refused exist', () => {
    const known = new Set(uses.flatMap(({ key, member }) => [key, member.declaring.name]))
    // Types that only stand in signatures have no members, and yet a reason.
    const types = new Set(expressionTypes().definitions.map(({ name }) => name))
    expect(Object.keys(unsupported).filter((key) => !known.has(key) && !types.has(key))).toEqual([])
  })

  it('name themselves and the way out when one is used that is not run', () => {
    const member = declaredMembers().find(({ key }) => key === 'System.Delegate.DynamicInvoke(object[])')
    expect(member).toBeDefined()
    if (member !== undefined) {
      expect(() => implementationOf(useOf(member), false)).toThrow(
        'The emulator does not run System.Delegate.DynamicInvoke(object[]): call the delegate itself',
      )
    }
  })
})
