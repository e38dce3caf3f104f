import { DotNetException } from '../values/exception.js'
import { toText } from '../values/traits.js'
import { bound, type MemberTable } from './members.js'

const defaultMessages: Readonly<Record<string, string>> = {
  'System.ArgumentNullException': 'Value cannot be null.',
  'System.ArgumentOutOfRangeException': 'Specified argument was out of the range of valid values.',
  'System.ArgumentException': 'Value does not fall within the expected range.',
  'System.InvalidOperationException': 'Operation is not valid due to the current state of the object.',
  'System.FormatException': 'One of the identified items was in an invalid format.',
  'System.NotImplementedException': 'The method or operation is not implemented.',
  'System.NotSupportedException': 'Specified method is not supported.',
}

const create = bound(({ container, member: { parameters } }) => {
  const { id } = container
  const indexOf = (name: string): number => parameters.findIndex((parameter) => parameter.name === name)
  const [messageIndex, nameIndex, innerIndex] = [indexOf('message'), indexOf('paramName'), indexOf('innerException')]
  return (...values: (string | DotNetException | null)[]) => {
    const given = messageIndex < 0 ? null : (values[messageIndex] as string | null)
    const name = nameIndex < 0 ? null : (values[nameIndex] as string | null)
    const message = given ?? defaultMessages[id] ?? `Exception of type '${id}' was thrown.`
    const inner = innerIndex < 0 ? null : (values[innerIndex] as DotNetException | null)
    return new DotNetException(id, name === null ? message : `${message}\nParameter name: ${name}`, inner)
  }
})

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
  ParamName: (self: DotNetException) => /\nParameter name: (.*)$/.exec(self.message)?.[1] ?? null,
  ToString: (self: DotNetException) => toText(self),
})
