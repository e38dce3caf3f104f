import { trace } from '@apim-kit/policy-dsl'
import { handle } from '../behaviour.js'
import { PolicyError } from '../policy-error.js'

/** Kept with the request's trace, whatever the severity. An empty value of a metadata is an error, as observed in the service. */
export const runTrace = handle(trace, ({ source, severity, message, metadata }, context) => {
  const empty = metadata.find(({ value }) => value === '')
  if (empty !== undefined) {
    throw new PolicyError(`The value of the metadata '${empty.name}' is empty.`, {
      reason: 'ExpressionValueValidationFailure',
    })
  }
  context.messages.push({
    source,
    severity,
    message,
    metadata: Object.fromEntries(metadata.map(({ name, value }) => [name, value])),
  })
})
