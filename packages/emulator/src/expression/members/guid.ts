import { nodeCrypto } from '../node-modules.js'
import type { Cell } from '../compile/frame.js'
import { Guid } from '../values/guid.js'
import { argumentNull, formatException } from '../values/exceptions.js'
import { membersOf, type TypeMembers } from './members.js'

/** A random Guid of version 4. */
function newGuid(): Guid {
  const bytes = nodeCrypto().randomBytes(16)
  bytes[7] = ((bytes[7] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return Guid.ofBytes(bytes)
}

function exact(text: string | null, format: string): Guid | undefined {
  const guid = text === null ? undefined : Guid.tryParse(text)
  return guid?.toString(format) === text?.trim().toLowerCase() ? guid : undefined
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
    '.ctor(byte[])': (bytes: Uint8Array) => Guid.ofBytes(bytes),
    '.ctor(string)': (text: string | null) => Guid.parse(text, 'g'),
    '.ctor(int,short,short,byte[])': (a: number, b: number, c: number, rest: Uint8Array | null) => {
      if (rest === null) throw argumentNull('d')
      return ofParts(a, b, c, [...rest])
    },
    '.ctor': (a: number, b: number, c: number, ...rest: number[]) => ofParts(a, b, c, rest),
    NewGuid: newGuid,
    Parse: (text: string | null) => Guid.parse(text),
    ParseExact: (text: string | null, format: string) => {
      const guid = exact(text, format)
      if (guid === undefined)
        throw formatException('Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).')
      return guid
    },
    TryParse: (text: string | null, result: Cell) => store(text === null ? undefined : Guid.tryParse(text), result),
    TryParseExact: (text: string | null, format: string, result: Cell) => store(exact(text, format), result),
    ToByteArray: (guid: Guid) => guid.toBytes(),
  })),
]
