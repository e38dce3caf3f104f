import { flag, oneOf, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { serviceKind } from './service.js'

/** A group of users of the developer portal; products are shown to groups. */
export const groupKind = defineKind({
  kind: 'group',
  title: 'group',
  parent: serviceKind,
  segment: 'groups',
  name: identifier,
  builtIn: ['administrators', 'developers', 'guests'],
  fields: {
    /** What the portal shows. */
    displayName: text({ required: true, min: 1, max: 300 }),
    description: text({ max: 1000 }),
    /** `external` groups come from a directory; `system` ones are built in. */
    type: oneOf(['custom', 'external', 'system'], { default: 'custom', sdk: 'typePropertiesType', sdkPut: 'type' }),
    /** An external group's address: `aad://contoso.onmicrosoft.com/groups/<object id>`. */
    externalId: text({ caseInsensitive: true }),
    builtIn: flag({ computed: true }),
  },
  sdk: { group: 'group', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** What {@link group} takes: a group of the service's own, or one of a directory. */
export interface GroupInput {
  /** What the portal shows. Default: the resource's name. */
  readonly displayName?: string
  readonly description?: string
  /** A group of Microsoft Entra ID: `aad://contoso.onmicrosoft.com/groups/<object id>`. Default: a group of the service's own. */
  readonly externalId?: string
}

/**
 * Declares a group. The built-in ones, administrators, developers and guests, are there already.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * group('partners', { description: 'Partners of the shop' })
 * group('staff', { externalId: 'aad://contoso.onmicrosoft.com/groups/55555555-5555-5555-5555-555555555555' })
 */
export function group(name: string, input: GroupInput = {}): Resource<'group'> {
  expectDeclaration(groupKind, name, input)
  const type = input.externalId === undefined ? 'custom' : 'external'
  return createResource(groupKind, name, undefined, { displayName: name, type, ...input })
}
