import { group, json, text, type Json } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { apiKind } from './api.js'

/** A schema of an API: what representations of its operations, and GraphQL, refer to. */
export const apiSchemaKind = defineKind({
  kind: 'apiSchema',
  title: 'API schema',
  parent: apiKind,
  segment: 'schemas',
  madeByImport: true,
  name: { ...identifier, max: 80, words: '1 to 80 characters, none of * # & + : < > ? / \\ %' },
  fields: {
    /** Says what the document is. */
    contentType: text({ required: true, caseInsensitive: true }),
    document: group(
      {
        /** A text: GraphQL, XML schema. */
        value: text(),
        /** The definitions of Swagger 2.0. */
        definitions: json(),
        /** The components of OpenAPI 3. */
        components: json(),
      },
      { flattened: true },
    ),
    provisioningState: text({ computed: true }),
  },
  sdk: { group: 'apiSchema', list: 'listByApi', put: 'beginCreateOrUpdateAndWait', delete: 'delete' },
  protocol: { entityTag: true, longRunning: true, created: 201 },
})

/** What {@link apiSchema} takes: one of the documents that the service knows. */
export type ApiSchemaInput = {
  /** The API that it belongs to. */
  readonly api: Resource<'api'>
} & (
  | {
      /** A GraphQL schema; the service takes it under the name `graphql`. */
      readonly graphql: string
    }
  | {
      /** An XML schema. */
      readonly xsd: string
    }
  | {
      /** The components of an OpenAPI document: `{ schemas: { … } }`. */
      readonly components: { readonly [name: string]: Json }
    }
  | {
      /** The definitions of a Swagger 2.0 document. */
      readonly definitions: { readonly [name: string]: Json }
    }
)

/** The content types by which the service tells documents apart. */
const forms = {
  graphql: { contentType: 'application/vnd.ms-azure-apim.graphql.schema', member: 'value' },
  xsd: { contentType: 'application/vnd.ms-azure-apim.xsd+xml', member: 'value' },
  components: { contentType: 'application/vnd.oai.openapi.components+json', member: 'components' },
  definitions: { contentType: 'application/vnd.ms-azure-apim.swagger.definitions+json', member: 'definitions' },
} as const

/**
 * Declares a schema of an API.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * apiSchema('graphql', { api: orders, graphql: 'type Query { orders: [String] }' })
 * apiSchema('order', { api: orders, components: { schemas: { order: { type: 'object' } } } })
 */
export function apiSchema(name: string, input: ApiSchemaInput): Resource<'apiSchema'> {
  expectDeclaration(apiSchemaKind, name, input)
  const { api, ...documents } = input
  const given = Object.entries(documents).map(([form, value]): object => {
    const known = Object.hasOwn(forms, form) ? forms[form as keyof typeof forms] : undefined
    return known === undefined
      ? { [form]: value as unknown }
      : { contentType: known.contentType, document: { [known.member]: value as unknown } }
  })
  return createResource(apiSchemaKind, name, api, Object.assign({}, ...given) as object)
}
