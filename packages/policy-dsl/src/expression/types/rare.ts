import { CONVERSIONS } from './convert.js'
import { CRYPTO } from './crypto.js'
import type { TypeDeclaration } from './declare.js'
import { DELEGATES } from './delegates.js'
import { EXCEPTIONS } from './exceptions.js'
import { IO } from './io.js'
import { JSON_TYPES } from './json.js'
import { LINQ } from './linq.js'
import { NET } from './net.js'
import { TEXT } from './text.js'
import { TIMES } from './time.js'
import { TUPLES } from './tuples.js'
import { XML } from './xml.js'

/** Declarations that are only asked for when one of their names is: a process that evaluates one expression need not load them. */
export interface RareDeclarations {
  /** By namespace the simple names, as reflection writes them: with the number of type parameters behind a grave accent. */
  readonly names: Readonly<Record<string, string>>
  /** The names of the extension methods that they hold. */
  readonly extensions?: string
  readonly declarations: () => readonly TypeDeclaration[]
}

/** The lists of this folder that most expressions name nothing of. A test holds the names against the lists. */
export const RARE: readonly RareDeclarations[] = [
  {
    names: {
      System:
        'Action Func`1 Action`1 Func`2 Action`2 Func`3 Action`3 Func`4 Action`4 Func`5 Action`5 Func`6 Action`6 Func`7 Action`7 Func`8 Action`8 Func`9 Predicate`1 Comparison`1 Converter`2',
    },
    declarations: () => DELEGATES,
  },
  {
    names: {
      System: 'Convert Base64FormattingOptions BitConverter Math MidpointRounding Random Guid Version',
    },
    declarations: () => CONVERSIONS,
  },
  {
    names: {
      'System.Security.Cryptography':
        'HashAlgorithm MD5 MD5CryptoServiceProvider SHA1 SHA1Managed SHA1CryptoServiceProvider SHA256 SHA256Managed SHA256CryptoServiceProvider SHA384 SHA384Managed SHA384CryptoServiceProvider SHA512 SHA512Managed SHA512CryptoServiceProvider KeyedHashAlgorithm HMAC HMACMD5 HMACSHA1 HMACSHA256 HMACSHA384 HMACSHA512 HashAlgorithmName ICryptoTransform SymmetricAlgorithm KeySizes Aes AesManaged AesCryptoServiceProvider Rijndael RijndaelManaged TripleDES TripleDESCryptoServiceProvider DES DESCryptoServiceProvider CipherMode PaddingMode AsymmetricAlgorithm RSA RSACryptoServiceProvider RSACng RSAParameters RSAEncryptionPaddingMode RSASignaturePaddingMode RSAEncryptionPadding RSASignaturePadding RandomNumberGenerator RNGCryptoServiceProvider Rfc2898DeriveBytes Oid',
      'System.Security.Cryptography.X509Certificates':
        'X509Certificate X509Certificate2 X500DistinguishedName PublicKey RSACertificateExtensions X509KeyStorageFlags X509ContentType X509NameType',
    },
    extensions: 'GetRSAPrivateKey GetRSAPublicKey',
    declarations: () => CRYPTO,
  },
  {
    names: {
      'Newtonsoft.Json': 'JsonException JsonReaderException JsonSerializationException JsonWriterException',
      System:
        'Exception SystemException ApplicationException ArgumentException ArgumentNullException ArgumentOutOfRangeException ArithmeticException DivideByZeroException OverflowException FormatException UriFormatException IndexOutOfRangeException InvalidCastException InvalidOperationException NotImplementedException NotSupportedException NullReferenceException TimeoutException UnauthorizedAccessException RankException ArrayTypeMismatchException OutOfMemoryException InsufficientExecutionStackException OperationCanceledException AggregateException ObjectDisposedException PlatformNotSupportedException StackOverflowException',
      'System.Collections.Generic': 'KeyNotFoundException',
      'System.IO':
        'IOException InvalidDataException EndOfStreamException FileNotFoundException DirectoryNotFoundException PathTooLongException',
      'System.Security.Cryptography': 'CryptographicException',
      'System.Text': 'DecoderFallbackException EncoderFallbackException',
      'System.Threading.Tasks': 'TaskCanceledException',
      'System.Xml': 'XmlException',
    },
    declarations: () => EXCEPTIONS,
  },
  {
    names: {
      System: 'Environment',
      'System.IO':
        'Stream MemoryStream TextReader StringReader StreamReader TextWriter StringWriter StreamWriter SeekOrigin Path',
    },
    declarations: () => IO,
  },
  {
    names: {
      'Newtonsoft.Json':
        'Formatting JsonConvert JsonConverter JsonSerializer JsonToken IJsonLineInfo JsonReader JsonTextReader JsonSerializerSettings NullValueHandling DefaultValueHandling DateParseHandling FloatParseHandling FloatFormatHandling StringEscapeHandling MissingMemberHandling TypeNameHandling ReferenceLoopHandling PreserveReferencesHandling ObjectCreationHandling MetadataPropertyHandling ConstructorHandling DateFormatHandling DateTimeZoneHandling',
      'Newtonsoft.Json.Linq':
        'IJEnumerable`1 JToken JEnumerable`1 JContainer JObject JArray JProperty JConstructor JValue JRaw JTokenType JTokenReader Extensions JsonLoadSettings JsonMergeSettings MergeArrayHandling MergeNullValueHandling',
      'System.Numerics': 'BigInteger',
    },
    extensions:
      'Ancestors AncestorsAndSelf DescendantsAndSelf Descendants Properties Children Values Value AsJEnumerable',
    declarations: () => JSON_TYPES,
  },
  {
    names: {
      'System.Linq': 'IGrouping`2 IOrderedEnumerable`1 ILookup`2 Enumerable',
    },
    extensions:
      'Aggregate All Any Append Prepend AsEnumerable Cast OfType Concat Contains Count LongCount DefaultIfEmpty Distinct ElementAt ElementAtOrDefault GroupBy GroupJoin Join Reverse Select SelectMany SequenceEqual Skip SkipWhile SkipLast TakeLast Take TakeWhile ToArray ToList ToHashSet ToDictionary ToLookup Where Zip First FirstOrDefault Last LastOrDefault Single SingleOrDefault OrderBy OrderByDescending ThenBy ThenByDescending Union Intersect Except Sum Min Max Average',
    declarations: () => LINQ,
  },
  {
    names: {
      System: 'Uri UriKind UriPartial UriHostNameType UriFormat UriComponents UriBuilder',
      'System.Net': 'WebUtility IPAddress HttpStatusCode',
      'System.Net.Sockets': 'AddressFamily',
    },
    declarations: () => NET,
  },
  {
    names: {
      'System.Globalization': 'CultureInfo CompareOptions NumberStyles DateTimeStyles UnicodeCategory',
      'System.Text': 'Encoding ASCIIEncoding UTF8Encoding UnicodeEncoding UTF32Encoding',
      'System.Text.RegularExpressions':
        'Regex MatchEvaluator Capture Group Match MatchCollection CaptureCollection GroupCollection RegexOptions',
    },
    declarations: () => TEXT,
  },
  {
    names: {
      System: 'DateTime DateTimeOffset TimeSpan DayOfWeek DateTimeKind TimeZoneInfo',
      'System.Globalization': 'TimeSpanStyles',
    },
    declarations: () => TIMES,
  },
  {
    names: {
      System:
        'Tuple ValueTuple TupleExtensions Tuple`1 Tuple`2 Tuple`3 Tuple`4 Tuple`5 Tuple`6 Tuple`7 Tuple`8 ValueTuple`1 ValueTuple`2 ValueTuple`3 ValueTuple`4 ValueTuple`5 ValueTuple`6 ValueTuple`7 ValueTuple`8',
    },
    extensions: 'ToTuple ToValueTuple',
    declarations: () => TUPLES,
  },
  {
    names: {
      'System.Xml':
        'XmlNodeType Formatting XmlReader ReadState DtdProcessing XmlReaderSettings XmlNode XmlDocument XmlElement XmlAttribute XmlText XmlCDataSection XmlComment XmlProcessingInstruction XmlDeclaration XmlNodeList XmlAttributeCollection XmlNameTable XmlNamespaceManager XmlDateTimeSerializationMode XmlConvert',
      'System.Xml.XPath': 'Extensions',
      'System.Xml.Linq':
        'SaveOptions LoadOptions XName XNamespace XObject XAttribute XNode XContainer XElement XDocument XDeclaration XText XCData XComment XProcessingInstruction XDocumentType Extensions',
    },
    extensions:
      'Ancestors AncestorsAndSelf DescendantNodes DescendantNodesAndSelf DescendantsAndSelf InDocumentOrder Attributes Descendants Elements Nodes Remove',
    declarations: () => XML,
  },
]
