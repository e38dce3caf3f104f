import { flag, oneOf, text } from '../fields.js'
import { definePolicy } from '../define-policy.js'
import { exactlyOneOf, needs } from '../rules.js'
import { child, nested } from '../shape.js'
import { includeFragment } from './include-fragment.js'
import { publishEvent } from './publish-event.js'
import { setBody } from './set-body.js'

const template = oneOf(['liquid'], { expressionsUnstated: true, onlyIn: 'the documentation' })

/** A text that may be a Liquid template. */
const templated = {
  attributes: {
    /** `liquid` where the text is a Liquid template. */
    template,
  },
  text: text({ required: true, template: 'liquid' }),
} as const

const partitionKey = child({
  attributes: {
    /** The key's type. Default: `string`. */
    dataType: oneOf(['string', 'number', 'bool', 'none', 'null'], { default: 'string', expressionsUnstated: true }),
    /** `liquid` where the text is a Liquid template. */
    template,
  },
  text: text({ template: 'liquid' }),
})

const etag = child({
  attributes: {
    /** Whether the item's tag has to be this one or another. Default: `match`. */
    type: oneOf(['match', 'no-match'], { default: 'match', expressionsUnstated: true }),
    /** `liquid` where the text is a Liquid template. */
    template,
  },
  text: text({ required: true, template: 'liquid' }),
})

const consistencyLevel = oneOf(['bounded-staleness', 'consistent-prefix', 'eventual', 'session', 'strong'], {
  expressionsUnstated: true,
})

const trigger = text()

/**
 * The document of a GraphQL resolver that asks a container of Cosmos DB, or changes it. In preview.
 *
 * @example
 * cosmosdbDataSource({
 *   connectionInfo: {
 *     connectionString: namedValueReference('orders-database'), databaseName: 'shop', containerName: 'orders',
 *   },
 *   readRequest: { id: expression('@(context.GraphQL.Arguments["id"].ToString())') },
 * })
 */
export const cosmosdbDataSource = definePolicy('cosmosdb-data-source', {
  resolver: 'root',
  sections: [],
  scopes: [],
  gateways: ['classic', 'v2'],
  children: {
    /** The container. */
    connectionInfo: child(
      {
        children: {
          /** The connection string, best a named value. */
          connectionString: child(
            {
              attributes: {
                /** `true` signs in with the service's own identity, without an account key. Default: `false`. */
                useManagedIdentity: flag({ default: false, expressionsUnstated: true }),
                /** Undocumented. */
                clientId: text({ onlyIn: "Microsoft's schemas" }),
              },
              text: text({ required: true }),
            },
            { required: true },
          ),
          /** The database. */
          databaseName: child({ text: text({ required: true }) }, { required: true }),
          /** The container in it. */
          containerName: child({ text: text({ required: true }) }, { required: true }),
        },
      },
      { required: true },
    ),
    /** Asks by SQL. */
    queryRequest: child({
      attributes: {
        /** The query option of that name. */
        enableLowPrecisionOrderBy: flag({ expressionsUnstated: true }),
      },
      children: {
        /** The query. */
        sqlStatement: child({ text: text({ required: true }) }),
        /** Values for parameters of the query. */
        parameters: child({
          children: {
            /** One parameter. */
            parameter: child(
              {
                attributes: {
                  /** Its name, with its `@`. */
                  name: text({ required: true }),
                  /** Undocumented. */
                  type: text({ onlyIn: "Microsoft's schemas" }),
                },
                /** Its value: a text, a number, a boolean, or what an expression gives. */
                text: text({ keepsType: true }),
              },
              { many: true },
            ),
          },
        }),
        /** The partition. */
        partitionKey,
        /** Pages. */
        paging: child({
          children: {
            /** How many items a page has; -1 for all. */
            maxItemCount: child(templated, { required: true }),
            /** Where the page begins. */
            continuationToken: child({ ...templated, text: text({ template: 'liquid' }) }, { required: true }),
          },
        }),
      },
      bareTextOnlyIn: "Microsoft's schemas",
    }),
    /** Reads one item. */
    readRequest: child({
      children: {
        /** The item. */
        id: child(templated, { required: true }),
        /** The partition; with it the read is a point read. */
        partitionKey,
      },
      bareTextOnlyIn: "Microsoft's schemas",
    }),
    /** Deletes one item. */
    deleteRequest: child({
      attributes: {
        /** The consistency of the call. */
        consistencyLevel,
        /** A trigger that runs before, by id. */
        preTrigger: trigger,
        /** A trigger that runs after, by id. */
        postTrigger: trigger,
      },
      children: {
        /** The item. */
        id: child(templated, { required: true }),
        /** The partition. */
        partitionKey,
        /** The item's tag. */
        etag,
      },
      order: { because: 'the statement of the documentation has etag first' },
      bareTextOnlyIn: "Microsoft's schemas",
    }),
    /** Writes one item. */
    writeRequest: child({
      attributes: {
        /** Whether the item is new, is there, or either. Default: `upsert`. */
        type: oneOf(['insert', 'replace', 'upsert'], { default: 'upsert', expressionsUnstated: true }),
        /** The consistency of the call. */
        consistencyLevel,
        /** How the item is indexed. Default: `default`. */
        indexingDirective: text({ default: 'default' }),
        /** A trigger that runs before, by id. */
        preTrigger: trigger,
        /** A trigger that runs after, by id. */
        postTrigger: trigger,
        /** Undocumented. */
        enableContentResponseOnWrite: flag({ onlyIn: "Microsoft's schemas" }),
      },
      children: {
        /** The item; needed to replace it. */
        id: child(templated, { onlyIn: 'the documentation' }),
        /** The partition. */
        partitionKey,
        /** The item's tag. */
        etag,
        /** The item. Default: the field's arguments. */
        setBody: nested(setBody),
        /** Fragments. */
        includeFragment: nested(includeFragment, { many: true, onlyIn: "Microsoft's schemas" }),
      },
      bareTextOnlyIn: "Microsoft's schemas",
      rules: [
        needs('id', { when: { type: 'replace' }, severity: 'warning', because: "Microsoft's schemas do not know it" }),
      ],
    }),
    /** What becomes of the result. Default: it is the field, as JSON. */
    response: child({
      children: {
        /** Another body. */
        setBody: nested(setBody),
        /** Tells subscriptions of it. */
        publishEvent: nested(publishEvent),
        /** Fragments. */
        includeFragment: nested(includeFragment, { many: true, onlyIn: "Microsoft's schemas" }),
      },
    }),
  },
  rules: [exactlyOneOf(['queryRequest', 'readRequest', 'deleteRequest', 'writeRequest'])],
  examples: [
    {
      input: {
        connectionInfo: {
          connectionString: { useManagedIdentity: true, text: 'AccountEndpoint=https://orders.documents.azure.com' },
          databaseName: 'shop',
          containerName: 'orders',
        },
        queryRequest: {
          sqlStatement: 'SELECT * FROM c WHERE c.team = @team',
          parameters: { parameter: { name: '@team', text: 'shop' } },
          partitionKey: { dataType: 'string', text: 'shop' },
          paging: { maxItemCount: '20', continuationToken: 'next' },
        },
      },
      xml:
        '<cosmosdb-data-source><connection-info><connection-string use-managed-identity="true">AccountEndpoint=https://orders.documents.azure.com</connection-string>' +
        '<database-name>shop</database-name><container-name>orders</container-name></connection-info>' +
        '<query-request><sql-statement>SELECT * FROM c WHERE c.team = @team</sql-statement>' +
        '<parameters><parameter name="@team">shop</parameter></parameters><partition-key data-type="string">shop</partition-key>' +
        '<paging><max-item-count>20</max-item-count><continuation-token>next</continuation-token></paging></query-request></cosmosdb-data-source>',
    },
    {
      input: {
        connectionInfo: { connectionString: 'x', databaseName: 'shop', containerName: 'orders' },
        writeRequest: { type: 'insert', partitionKey: 'shop', setBody: '{}' },
        response: { publishEvent: { targets: [{ id: 'orderChanged' }] } },
      },
      xml:
        '<cosmosdb-data-source><connection-info><connection-string>x</connection-string>' +
        '<database-name>shop</database-name><container-name>orders</container-name></connection-info>' +
        '<write-request type="insert"><partition-key>shop</partition-key><set-body>{}</set-body></write-request>' +
        '<response><publish-event><targets><graphql-subscription id="orderChanged" /></targets></publish-event></response></cosmosdb-data-source>',
    },
  ],
})
