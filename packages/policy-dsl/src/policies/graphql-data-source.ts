import { text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { child, listOf, nested } from '../shape.js'
import { authenticationBasic } from './authentication-basic.js'
import { authenticationCertificate } from './authentication-certificate.js'
import { authenticationManagedIdentity } from './authentication-managed-identity.js'
import { getAuthorizationContext } from './get-authorization-context.js'
import { includeFragment } from './include-fragment.js'
import { publishEvent } from './publish-event.js'
import { setBackendService } from './set-backend-service.js'
import { setBody } from './set-body.js'
import { setHeader } from './set-header.js'

/**
 * Undocumented, known to Microsoft's schemas only: the document of a GraphQL resolver that asks another GraphQL API.
 *
 * @example
 * graphqlDataSource({ request: { setUrl: 'https://orders.example.com/graphql', document: '{ orders { id } }' } })
 */
export const graphqlDataSource = definePolicy('graphql-data-source', {
  onlyIn: "Microsoft's schemas",
  resolver: 'root',
  sections: [],
  scopes: [],
  gateways: ['classic', 'v2', 'consumption'],
  id: false,
  children: {
    /** What is asked. */
    request: child(
      {
        children: {
          /** A user and a password. */
          authenticationBasic: nested(authenticationBasic),
          /** A client certificate. */
          authenticationCertificate: nested(authenticationCertificate),
          /** A token of the service's identity. */
          authenticationManagedIdentity: nested(authenticationManagedIdentity),
          /** A token of a connection. */
          getAuthorizationContext: nested(getAuthorizationContext),
          /** Another backend. */
          setBackendService: nested(setBackendService),
          /** The address. */
          setUrl: child({ text: text({ required: true }) }),
          /** A header. */
          setHeader: nested(setHeader),
          /** Fragments. */
          includeFragment: nested(includeFragment, { many: true }),
          /** The query. */
          document: child({ text: text({ required: true }) }, { required: true }),
          /** Which operation of the query. */
          operationName: child({ text: text({ required: true }) }, { element: 'operationName' }),
          /** Values for its variables. */
          variables: listOf('variable', {
            attributes: {
              /** The variable. */
              name: text({ required: true }),
            },
            /** Its value. */
            text: text(),
          }),
        },
      },
      { required: true },
    ),
    /** What becomes of the result. */
    response: child({
      children: {
        /** Another body. */
        setBody: nested(setBody),
        /** Fragments. */
        includeFragment: nested(includeFragment, { many: true }),
        /** Tells subscriptions of it. */
        publishEvent: nested(publishEvent),
      },
    }),
  },
  examples: [
    {
      input: {
        request: {
          setUrl: 'https://orders.example.com/graphql',
          document: 'query one($id: ID) { order(id: $id) { id } }',
          operationName: 'one',
          variables: [{ name: 'id', text: '7' }],
        },
      },
      xml:
        '<graphql-data-source><request><set-url>https://orders.example.com/graphql</set-url>' +
        '<document>query one($id: ID) { order(id: $id) { id } }</document><operationName>one</operationName>' +
        '<variables><variable name="id">7</variable></variables></request></graphql-data-source>',
    },
  ],
})
