import { describe, expect, it } from 'vitest'
import { changeTitle, formatPlan } from './format.js'
import type { Change, Plan } from './result.js'

const base = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ApiManagement/service/apim'

function planOf(...changes: Change[]): Plan {
  const count = (action: Change['action']): number => changes.filter((change) => change.action === action).length
  return {
    service: 'apim',
    changes,
    summary: { create: count('create'), update: count('update'), delete: count('delete'), none: count('none') },
  }
}

describe('formatPlan', () => {
  it('shows what changes, field by field, and counts what does not', () => {
    const plan = planOf(
      {
        id: `${base}/namedValues/a`,
        kind: 'namedValue',
        name: 'a',
        action: 'create',
        fields: [{ path: 'properties.value', before: null, after: '[secret]' }],
      },
      {
        id: `${base}/namedValues/b`,
        kind: 'namedValue',
        name: 'b',
        action: 'update',
        fields: [{ path: 'properties.tags', before: ['x'], after: null }],
        reason: 'its secret has changed',
      },
      { id: `${base}/namedValues/c`, kind: 'namedValue', name: 'c', action: 'none', fields: [] },
    )
    expect(formatPlan(plan)).toBe(
      [
        '+ namedValue a',
        '    value: "[secret]"',
        '~ namedValue b (its secret has changed)',
        '    tags: ["x"] → null',
        '1 to create, 1 to update, 1 unchanged',
      ].join('\n'),
    )
  })

  it('shows of a document the lines that differ', () => {
    const fields = [
      { path: 'properties.value', before: '<a>\r\n\t<b />\r\n</a>', after: '<a>\n    <c />\n    <b />\n</a>\n' },
    ]
    const policy: Change = {
      id: `${base}/apis/orders/policies/policy`,
      kind: 'apiPolicy',
      name: 'policy',
      action: 'update',
      fields,
    }
    expect(formatPlan(planOf(policy))).toBe(
      ['~ apiPolicy orders/policy', '    value:', '      +     <c />', '1 to update'].join('\n'),
    )
  })
})

describe('changeTitle', () => {
  it('names a resource by its kind and its address', () => {
    const id = `${base}/apis/a/operations/get/policies/policy`
    expect(changeTitle({ id, kind: 'operationPolicy' })).toBe('operationPolicy a/get/policy')
  })
})
