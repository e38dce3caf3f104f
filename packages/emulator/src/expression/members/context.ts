import { decrypt, encrypt } from '../crypto/symmetric.js'
import type { Cell } from '../compile/frame.js'
import { parseQuery } from '../context/query.js'
import { BasicAuthCredentials, type Authorization } from '../context/authorization.js'
import type { MessageBody } from '../context/body.js'
import type { X509Certificate2 } from '../context/certificate.js'
import type {
  ApiInfo,
  DeploymentInfo,
  ExpressionContext,
  LastErrorInfo,
  ProductInfo,
  SubscriptionInfo,
  UserInfo,
} from '../context/context.js'
import { Jwt } from '../context/jwt.js'
import type { RequestMessage, ResponseMessage } from '../context/message.js'
import type { MessageUrl } from '../context/url.js'
import type { GraphQLData } from '../context/graphql.js'
import { HeaderView, StringListView, StringView, ObjectView } from '../context/views.js'
import { reflectionName, type Type } from '@apim-kit/policy-dsl/expression'
import { bodyAs } from '../context/body-as.js'
import { instanceTest, isValueType, types, typeName } from '../types.js'
import { Boxed } from '../values/boxed.js'
import { ClrArray, ClrDictionary, ClrList, stringArray, type ReadableDictionary } from '../values/collections.js'
import { defaultOf } from '../values/defaults.js'
import { DotNetException } from '../values/exception.js'
import { argumentException, argumentNull } from '../values/exceptions.js'
import { Guid } from '../values/guid.js'
import { DateTime, kinds, TimeSpan } from '../values/time.js'
import { toText, traitsOf } from '../values/traits.js'
import { ClrUri } from '../values/uri.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf, type Implementation, type MemberTable, type TypeMembers } from './members.js'

/**
 * Reads properties of the same name, with a small first letter. What nearly every expression reads is written out below instead: a
 * function that reads one property always takes less time than one that was told which.
 */
function properties<T>(...names: (keyof T & string)[]): MemberTable {
  return Object.fromEntries(
    names.map((name): [string, Implementation] => [
      name.charAt(0).toUpperCase() + name.slice(1),
      (value: T) => value[name],
    ]),
  )
}

/** `CarbonIntensityCategory.NotAvailable`. */
const carbonNotAvailable = 5

const universal = (milliseconds: number): DateTime => DateTime.ofUnixMilliseconds(milliseconds)
const optionalTime = (milliseconds: number | null): DateTime | null =>
  milliseconds === null ? null : universal(milliseconds)

function listOf(type: string, items: readonly object[]): ClrArray {
  return new ClrArray(types().named(type), [...items])
}

const context = membersOf('IProxyRequestContext', () => ({
  Api: (self: ExpressionContext) => self.api,
  Operation: (self: ExpressionContext) => self.operation,
  Product: (self: ExpressionContext) => self.product,
  Subscription: (self: ExpressionContext) => self.subscription,
  User: (self: ExpressionContext) => self.user,
  Request: (self: ExpressionContext) => self.request,
  Response: (self: ExpressionContext) => self.response,
  LastError: (self: ExpressionContext) => self.lastError,
  Deployment: (self: ExpressionContext) => self.deployment,
  Tracing: (self: ExpressionContext) => self.tracing,
  Workspace: (self: ExpressionContext) => self.workspace,
  Backend: (self: ExpressionContext) => self.backend,
  GraphQL: (self: ExpressionContext) => self.graphQL,
  RequestId: (self: ExpressionContext) => Guid.parse(self.requestId),
  Timestamp: (self: ExpressionContext) => universal(self.timestamp),
  Elapsed: (self: ExpressionContext) => TimeSpan.ofMilliseconds(self.elapsed ?? self.now() - self.timestamp),
  Variables: (self: ExpressionContext) => new ObjectView(self.variables),
  Trace: (self: ExpressionContext, message: string | null) => self.trace?.(message ?? ''),
}))

const api = (): MemberTable => ({
  ...properties<ApiInfo>(
    'id',
    'name',
    'path',
    'serviceUrl',
    'subscriptionKeyParameterNames',
    'version',
    'revision',
    'isCurrentRevision',
  ),
  Protocols: (self: ApiInfo) => stringArray(self.protocols),
})

const user = (): MemberTable => ({
  ...properties<UserInfo>('id', 'firstName', 'lastName', 'email', 'note'),
  Groups: (self: UserInfo) => listOf('IGroup', self.groups),
  Identities: (self: UserInfo) => listOf('IUserIdentity', self.identities),
  RegistrationDate: (self: UserInfo) => universal(self.registrationDate),
})

const product = (): MemberTable => ({
  ...properties<ProductInfo>('id', 'name', 'subscriptionRequired', 'approvalRequired', 'subscriptionsLimit'),
  SubscriptionLimit: (self: ProductInfo) => self.subscriptionsLimit,
  State: (self: ProductInfo) => Number(self.published),
  Groups: (self: ProductInfo) => listOf('IGroup', self.groups),
  Apis: (self: ProductInfo) => listOf('IApi', self.apis),
})

const subscription = (): MemberTable => ({
  ...properties<SubscriptionInfo>('id', 'name', 'key', 'primaryKey', 'secondaryKey'),
  CreatedDate: (self: SubscriptionInfo) => universal(self.createdDate),
  StartDate: (self: SubscriptionInfo) => optionalTime(self.startDate),
  EndDate: (self: SubscriptionInfo) => optionalTime(self.endDate),
})

const deployment = (): MemberTable => ({
  ...properties<DeploymentInfo>('region', 'serviceId', 'serviceName', 'gatewayId'),
  Certificates: (self: DeploymentInfo) =>
    new ObjectView(self.certificates, types().named('System.Security.Cryptography.X509Certificates.X509Certificate2')),
  // There is no power grid behind the emulator: the category that says so.
  SustainabilityInfo: () => ({}),
  Gateway: (self: DeploymentInfo) => ({
    id: self.gatewayId,
    instanceId: self.gatewayId,
    isManaged: self.gatewayId === 'managed',
  }),
})

const lastError = (): MemberTable => ({
  ...properties<LastErrorInfo>('source', 'reason', 'message', 'scope', 'section', 'path', 'policyId'),
  // The service documents no values for these; zero is what a record without them holds.
  HttpErrorCode: () => 0,
  TransportErrorCode: () => 0,
  Elapsed: () => 0,
})

const message = (): MemberTable => ({
  Body: (self: RequestMessage | ResponseMessage) => self.body,
  Headers: (self: RequestMessage | ResponseMessage) => new HeaderView(self.headers),
})

const request = (): MemberTable => ({
  Method: (self: RequestMessage) => self.method,
  OriginalMethod: (self: RequestMessage) => self.originalMethod,
  Url: (self: RequestMessage) => self.url,
  OriginalUrl: (self: RequestMessage) => self.originalUrl,
  IpAddress: (self: RequestMessage) => self.ipAddress,
  Certificate: (self: RequestMessage) => self.certificate,
  HasBody: (self: RequestMessage) => self.body !== null,
  MatchedParameters: (self: RequestMessage) => new StringView(self.matchedParameters),
  ClientCertificates: (self: RequestMessage) =>
    listOf(
      'System.Security.Cryptography.X509Certificates.X509Certificate',
      self.certificate === null ? [] : [self.certificate],
    ),
  // The emulator has no private endpoints, virtual networks or Foundry deployments: a request never came through one.
  PrivateEndpointConnection: () => null,
  AzureVnetInfo: () => null,
  Foundry: () => null,
})

const response = (): MemberTable => ({
  StatusCode: (self: ResponseMessage) => self.statusCode,
  StatusReason: (self: ResponseMessage) => self.statusReason,
})

const url = (): MemberTable => ({
  Scheme: (self: MessageUrl) => self.scheme,
  Host: (self: MessageUrl) => self.host,
  Port: (self: MessageUrl) => self.port,
  Path: (self: MessageUrl) => self.path,
  QueryString: (self: MessageUrl) => self.queryString,
  Query: (self: MessageUrl) => new StringListView(self.query),
  ToUri: (self: MessageUrl) => ClrUri.create(self.toString()),
  ToString: (self: MessageUrl) => self.toString(),
})

const body = (): MemberTable => ({
  As: bound(
    ({ typeArguments: [type] }) =>
      (self: MessageBody, preserve: boolean) =>
        bodyAs(self, type, preserve),
  ),
  AsJToken: (self: MessageBody, preserve: boolean) =>
    bodyAs(self, types().named('Newtonsoft.Json.Linq.JToken'), preserve),
  AsJObject: (self: MessageBody, preserve: boolean) =>
    bodyAs(self, types().named('Newtonsoft.Json.Linq.JObject'), preserve),
  AsJArray: (self: MessageBody, preserve: boolean) =>
    bodyAs(self, types().named('Newtonsoft.Json.Linq.JArray'), preserve),
  AsFormUrlEncodedContent: (self: MessageBody, preserve: boolean) => formContent(self, preserve),
})

/** The fields of a form, as a dictionary of lists that an expression can change. */
function formContent(self: MessageBody, preserve: boolean): ClrDictionary {
  const { string } = types().special
  const lists = types().generic('System.Collections.Generic.IList', string)
  const type = types().generic('System.Collections.Generic.Dictionary', string, lists)
  const result = new ClrDictionary(type, string, lists, traitsOf(string))
  const text = Buffer.from(self.read(preserve)).toString('utf8')
  const listType = types().generic('System.Collections.Generic.List', string)
  for (const [name, values] of parseQuery(text)) result.set(name, new ClrList(listType, string, values))
  return result
}

function formText(fields: ReadableDictionary): string {
  const pairs: string[] = []
  for (const [name, values] of fields.entries()) {
    for (const value of values as unknown as Iterable<ClrValue>) pairs.push(`${formEncode(name)}=${formEncode(value)}`)
  }
  return pairs.join('&')
}

function formEncode(value: ClrValue): string {
  return encodeURIComponent((value as string | null) ?? '').replaceAll('%20', '+')
}

const jwt = (): MemberTable => ({
  ...properties<Jwt>('algorithm', 'type', 'id', 'issuer', 'subject'),
  Audiences: (self: Jwt) => stringArray(self.audiences),
  Claims: (self: Jwt) => new StringListView(self.claims),
  ExpirationTime: (self: Jwt) => claimTime(self, 'exp'),
  IssuedAt: (self: Jwt) => claimTime(self, 'iat'),
  NotBefore: (self: Jwt) => claimTime(self, 'nbf'),
})

function claimTime(token: Jwt, name: 'exp' | 'iat' | 'nbf'): DateTime | null {
  const seconds = token.time(name)
  return seconds === null ? null : universal(seconds * 1000).withKind(kinds.utc)
}

/** The joined values of a header, a query parameter or a claim; the fallback when there are none. */
function joinedValues(dictionary: ReadableDictionary | null, name: ClrValue, fallback: ClrValue = null): ClrValue {
  const found = lookUpIn(dictionary, name)
  return found instanceof ClrArray ? (found.items as string[]).join(',') : fallback
}

function lookUpIn(dictionary: ReadableDictionary | null, key: ClrValue): ClrValue | undefined {
  if (dictionary === null) throw argumentNull('dictionary')
  if (key === null) throw argumentNull('key')
  return dictionary.find(key)
}

/** A variable as a T: no conversion; another type is an error, whatever the default says. */
function variableAs(type: Type): Implementation {
  const element = types().nullableElement(type)
  const target = element ?? type
  const fallback = defaultOf(type)
  const fits = instanceTest(target)
  const unbox = isValueType(target)
  return (dictionary: ReadableDictionary | null, name: ClrValue, given?: ClrValue) => {
    const value = lookUpIn(dictionary, name)
    if (value === undefined) return given === undefined ? fallback : given
    if (value === null) return fallback
    if (!fits(value)) throw wrongVariable(name, value, target)
    return unbox && value instanceof Boxed ? value.value : value
  }
}

function wrongVariable(name: ClrValue, value: ClrValue, target: Type): DotNetException {
  return new DotNetException(
    'UserVariableCastException',
    `Unable to convert context variable \`${toText(name)}\` of type \`${typeName(value)}\` to the type of \`${reflectionName(target)}\`.`,
  )
}

const getValueOrDefault = bound(({ member: { parameters, typeParameters }, typeArguments: [first, second] }) => {
  if (typeParameters.length === 0) return joinedValues
  if (typeParameters.length === 1) return variableAs(first ?? types().special.object)
  const fallback = defaultOf(second ?? types().special.object)
  const hasDefault = parameters.length === 3
  return (dictionary: ReadableDictionary | null, key: ClrValue, given: ClrValue) =>
    lookUpIn(dictionary, key) ?? (hasDefault ? given : fallback)
})

function store(value: object | null, result: Cell): boolean {
  result.value = value
  return value !== null
}

const extensions = membersOf('ExpressionExtensions', () => ({
  GetValueOrDefault: getValueOrDefault,
  AsBasic: (text: string | null) => BasicAuthCredentials.parse(text),
  TryParseBasic: (text: string | null, result: Cell) => store(BasicAuthCredentials.parse(text), result),
  AsJwt: (text: string | null) => Jwt.parse(text),
  TryParseJwt: (text: string | null, result: Cell) => store(Jwt.parse(text), result),
  Encrypt: (...values: Parameters<typeof encrypt>) => encrypt(...values),
  Decrypt: (...values: Parameters<typeof decrypt>) => decrypt(...values),
  VerifyNoRevocation: (certificate: X509Certificate2 | null) => {
    if (certificate === null) throw argumentException('The chain context handle is invalid.', 'certificate')
    return certificate.verify()
  },
  ToQueryString: formText,
  ToFormUrlEncodedContent: formText,
}))

export const contextMembers: readonly TypeMembers[] = [
  context,
  membersOf('IApi', api),
  membersOf('IContextApi', api),
  membersOf('ISubscriptionKeyParameterNames', () =>
    properties<ApiInfo['subscriptionKeyParameterNames']>('header', 'query'),
  ),
  membersOf('IOperation', () =>
    properties<{ id: string; name: string; method: string; urlTemplate: string }>(
      'id',
      'name',
      'method',
      'urlTemplate',
    ),
  ),
  membersOf('IGroup', () => properties<{ id: string; name: string }>('id', 'name')),
  membersOf('IWorkspace', () => properties<{ id: string; name: string }>('id', 'name')),
  membersOf('IUserIdentity', () => properties<{ id: string; provider: string }>('id', 'provider')),
  membersOf('IGateway', () =>
    properties<{ id: string; instanceId: string; isManaged: boolean }>('id', 'instanceId', 'isManaged'),
  ),
  membersOf('ISustainabilityInfo', () => ({ CurrentCarbonIntensity: () => carbonNotAvailable })),
  membersOf('IBackend', () => ({
    ...properties<{ id: string; azureRegion: string | null }>('id', 'azureRegion'),
    Type: (self: { pool: boolean }) => Number(self.pool),
  })),
  membersOf('IGraphQLContext', () => ({
    Arguments: (self: { arguments: ClrValue }) => self.arguments,
    Parent: (self: { parent: ClrValue }) => self.parent,
  })),
  membersOf('IGraphQLDataObject', () => ({ Item: (self: GraphQLData, name: string) => self.get(name) })),
  membersOf('IUser', user),
  membersOf('IProduct', product),
  membersOf('ISubscription', subscription),
  membersOf('IDeployment', deployment),
  membersOf('ILastError', lastError),
  membersOf('IMessage', message),
  membersOf('IRequest', () => ({ ...message(), ...request() })),
  membersOf('IResponse', () => ({ ...message(), ...response() })),
  membersOf('IMessageBody', body),
  membersOf('IUrl', url),
  membersOf('Jwt', jwt),
  membersOf('BasicAuthCredentials', () => properties<BasicAuthCredentials>('userId', 'password')),
  membersOf('Authorization', () => ({
    AccessToken: (self: Authorization) => self.accessToken,
    Claims: (self: Authorization) => new ObjectView(self.claims),
  })),
  extensions,
]
