import * as p from '../index.js'

// What the builders' types take, and what they must not. Nothing here runs.

const { expression } = p

p.policies({
  inbound: [
    p.base(),
    p.validateJwt({
      headerName: 'Authorization',
      clockSkew: 60,
      openidConfig: { url: 'x' },
      audiences: ['api://orders', expression('@(1)')],
      issuerSigningKeys: [{ certificateId: 'signing' }, { n: 'sXch', e: 'AQAB' }, 'c2VjcmV0'],
      requiredClaims: [{ name: 'scope', match: 'any', separator: ' ', value: ['orders.read'] }],
    }),
    p.cors({ allowedOrigins: ['*'], allowedMethods: { method: 'GET' }, allowedHeaders: ['a'] }),
    p.retry({
      condition: expression('@(true)'),
      count: 3,
      interval: 1,
      policies: [p.setVariable({ name: 'a', value: 'b' })],
    }),
    p.wait({
      for: 'any',
      policies: [
        p.sendRequest({
          responseVariableName: 'a',
          setUrl: 'x',
          setMethod: 'GET',
          proxy: { url: 'x' },
          authenticationManagedIdentity: p.authenticationManagedIdentity({ resource: 'x' }),
        }),
      ],
    }),
    p.xslTransform({ stylesheet: p.markup('<xsl:stylesheet/>') }),
    p.quota({ calls: 1, renewalPeriod: 2, api: [{ name: 'a', calls: 1, operation: { id: 'x', calls: 1 } }] }),
    p.rateLimitByKey({ calls: 1, renewalPeriod: 1, counterKey: 'x', incrementCondition: expression('@(true)') }),
    p.emitMetric({ name: 'a', value: 0.5, dimension: [{ name: 'API ID' }] }),
    p.llmTokenLimit({ counterKey: 'x', tokensPerMinute: 1, estimatePromptTokens: true }),
    p.cacheLookup({ varyByDeveloper: false, varyByDeveloperGroups: true, varyByHeader: 'a' }),
    p.limitConcurrency({ key: 'a', maxCount: 1, policies: [] }),
    p.cacheValue({ key: 'a', variableName: 'b', value: [p.setVariable({ name: 'a', value: 'b' })] }),
    p.redirectContentUrls(),
    p.validateParameters({
      specifiedParameterAction: 'prevent',
      unspecifiedParameterAction: 'ignore',
      path: { specifiedParameterAction: 'detect', parameter: { name: 'a', action: 'ignore' } },
    }),
    p.invokeDaprBinding({ name: 'a', metadata: { item: { key: 'a', text: 'b' } }, data: 'x' }),
    p.publishToDapr({ topic: 'a', text: 'b' }),
    p.sendServiceBusMessage({ queueName: 'a', messageProperties: [{ name: 'a', text: 'b' }], payload: 'x' }),
    p.llmContentSafety({ backendId: 'a', categories: { category: { name: 'Hate', threshold: 1 } }, blocklists: ['a'] }),
  ],
})
// @ts-expect-error a policy of another section
p.policies({ inbound: [p.cacheStore({ duration: 1 })] })
const outbound = p.retry({ condition: true, count: 3, interval: 1, policies: [p.cacheStore({ duration: 1 })] })
p.policies({ outbound: [outbound] })
// @ts-expect-error what holds policies of a section stands where they do
p.policies({ inbound: [outbound] })
const resolver = p.httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: 'x' } })
// @ts-expect-error the document of a resolver stands in no section
p.policies({ inbound: [resolver] })
// @ts-expect-error wrong word
p.ipFilter({ action: 'deny' })
// @ts-expect-error text is no stylesheet
p.xslTransform({ stylesheet: '<xsl:stylesheet/>' })
// @ts-expect-error no expression here
p.mockResponse({ statusCode: expression('@(1)') })
// @ts-expect-error required
p.checkHeader({ name: 'a' })
p.cosmosdbDataSource({
  connectionInfo: {
    connectionString: { useManagedIdentity: true, text: 'x' },
    databaseName: 'shop',
    containerName: 'orders',
  },
  queryRequest: {
    sqlStatement: 's',
    parameters: { parameter: { name: '@team', text: 'shop' } },
    partitionKey: { dataType: 'string', text: 'shop' },
    paging: { maxItemCount: '20', continuationToken: 'next' },
  },
})
p.sqlDataSource({
  connectionInfo: { connectionString: 'x' },
  request: { sqlStatement: 's', parameters: [{ name: '@id', sqlType: 'int', text: '7' }] },
  response: { setBody: 'x', publishEvent: { targets: [{ id: 'a' }] } },
})
p.graphqlDataSource({ request: { document: 'x', operationName: 'one', variables: [{ name: 'id', text: '7' }] } })
