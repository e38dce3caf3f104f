import { flag, group, integer, list, number, oneOf, text, type Fields } from '../fields.js'
import type { InputOf } from '../input.js'
import { defineKind, identifier, type NameRule } from '../kind.js'
import { createResource, expectDeclaration } from '../create-resource.js'
import type { Resource } from '../resource.js'
import { apiKind } from './api.js'
import { serviceKind } from './service.js'

const masking = list(group({ value: text(), mode: oneOf(['Mask', 'Hide']) }))

const message = group(
  {
    /** Header fields that are logged. */
    headers: list(text({ caseInsensitive: true }), { filled: true }),
    /** How much of the body is logged. */
    body: group({ bytes: integer({ min: 0, max: 8192, filled: true }) }, { filled: true }),
    /** What is hidden in what is logged. */
    dataMasking: group({ queryParams: masking, headers: masking }, { filled: true }),
  },
  { filled: true },
)

const pipeline = group({ request: message, response: message }, { filled: true })

const diagnosticFields = {
  /** Where it is logged. */
  loggerId: text({ required: true, refersTo: 'logger', form: 'path' }),
  /** Log errors whatever the sampling says. */
  alwaysLog: oneOf(['allErrors'], { filled: true }),
  /** How many requests are logged. */
  sampling: group(
    { samplingType: oneOf(['fixed'], { default: 'fixed' }), percentage: number({ min: 0, max: 100 }) },
    { filled: true },
  ),
  /** Messages between client and gateway. */
  frontend: pipeline,
  /** Messages between gateway and backend. */
  backend: pipeline,
  logClientIp: flag({ filled: true }),
  /** Application Insights: which headers correlate. */
  httpCorrelationProtocol: oneOf(['None', 'Legacy', 'W3C'], { filled: true }),
  /** Which entries of the policy `trace` are logged. */
  verbosity: oneOf(['verbose', 'information', 'error'], { filled: true }),
  /** Application Insights: how operations are called. */
  operationNameFormat: oneOf(['Name', 'Url'], { filled: true }),
  /** Application Insights: whether `emit-metric` sends anything. */
  metrics: flag({ filled: true }),
} as const satisfies Fields

const name: NameRule = {
  ...identifier,
  max: 80,
  words: 'applicationinsights, azuremonitor or another of 1 to 80 characters',
}
const protocol = { entityTag: true, longRunning: false, created: 201 } as const

/** What is logged of all APIs. */
export const diagnosticKind = defineKind({
  kind: 'diagnostic',
  title: 'diagnostic',
  parent: serviceKind,
  segment: 'diagnostics',
  name,
  fields: diagnosticFields,
  sdk: { group: 'diagnostic', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol,
})

/** What is logged of one API, instead of what its service says. */
export const apiDiagnosticKind = defineKind({
  kind: 'apiDiagnostic',
  title: 'API diagnostic',
  parent: apiKind,
  segment: 'diagnostics',
  name,
  fields: diagnosticFields,
  sdk: { group: 'apiDiagnostic', list: 'listByService', put: 'createOrUpdate', delete: 'delete' },
  protocol,
})

/** What {@link diagnostic} and {@link apiDiagnostic} take. */
export type DiagnosticInput = InputOf<typeof diagnosticFields>

/** The service's two names for diagnostics; others are let through. */
export type DiagnosticName = 'applicationinsights' | 'azuremonitor' | (string & {})

/**
 * Declares what is logged of every API.
 *
 * @param name - the service knows `applicationinsights` and `azuremonitor`
 * @throws ApimKitError `invalid-input`
 * @example
 * diagnostic('applicationinsights', { loggerId: insights, sampling: { percentage: 50 }, httpCorrelationProtocol: 'W3C' })
 */
export function diagnostic(name: DiagnosticName, input: DiagnosticInput): Resource<'diagnostic'> {
  return createResource(diagnosticKind, name, undefined, input)
}

/**
 * Declares what is logged of one API.
 *
 * @throws ApimKitError `invalid-input`
 * @example
 * apiDiagnostic('applicationinsights', { api: orders, loggerId: insights, verbosity: 'verbose' })
 */
export function apiDiagnostic(
  name: DiagnosticName,
  input: DiagnosticInput & { readonly api: Resource<'api'> },
): Resource<'apiDiagnostic'> {
  expectDeclaration(apiDiagnosticKind, name, input)
  const { api, ...properties } = input
  return createResource(apiDiagnosticKind, name, api, properties)
}
