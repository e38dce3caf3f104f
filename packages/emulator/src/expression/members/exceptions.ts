import { DotNetException } from '../values/exception.js'
import { toText } from '../values/traits.js'
import type { ClrValue } from '../values/value.js'
import { bound, type MemberTable } from './members.js'

const defaultMessages: Readonly<Record<string, string>> = {
  'System.ArgumentNullException': 'Value cannot be null.',
  'System.ArgumentOutOfRangeException': 'Specified argument was out of the range of valid values.',
  'System.ArgumentException': 'Value does not fall within the expected range.',
  'System.InvalidOperationException': 'Operation is not valid due to the current state of the object.',
  'System.FormatException': 'One of the identified items was in an invalid format.',
  'System.NotImplementedException': 'The method or operation is not implemented.',
  'System.NotSupportedException': 'Specified method is not supported.',
  'System.NullReferenceException': 'Object reference not set to an instance of an object.',
  'System.IndexOutOfRangeException': 'Index was outside the bounds of the array.',
  'System.InvalidCastException': 'Specified cast is not valid.',
  'System.ArithmeticException': 'Overflow or underflow in the arithmetic operation.',
  'System.OverflowException': 'Arithmetic operation resulted in an overflow.',
  'System.DivideByZeroException': 'Attempted to divide by zero.',
  'System.TimeoutException': 'The operation has timed out.',
  'System.UnauthorizedAccessException': 'Attempted to perform an unauthorized operation.',
  'System.OperationCanceledException': 'The operation was canceled.',
  'System.OutOfMemoryException': 'Insufficient memory to continue the execution of the program.',
  'System.SystemException': 'System error.',
  'System.ApplicationException': 'Error in the application.',
  'System.AggregateException': 'One or more errors occurred.',
  'System.Collections.Generic.KeyNotFoundException': 'The given key was not present in the dictionary.',
  'System.IO.IOException': 'I/O error occurred.',
  'System.Security.Cryptography.CryptographicException': 'Error occurred during a cryptographic operation.',
  'System.UriFormatException': 'One of the identified items was in an invalid format.',
  'System.Xml.XmlException': 'An XML error has occurred.',
}

const create = bound(({ container, member: { parameters } }) => {
  const { id } = container
  const indexOf = (name: string): number => parameters.findIndex((parameter) => parameter.name === name)
  const [messageIndex, nameIndex, innerIndex] = [indexOf('message'), indexOf('paramName'), indexOf('innerException')]
  const actualIndex = indexOf('actualValue')
  return (...values: ClrValue[]) => {
    const given = messageIndex < 0 ? null : (values[messageIndex] as string | null)
    const name = nameIndex < 0 ? null : (values[nameIndex] as string | null)
    const message = given ?? defaultMessages[id] ?? `Exception of type '${id}' was thrown.`
    const inner = innerIndex < 0 ? null : (values[innerIndex] as DotNetException | null)
    const actual = actualIndex < 0 ? null : (values[actualIndex] ?? null)
    return new DotNetException(
      id,
      message +
        (name === null ? '' : `\nParameter name: ${name}`) +
        (actual === null ? '' : `\nActual value was ${toText(actual)}.`),
      inner,
    )
  }
})

/** A reader's exception says its place at the end of its message. */
function placeIn({ message }: DotNetException): Record<string, string> | undefined {
  return / Path '(?<path>.*)', line (?<line>\d+), position (?<position>\d+)\.$/.exec(message)?.groups
}

function innermost(exception: DotNetException): DotNetException {
  let current = exception
  while (current.inner !== null) current = current.inner
  return current
}

/** Every declared exception has the same members. */
export const exceptionMembers = (): MemberTable => ({
  '.ctor': create,
  Message: (self: DotNetException) => self.message,
  InnerException: (self: DotNetException) => self.inner,
  // Where an exception comes from in .NET is of no use to a policy, and the emulator's own stack is nobody's business.
  StackTrace: () => null,
  Source: () => null,
  'Source=': () => undefined,
  HelpLink: () => null,
  'HelpLink=': () => undefined,
  HResult: () => -2146233088,
  GetBaseException: innermost,
  ParamName: (self: DotNetException) => /\nParameter name: (.*)$/m.exec(self.message)?.[1] ?? null,
  ActualValue: (self: DotNetException) => /\nActual value was (.*)\.$/.exec(self.message)?.[1] ?? null,
  Path: (self: DotNetException) => placeIn(self)?.['path'] ?? null,
  LineNumber: (self: DotNetException) => Number(placeIn(self)?.['line'] ?? 0),
  LinePosition: (self: DotNetException) => Number(placeIn(self)?.['position'] ?? 0),
  ToString: (self: DotNetException) => toText(self),
})
