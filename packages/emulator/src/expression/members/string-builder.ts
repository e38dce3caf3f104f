import { writerFor } from '../compile/text.js'
import { allocate } from '../run.js'
import { compositeFormat } from '../text/composite-format.js'
import { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, indexOutOfRange } from '../values/exceptions.js'
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
  const write = writerFor(type)
  return (self: StringBuilder, index: number, value: ClrValue) => self.insert(index, write(value))
})

const appendFormat = bound(({ member: { parameters } }) => {
  const provided = parameters[0]?.type.id === 'System.IFormatProvider'
  const gathered = parameters.at(-1)?.type.kind === 'array'
  return (self: StringBuilder, ...values: ClrValue[]) => {
    const [format = null, ...args] = provided ? values.slice(1) : values
    const [list] = args
    return self.append(
      compositeFormat(format as string | null, gathered && list instanceof ClrArray ? list.items : args),
    )
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
  const changed = self.text
    .slice(start, start + count)
    .split(from)
    .join(to)
  allocate(changed.length)
  self.text = self.text.slice(0, start) + changed + self.text.slice(start + count)
  return self
}

function unitAt(self: StringBuilder, index: number): number {
  if (index < 0 || index >= self.length) throw indexOutOfRange()
  return self.text.charCodeAt(index)
}

export const stringBuilderMembers: readonly TypeMembers[] = [
  membersOf('System.Text.StringBuilder', () => ({
    '.ctor()': () => new StringBuilder(),
    '.ctor(int)': () => new StringBuilder(),
    '.ctor(string)': (text: string | null) => new StringBuilder(text ?? ''),
    '.ctor(string,int)': (text: string | null) => new StringBuilder(text ?? ''),
    Length: (self: StringBuilder) => self.length,
    'Length=': (self: StringBuilder, length: number) => {
      self.length = length
    },
    Capacity: (self: StringBuilder) => Math.max(16, self.length),
    'Capacity=': () => undefined,
    Item: unitAt,
    'Item=': (self: StringBuilder, index: number, unit: number) => {
      unitAt(self, index)
      self.text = self.text.slice(0, index) + String.fromCharCode(unit) + self.text.slice(index + 1)
    },
    'Append(char,int)': (self: StringBuilder, unit: number, count: number) => {
      allocate(count)
      return self.append(String.fromCharCode(unit).repeat(count))
    },
    'Append(string,int,int)': (self: StringBuilder, text: string | null, start: number, count: number) =>
      self.append((text ?? '').slice(start, start + count)),
    'Append(char[],int,int)': (self: StringBuilder, chars: ClrArray, start: number, count: number) =>
      self.append(textOfChars(chars.items.slice(start, start + count))),
    Append: append,
    AppendFormat: appendFormat,
    'AppendLine()': (self: StringBuilder) => self.append('\n'),
    'AppendLine(string)': (self: StringBuilder, text: string | null) => self.append(`${text ?? ''}\n`),
    Clear: (self: StringBuilder) => {
      self.text = ''
      return self
    },
    Insert: insert,
    Remove: (self: StringBuilder, start: number, length: number) => self.remove(start, length),
    Replace: replaceIn,
    Equals: (self: StringBuilder, other: StringBuilder | null) => self.text === other?.text,
    'ToString()': (self: StringBuilder) => self.text,
    'ToString(int,int)': (self: StringBuilder, start: number, length: number) => self.text.slice(start, start + length),
  })),
]
