import { flag, mapOf, oneOf, text } from '../fields.js'
import { defineKind, identifier } from '../kind.js'
import { createResource, throwIfInvalid } from '../create-resource.js'
import type { Output } from '../outputs.js'
import type { Problem } from '../problems.js'
import type { Resource } from '../resource.js'
import type { SecretReference } from '../secrets.js'
import { choiceProblems, misplacedProblems } from './choice.js'
import { namedValueText } from './named-value-text.js'
import { serviceKind } from './service.js'

/** Where the gateway sends what it logs. */
export const loggerKind = defineKind({
  kind: 'logger',
  title: 'logger',
  parent: serviceKind,
  segment: 'loggers',
  name: identifier,
  fields: {
    loggerType: oneOf(['applicationInsights', 'azureEventHub', 'azureMonitor'], { required: true }),
    description: text({ max: 256 }),
    /**
     * A secret that is given itself goes into a named value that the service makes; answers show that one's name in braces, and
     * may name the key in another way than the request did.
     */
    credentials: mapOf(namedValueText(), {
      secretKeys: ['connectionString', 'instrumentationKey'],
      filledKeys: ['connectionString', 'instrumentationKey', 'identityClientId', 'endpointAddress'],
    }),
    /** Whether entries wait for a better moment. */
    isBuffered: flag({ default: true }),
    /** Azure's id of the Application Insights component or the event hub namespace. */
    resourceId: text({ caseInsensitive: true }),
  },
  sdk: { group: 'logger', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol: { entityTag: true, longRunning: false, created: 201 },
})

/** A secret, or the named value that holds it: by itself or as `{{display-name}}`. */
export type SecretOrNamedValue = SecretReference | Resource<'namedValue'> | `{{${string}}}`

/** What every logger has. */
interface CommonLoggerInput {
  readonly description?: string
  /** Whether entries wait for a better moment. Default: `true`. */
  readonly isBuffered?: boolean
  /** Azure's id of the Application Insights component or the event hub namespace. */
  readonly resourceId?: string
}

/** What {@link logger} takes: Application Insights, an event hub, or Azure Monitor. */
export type LoggerInput = CommonLoggerInput &
  (
    | {
        readonly loggerType: 'applicationInsights'
        /** The connection string, or the older instrumentation key; with `identityClientId` the identity of that client id asks. */
        readonly credentials:
          | {
              readonly connectionString: SecretOrNamedValue
              readonly identityClientId?: string | Output
              readonly instrumentationKey?: never
            }
          | { readonly instrumentationKey: SecretOrNamedValue; readonly connectionString?: never }
      }
    | {
        readonly loggerType: 'azureEventHub'
        /** The event hub's name, and its connection string or its namespace's address with a managed identity. */
        readonly credentials:
          | { readonly name: string | Output; readonly connectionString: SecretOrNamedValue }
          | {
              readonly name: string | Output
              readonly endpointAddress: string | Output
              readonly identityClientId?: string | Output
            }
      }
    | { readonly loggerType: 'azureMonitor'; readonly credentials?: never }
  )

/**
 * Declares a logger; diagnostics and the policy `log-to-eventhub` use it.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * logger('insights', { loggerType: 'applicationInsights', credentials: { connectionString: fromKeyVault('shop', 'insights') } })
 * logger('events', { loggerType: 'azureEventHub', credentials: { name: 'orders', connectionString: hubSecret } })
 */
export function logger(name: string, input: LoggerInput): Resource<'logger'> {
  const resource = createResource(loggerKind, name, undefined, input)
  throwIfInvalid(resource, credentialProblems(input))
  return resource
}

/** What each type of logger signs in with: one of the first, all of the others that it has to have. */
const credentialsOf = {
  applicationInsights: { one: ['connectionString', 'instrumentationKey'], needed: [], allowed: ['identityClientId'] },
  azureEventHub: { one: ['connectionString', 'endpointAddress'], needed: ['name'], allowed: ['identityClientId'] },
  azureMonitor: { one: [], needed: [], allowed: [] },
} as const satisfies Record<LoggerInput['loggerType'], Record<'one' | 'needed' | 'allowed', readonly string[]>>

function credentialProblems(input: LoggerInput): Problem[] {
  const { loggerType } = input
  const credentials: object = input.credentials ?? {}
  const { one, needed, allowed } = credentialsOf[loggerType]
  const known: readonly string[] = [...one, ...needed, ...allowed]
  const others = Object.keys(credentials).filter((key) => !known.includes(key))
  const reason = known.length === 0 ? 'has none' : `takes ${known.join(', ')}`
  return [
    ...(one.length === 0 ? [] : choiceProblems(credentials, one, 'credentials.')),
    ...needed.flatMap((key) => choiceProblems(credentials, [key], 'credentials.')),
    ...misplacedProblems(credentials, others, `is none of its credentials; ${loggerType} ${reason}`, 'credentials.'),
  ]
}
