import { ApimKitError } from '@apim-kit/core/errors'
import { tokenFromJson } from '../json/from-json.js'
import { JArray, JObject } from '../json/token.js'
import { parseDecimal } from '../text/number-parse.js'
import { parseDateTime } from '../text/date-parse.js'
import { parseTimeSpan } from '../text/time-span-parse.js'
import { types } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { stringArray } from '../values/collections.js'
import { Guid } from '../values/guid.js'
import { DateTime } from '../values/time.js'
import type { ClrValue } from '../values/value.js'
import { Authorization } from './authorization.js'
import { MessageBody } from './body.js'
import { X509Certificate2 } from './certificate.js'
import type {
  ApiInfo,
  DeploymentInfo,
  ExpressionContext,
  LastErrorInfo,
  OperationInfo,
  ProductInfo,
  SubscriptionInfo,
  UserInfo,
} from './context.js'
import { GraphQLData } from './graphql.js'
import { HeaderCollection } from './headers.js'
import { JsonPart } from './json-part.js'
import { Jwt } from './jwt.js'
import { RequestMessage, ResponseMessage } from './message.js'
import { MessageUrl } from './url.js'

const defaultTimestamp = '2026-01-02T03:04:05.678Z'
const defaultUrl = 'https://contoso.azure-api.net/'
const emptyGuid = '00000000-0000-0000-0000-000000000000'

/** How a context is made from JSON. */
export interface ContextJsonOptions {
  /** The time of `DateTime.UtcNow`. Default: the machine's clock. */
  readonly now?: () => number
}

/**
 * The context that a `context.json` of the command line describes. Every key is optional; what is not given is null or has the
 * documented default.
 *
 * @throws ApimKitError `invalid-input` that names the key with a value of the wrong form
 * @example
 * contextFromJson({ request: { method: 'POST', body: '{"a":1}' }, variables: { n: { type: 'int', value: 5 } } })
 */
export function contextFromJson(json: unknown = {}, options: ContextJsonOptions = {}): ExpressionContext {
  const root = new JsonPart(json ?? {}, 'context')
  const timestamp = Date.parse(root.text('timestamp', defaultTimestamp))
  return {
    requestId: root.text('requestId', emptyGuid),
    timestamp,
    elapsed: elapsedOf(root),
    tracing: root.flag('tracing', false),
    now: options.now ?? Date.now,
    request: requestOf(root.part('request')),
    response: root.optional('response', responseOf),
    lastError: root.optional('lastError', lastErrorOf),
    api: root.optional('api', apiOf),
    operation: root.optional('operation', operationOf),
    product: root.optional('product', productOf),
    subscription: root.optional('subscription', (part) => subscriptionOf(part, timestamp)),
    user: root.optional('user', (part) => userOf(part, timestamp)),
    deployment: deploymentOf(root.part('deployment')),
    workspace: root.optional('workspace', (part) => ({ id: part.text('id', ''), name: part.text('name', '') })),
    backend: root.optional('backend', (part) => ({
      id: part.text('id', ''),
      azureRegion: part.textOrNull('azureRegion'),
      pool: part.text('type', 'Single') === 'Pool',
    })),
    graphQL: root.optional('graphQL', (part) => ({
      arguments: graphQLOf(part, 'arguments'),
      parent: graphQLOf(part, 'parent'),
    })),
    variables: variablesOf(root.part('variables')),
  }
}

/** In milliseconds. */
function elapsedOf(root: JsonPart): number {
  return root.has('elapsed') ? Number(parseTimeSpan(root.text('elapsed', '')).ticks) / 10_000 : 0
}

function urlOf(part: JsonPart, key: string, fallback: string): MessageUrl {
  const text = part.text(key, fallback)
  if (!URL.canParse(text)) throw part.wrong(key, 'an absolute URL', text)
  return MessageUrl.parse(text)
}

function requestOf(part: JsonPart): RequestMessage {
  const original = part.text('originalUrl', part.text('url', defaultUrl))
  return new RequestMessage({
    method: part.text('method', 'GET'),
    url: urlOf(part, 'url', original),
    originalUrl: urlOf(part, 'originalUrl', original),
    ipAddress: part.text('ipAddress', '127.0.0.1'),
    headers: headersOf(part),
    body: bodyOf(part),
    matchedParameters: part.texts('matchedParameters'),
    certificate: part.has('certificate') ? certificateOf(part.text('certificate', '')) : null,
  })
}

function responseOf(part: JsonPart): ResponseMessage {
  return new ResponseMessage({
    statusCode: part.number('statusCode', 200),
    statusReason: part.textOrNull('statusReason'),
    headers: headersOf(part),
    body: bodyOf(part),
  })
}

function headersOf(part: JsonPart): HeaderCollection {
  return new HeaderCollection(part.part('headers').textLists())
}

/** A body is text; any other JSON stands for its own text. */
function bodyOf(part: JsonPart): MessageBody | null {
  const body = part.value('body')
  if (body === undefined || body === null) return null
  return new MessageBody(typeof body === 'string' ? body : JSON.stringify(body))
}

/** DER begins with a certificate's fields, which are a sequence; PKCS#12 with its version, which is a number. */
function certificateOf(base64: string): X509Certificate2 {
  const content = Buffer.from(base64, 'base64')
  const lengthBytes = (content[1] ?? 0) < 0x80 ? 0 : (content[1] ?? 0) & 0x7f
  return content[2 + lengthBytes] === 0x02 ? X509Certificate2.fromPkcs12(content) : X509Certificate2.fromBytes(content)
}

function apiOf(part: JsonPart): ApiInfo {
  const names = part.part('subscriptionKeyParameterNames')
  return {
    id: part.text('id', ''),
    name: part.text('name', ''),
    path: part.text('path', ''),
    version: part.textOrNull('version'),
    revision: part.text('revision', '1'),
    isCurrentRevision: part.flag('isCurrentRevision', true),
    serviceUrl: part.has('serviceUrl') ? serviceUrlOf(part) : null,
    protocols: part.list('protocols', ['https']),
    subscriptionKeyParameterNames: {
      header: names.text('header', 'Ocp-Apim-Subscription-Key'),
      query: names.text('query', 'subscription-key'),
    },
  }
}

/** A service URL keeps its form: no slash is added to a host alone. */
function serviceUrlOf(part: JsonPart): MessageUrl {
  const url = urlOf(part, 'serviceUrl', '')
  return url.path === '/' && !part.text('serviceUrl', '').endsWith('/') ? url.with({ path: '' }) : url
}

function operationOf(part: JsonPart): OperationInfo {
  return {
    id: part.text('id', ''),
    name: part.text('name', ''),
    method: part.text('method', 'GET'),
    urlTemplate: part.text('urlTemplate', '/'),
  }
}

function productOf(part: JsonPart): ProductInfo {
  return {
    id: part.text('id', ''),
    name: part.text('name', ''),
    subscriptionRequired: part.flag('subscriptionRequired', true),
    approvalRequired: part.flag('approvalRequired', false),
    published: part.text('state', 'Published') === 'Published',
    subscriptionsLimit: part.has('subscriptionsLimit') ? part.number('subscriptionsLimit', 0) : null,
    groups: groupsOf(part),
    apis: part.parts('apis').map(apiOf),
  }
}

function groupsOf(part: JsonPart): { id: string; name: string }[] {
  return part.parts('groups').map((group) => ({ id: group.text('id', ''), name: group.text('name', '') }))
}

function subscriptionOf(part: JsonPart, timestamp: number): SubscriptionInfo {
  const key = part.text('key', '')
  const time = (name: string): number | null => (part.has(name) ? Date.parse(part.text(name, '')) : null)
  return {
    id: part.text('id', ''),
    name: part.textOrNull('name'),
    key,
    primaryKey: part.text('primaryKey', key),
    secondaryKey: part.text('secondaryKey', ''),
    createdDate: time('createdDate') ?? timestamp,
    startDate: time('startDate'),
    endDate: time('endDate'),
  }
}

function userOf(part: JsonPart, timestamp: number): UserInfo {
  return {
    id: part.text('id', ''),
    firstName: part.textOrNull('firstName'),
    lastName: part.textOrNull('lastName'),
    email: part.textOrNull('email'),
    note: part.textOrNull('note'),
    registrationDate: part.has('registrationDate') ? Date.parse(part.text('registrationDate', '')) : timestamp,
    groups: groupsOf(part),
    identities: part
      .parts('identities')
      .map((identity) => ({ id: identity.text('id', ''), provider: identity.text('provider', '') })),
  }
}

function deploymentOf(part: JsonPart): DeploymentInfo {
  const certificates = part.texts('certificates')
  return {
    region: part.text('region', 'West Europe'),
    serviceId: part.text('serviceId', part.text('serviceName', 'contoso')),
    serviceName: part.text('serviceName', 'contoso'),
    gatewayId: part.text('gatewayId', 'managed'),
    certificates: new Map([...certificates].map(([id, base64]) => [id, certificateOf(base64)])),
  }
}

function lastErrorOf(part: JsonPart): LastErrorInfo {
  return {
    source: part.text('source', ''),
    reason: part.textOrNull('reason'),
    message: part.text('message', ''),
    scope: part.textOrNull('scope'),
    section: part.textOrNull('section'),
    path: part.textOrNull('path'),
    policyId: part.textOrNull('policyId'),
  }
}

function graphQLOf(part: JsonPart, key: string): ClrValue {
  const data = part.value(key)
  const token = data === undefined || data === null ? undefined : tokenFromJson(data)
  return token instanceof JObject ? new GraphQLData(token) : null
}

function variablesOf(part: JsonPart): Map<string, ClrValue> {
  return new Map(part.entries().map(([name, variable]) => [name, variableOf(variable)]))
}

const box = (type: string, value: ClrValue): Boxed => new Boxed(types().named(`System.${type}`), value)

/** How each type of variable is read from its `value`. */
const readers: Readonly<Record<string, (part: JsonPart) => ClrValue>> = {
  string: (part) => part.text('value', ''),
  int: (part) => box('Int32', part.number('value', 0)),
  long: (part) => box('Int64', BigInt(part.text('value', '0'))),
  decimal: (part) => box('Decimal', parseDecimal(part.text('value', '0'))),
  double: (part) => box('Double', part.number('value', 0)),
  bool: (part) => box('Boolean', part.flag('value', false)),
  char: (part) => box('Char', part.text('value', '\0').charCodeAt(0)),
  Guid: (part) => box('Guid', Guid.parse(part.text('value', emptyGuid))),
  DateTime: (part) => box('DateTime', dateTimeOf(part.text('value', defaultTimestamp))),
  TimeSpan: (part) => box('TimeSpan', parseTimeSpan(part.text('value', '00:00:00'))),
  'byte[]': (part) => new Uint8Array(Buffer.from(part.text('value', ''), 'base64')),
  'string[]': (part) => stringArray(part.list('value', [])),
  JObject: (part) => tokenOf(part, JObject),
  JArray: (part) => tokenOf(part, JArray),
  JToken: (part) => tokenFromJson(part.value('value') ?? null),
  IResponse: (part) => responseOf(part.part('value')),
  Authorization: (part) => authorizationOf(part.part('value')),
  Jwt: (part) => {
    const token = Jwt.parse(part.text('value', ''))
    if (token === null) throw part.wrong('value', 'a compact token', part.text('value', ''))
    return token
  },
}

/** The zone decides the kind: `Z` is universal. */
function dateTimeOf(text: string): DateTime {
  const roundtripKind = 128
  return parseDateTime(text, DateTime.minValue, roundtripKind)
}

function tokenOf(part: JsonPart, kind: typeof JObject | typeof JArray): ClrValue {
  const token = tokenFromJson(part.value('value') ?? null)
  if (!(token instanceof kind))
    throw part.wrong('value', `JSON for a ${kind === JObject ? 'JObject' : 'JArray'}`, part.value('value'))
  return token
}

function authorizationOf(part: JsonPart): Authorization {
  const claims = part.part('claims')
  return new Authorization(
    part.text('accessToken', ''),
    new Map(claims.keys().map((name) => [name, claimOf(claims.value(name))])),
  )
}

/** A claim is what a JSON reader would put into an object: text, a boxed number or truth value, a token. */
function claimOf(value: unknown): ClrValue {
  if (value === null || typeof value === 'string') return value
  if (typeof value === 'boolean') return box('Boolean', value)
  if (typeof value === 'number') return Number.isInteger(value) ? box('Int64', BigInt(value)) : box('Double', value)
  return tokenFromJson(value)
}

function variableOf(part: JsonPart): ClrValue {
  const type = part.text('type', 'string')
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined
  if (read === undefined) {
    throw new ApimKitError(
      'invalid-input',
      `${part.path}.type is "${type}"; known are: ${Object.keys(readers).join(', ')}`,
    )
  }
  return part.value('value') === null ? null : read(part)
}
