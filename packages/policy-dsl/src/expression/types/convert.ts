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
  'object',
  'bool',
  'byte',
  'sbyte',
  'short',
  'ushort',
  'int',
  'uint',
  'long',
  'ulong',
  'float',
  'double',
  'decimal',
  'string',
  'char',
]

function conversions(): string[] {
  const made = Object.entries(TARGETS).flatMap(([name, type]) => [
    ...SOURCES.map((source) => `static ${type} ${name}(${source} value)`),
    `static ${type} ${name}(object value, IFormatProvider provider)`,
    `static ${type} ${name}(string value, IFormatProvider provider)`,
  ])
  const based = ['ToByte', 'ToSByte', 'ToInt16', 'ToUInt16', 'ToInt32', 'ToUInt32', 'ToInt64', 'ToUInt64'].map(
    (name) => `static ${TARGETS[name] ?? ''} ${name}(string value, int fromBase)`,
  )
  return [...made, ...based]
}

/** One function for each kind of number: `static T Max(T val1, T val2)`. */
const each = (types: readonly string[], make: (type: string) => string): string[] => types.map(make)
const SIGNED = ['sbyte', 'short', 'int', 'long', 'float', 'double', 'decimal']
const ALL = [...SIGNED, 'byte', 'ushort', 'uint', 'ulong']

export const CONVERSIONS: readonly TypeDeclaration[] = [
  declareStatic('System.Convert', () => [
    ...conversions(),
    'static string ToString(string value)',
    ...[...SOURCES.filter((source) => source !== 'string'), 'DateTime'].flatMap((source) => [
      `static string ToString(${source} value)`,
      `static string ToString(${source} value, IFormatProvider provider)`,
    ]),
    ...['byte', 'short', 'int', 'long'].map((source) => `static string ToString(${source} value, int toBase)`),
    'static DateTime ToDateTime(string value)',
    'static DateTime ToDateTime(object value)',
    'static DateTime ToDateTime(DateTime value)',
    'static DateTime ToDateTime(string value, IFormatProvider provider)',
    'static byte[] FromBase64String(string s)',
    'static byte[] FromBase64CharArray(char[] inArray, int offset, int length)',
    'static string ToBase64String(byte[] inArray)',
    'static string ToBase64String(byte[] inArray, Base64FormattingOptions options)',
    'static string ToBase64String(byte[] inArray, int offset, int length)',
    'static object ChangeType(object value, Type conversionType)',
    'static object ChangeType(object value, TypeCode typeCode)',
    'static object ChangeType(object value, Type conversionType, IFormatProvider provider)',
    'static TypeCode GetTypeCode(object value)',
    'static bool IsDBNull(object value)',
  ]),
  declareEnum('System.Base64FormattingOptions', () => ['None', 'InsertLineBreaks']),
  declareStatic('System.BitConverter', () => [
    'static readonly bool IsLittleEndian',
    ...['bool', 'char', 'double', 'short', 'int', 'long', 'float', 'ushort', 'uint', 'ulong'].map(
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
    'static string ToString(byte[] value)',
    'static string ToString(byte[] value, int startIndex)',
    'static string ToString(byte[] value, int startIndex, int length)',
  ]),
  declareStatic('System.Math', () => [
    'const double E = 2.7182818284590451',
    'const double PI = 3.1415926535897931',
    ...each(SIGNED, (type) => `static ${type} Abs(${type} value)`),
    ...each(SIGNED, (type) => `static int Sign(${type} value)`),
    ...each(ALL, (type) => `static ${type} Max(${type} val1, ${type} val2)`),
    ...each(ALL, (type) => `static ${type} Min(${type} val1, ${type} val2)`),
    ...['Ceiling', 'Floor', 'Truncate', 'Round'].flatMap((name) =>
      each(['double', 'decimal'], (type) => `static ${type} ${name}(${type} d)`),
    ),
    ...each(['double', 'decimal'], (type) => `static ${type} Round(${type} d, int digits)`),
    ...each(['double', 'decimal'], (type) => `static ${type} Round(${type} d, MidpointRounding mode)`),
    ...each(['double', 'decimal'], (type) => `static ${type} Round(${type} d, int digits, MidpointRounding mode)`),
    ...['Acos', 'Asin', 'Atan', 'Cos', 'Cosh', 'Exp', 'Log', 'Log10', 'Sin', 'Sinh', 'Sqrt', 'Tan', 'Tanh'].map(
      (name) => `static double ${name}(double d)`,
    ),
    'static double Atan2(double y, double x)',
    'static double Log(double a, double newBase)',
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
      'int Next(int maxValue)',
      'int Next(int minValue, int maxValue)',
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
      'Guid(string g)',
      'Guid(int a, short b, short c, byte[] d)',
      'Guid(int a, short b, short c, byte d, byte e, byte f, byte g, byte h, byte i, byte j, byte k)',
      'static Guid NewGuid()',
      'static Guid Parse(string input)',
      'static Guid ParseExact(string input, string format)',
      'static bool TryParse(string input, out Guid result)',
      'static bool TryParseExact(string input, string format, out Guid result)',
      'byte[] ToByteArray()',
      'override string ToString()',
      'string ToString(string format)',
      'string ToString(string format, IFormatProvider provider)',
      'bool Equals(Guid g)',
      'override bool Equals(object o)',
      'override int GetHashCode()',
      'int CompareTo(Guid value)',
      'int CompareTo(object value)',
      'static bool operator ==(Guid a, Guid b)',
      'static bool operator !=(Guid a, Guid b)',
    ],
  })),
  declareType('System.Version', () => ({
    interfaces: ['IComparable', 'IComparable<Version>', 'IEquatable<Version>', 'ICloneable'],
    members: [
      'Version(string version)',
      'Version(int major, int minor)',
      'Version(int major, int minor, int build)',
      'Version(int major, int minor, int build, int revision)',
      'int Major { get; }',
      'int Minor { get; }',
      'int Build { get; }',
      'int Revision { get; }',
      'static Version Parse(string input)',
      'static bool TryParse(string input, out Version result)',
      'int CompareTo(Version value)',
      'override string ToString()',
      'string ToString(int fieldCount)',
      'bool Equals(Version obj)',
      ...['==', '!=', '<', '>', '<=', '>='].map(
        (operator) => `static bool operator ${operator}(Version v1, Version v2)`,
      ),
    ],
  })),
]
