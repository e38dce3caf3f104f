import { declareStatic, declareType, type TypeDeclaration } from './declare.js'

export const IO: readonly TypeDeclaration[] = [
  declareType('System.IO.Stream', () => ({
    abstract: true,
    interfaces: ['IDisposable'],
    members: [
      'long Length { get; }',
      'long Position { get; set; }',
      'int Read(byte[] buffer, int offset, int count)',
      'int ReadByte()',
      'void Write(byte[] buffer, int offset, int count)',
      'void WriteByte(byte value)',
      'void CopyTo(Stream destination)',
      'void Flush()',
      'void Close()',
      'void Dispose()',
    ],
  })),
  declareType('System.IO.MemoryStream', () => ({
    base: 'Stream',
    members: [
      'MemoryStream()',
      'MemoryStream(byte[] buffer)',
      'MemoryStream(int capacity)',
      'byte[] ToArray()',
      'byte[] GetBuffer()',
    ],
  })),
  declareType('System.IO.TextReader', () => ({
    abstract: true,
    interfaces: ['IDisposable'],
    members: ['int Peek()', 'int Read()', 'string ReadLine()', 'string ReadToEnd()', 'void Close()', 'void Dispose()'],
  })),
  declareType('System.IO.StringReader', () => ({ base: 'TextReader', members: ['StringReader(string s)'] })),
  declareType('System.IO.StreamReader', () => ({
    base: 'TextReader',
    members: ['StreamReader(Stream stream)', 'StreamReader(Stream stream, Encoding encoding)'],
  })),
  declareType('System.IO.TextWriter', () => ({
    abstract: true,
    interfaces: ['IDisposable'],
    members: [
      ...['string', 'char', 'int', 'object', 'bool', 'double', 'long'].flatMap((type) => [
        `void Write(${type} value)`,
        `void WriteLine(${type} value)`,
      ]),
      'void Write(string format, params object[] arg)',
      'void WriteLine()',
      'void WriteLine(string format, params object[] arg)',
      'string NewLine { get; set; }',
      'void Flush()',
      'void Close()',
      'void Dispose()',
    ],
  })),
  declareType('System.IO.StringWriter', () => ({
    base: 'TextWriter',
    members: [
      'StringWriter()',
      'StringWriter(StringBuilder sb)',
      'StringBuilder GetStringBuilder()',
      'override string ToString()',
    ],
  })),
  declareType('System.IO.StreamWriter', () => ({
    base: 'TextWriter',
    members: ['StreamWriter(Stream stream)', 'StreamWriter(Stream stream, Encoding encoding)'],
  })),
  declareStatic('System.IO.Path', () => [
    'static string Combine(string path1, string path2)',
    'static string Combine(string path1, string path2, string path3)',
    'static string GetExtension(string path)',
    'static string GetFileName(string path)',
    'static string GetFileNameWithoutExtension(string path)',
    'static string GetDirectoryName(string path)',
  ]),
  declareStatic('System.Environment', () => ['static string NewLine { get; }', 'static int TickCount { get; }']),
]
