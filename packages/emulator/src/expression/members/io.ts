import { writerFor } from '../compile/text.js'
import { compositeFormat } from '../text/composite-format.js'
import { currentRun } from '../run.js'
import type { ClrArray } from '../values/collections.js'
import { argumentException, argumentNull, argumentOutOfRange } from '../values/exceptions.js'
import type { StringBuilder } from '../values/string-builder.js'
import { MemoryStream } from '../values/memory-stream.js'
import { TextReader, TextWriter } from '../values/text-io.js'
import type { ClrValue } from '../values/value.js'
import { codecs } from '../text/codecs.js'
import { Encoding } from './encoding.js'
import { textOfChars } from './string.js'
import { bound, membersOf, type Bound, type MemberTable, type TypeMembers } from './members.js'

const space = 'System.IO'

const BUFFER = 'Buffer cannot be null.'
const NOT_NEGATIVE = 'Non-negative number required.'
const TOO_MUCH =
  'Offset and length were out of bounds for the array or count is greater than the number of elements from index to the end of the source collection.'

/** Whether an array has the part that is asked for. */
function checkPart(length: number | undefined, offset: number, count: number, name: string, message = TOO_MUCH): void {
  if (length === undefined) throw argumentNull('buffer', BUFFER)
  if (offset < 0) throw argumentOutOfRange(name, NOT_NEGATIVE)
  if (count < 0) throw argumentOutOfRange('count', NOT_NEGATIVE)
  if (offset + count > length) throw argumentException(message)
}

function readChars(self: TextReader, buffer: ClrArray | null, index: number, count: number): number {
  checkPart(buffer?.items.length, index, count, 'index')
  const part = self.readPart(count)
  for (let at = 0; at < part.length; at++) if (buffer !== null) buffer.items[index + at] = part.charCodeAt(at)
  return part.length
}

const reader = (): MemberTable => ({
  Null: () => new TextReader(''),
  Peek: (self: TextReader) => self.peek(),
  'Read()': (self: TextReader) => self.read(),
  'Read(char[],int,int)': readChars,
  ReadBlock: readChars,
  ReadLine: (self: TextReader) => self.readLine(),
  ReadToEnd: (self: TextReader) => self.readToEnd(),
  Close: (self: TextReader) => self.close(),
  Dispose: (self: TextReader) => self.close(),
})

/** `Write` and `WriteLine` of any type, of a format with its arguments, or of a part of an array. */
function writing(end: (self: TextWriter) => string): Bound {
  return bound(({ member: { parameters } }) => {
    const [first, second] = parameters
    if (first === undefined) return (self: TextWriter) => self.write(end(self))
    if (first.type.kind === 'array')
      return (self: TextWriter, chars: ClrArray | null, index = 0, count = chars?.items.length ?? 0) => {
        if (second !== undefined) checkPart(chars?.items.length, index, count, 'index')
        self.write(textOfChars(chars?.items.slice(index, index + count) ?? []) + end(self))
      }
    if (second !== undefined) {
      const gathered = second.type.kind === 'array'
      return (self: TextWriter, format: string | null, ...args: ClrValue[]) => {
        const [list] = args
        if (gathered && list === null) throw argumentNull(format === null ? 'format' : 'args')
        self.write(compositeFormat(format, gathered ? (list as ClrArray).items : args) + end(self))
      }
    }
    const write = writerFor(first.type)
    return (self: TextWriter, value: ClrValue) => self.write(write(value) + end(self))
  })
}

const writer = (): MemberTable => ({
  Null: () => new TextWriter(),
  Write: writing(() => ''),
  WriteLine: writing((self) => self.newLine),
  NewLine: (self: TextWriter) => self.newLine,
  'NewLine=': (self: TextWriter, value: string | null) => {
    self.newLine = value ?? '\n'
  },
  Encoding: (self: TextWriter) => (self instanceof StreamWriter ? self.encoding : Encoding.utf16),
  Flush: (self: TextWriter) => self.flush(),
  Close: (self: TextWriter) => self.close(),
  Dispose: (self: TextWriter) => self.close(),
})

/** `StreamWriter`: what is written goes to the stream when it is flushed. */
class StreamWriter extends TextWriter {
  static override readonly clrName = 'System.IO.StreamWriter'
  autoFlush = false
  #isFirst: boolean

  constructor(
    readonly stream: MemoryStream,
    readonly encoding: Encoding,
  ) {
    super()
    this.#isFirst = stream.position === 0
  }

  override write(text: string): void {
    super.write(text)
    if (this.autoFlush) this.flush()
  }

  override flush(): void {
    const { codec, emitsPreamble } = this.encoding
    if (this.#isFirst && this.builder.length > 0 && emitsPreamble) this.stream.write(Uint8Array.from(codec.preamble))
    if (this.builder.length > 0) this.#isFirst = false
    this.stream.write(this.encoding.encode(this.builder.text))
    this.builder.text = ''
  }

  override close(): void {
    if (this.stream.isOpen) this.flush()
    super.close()
    this.stream.close()
  }

  override clrText(): string {
    return StreamWriter.clrName
  }
}

/** A stream as text: a mark at its start says how, else the encoding that is given. */
function streamReader(source: MemoryStream | null, encoding: Encoding | null): TextReader {
  if (source === null || encoding === null) throw argumentNull(source === null ? 'stream' : 'encoding')
  const bytes = source.read(source.bytes.length)
  const marked = [codecs.UTF32, codecs.UTF8, codecs.Unicode, codecs.BigEndianUnicode].find(({ preamble }) =>
    preamble.every((byte, index) => bytes[index] === byte),
  )
  const text = marked === undefined ? encoding.decode(bytes) : marked.decode(bytes.subarray(marked.preamble.length))
  return new TextReader(text, `${space}.StreamReader`)
}

const stream = (): MemberTable => ({
  CanRead: (self: MemoryStream) => self.isOpen,
  CanSeek: (self: MemoryStream) => self.isOpen,
  CanWrite: (self: MemoryStream) => self.canWrite,
  Length: (self: MemoryStream) => BigInt(self.length),
  Position: (self: MemoryStream) => BigInt(self.position),
  'Position=': (self: MemoryStream, position: bigint) => {
    self.position = Number(position)
  },
  Seek: (self: MemoryStream, offset: bigint, origin: number) => BigInt(self.seek(Number(offset), origin)),
  SetLength: (self: MemoryStream, length: bigint) => {
    self.length = Number(length)
  },
  Read: (self: MemoryStream, buffer: Uint8Array | null, offset: number, count: number) => {
    checkPart(buffer?.length, offset, count, 'offset')
    const part = self.read(count)
    buffer?.set(part, offset)
    return part.length
  },
  ReadByte: (self: MemoryStream) => self.read(1)[0] ?? -1,
  Write: (self: MemoryStream, buffer: Uint8Array | null, offset: number, count: number) => {
    checkPart(buffer?.length, offset, count, 'offset')
    if (buffer !== null) self.write(buffer.subarray(offset, offset + count))
  },
  WriteByte: (self: MemoryStream, byte: number) => self.write(Uint8Array.of(byte)),
  CopyTo: (self: MemoryStream, target: MemoryStream | null) => {
    if (target === null) throw argumentNull('destination')
    target.write(self.read(self.bytes.length))
  },
  Flush: () => undefined,
  Close: (self: MemoryStream) => self.close(),
  Dispose: (self: MemoryStream) => self.close(),
})

function streamOver(bytes: Uint8Array | null, writable = true): MemoryStream {
  if (bytes === null) throw argumentNull('buffer', BUFFER)
  return MemoryStream.over(bytes, writable)
}

function streamOverPart(bytes: Uint8Array | null, index: number, count: number, writable = true): MemoryStream {
  checkPart(bytes?.length, index, count, 'index')
  return streamOver(bytes?.subarray(index, index + count) ?? null, writable)
}

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
    '.ctor(Stream)': (source: MemoryStream | null) => streamReader(source, Encoding.utf8),
    '.ctor(Stream,bool)': (source: MemoryStream | null) => streamReader(source, Encoding.utf8),
    '.ctor': streamReader,
    EndOfStream: (self: TextReader) => self.isAtEnd,
  })),
  membersOf(`${space}.TextWriter`, writer),
  membersOf(`${space}.StringWriter`, () => ({
    '.ctor()': () => new TextWriter(),
    '.ctor(IFormatProvider)': () => new TextWriter(),
    '.ctor': (builder: StringBuilder | null) => {
      if (builder === null) throw argumentNull('sb', BUFFER)
      return new TextWriter(builder)
    },
    GetStringBuilder: (self: TextWriter) => self.builder,
    ToString: (self: TextWriter) => self.clrText(),
  })),
  membersOf(`${space}.StreamWriter`, () => ({
    '.ctor': (target: MemoryStream | null, encoding: Encoding | null = new Encoding(codecs.UTF8, false)) => {
      if (target === null || encoding === null) throw argumentNull(target === null ? 'stream' : 'encoding')
      return new StreamWriter(target, encoding)
    },
    AutoFlush: (self: StreamWriter) => self.autoFlush,
    'AutoFlush=': (self: StreamWriter, value: boolean) => {
      self.autoFlush = value
      if (value) self.flush()
    },
    BaseStream: (self: StreamWriter) => self.stream,
  })),
  membersOf(`${space}.Stream`, stream),
  membersOf(`${space}.MemoryStream`, () => ({
    '.ctor()': () => MemoryStream.empty(),
    '.ctor(int)': (capacity: number) => MemoryStream.empty(capacity),
    '.ctor(byte[])': streamOver,
    '.ctor(byte[],bool)': streamOver,
    '.ctor': streamOverPart,
    Capacity: (self: MemoryStream) => self.capacity,
    'Capacity=': (self: MemoryStream, capacity: number) => {
      self.capacity = capacity
    },
    ToArray: (self: MemoryStream) => Uint8Array.from(self.bytes),
    GetBuffer: (self: MemoryStream) => self.buffer,
    WriteTo: (self: MemoryStream, target: MemoryStream | null) => {
      if (target === null) throw argumentNull('stream', 'Stream cannot be null.')
      target.write(self.bytes)
    },
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
