import { flag, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { child, listOf, nested } from '../shape.js'
import { authenticationCertificate } from './authentication-certificate.js'
import { getAuthorizationContext } from './get-authorization-context.js'
import { includeFragment } from './include-fragment.js'
import { publishEvent } from './publish-event.js'
import { setBody } from './set-body.js'

/**
 * The document of a GraphQL resolver that asks an Azure SQL database. In preview.
 *
 * @example
 * sqlDataSource({
 *   connectionInfo: { connectionString: { useManagedIdentity: true, text: namedValueReference('orders-database') } },
 *   request: {
 *     singleResult: true, sqlStatement: 'SELECT * FROM orders WHERE id = @id',
 *     parameters: [{ name: '@id', text: expression('@(context.GraphQL.Arguments["id"])') }],
 *   },
 * })
 */
export const sqlDataSource = definePolicy('sql-data-source', {
  resolver: 'root',
  sections: [],
  scopes: [],
  gateways: ['classic', 'v2'],
  children: {
    /** The database. */
    connectionInfo: child(
      {
        children: {
          /** Undocumented here. */
          getAuthorizationContext: nested(getAuthorizationContext, { onlyIn: "Microsoft's schemas" }),
          /** The connection string, best a named value. */
          connectionString: child(
            {
              attributes: {
                /** `true` signs in with the service's own identity. Default: `false`. */
                useManagedIdentity: flag({ default: false }),
                /** Undocumented. */
                scope: text({ onlyIn: "Microsoft's schemas" }),
                /** Undocumented. */
                clientId: text({ onlyIn: "Microsoft's schemas" }),
              },
              text: text({ required: true }),
            },
            { required: true },
          ),
          /** Fragments. */
          includeFragment: nested(includeFragment, { many: true }),
          /** The client certificate. */
          authenticationCertificate: nested(authenticationCertificate),
        },
      },
      { required: true },
    ),
    /** Fragments. */
    includeFragment: nested(includeFragment, { many: true }),
    /** What is asked. */
    request: child(
      {
        attributes: {
          /** `true` makes one object of the only row; `false` a list of items. Default: `false`. */
          singleResult: flag({ default: false }),
        },
        children: {
          /** A fragment. */
          includeFragment: nested(includeFragment),
          /** What `context.Request.Body` is here. */
          setBody: nested(setBody),
          /** T-SQL; of several statements the last one's result counts. */
          sqlStatement: child({ text: text({ required: true }) }, { required: true }),
          /** Values for parameters of the statement. */
          parameters: listOf('parameter', {
            attributes: {
              /** The parameter, with its `@`. */
              name: text({ required: true }),
              /** Its type in T-SQL. */
              sqlType: text(),
            },
            /** The value. */
            text: text(),
          }),
        },
      },
      { required: true },
    ),
    /** What becomes of the result. Default: it is the field, as JSON. */
    response: child({
      children: {
        /** A fragment. */
        includeFragment: nested(includeFragment),
        /** Another body. */
        setBody: nested(setBody),
        /** Tells subscriptions of it. */
        publishEvent: nested(publishEvent),
      },
    }),
  },
  examples: [
    {
      input: {
        connectionInfo: {
          connectionString: {
            useManagedIdentity: true,
            text: 'Server=tcp:orders.database.windows.net;Database=orders',
          },
        },
        request: {
          singleResult: true,
          sqlStatement: 'SELECT * FROM orders WHERE id = @id',
          parameters: [{ name: '@id', sqlType: 'int', text: '7' }],
        },
        response: { setBody: 'x' },
      },
      xml:
        '<sql-data-source><connection-info><connection-string use-managed-identity="true">Server=tcp:orders.database.windows.net;Database=orders</connection-string></connection-info>' +
        '<request single-result="true"><sql-statement>SELECT * FROM orders WHERE id = @id</sql-statement>' +
        '<parameters><parameter name="@id" sql-type="int">7</parameter></parameters></request>' +
        '<response><set-body>x</set-body></response></sql-data-source>',
    },
  ],
})
