import { ApimKitError } from '@apim-kit/core'
import { refuseFaultyExpressions } from './check-written.js'
import { builtFrom } from './define-policy.js'
import { PolicyDocument } from './document.js'
import { Element, type Policy } from './element.js'
import { messages } from './messages.js'

/**
 * Builds the document of a GraphQL resolver: one data source and nothing else.
 *
 * @throws ApimKitError `invalid-input`, `invalid-expression`
 * @example
 * resolverPolicy(httpDataSource({ httpRequest: { setMethod: 'GET', setUrl: 'https://orders.example.com/orders' } }))
 */
export function resolverPolicy(dataSource: Policy<never>): PolicyDocument {
  if (!(dataSource instanceof Element) || builtFrom(dataSource)?.description.resolver !== 'root')
    throw new ApimKitError('invalid-input', `resolverPolicy: ${messages.expected('a data source', dataSource)}`)
  refuseFaultyExpressions([dataSource], dataSource)
  return new PolicyDocument([dataSource], dataSource, builtFrom)
}
