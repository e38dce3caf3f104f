import type { ExprValue } from './expression/csharp-literal.js'
import type { Expression } from './value.js'

// Made from src/expression/types; context-members.test.ts says how.

declare const csharpType: unique symbol

/** An expression that hangs on `context`; `T` is its type in C#. */
export interface ContextValue<T extends string = string> extends Expression {
  readonly [csharpType]?: T
}

/** A type of the service's own. */
export interface ContextObject<T extends string, Self> extends ContextValue<T> {
  /** Asks on only where there is something, as `?.` does: null where there is nothing. */
  readonly orNull: Self
}

/** A dictionary by name. */
export interface ContextDictionary<
  T extends string,
  One extends string,
  Default extends string = One,
> extends ContextObject<T, ContextDictionary<T, One, Default>> {
  /** `dictionary["name"]`; KeyNotFoundException where there is no such name. */
  Item(name: ExprValue): ContextValue<One>
  ContainsKey(name: ExprValue): ContextValue<'bool'>
  /** Without a default, null or zero where there is no such name. The values of a header are joined by commas. */
  GetValueOrDefault(name: ExprValue, defaultValue?: ExprValue): ContextValue<Default>
}

/** What `As` reads a body as. */
export type BodyType = 'string' | 'byte[]' | 'JToken' | 'JObject' | 'JArray' | 'XNode' | 'XElement' | 'XDocument'

/** The members that are called. */
export type ContextMethod =
  | 'As'
  | 'AsFormUrlEncodedContent'
  | 'AsJArray'
  | 'AsJObject'
  | 'AsJToken'
  | 'ContainsKey'
  | 'GetValueOrDefault'
  | 'Item'
  | 'ToString'
  | 'ToUri'

export interface Context extends ContextObject<'IProxyRequestContext', Context> {
  readonly Api: IContextApi
  readonly Backend: IBackend
  readonly Deployment: IDeployment
  readonly Elapsed: ContextValue<'TimeSpan'>
  readonly GraphQL: IGraphQLContext
  readonly LastError: ILastError
  readonly Operation: IOperation
  readonly Product: IProduct
  readonly Request: IRequest
  readonly RequestId: ContextValue<'Guid'>
  readonly Response: IResponse
  readonly Subscription: ISubscription
  readonly Timestamp: ContextValue<'DateTime'>
  readonly Tracing: ContextValue<'bool'>
  readonly User: IUser
  readonly Variables: ContextDictionary<'IReadOnlyDictionary<string, object>', 'object'>
  readonly Workspace: IWorkspace
}

export interface IContextApi extends ContextObject<'IContextApi', IContextApi> {
  readonly Id: ContextValue<'string'>
  readonly IsCurrentRevision: ContextValue<'bool'>
  readonly Name: ContextValue<'string'>
  readonly Path: ContextValue<'string'>
  readonly Protocols: ContextValue<'IEnumerable<string>'>
  readonly Revision: ContextValue<'string'>
  readonly ServiceUrl: IUrl
  readonly SubscriptionKeyParameterNames: ISubscriptionKeyParameterNames
  readonly Version: ContextValue<'string'>
}

export interface IBackend extends ContextObject<'IBackend', IBackend> {
  readonly AzureRegion: ContextValue<'string'>
  readonly Id: ContextValue<'string'>
  readonly Type: ContextValue<'BackendType'>
}

export interface IDeployment extends ContextObject<'IDeployment', IDeployment> {
  readonly Certificates: ContextDictionary<'IReadOnlyDictionary<string, X509Certificate2>', 'X509Certificate2'>
  readonly Gateway: IGateway
  readonly GatewayId: ContextValue<'string'>
  readonly Region: ContextValue<'string'>
  readonly ServiceId: ContextValue<'string'>
  readonly ServiceName: ContextValue<'string'>
  readonly SustainabilityInfo: ISustainabilityInfo
}

export interface IGraphQLContext extends ContextObject<'IGraphQLContext', IGraphQLContext> {
  readonly Arguments: IGraphQLDataObject
  readonly Parent: IGraphQLDataObject
}

export interface ILastError extends ContextObject<'ILastError', ILastError> {
  readonly Elapsed: ContextValue<'int'>
  readonly HttpErrorCode: ContextValue<'int'>
  readonly Message: ContextValue<'string'>
  readonly Path: ContextValue<'string'>
  readonly PolicyId: ContextValue<'string'>
  readonly Reason: ContextValue<'string'>
  readonly Scope: ContextValue<'string'>
  readonly Section: ContextValue<'string'>
  readonly Source: ContextValue<'string'>
  readonly TransportErrorCode: ContextValue<'int'>
}

export interface IOperation extends ContextObject<'IOperation', IOperation> {
  readonly Id: ContextValue<'string'>
  readonly Method: ContextValue<'string'>
  readonly Name: ContextValue<'string'>
  readonly UrlTemplate: ContextValue<'string'>
}

export interface IProduct extends ContextObject<'IProduct', IProduct> {
  readonly Apis: ContextValue<'IEnumerable<IApi>'>
  readonly ApprovalRequired: ContextValue<'bool'>
  readonly Groups: ContextValue<'IEnumerable<IGroup>'>
  readonly Id: ContextValue<'string'>
  readonly Name: ContextValue<'string'>
  readonly State: ContextValue<'ProductState'>
  readonly SubscriptionLimit: ContextValue<'int?'>
  readonly SubscriptionRequired: ContextValue<'bool'>
  readonly SubscriptionsLimit: ContextValue<'int?'>
}

export interface IRequest extends ContextObject<'IRequest', IRequest> {
  readonly AzureVnetInfo: IAzureVnetInfo
  readonly Body: IMessageBody
  readonly Certificate: ContextValue<'X509Certificate2'>
  readonly ClientCertificates: ContextValue<'IEnumerable<X509Certificate>'>
  readonly Foundry: IFoundryInfo
  readonly HasBody: ContextValue<'bool'>
  readonly Headers: ContextDictionary<'IReadOnlyDictionary<string, string[]>', 'string[]', 'string'>
  readonly IpAddress: ContextValue<'string'>
  readonly MatchedParameters: ContextDictionary<'IReadOnlyDictionary<string, string>', 'string'>
  readonly Method: ContextValue<'string'>
  readonly OriginalMethod: ContextValue<'string'>
  readonly OriginalUrl: IUrl
  readonly PrivateEndpointConnection: IPrivateEndpointConnection
  readonly Url: IUrl
}

export interface IResponse extends ContextObject<'IResponse', IResponse> {
  readonly Body: IMessageBody
  readonly Headers: ContextDictionary<'IReadOnlyDictionary<string, string[]>', 'string[]', 'string'>
  readonly StatusCode: ContextValue<'int'>
  readonly StatusReason: ContextValue<'string'>
}

export interface ISubscription extends ContextObject<'ISubscription', ISubscription> {
  readonly CreatedDate: ContextValue<'DateTime'>
  readonly EndDate: ContextValue<'DateTime?'>
  readonly Id: ContextValue<'string'>
  readonly Key: ContextValue<'string'>
  readonly Name: ContextValue<'string'>
  readonly PrimaryKey: ContextValue<'string'>
  readonly SecondaryKey: ContextValue<'string'>
  readonly StartDate: ContextValue<'DateTime?'>
}

export interface IUser extends ContextObject<'IUser', IUser> {
  readonly Email: ContextValue<'string'>
  readonly FirstName: ContextValue<'string'>
  readonly Groups: ContextValue<'IEnumerable<IGroup>'>
  readonly Id: ContextValue<'string'>
  readonly Identities: ContextValue<'IEnumerable<IUserIdentity>'>
  readonly LastName: ContextValue<'string'>
  readonly Note: ContextValue<'string'>
  readonly RegistrationDate: ContextValue<'DateTime'>
}

export interface IWorkspace extends ContextObject<'IWorkspace', IWorkspace> {
  readonly Id: ContextValue<'string'>
  readonly Name: ContextValue<'string'>
}

export interface IUrl extends ContextObject<'IUrl', IUrl> {
  readonly Host: ContextValue<'string'>
  readonly Path: ContextValue<'string'>
  readonly Port: ContextValue<'int'>
  readonly Query: ContextDictionary<'IReadOnlyDictionary<string, string[]>', 'string[]', 'string'>
  readonly QueryString: ContextValue<'string'>
  readonly Scheme: ContextValue<'string'>
  ToString(): ContextValue<'string'>
  ToUri(): ContextValue<'Uri'>
}

export interface ISubscriptionKeyParameterNames extends ContextObject<'ISubscriptionKeyParameterNames', ISubscriptionKeyParameterNames> {
  readonly Header: ContextValue<'string'>
  readonly Query: ContextValue<'string'>
}

export interface IGateway extends ContextObject<'IGateway', IGateway> {
  readonly Id: ContextValue<'string'>
  readonly InstanceId: ContextValue<'string'>
  readonly IsManaged: ContextValue<'bool'>
}

export interface ISustainabilityInfo extends ContextObject<'ISustainabilityInfo', ISustainabilityInfo> {
  readonly CurrentCarbonIntensity: ContextValue<'CarbonIntensityCategory'>
}

export interface IGraphQLDataObject extends ContextObject<'IGraphQLDataObject', IGraphQLDataObject> {
  Item(name: ExprValue): ContextValue<'JToken'>
}

export interface IAzureVnetInfo extends ContextObject<'IAzureVnetInfo', IAzureVnetInfo> {
  readonly PrivateLinkId: ContextValue<'int'>
  readonly SnatVip: ContextValue<'string'>
  readonly SubnetId: ContextValue<'int'>
  readonly VnetTrafficTag: ContextValue<'int'>
}

export interface IMessageBody extends ContextObject<'IMessageBody', IMessageBody> {
  As<T extends BodyType>(type: T, preserveContent?: ExprValue): ContextValue<T>
  AsFormUrlEncodedContent(preserveContent?: ExprValue): ContextDictionary<'IDictionary<string, IList<string>>', 'IList<string>'>
  AsJArray(preserveContent?: ExprValue): ContextValue<'JArray'>
  AsJObject(preserveContent?: ExprValue): ContextValue<'JObject'>
  AsJToken(preserveContent?: ExprValue): ContextValue<'JToken'>
}

export interface IFoundryInfo extends ContextObject<'IFoundryInfo', IFoundryInfo> {
  readonly Deployment: ContextValue<'object'>
}

export interface IPrivateEndpointConnection extends ContextObject<'IPrivateEndpointConnection', IPrivateEndpointConnection> {
  readonly GroupId: ContextValue<'string'>
  readonly MemberName: ContextValue<'string'>
  readonly Name: ContextValue<'string'>
}
