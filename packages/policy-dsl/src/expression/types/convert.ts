import { declareEnum, declareStatic, declareType, type TypeDeclaration } from './declare.js'

const TARGETS: Readonly<Record<string, string>> = {
  ToBoolean: 'bool',
  ToByte: 'byte',
  ToSByte: 'sbyte',
  ToInt16: 'short',
  ToUInt16: 'ushort',
  ToInt32: 'int',
  ToUInt32: 'uint',
  ToInt64: 'long',
  ToUInt64: 'ulong',
  ToSingle: 'float',
  ToDouble: 'double',
  ToDecimal: 'decimal',
  ToChar: 'char',
}
const SOURCES = [
  'bool',
  'sbyte',
  'char',
  'byte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'float',
  'double',
  'decimal',
  'DateTime',
]

/** A conversion and its overload with a provider. */
const withProvider = (signature: string): string[] => [signature, signature.replace(')', ', IFormatProvider provider)')]

function conversions(): string[] {
  const made = Object.entries(TARGETS).flatMap(([name, type]) => [
    ...['object', 'string'].flatMap((source) => withProvider(`static ${type} ${name}(${source} value)`)),
    ...SOURCES.map((source) => `static ${type} ${name}(${source} value)`),
  ])
  const based = ['ToByte', 'ToSByte', 'ToInt16', 'ToUInt16', 'ToInt32', 'ToUInt32', 'ToInt64', 'ToUInt64'].map(
    (name) => `static ${TARGETS[name] ?? ''} ${name}(string value, int fromBase)`,
  )
  return [...made, ...based]
}

/** One function for each kind of number: `static T Max(T val1, T val2)`. */
const each = (types: readonly string[], make: (type: string) => string): string[] => types.map(make)

/** Overloads stand in the order of their metadata: messages name the first one. */
const ALL = ['byte', 'decimal', 'double', 'short', 'int', 'long', 'sbyte', 'float', 'ushort', 'uint', 'ulong']

export const CONVERSIONS: readonly TypeDeclaration[] = [
  declareStatic('System.Convert', () => [
    ...conversions(),
    ...['object', ...SOURCES, 'string'].flatMap((source) => withProvider(`static string ToString(${source} value)`)),
    ...['byte', 'short', 'int', 'long'].map((source) => `static string ToString(${source} value, int toBase)`),
    'static DateTime ToDateTime(DateTime value)',
    ...['object', 'string'].flatMap((source) => withProvider(`static DateTime ToDateTime(${source} value)`)),
    ...SOURCES.filter((source) => source !== 'DateTime').map((source) => `static DateTime ToDateTime(${source} value)`),
    'static byte[] FromBase64String(string s)',
    'static byte[] FromBase64CharArray(char[] inArray, int offset, int length)',
    'static string ToBase64String(byte[] inArray)',
    'static string ToBase64String(byte[] inArray, Base64FormattingOptions options)',
    'static string ToBase64String(byte[] inArray, int offset, int length)',
    'static string ToBase64String(byte[] inArray, int offset, int length, Base64FormattingOptions options)',
    'static int ToBase64CharArray(byte[] inArray, int offsetIn, int length, char[] outArray, int offsetOut)',
    'static int ToBase64CharArray(byte[] inArray, int offsetIn, int length, char[] outArray, int offsetOut, Base64FormattingOptions options)',
    ...withProvider('static object ChangeType(object value, TypeCode typeCode)'),
    ...withProvider('static object ChangeType(object value, Type conversionType)'),
    'static TypeCode GetTypeCode(object value)',
    'static bool IsDBNull(object value)',
  ]),
  declareEnum('System.Base64FormattingOptions', () => ['None', 'InsertLineBreaks']),
  declareStatic('System.BitConverter', () => [
    'static readonly bool IsLittleEndian',
    ...['bool', 'char', 'short', 'int', 'long', 'ushort', 'uint', 'ulong', 'float', 'double'].map(
      (type) => `static byte[] GetBytes(${type} value)`,
    ),
    'static bool ToBoolean(byte[] value, int startIndex)',
    'static char ToChar(byte[] value, int startIndex)',
    'static double ToDouble(byte[] value, int startIndex)',
    'static float ToSingle(byte[] value, int startIndex)',
    'static short ToInt16(byte[] value, int startIndex)',
    'static int ToInt32(byte[] value, int startIndex)',
    'static long ToInt64(byte[] value, int startIndex)',
    'static ushort ToUInt16(byte[] value, int startIndex)',
    'static uint ToUInt32(byte[] value, int startIndex)',
    'static ulong ToUInt64(byte[] value, int startIndex)',
    'static long DoubleToInt64Bits(double value)',
    'static double Int64BitsToDouble(long value)',
    'static string ToString(byte[] value, int startIndex, int length)',
    'static string ToString(byte[] value)',
    'static string ToString(byte[] value, int startIndex)',
  ]),
  declareStatic('System.Math', () => [
    'const double E = 2.7182818284590451',
    'const double PI = 3.1415926535897931',
    ...each(
      ['short', 'int', 'long', 'sbyte', 'decimal', 'double', 'float'],
      (type) => `static ${type} Abs(${type} value)`,
    ),
    ...each(
      ['decimal', 'double', 'short', 'int', 'long', 'sbyte', 'float'],
      (type) => `static int Sign(${type} value)`,
    ),
    ...each(ALL, (type) => `static ${type} Max(${type} val1, ${type} val2)`),
    ...each(ALL, (type) => `static ${type} Min(${type} val1, ${type} val2)`),
    ...each(ALL, (type) => `static ${type} Clamp(${type} value, ${type} min, ${type} max)`),
    'static decimal Ceiling(decimal d)',
    'static double Ceiling(double a)',
    'static decimal Floor(decimal d)',
    'static double Floor(double d)',
    'static decimal Truncate(decimal d)',
    'static double Truncate(double d)',
    'static decimal Round(decimal d)',
    'static decimal Round(decimal d, int decimals)',
    'static decimal Round(decimal d, MidpointRounding mode)',
    'static decimal Round(decimal d, int decimals, MidpointRounding mode)',
    'static double Round(double a)',
    'static double Round(double value, int digits)',
    'static double Round(double value, MidpointRounding mode)',
    'static double Round(double value, int digits, MidpointRounding mode)',
    'static double Log(double a, double newBase)',
    ...'Acos Acosh Asin Asinh Atan Atanh Cbrt Cos Exp Log Log10 Sqrt'
      .split(' ')
      .map((name) => `static double ${name}(double d)`),
    ...['Sin', 'Tan'].map((name) => `static double ${name}(double a)`),
    ...['Cosh', 'Sinh', 'Tanh'].map((name) => `static double ${name}(double value)`),
    'static double Atan2(double y, double x)',
    'static double Pow(double x, double y)',
    'static double IEEERemainder(double x, double y)',
    'static long BigMul(int a, int b)',
    'static int DivRem(int a, int b, out int result)',
    'static long DivRem(long a, long b, out long result)',
  ]),
  declareEnum('System.MidpointRounding', () => ['ToEven', 'AwayFromZero']),
  declareType('System.Random', () => ({
    members: [
      'Random()',
      'Random(int Seed)',
      'int Next()',
      'int Next(int minValue, int maxValue)',
      'int Next(int maxValue)',
      'double NextDouble()',
      'void NextBytes(byte[] buffer)',
    ],
  })),
  declareType('System.Guid', () => ({
    kind: 'struct',
    interfaces: ['IComparable', 'IComparable<Guid>', 'IEquatable<Guid>', 'IFormattable'],
    members: [
      'static readonly Guid Empty',
      'Guid(byte[] b)',
      'Guid(uint a, ushort b, ushort c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)',
      'Guid(int a, short b, short c, byte[] d)',
      'Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)',
      'Guid(string g)',
      'static Guid NewGuid()',
      'static Guid Parse(string input)',
      'static Guid ParseExact(string input, string format)',
      'static bool TryParse(string input, out Guid result)',
      'static bool TryParseExact(string input, string format, out Guid result)',
      'byte[] ToByteArray()',
      'override string ToString()',
      'string ToString(string format)',
      'string ToString(string format, IFormatProvider provider)',
      'override int GetHashCode()',
      'override bool Equals(object o)',
      'bool Equals(Guid g)',
      'int CompareTo(object value)',
      'int CompareTo(Guid value)',
      'static bool operator ==(Guid a, Guid b)',
      'static bool operator !=(Guid a, Guid b)',
    ],
  })),
  declareType('System.Version', () => ({
    interfaces: ['IComparable', 'IComparable<Version>', 'IEquatable<Version>', 'ICloneable'],
    members: [
      'Version(int major, int minor, int build, int revision)',
      'Version(int major, int minor, int build)',
      'Version(int major, int minor)',
      'Version(string version)',
      'Version()',
      'int Major { get; }',
      'int Minor { get; }',
      'int Build { get; }',
      'int Revision { get; }',
      'short MajorRevision { get; }',
      'short MinorRevision { get; }',
      'static Version Parse(string input)',
      'static bool TryParse(string input, out Version result)',
      'object Clone()',
      'int CompareTo(object version)',
      'int CompareTo(Version value)',
      'override bool Equals(object obj)',
      'bool Equals(Version obj)',
      'override int GetHashCode()',
      'override string ToString()',
      'string ToString(int fieldCount)',
      ...['==', '!=', '<', '>', '<=', '>='].map(
        (operator) => `static bool operator ${operator}(Version v1, Version v2)`,
      ),
    ],
  })),
]
