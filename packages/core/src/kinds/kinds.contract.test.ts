import { describe, expect, it } from 'vitest'
import { childrenOf, parsePath, pathOf } from '../arm-path.js'
import { createResource } from '../create-resource.js'
import { ApimKitError } from '../errors.js'
import type { Fields } from '../fields.js'
import type { Kind } from '../kind.js'
import type { PolicyContent } from '../policy-content.js'
import type { Resource } from '../resource.js'
import { SecretReference } from '../secrets.js'
import { kinds, serviceKind } from './index.js'

const content: PolicyContent = {
  toXml: () => '<policies />',
  toRawXml: () => '<policies />',
  references: [],
  equals: (text) => text === '<policies />',
  problems: () => [],
}

/** The smallest input that a description accepts. */
function smallest(fields: Fields): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => field.options.required && !field.options.computed)
      .map(([name, field]): [string, unknown] => {
        if (field.type === 'group') return [name, smallest(field.fields ?? {})]
        if (field.type === 'document') return [name, content]
        if (field.type === 'secret') return [name, new SecretReference('test', () => Promise.resolve('x'))]
        return [name, field.values?.[0] ?? field.options.example ?? 'GET']
      }),
  )
}

function sample(kind: Kind): Resource {
  const parent = kind.parent === undefined || kind.parent === serviceKind ? undefined : sample(kind.parent)
  return createResource(kind, kind.name.fixed ?? `my-${kind.kind}`, parent, smallest(kind.fields))
}

/** Runs `action` and gives back the ApimKitError that it has to throw. */
function refusal(action: () => unknown): ApimKitError {
  try {
    action()
  } catch (error) {
    if (error instanceof ApimKitError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

describe.each(Object.values<Kind>(kinds))('kind $kind', (kind) => {
  const parent = sample(kind).parent
  const create = (input: object, name = kind.name.fixed ?? 'x'): Resource => createResource(kind, name, parent, input)

  it('takes its smallest input', () => {
    expect(sample(kind)).toMatchObject({ kind: kind.kind })
  })

  it('names every missing required field', () => {
    const required = Object.entries(kind.fields).filter(([, field]) => field.options.required)
    if (required.length === 0) return
    const { problems, code } = refusal(() => create({}))
    expect(code).toBe('invalid-input')
    expect(problems.map(({ path }) => path)).toEqual(required.map(([name]) => name))
  })

  it('refuses unknown fields and suggests the known one', () => {
    const [known] = Object.entries(kind.fields).find(([, field]) => !field.options.computed) ?? []
    if (known === undefined) return
    const { problems } = refusal(() => create({ ...smallest(kind.fields), [`${known}x`]: 'a' }))
    expect(problems).toMatchObject([{ rule: 'input/unknown-field', path: `${known}x` }])
    expect(problems[0]?.message).toContain(`"${known}"`)
  })

  it('refuses what the service computes', () => {
    for (const [name, field] of Object.entries(kind.fields).filter(([, { options }]) => options.computed))
      expect(
        refusal(() => create({ ...smallest(kind.fields), [name]: field.type === 'group' ? {} : 'x' })).problems,
      ).toMatchObject([{ rule: 'input/unknown-field', path: name }])
  })

  it('refuses bad names', () => {
    for (const name of ['', 'a/b', 'a?b', 'x'.repeat(kind.name.max + 1)])
      expect(refusal(() => create(smallest(kind.fields), name)).problems).toMatchObject([{ rule: 'input/name' }])
  })

  it('has an address that reads back', () => {
    const resource = sample(kind)
    const base = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim'
    expect(parsePath(base + pathOf(resource))).toMatchObject({ kind, target: 'resource' })
    expect(parsePath(base.toUpperCase() + pathOf(resource).toUpperCase())?.kind).toBe(kind)
    expect(parsePath(`${base}${pathOf(resource)}/listValue`)).toMatchObject({
      kind,
      target: 'action',
      action: 'listValue',
    })
    expect(parsePath(base + pathOf(resource).replace(/\/[^/]+$/, ''))).toMatchObject({ kind, target: 'collection' })
  })

  it('is reached from the service', () => {
    expect(childrenOf(kind.parent ?? serviceKind)).toContain(kind)
    expect(kind.armType).toMatch(/^Microsoft\.ApiManagement\/service\//)
  })

  it('is frozen data', () => {
    const resource = sample(kind)
    expect(Object.isFrozen(resource) && Object.isFrozen(resource.properties)).toBe(true)
  })
})

describe('addresses', () => {
  it.each(['/', '/subscriptions/s', '/subscriptions/s/resourceGroups/g/providers/Microsoft.Web/sites/x'])(
    'are no APIM: %s',
    (path) => {
      expect(parsePath(path)).toBeUndefined()
    },
  )

  it('keep the case of names and read broken percent signs as they stand', () => {
    const base = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/Apim'
    expect(parsePath(`${base}/apis/My%20Api/operations/a%zz`)).toMatchObject({
      names: ['My Api', 'a%zz'],
      address: { service: 'Apim' },
    })
    expect(parsePath(`${base}/unknown/x`)).toBeUndefined()
  })
})
