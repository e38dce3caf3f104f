import { writerFor } from '../compile/text.js'
import { allocate } from '../run.js'
import { compositeFormat } from '../text/composite-format.js'
import { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange, indexOutOfRange } from '../values/exceptions.js'
import { StringBuilder } from '../values/string-builder.js'
import type { ClrValue } from '../values/value.js'
import { bound, membersOf, type TypeMembers } from './members.js'
import { textOfChars } from './string.js'

/** The text of the parameter that is appended or inserted, by its type. */
const append = bound(({ member: { parameters } }) => {
  const type = parameters[0]?.type
  if (type?.kind === 'array')
    return (self: StringBuilder, chars: ClrArray | null) => self.append(chars === null ? '' : textOfChars(chars.items))
  if (type === undefined) return (self: StringBuilder) => self
  const write = writerFor(type)
  return (self: StringBuilder, value: ClrValue) => self.append(write(value))
})

const insert = bound(({ member: { parameters } }) => {
  const type = parameters[1]?.type
  if (type === undefined) return (self: StringBuilder) => self
  if (type.kind === 'array')
    return (self: StringBuilder, index: number, chars: ClrArray | null) =>
      self.insert(index, chars === null ? '' : textOfChars(chars.items))
  const write = writerFor(type)
  return (self: StringBuilder, index: number, value: ClrValue) => self.insert(index, write(value))
})

const appendFormat = bound(({ member: { parameters } }) => {
  const provided = parameters[0]?.type.id === 'System.IFormatProvider'
  const gathered = parameters.at(-1)?.type.kind === 'array'
  return (self: StringBuilder, ...values: ClrValue[]) => {
    const [format = null, ...args] = provided ? values.slice(1) : values
    const [list] = args
    if (gathered && !(list instanceof ClrArray)) throw argumentNull(format === null ? 'format' : 'args')
    return self.append(compositeFormat(format as string | null, gathered ? (list as ClrArray).items : args))
  }
})

function replaceIn(
  self: StringBuilder,
  old: string | number | null,
  by: string | number | null,
  start = 0,
  count = self.length - start,
): StringBuilder {
  if (old === null) throw argumentNull('oldValue')
  const from = typeof old === 'number' ? String.fromCharCode(old) : old
  const to = typeof by === 'number' ? String.fromCharCode(by) : (by ?? '')
  if (from === '') throw argumentException('Empty name is not legal.', 'oldValue')
  return self.change(start, count, (part) => part.replaceAll(from, () => to))
}

const OUTSIDE = 'Index was out of range. Must be non-negative and less than the size of the collection.'
const NOT_POSITIVE = 'Value must be positive.'

function appendPart(self: StringBuilder, text: string | null, start: number, count: number): StringBuilder {
  if (text === null) {
    if (start === 0 && count === 0) return self
    throw argumentNull('value')
  }
  if (count === 0) return self
  if (count < 0) throw argumentOutOfRange('count', NOT_POSITIVE)
  if (start < 0 || start + count > text.length) throw argumentOutOfRange('startIndex', OUTSIDE)
  return self.append(text.slice(start, start + count))
}

function appendChars(self: StringBuilder, chars: ClrArray | null, start: number, count: number): StringBuilder {
  if (start < 0) throw argumentOutOfRange('startIndex', NOT_POSITIVE)
  if (count < 0) throw argumentOutOfRange('charCount', NOT_POSITIVE)
  if (chars === null) {
    if (start === 0 && count === 0) return self
    throw argumentNull('value')
  }
  if (start + count > chars.items.length) throw argumentOutOfRange('charCount', OUTSIDE)
  return self.append(textOfChars(chars.items.slice(start, start + count)))
}

function insertOften(self: StringBuilder, index: number, text: string | null, count: number): StringBuilder {
  if (count < 0) throw argumentOutOfRange('count', 'Non-negative number required.')
  allocate((text?.length ?? 0) * count)
  return self.insert(index, (text ?? '').repeat(count))
}

function insertChars(
  self: StringBuilder,
  index: number,
  chars: ClrArray | null,
  start: number,
  count: number,
): StringBuilder {
  if (index < 0 || index > self.length) throw argumentOutOfRange('index', OUTSIDE)
  if (chars === null && (start !== 0 || count !== 0))
    throw argumentNull('value', 'String reference not set to an instance of a String.')
  if (start < 0) throw argumentOutOfRange('startIndex', 'StartIndex cannot be less than zero.')
  if (count < 0) throw argumentOutOfRange('count', NOT_POSITIVE)
  if (start > (chars?.items.length ?? 0) - count) throw argumentOutOfRange('startIndex', OUTSIDE)
  return self.insert(index, textOfChars(chars?.items.slice(start, start + count) ?? []))
}

function copyTo(self: StringBuilder, from: number, target: ClrArray | null, at: number, count: number): void {
  if (target === null) throw argumentNull('destination')
  if (count < 0) throw argumentOutOfRange('count', 'Non-negative number required.')
  if (at < 0) throw argumentOutOfRange('destinationIndex', 'Non-negative number required.')
  if (at > target.items.length - count)
    throw argumentException(
      'Either offset did not refer to a position in the string, or there is an insufficient length of destination character array.',
    )
  if (from < 0 || from > self.length) throw argumentOutOfRange('sourceIndex', OUTSIDE)
  if (from > self.length - count)
    throw argumentException('Source string was not long enough. Check sourceIndex and count.')
  for (let index = 0; index < count; index++) target.items[at + index] = self.text.charCodeAt(from + index)
}

function fromPart(text: string | null, start: number, length: number, capacity: number): StringBuilder {
  if (capacity < 0) throw argumentOutOfRange('capacity', "'capacity' must be greater than zero.")
  if (length < 0) throw argumentOutOfRange('length', "'length' must be non-negative.")
  if (start < 0) throw argumentOutOfRange('startIndex', 'StartIndex cannot be less than zero.')
  if (start > (text ?? '').length - length)
    throw argumentOutOfRange('length', 'Index and length must refer to a location within the string.')
  return new StringBuilder((text ?? '').slice(start, start + length), capacity)
}

function withMaximum(capacity: number, maximum: number): StringBuilder {
  if (capacity > maximum) throw argumentOutOfRange('capacity', 'Capacity exceeds maximum capacity.')
  if (maximum < 1) throw argumentOutOfRange('maxCapacity', 'MaxCapacity must be one or greater.')
  const made = new StringBuilder('', capacity)
  made.maxCapacity = maximum
  return made
}

function unitAt(self: StringBuilder, index: number): number {
  if (index < 0 || index >= self.length) throw indexOutOfRange()
  return self.text.charCodeAt(index)
}

export const stringBuilderMembers: readonly TypeMembers[] = [
  membersOf('System.Text.StringBuilder', () => ({
    '.ctor()': () => new StringBuilder(),
    '.ctor(int)': (capacity: number) => new StringBuilder('', capacity),
    '.ctor(string)': (text: string | null) => new StringBuilder(text ?? ''),
    '.ctor(string,int)': (text: string | null, capacity: number) => new StringBuilder(text ?? '', capacity),
    '.ctor(string,int,int,int)': fromPart,
    '.ctor(int,int)': withMaximum,
    Length: (self: StringBuilder) => self.length,
    'Length=': (self: StringBuilder, length: number) => {
      self.length = length
    },
    Capacity: (self: StringBuilder) => self.capacity,
    'Capacity=': (self: StringBuilder, capacity: number) => {
      self.capacity = capacity
    },
    EnsureCapacity: (self: StringBuilder, capacity: number) => {
      if (capacity < 0) throw argumentOutOfRange('capacity', 'Capacity must be positive.')
      if (capacity > self.capacity) self.capacity = capacity
      return self.capacity
    },
    MaxCapacity: (self: StringBuilder) => self.maxCapacity,
    CopyTo: copyTo,
    'Insert(int,char[],int,int)': insertChars,
    Item: unitAt,
    'Item=': (self: StringBuilder, index: number, unit: number) => self.set(index, String.fromCharCode(unit)),
    'Append(char,int)': (self: StringBuilder, unit: number, count: number) => {
      if (count < 0) throw argumentOutOfRange('repeatCount', 'Count cannot be less than zero.')
      allocate(count)
      return self.append(String.fromCharCode(unit).repeat(count))
    },
    'Append(string,int,int)': appendPart,
    'Append(char[],int,int)': appendChars,
    Append: append,
    AppendFormat: appendFormat,
    'AppendLine()': (self: StringBuilder) => self.append('\n'),
    'AppendLine(string)': (self: StringBuilder, text: string | null) => self.append(`${text ?? ''}\n`),
    Clear: (self: StringBuilder) => {
      self.text = ''
      return self
    },
    'Insert(int,string,int)': insertOften,
    Insert: insert,
    Remove: (self: StringBuilder, start: number, length: number) => self.remove(start, length),
    Replace: replaceIn,
    Equals: (self: StringBuilder, other: StringBuilder | null) => self.text === other?.text,
    'ToString()': (self: StringBuilder) => self.text,
    'ToString(int,int)': (self: StringBuilder, start: number, length: number) => self.part(start, length),
  })),
]
