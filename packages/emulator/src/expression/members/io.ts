import { writerFor } from '../compile/text.js'
import { compositeFormat } from '../text/composite-format.js'
import { currentRun } from '../run.js'
import type { ClrArray } from '../values/collections.js'
import { argumentNull } from '../values/exceptions.js'
import { StringBuilder } from '../values/string-builder.js'
import { MemoryStream, TextReader, TextWriter } from '../values/text-io.js'
import type { ClrValue } from '../values/value.js'
import { Encoding } from './encoding.js'
import { bound, membersOf, type Bound, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.IO'

const reader = (): MemberTable => ({
  Peek: (self: TextReader) => self.peek(),
  Read: (self: TextReader) => self.read(),
  ReadLine: (self: TextReader) => self.readLine(),
  ReadToEnd: (self: TextReader) => self.readToEnd(),
  Close: () => undefined,
  Dispose: () => undefined,
})

/** `Write` and `WriteLine` of any type, or of a format with its arguments. */
function writing(end: (self: TextWriter) => string): Bound {
  return bound(({ member: { parameters } }) => {
    const [first, second] = parameters
    if (first === undefined) return (self: TextWriter) => self.write(end(self))
    if (second !== undefined) {
      return (self: TextWriter, format: string | null, args: ClrArray | null) =>
        self.write(compositeFormat(format, args?.items ?? []) + end(self))
    }
    const write = writerFor(first.type)
    return (self: TextWriter, value: ClrValue) => self.write(write(value) + end(self))
  })
}

const writer = (): MemberTable => ({
  Write: writing(() => ''),
  WriteLine: writing((self) => self.newLine),
  NewLine: (self: TextWriter) => self.newLine,
  'NewLine=': (self: TextWriter, value: string | null) => {
    self.newLine = value ?? ''
  },
  Flush: () => undefined,
  Close: () => undefined,
  Dispose: () => undefined,
})

const stream = (): MemberTable => ({
  Length: (self: MemoryStream) => BigInt(self.bytes.length),
  Position: (self: MemoryStream) => BigInt(self.position),
  'Position=': (self: MemoryStream, position: bigint) => {
    self.position = Number(position)
  },
  Read: (self: MemoryStream, buffer: Uint8Array, offset: number, count: number) => {
    const part = self.read(count)
    buffer.set(part, offset)
    return part.length
  },
  ReadByte: (self: MemoryStream) => self.read(1)[0] ?? -1,
  Write: (self: MemoryStream, buffer: Uint8Array, offset: number, count: number) =>
    self.write(buffer.subarray(offset, offset + count)),
  WriteByte: (self: MemoryStream, byte: number) => self.write(Uint8Array.of(byte)),
  CopyTo: (self: MemoryStream, target: MemoryStream) => target.write(self.read(self.bytes.length)),
  Flush: () => undefined,
  Close: () => undefined,
  Dispose: () => undefined,
})

const lastSeparator = (path: string): number => Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
const fileName = (path: string | null): string => (path ?? '').slice(lastSeparator(path ?? '') + 1)

/** With its point; nothing where nothing stands behind the point. */
function extension(path: string | null): string {
  const name = fileName(path)
  const point = name.lastIndexOf('.')
  return point < 0 || point === name.length - 1 ? '' : name.slice(point)
}

function withoutExtension(path: string | null): string {
  const name = fileName(path)
  const point = name.lastIndexOf('.')
  return point < 0 ? name : name.slice(0, point)
}

function combine(...parts: (string | null)[]): string {
  return parts.reduce<string>((path, part) => {
    if (part === null) throw argumentNull('path')
    if (part === '') return path
    return part.startsWith('/') || path === '' ? part : `${path.replace(/\/$/, '')}/${part}`
  }, '')
}

export const ioMembers: readonly TypeMembers[] = [
  membersOf(`${space}.TextReader`, reader),
  membersOf(`${space}.StringReader`, () => ({
    '.ctor': (text: string | null) => {
      if (text === null) throw argumentNull('s')
      return new TextReader(text)
    },
  })),
  membersOf(`${space}.StreamReader`, () => ({
    '.ctor': (source: MemoryStream, encoding = Encoding.utf8) =>
      new TextReader(
        encoding.codec.decode(source.read(source.bytes.length)).replace(/^\ufeff/, ''),
        `${space}.StreamReader`,
      ),
  })),
  membersOf(`${space}.TextWriter`, writer),
  membersOf(`${space}.StringWriter`, () => ({
    '.ctor': (builder = new StringBuilder()) => new TextWriter(builder),
    GetStringBuilder: (self: TextWriter) => self.builder,
    ToString: (self: TextWriter) => self.clrText(),
  })),
  membersOf(`${space}.Stream`, stream),
  membersOf(`${space}.MemoryStream`, () => ({
    '.ctor()': () => new MemoryStream(),
    '.ctor(int)': () => new MemoryStream(),
    '.ctor(byte[])': (bytes: Uint8Array) => new MemoryStream(bytes),
    ToArray: (self: MemoryStream) => Uint8Array.from(self.bytes),
    GetBuffer: (self: MemoryStream) => self.bytes,
  })),
  membersOf(`${space}.Path`, () => ({
    Combine: combine,
    GetExtension: extension,
    GetFileName: fileName,
    GetFileNameWithoutExtension: withoutExtension,
    GetDirectoryName: (path: string | null) => (path ?? '').slice(0, Math.max(0, lastSeparator(path ?? ''))),
  })),
  membersOf('System.Environment', () => ({
    NewLine: () => '\n',
    TickCount: () => Number(BigInt.asIntN(32, BigInt(Math.floor(currentRun().context.now())))),
  })),
]
