import { elementsOf } from '../compile/walk.js'
import { types } from '../types.js'
import { ClrDictionary, ClrList } from '../values/collections.js'
import { DotNetException } from '../values/exception.js'
import { argumentException, argumentNull } from '../values/exceptions.js'
import { toText, traitsOf } from '../values/traits.js'
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
  'System.PlatformNotSupportedException': 'Operation is not supported on this platform.',
  'System.RankException': 'Attempted to operate on an array with the incorrect number of dimensions.',
  'System.StackOverflowException': 'Operation caused a stack overflow.',
  'System.ArrayTypeMismatchException': 'Attempted to access an element as a type incompatible with the array.',
  'System.ObjectDisposedException': 'Cannot access a disposed object.',
  'System.Text.DecoderFallbackException': 'Value does not fall within the expected range.',
  'System.Text.EncoderFallbackException': 'Value does not fall within the expected range.',
  'System.Threading.Tasks.TaskCanceledException': 'A task was canceled.',
  'System.OutOfMemoryException': 'Insufficient memory to continue the execution of the program.',
  'System.SystemException': 'System error.',
  'System.ApplicationException': 'Error in the application.',
  'System.AggregateException': 'One or more errors occurred.',
  'System.Collections.Generic.KeyNotFoundException': 'The given key was not present in the dictionary.',
  'System.IO.IOException': 'I/O error occurred.',
  'System.IO.InvalidDataException': 'Found invalid data while decoding.',
  'System.IO.EndOfStreamException': 'Attempted to read past the end of the stream.',
  'System.IO.FileNotFoundException': 'Unable to find the specified file.',
  'System.IO.DirectoryNotFoundException': 'Attempted to access a path that is not on the disk.',
  'System.IO.PathTooLongException':
    'The specified path, file name, or both are too long. The fully qualified file name must be less than 260 characters, and the directory name must be less than 248 characters.',
  'System.Security.Cryptography.CryptographicException': 'Error occurred during a cryptographic operation.',
  'System.UriFormatException': 'One of the identified items was in an invalid format.',
  'System.Xml.XmlException': 'An XML error has occurred.',
}

/** `Exception.HResult` of those that have one of their own. */
const results: Readonly<Record<string, number>> = {
  'System.ApplicationException': -2146232832,
  'System.ArgumentException': -2147024809,
  'System.ArgumentNullException': -2147467261,
  'System.ArgumentOutOfRangeException': -2146233086,
  'System.ArithmeticException': -2147024362,
  'System.ArrayTypeMismatchException': -2146233085,
  'System.Collections.Generic.KeyNotFoundException': -2146232969,
  'System.DivideByZeroException': -2147352558,
  'System.FormatException': -2146233033,
  'System.IndexOutOfRangeException': -2146233080,
  'System.InvalidCastException': -2147467262,
  'System.InvalidOperationException': -2146233079,
  'System.IO.IOException': -2146232800,
  'System.NotImplementedException': -2147467263,
  'System.NotSupportedException': -2146233067,
  'System.NullReferenceException': -2147467261,
  'System.ObjectDisposedException': -2146232798,
  'System.OperationCanceledException': -2146233029,
  'System.OutOfMemoryException': -2147024882,
  'System.OverflowException': -2146233066,
  'System.RankException': -2146233065,
  'System.SystemException': -2146233087,
  'System.TimeoutException': -2146233083,
  'System.UnauthorizedAccessException': -2147024891,
}

const create = bound(({ container, member: { parameters } }) => {
  const { id } = container
  const indexOf = (name: string): number => parameters.findIndex((parameter) => parameter.name === name)
  const [messageIndex, nameIndex, innerIndex] = [indexOf('message'), indexOf('paramName'), indexOf('innerException')]
  const [actualIndex, objectIndex, innersIndex] = [
    indexOf('actualValue'),
    indexOf('objectName'),
    indexOf('innerExceptions'),
  ]
  return (...values: ClrValue[]) => {
    const given = messageIndex < 0 ? null : (values[messageIndex] as string | null)
    const name = nameIndex < 0 ? null : (values[nameIndex] as string | null)
    const message =
      given ?? (messageIndex < 0 ? defaultMessages[id] : undefined) ?? `Exception of type '${id}' was thrown.`
    const inners = innersIndex < 0 ? [] : innersOf(values[innersIndex] ?? null)
    const inner = innerIndex < 0 ? (inners[0] ?? null) : (values[innerIndex] as DotNetException | null)
    const actual = actualIndex < 0 ? null : (values[actualIndex] ?? null)
    const objectName = objectIndex < 0 ? null : (values[objectIndex] as string | null)
    const made = new DotNetException(
      id,
      message +
        (name === null || name === '' ? '' : `\nParameter name: ${name}`) +
        (actual === null ? '' : `\nActual value was ${toText(actual)}.`) +
        (objectName === null || objectName === '' ? '' : `\nObject name: '${objectName}'.`),
      inner,
    )
    made.details = { isNew: true, ActualValue: actual, ParamName: name, ObjectName: objectName ?? '' }
    if (id === 'System.AggregateException')
      made.details['inners'] = inners.length > 0 || inner === null ? inners : [inner]
    return made
  }
})

/** @throws DotNetException ArgumentNullException, ArgumentException when one of them is null */
function innersOf(list: ClrValue): DotNetException[] {
  if (list === null) throw argumentNull('innerExceptions')
  const inners = Array.from(elementsOf(list))
  if (inners.includes(null)) throw argumentException('An element of innerExceptions was null.')
  return inners as DotNetException[]
}

function innerExceptions(self: DotNetException): readonly DotNetException[] {
  const { inners } = self.details ?? {}
  return Array.isArray(inners) ? (inners as DotNetException[]) : []
}

function readOnlyInners(self: DotNetException): ClrList {
  const type = types().named('System.Exception')
  const list = types().generic('System.Collections.ObjectModel.ReadOnlyCollection', type)
  return new ClrList(list, type, [...innerExceptions(self)])
}

const isAggregate = (exception: DotNetException): boolean => exception.typeName === 'System.AggregateException'

/** `AggregateException.Flatten()`: those that hold others are replaced by what they hold. */
function flatten(self: DotNetException): DotNetException {
  const inners: DotNetException[] = []
  const pending = [self]
  for (const exception of pending) {
    for (const inner of innerExceptions(exception)) (isAggregate(inner) ? pending : inners).push(inner)
  }
  return aggregate(self.message, inners)
}

function aggregate(message: string, inners: readonly DotNetException[]): DotNetException {
  const made = new DotNetException('System.AggregateException', message, inners[0] ?? null)
  made.details = { inners }
  return made
}

/** `AggregateException.Handle`: what the predicate says no to is thrown again. */
function handle(self: DotNetException, predicate: (exception: ClrValue) => ClrValue): void {
  const left = innerExceptions(self).filter((inner) => predicate(inner) !== true)
  if (left.length > 0) throw aggregate(self.message, left)
}

const setDetail = (self: DotNetException, name: string, value: ClrValue): void => {
  self.details = { ...self.details, [name]: value }
}

const detail = (self: DotNetException, name: string): unknown => self.details?.[name] ?? null

/** `Exception.Data`: made when first asked for. */
function dataOf(self: DotNetException): unknown {
  if (self.details?.['Data'] === undefined) {
    const { object } = types().special
    const type = types().generic('System.Collections.Generic.Dictionary', object, object)
    setDetail(self, 'Data', new ClrDictionary(type, object, object, traitsOf(object)))
  }
  return detail(self, 'Data')
}

/** A reader's exception says its place at the end of its message. */
function placeIn({ message }: DotNetException): Record<string, string> | undefined {
  return /(?: Path '(?<path>.*)', line| Line) (?<line>\d+), position (?<position>\d+)\.$/.exec(message)?.groups
}

/** `GetBaseException()`; an AggregateException that holds several is one itself. */
function innermost(exception: DotNetException): DotNetException {
  let current = exception
  while (current.inner !== null) {
    if (isAggregate(exception) && isAggregate(current) && innerExceptions(current).length > 1) return current
    current = current.inner
    if (isAggregate(exception) && !isAggregate(current)) return current
  }
  return current
}

/** Every declared exception has the same members. */
export const exceptionMembers = (): MemberTable => ({
  '.ctor': create,
  Message: (self: DotNetException) => self.message,
  InnerException: (self: DotNetException) => self.inner,
  // The emulator's own stack is nobody's business; what was thrown has a trace all the same.
  StackTrace: (self: DotNetException) =>
    self.details?.['isNew'] === true ? null : '   at Run(IProxyRequestContext context)',
  Source: (self: DotNetException) => detail(self, 'Source'),
  'Source=': (self: DotNetException, value: ClrValue) => setDetail(self, 'Source', value),
  HelpLink: (self: DotNetException) => detail(self, 'HelpLink'),
  'HelpLink=': (self: DotNetException, value: ClrValue) => setDetail(self, 'HelpLink', value),
  HResult: (self: DotNetException) => results[self.typeName] ?? -2146233088,
  Data: dataOf,
  InnerExceptions: readOnlyInners,
  Flatten: flatten,
  Handle: handle,
  ObjectName: (self: DotNetException) => detail(self, 'ObjectName') ?? '',
  GetBaseException: innermost,
  ParamName: (self: DotNetException) =>
    detail(self, 'ParamName') ?? /\nParameter name: (.*)$/m.exec(self.message)?.[1] ?? null,
  ActualValue: (self: DotNetException) =>
    detail(self, 'ActualValue') ?? /\nActual value was (.*)\.$/.exec(self.message)?.[1] ?? null,
  Path: (self: DotNetException) => placeIn(self)?.['path'] ?? null,
  LineNumber: (self: DotNetException) => Number(placeIn(self)?.['line'] ?? 0),
  LinePosition: (self: DotNetException) => Number(placeIn(self)?.['position'] ?? 0),
  ToString: (self: DotNetException) => toText(self),
})
