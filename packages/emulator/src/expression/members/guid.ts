import { nodeCrypto } from '../node-modules.js'
import type { Cell } from '../compile/frame.js'
import { Guid } from '../values/guid.js'
import { isGuidFormat } from '../text/guid-parse.js'
import { argumentException, argumentNull, formatException } from '../values/exceptions.js'
import { Boxed } from '../values/boxed.js'
import type { ClrValue } from '../values/value.js'
import { membersOf, type TypeMembers } from './members.js'

/** A random Guid of version 4. */
function newGuid(): Guid {
  const bytes = nodeCrypto().randomBytes(16)
  bytes[7] = ((bytes[7] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return Guid.ofBytes(bytes)
}

/** @throws DotNetException ArgumentNullException or FormatException, also for what is no format */
function parseExact(text: string | null, format: string | null): Guid {
  if (text === null) throw argumentNull('input')
  if (format === null) throw argumentNull('format')
  if (!isGuidFormat(format))
    throw formatException('Format String can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".')
  return Guid.parse(text, 'input', format)
}

function tryParseExact(text: string | null, format: string | null): Guid | undefined {
  return text === null || format === null || !isGuidFormat(format) ? undefined : Guid.tryParse(text, format)
}

function store(guid: Guid | undefined, result: Cell): boolean {
  result.value = guid ?? Guid.empty
  return guid !== undefined
}

/** The numbers of the long constructors, written out as the `D` form has them. */
function ofParts(a: number, b: number, c: number, rest: readonly number[]): Guid {
  const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(8, '0').slice(-digits)
  return Guid.parse(hex(a, 8) + hex(b, 4) + hex(c, 4) + rest.map((byte) => hex(byte, 2)).join(''))
}

export const guidMembers: readonly TypeMembers[] = [
  membersOf('System.Guid', () => ({
    Empty: () => Guid.empty,
    '.ctor(byte[])': (bytes: Uint8Array | null) => {
      if (bytes === null) throw argumentNull('b')
      return Guid.ofBytes(bytes)
    },
    '.ctor(string)': (text: string | null) => Guid.parse(text, 'g'),
    '.ctor(int,short,short,byte[])': (a: number, b: number, c: number, rest: Uint8Array | null) => {
      if (rest === null) throw argumentNull('d')
      if (rest.length !== 8) throw argumentException('Byte array for GUID must be exactly 8 bytes long.', 'd')
      return ofParts(a, b, c, [...rest])
    },
    '.ctor': (a: number, b: number, c: number, ...rest: number[]) => ofParts(a, b, c, rest),
    NewGuid: newGuid,
    Parse: (text: string | null) => Guid.parse(text),
    ParseExact: parseExact,
    'CompareTo(object)': (self: Guid, other: ClrValue) => {
      if (other === null) return 1
      if (!(other instanceof Boxed && other.value instanceof Guid))
        throw argumentException('Object must be of type GUID.', 'value')
      return self.compare(other.value)
    },
    TryParse: (text: string | null, result: Cell) => store(text === null ? undefined : Guid.tryParse(text), result),
    TryParseExact: (text: string | null, format: string | null, result: Cell) =>
      store(tryParseExact(text, format), result),
    ToByteArray: (guid: Guid) => guid.toBytes(),
  })),
]
