import { DotNetException } from './exception.js'

/**
 * The exceptions of the runtime and of the library, with .NET Framework's wording. Line ends are `\n` everywhere.
 * Callers write `throw formatException()`.
 */
export const formatException = (message = 'Input string was not in a correct format.'): DotNetException =>
  new DotNetException('System.FormatException', message)

export const overflowException = (message = 'Arithmetic operation resulted in an overflow.'): DotNetException =>
  new DotNetException('System.OverflowException', message)

export const arithmeticException = (message: string): DotNetException =>
  new DotNetException('System.ArithmeticException', message)

/** The overflow of a conversion to an integer type: `an Int32`, `an unsigned byte`. */
export const conversionOverflow = (target: string): DotNetException =>
  overflowException(`Value was either too large or too small for ${target}.`)

export const argumentException = (message: string, parameter?: string): DotNetException =>
  new DotNetException('System.ArgumentException', withParameter(message, parameter))

export const argumentNull = (parameter: string, message = 'Value cannot be null.'): DotNetException =>
  new DotNetException('System.ArgumentNullException', withParameter(message, parameter))

export const argumentOutOfRange = (
  parameter?: string,
  message = 'Specified argument was out of the range of valid values.',
): DotNetException => new DotNetException('System.ArgumentOutOfRangeException', withParameter(message, parameter))

/** The failure of a list's indexer. */
export const listIndexOutOfRange = (): DotNetException =>
  argumentOutOfRange('index', 'Index was out of range. Must be non-negative and less than the size of the collection.')

export const invalidOperation = (message: string): DotNetException =>
  new DotNetException('System.InvalidOperationException', message)

export const invalidCast = (from: string, to: string): DotNetException =>
  new DotNetException('System.InvalidCastException', `Unable to cast object of type '${from}' to type '${to}'.`)

export const invalidCastMessage = (message: string): DotNetException =>
  new DotNetException('System.InvalidCastException', message)

/** The failure of an array's or a string's indexer. */
export const indexOutOfRange = (): DotNetException =>
  new DotNetException('System.IndexOutOfRangeException', 'Index was outside the bounds of the array.')

export const keyNotFound = (): DotNetException =>
  new DotNetException(
    'System.Collections.Generic.KeyNotFoundException',
    'The given key was not present in the dictionary.',
  )

export const nullReference = (): DotNetException =>
  new DotNetException('System.NullReferenceException', 'Object reference not set to an instance of an object.')

export const divideByZero = (): DotNetException =>
  new DotNetException('System.DivideByZeroException', 'Attempted to divide by zero.')

/** `Nullable<T>.Value` of null. */
export const nullableHasNoValue = (): DotNetException => invalidOperation('Nullable object must have a value.')

export const cryptographicException = (message: string): DotNetException =>
  new DotNetException('System.Security.Cryptography.CryptographicException', message)

export const notSupported = (message = 'Specified method is not supported.'): DotNetException =>
  new DotNetException('System.NotSupportedException', message)

export const objectDisposed = (message: string): DotNetException =>
  new DotNetException('System.ObjectDisposedException', message)

export const unauthorizedAccess = (message: string): DotNetException =>
  new DotNetException('System.UnauthorizedAccessException', message)

function withParameter(message: string, parameter: string | undefined): string {
  return parameter === undefined ? message : `${message}\nParameter name: ${parameter}`
}
