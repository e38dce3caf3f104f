import { declareType, type TypeDeclaration } from './declare.js'

/** An exception with the usual three constructors. */
const exception = (name: string, base: string, more: readonly string[] = []): TypeDeclaration => {
  const simple = name.slice(name.lastIndexOf('.') + 1)
  return declareType(name, () => ({
    base,
    members: [
      `${simple}()`,
      `${simple}(string message)`,
      `${simple}(string message, Exception innerException)`,
      ...more,
    ],
  }))
}

export const EXCEPTIONS: readonly TypeDeclaration[] = [
  declareType('System.Exception', () => ({
    members: [
      'Exception()',
      'Exception(string message)',
      'Exception(string message, Exception innerException)',
      'virtual string Message { get; }',
      'Exception InnerException { get; }',
      'string StackTrace { get; }',
      'string Source { get; set; }',
      'string HelpLink { get; set; }',
      'int HResult { get; }',
      'System.Collections.IDictionary Data { get; }',
      'Exception GetBaseException()',
      'override string ToString()',
    ],
  })),
  exception('System.SystemException', 'System.Exception'),
  exception('System.ApplicationException', 'System.Exception'),
  exception('System.ArgumentException', 'System.SystemException', [
    'ArgumentException(string message, string paramName)',
    'ArgumentException(string message, string paramName, Exception innerException)',
    'string ParamName { get; }',
  ]),
  declareType('System.ArgumentNullException', () => ({
    base: 'System.ArgumentException',
    members: [
      'ArgumentNullException()',
      'ArgumentNullException(string paramName)',
      'ArgumentNullException(string paramName, string message)',
      'ArgumentNullException(string message, Exception innerException)',
    ],
  })),
  declareType('System.ArgumentOutOfRangeException', () => ({
    base: 'System.ArgumentException',
    members: [
      'ArgumentOutOfRangeException()',
      'ArgumentOutOfRangeException(string paramName)',
      'ArgumentOutOfRangeException(string paramName, string message)',
      'ArgumentOutOfRangeException(string message, Exception innerException)',
      'ArgumentOutOfRangeException(string paramName, object actualValue, string message)',
      'object ActualValue { get; }',
    ],
  })),
  exception('System.Text.DecoderFallbackException', 'System.ArgumentException'),
  exception('System.Text.EncoderFallbackException', 'System.ArgumentException'),
  exception('System.ArithmeticException', 'System.SystemException'),
  exception('System.DivideByZeroException', 'System.ArithmeticException'),
  exception('System.OverflowException', 'System.ArithmeticException'),
  exception('System.FormatException', 'System.SystemException'),
  exception('System.UriFormatException', 'System.FormatException'),
  exception('System.IndexOutOfRangeException', 'System.SystemException'),
  exception('System.InvalidCastException', 'System.SystemException'),
  exception('System.InvalidOperationException', 'System.SystemException'),
  exception('System.NotImplementedException', 'System.SystemException'),
  exception('System.NotSupportedException', 'System.SystemException'),
  exception('System.NullReferenceException', 'System.SystemException'),
  exception('System.TimeoutException', 'System.SystemException'),
  exception('System.UnauthorizedAccessException', 'System.SystemException'),
  exception('System.RankException', 'System.SystemException'),
  exception('System.ArrayTypeMismatchException', 'System.SystemException'),
  exception('System.OutOfMemoryException', 'System.SystemException'),
  exception('System.InsufficientExecutionStackException', 'System.SystemException'),
  exception('System.OperationCanceledException', 'System.SystemException'),
  exception('System.Threading.Tasks.TaskCanceledException', 'System.OperationCanceledException'),
  exception('System.PlatformNotSupportedException', 'System.NotSupportedException'),
  exception('System.StackOverflowException', 'System.SystemException'),
  declareType('System.ObjectDisposedException', () => ({
    base: 'System.InvalidOperationException',
    members: [
      'ObjectDisposedException(string objectName)',
      'ObjectDisposedException(string objectName, string message)',
      'ObjectDisposedException(string message, Exception innerException)',
      'string ObjectName { get; }',
    ],
  })),
  exception('System.AggregateException', 'System.Exception', [
    'AggregateException(IEnumerable<Exception> innerExceptions)',
    'AggregateException(params Exception[] innerExceptions)',
    'AggregateException(string message, IEnumerable<Exception> innerExceptions)',
    'AggregateException(string message, params Exception[] innerExceptions)',
    'System.Collections.ObjectModel.ReadOnlyCollection<Exception> InnerExceptions { get; }',
    'AggregateException Flatten()',
    'void Handle(Func<Exception, bool> predicate)',
  ]),
  exception('System.Collections.Generic.KeyNotFoundException', 'System.SystemException'),
  exception('System.IO.IOException', 'System.SystemException'),
  exception('System.IO.InvalidDataException', 'System.SystemException'),
  exception('System.IO.EndOfStreamException', 'System.IO.IOException'),
  exception('System.IO.FileNotFoundException', 'System.IO.IOException'),
  exception('System.IO.DirectoryNotFoundException', 'System.IO.IOException'),
  exception('System.IO.PathTooLongException', 'System.IO.IOException'),
  exception('System.Security.Cryptography.CryptographicException', 'System.SystemException'),
  exception('System.Xml.XmlException', 'System.SystemException', [
    'int LineNumber { get; }',
    'int LinePosition { get; }',
  ]),
  exception('Newtonsoft.Json.JsonException', 'System.Exception'),
  exception('Newtonsoft.Json.JsonReaderException', 'Newtonsoft.Json.JsonException', [
    'int LineNumber { get; }',
    'int LinePosition { get; }',
    'string Path { get; }',
  ]),
  exception('Newtonsoft.Json.JsonSerializationException', 'Newtonsoft.Json.JsonException'),
  exception('Newtonsoft.Json.JsonWriterException', 'Newtonsoft.Json.JsonException', ['string Path { get; }']),
]
