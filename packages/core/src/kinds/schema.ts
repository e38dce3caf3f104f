import { json, oneOf, text, type Json } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration, throwIfInvalid } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { choiceProblems } from './choice.js'
import { serviceKind } from './service.js'

/** A schema of the service, which the policy `validate-content` checks bodies by. */
export const schemaKind = defineKind({
  kind: 'schema',
  title: 'schema',
  parent: serviceKind,
  segment: 'schemas',
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    schemaType: oneOf(['json', 'xml'], { required: true }),
    description: text(),
    /** The text of an XML schema. */
    value: text(),
    /** A JSON schema. */
    document: json(),
    provisioningState: text({ computed: true }),
  },
  sdk: { group: 'globalSchema', list: 'listByService', put: 'beginCreateOrUpdateAndWait', delete: 'delete' },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** What {@link schema} takes: a JSON schema, or the text of an XML schema. */
export type SchemaInput = { readonly description?: string } & (
  | { readonly json: { readonly [name: string]: Json }; readonly xml?: never }
  | { readonly xml: string; readonly json?: never }
)

/**
 * Declares a schema of the service; `validateContent` names it by `schemaId`.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * schema('order', { json: { type: 'object', required: ['id'] } })
 */
export function schema(name: string, input: SchemaInput): Resource<'schema'> {
  expectDeclaration(schemaKind, name, input)
  const { description, json: document, xml: value } = input
  const content = value === undefined ? { schemaType: 'json', document } : { schemaType: 'xml', value }
  const resource = createResource(schemaKind, name, undefined, { ...content, description })
  throwIfInvalid(resource, choiceProblems(input, ['json', 'xml']))
  return resource
}
