import type { Diagnostic } from './diagnostic.js'
import { SourcePositions } from './position.js'
import type { BoundProgram, MemberUseAt } from './bound.js'
import type { TypeDefinition } from './types/type.js'

/**
 * What the service lets an expression use: the types of its published list, as they were read in 2026 ("API Management policy
 * expressions", CLR types), and what a compiler configuration published in 2019 adds. A type stands for all of its members, a member
 * declared on a base type counts for the base type.
 */
const WHOLE_TYPES: Readonly<Record<string, string>> = {
  'Newtonsoft.Json': 'Formatting',
  'Newtonsoft.Json.Linq': 'Extensions JArray JConstructor JContainer JObject JProperty JRaw JToken JTokenType JValue',
  System:
    'Array BitConverter Boolean Byte Char Convert DateTimeOffset Decimal Double Exception Guid Int16 Int32 Int64 Math MidpointRounding Nullable Random SByte Single String StringComparer StringComparison StringSplitOptions TimeSpan TimeZone TimeZoneInfo.AdjustmentRule TimeZoneInfo.TransitionTime TimeZoneInfo Tuple UInt16 UInt32 UInt64 Uri UriPartial',
  'System.Collections.Generic':
    'Dictionary HashSet ICollection IDictionary IEnumerable IEnumerator IList IReadOnlyCollection IReadOnlyDictionary ISet KeyValuePair List Queue Stack',
  'System.IO': 'StringReader StringWriter',
  'System.Linq': 'Enumerable',
  'System.Net': 'WebUtility',
  'System.Security.Cryptography':
    'AsymmetricAlgorithm CipherMode HashAlgorithm HashAlgorithmName HMAC HMACMD5 HMACSHA1 HMACSHA256 HMACSHA384 HMACSHA512 KeyedHashAlgorithm MD5 Oid PaddingMode RNGCryptoServiceProvider RSA RSAEncryptionPadding RSASignaturePadding SHA1 SHA1Managed SHA256 SHA256Managed SHA384 SHA384Managed SHA512 SHA512Managed SymmetricAlgorithm',
  'System.Security.Cryptography.X509Certificates':
    'PublicKey RSACertificateExtensions X509Certificate X509Certificate2 X509ContentType X509NameType',
  'System.Text': 'Encoding StringBuilder',
  'System.Text.RegularExpressions': 'RegexOptions',
  'System.Xml.Linq':
    'Extensions XAttribute XCData XComment XContainer XDeclaration XDocument XDocumentType XElement XName XNamespace XNode XNodeDocumentOrderComparer XNodeEqualityComparer XObject XProcessingInstruction XText',
  'System.Xml': 'XmlNodeType',
}

/** Types of which only some members may be used. */
const SOME_MEMBERS: Readonly<Record<string, string>> = {
  'Newtonsoft.Json.JsonConvert': 'SerializeObject DeserializeObject',
  'System.DateTime':
    '.ctor Add AddDays AddHours AddMilliseconds AddMinutes AddMonths AddSeconds AddTicks AddYears Date Day DayOfWeek DayOfYear DaysInMonth Hour IsDaylightSavingTime IsLeapYear MaxValue Millisecond Minute MinValue Month Now Parse Second Subtract Ticks TimeOfDay Today ToString UtcNow Year',
  'System.DateTimeKind': 'Utc',
  'System.Enum': 'Parse TryParse ToString',
  'System.Net.IPAddress': 'AddressFamily Equals GetAddressBytes IsLoopback Parse TryParse ToString',
  'System.Security.Cryptography.X509Certificates.X500DistinguishedName': 'Name',
  'System.Text.RegularExpressions.Capture': 'Index Length Value',
  'System.Text.RegularExpressions.CaptureCollection': 'Count Item',
  'System.Text.RegularExpressions.Group': 'Captures Success',
  'System.Text.RegularExpressions.GroupCollection': 'Count Item',
  'System.Text.RegularExpressions.Match': 'Empty Groups Result',
  'System.Text.RegularExpressions.Regex': '.ctor IsMatch Match Matches Replace Unescape Split',
  // Listed in 2019 with no member: what a type overrides is fine, what only object declares is not.
  'System.Object': '',
}

/** Members of whole types that are taken out again; `()` is an overload without parameters. */
const DENIED: ReadonlySet<string> = new Set([
  'System.Security.Cryptography.SymmetricAlgorithm.Create()',
  'System.Xml.Linq.XDocument.Load',
])

/** Refused by the list, used again and again by published policies all the same: the service has become wider since. */
const USED_ALL_THE_SAME: ReadonlySet<string> = new Set(['System.Object.ToString'])

/**
 * Declared here on the base type; in .NET the allowed StringReader and StringWriter override what they have.
 */
const BASES_OF_ALLOWED: readonly string[] = ['System.IO.TextReader', 'System.IO.TextWriter']

const wholeTypes: ReadonlySet<string> = new Set([
  ...Object.entries(WHOLE_TYPES).flatMap(([namespace, names]) =>
    names.split(' ').map((name) => `${namespace}.${name}`),
  ),
  ...BASES_OF_ALLOWED,
])

/** Types of APIM itself are always allowed, and so is all of System.Xml: published policies use XmlDocument. */
const isWhole = ({ namespace }: TypeDefinition, path: string): boolean =>
  namespace === '' || namespace === 'System.Xml' || namespace === 'System.Xml.Linq' || wholeTypes.has(path)

const pathOf = (definition: TypeDefinition): string => definition.name.replace(/<.*/, '')

/** What the service would say against an expression that C# accepts. */
export interface AllowListDiagnostic extends Diagnostic {
  /** A warning where the published list says no although published policies do it. */
  readonly severity: 'error' | 'warning'
}

/**
 * The service's own rule on top of C#: every member that is accessed, called, indexed or constructed has to be declared by a type of
 * the list, and be one of its allowed members. Operators, casts, `foreach`, `typeof` and the right side of `?.` are not looked at.
 *
 * @returns `APIM0001` for a type, `APIM0002` for a member; empty when the service would accept the expression
 */
export function checkAllowList({ source, uses }: BoundProgram): readonly AllowListDiagnostic[] {
  const positions = new SourcePositions(source)
  return uses.flatMap((use) => {
    const found = refusal(use)
    return found ? [{ ...found, start: use.start, end: use.end, ...positions.at(use.start) }] : []
  })
}

/** Whether the service refuses every member of a type. */
export const isRefused = (definition: TypeDefinition): boolean =>
  SOME_MEMBERS[pathOf(definition)] === undefined && !isWhole(definition, pathOf(definition))

export const refusedType = (definition: TypeDefinition): string =>
  `Usage of type '${pathOf(definition)}' is not supported within expressions`

function refusal({ member }: MemberUseAt): Pick<AllowListDiagnostic, 'code' | 'message' | 'severity'> | undefined {
  const path = pathOf(member.declaring)
  if (isRefused(member.declaring))
    return { code: 'APIM0001', severity: 'error', message: refusedType(member.declaring) }
  const some = SOME_MEMBERS[path]
  const parameterless = member.parameters.length === 0 ? `${path}.${member.name}()` : ''
  const isDenied = DENIED.has(`${path}.${member.name}`) || DENIED.has(parameterless)
  const isAllowed = some === undefined || some.split(' ').includes(member.name)
  if (isAllowed && !isDenied) return undefined
  const message = `Usage of member '${member.name}' of type '${path}' is not supported within expressions`
  if (!USED_ALL_THE_SAME.has(`${path}.${member.name}`)) return { code: 'APIM0002', severity: 'error', message }
  const hint =
    'by the list published in 2019, although many published policies use it; a cast, Convert.ToString(x) or $"{x}" is always accepted'
  return { code: 'APIM0002', severity: 'warning', message: `${message} ${hint}` }
}
