import type { Cell } from '../compile/frame.js'
import { ipv6Text, parseIpv4, parseIpv6 } from '../text/ip-address.js'
import { argumentException, argumentNull, argumentOutOfRange, formatException } from '../values/exceptions.js'
import { hashCode } from '../values/hash.js'
import { membersOf, type MemberTable } from './members.js'

/** `AddressFamily`. */
const families = { ipv4: 2, ipv6: 23 }

/** `System.Net.IPAddress`. */
class IPAddress {
  static readonly clrName = 'System.Net.IPAddress'

  private constructor(
    readonly bytes: readonly number[],
    readonly scope = 0,
  ) {}

  static tryParse(text: string): IPAddress | undefined {
    if (!text.includes(':')) {
      const four = parseIpv4(text)
      return four && new IPAddress(four)
    }
    const [, plain = '', scope = '0'] = /^\[?([^\]%]*)(?:%(\d+))?(?:\](?::.*)?)?$/.exec(text) ?? []
    const sixteen = parseIpv6(plain)
    return sixteen && new IPAddress(sixteen, Number(scope))
  }

  /** @throws DotNetException ArgumentNull, or ArgumentException for neither four nor sixteen bytes */
  static ofBytes(bytes: readonly number[] | Uint8Array | null): IPAddress {
    if (bytes === null) throw argumentNull('address')
    if (bytes.length !== 4 && bytes.length !== 16)
      throw argumentException('An invalid IP address was specified.', 'address')
    return new IPAddress([...bytes])
  }

  static ofNumber(value: bigint): IPAddress {
    if (value < 0n || value > 0xffffffffn) throw argumentOutOfRange('newAddress')
    return IPAddress.ofBytes([0n, 8n, 16n, 24n].map((shift) => Number((value >> shift) & 255n)))
  }

  get isIpv4(): boolean {
    return this.bytes.length === 4
  }

  get isMapped(): boolean {
    return !this.isIpv4 && /^(?:0,){10}255,255,/.test(this.bytes.join(','))
  }

  equals(other: unknown): boolean {
    return other instanceof IPAddress && other.clrText() === this.clrText()
  }

  clrText(): string {
    if (this.isIpv4) return this.bytes.join('.')
    return ipv6Text(this.bytes) + (this.scope === 0 ? '' : `%${this.scope}`)
  }
}

function parse(text: string | null): IPAddress {
  if (text === null) throw argumentNull('ipString')
  const address = IPAddress.tryParse(text)
  if (address === undefined) throw formatException('An invalid IP address was specified.')
  return address
}

const MAPPED = [...new Array<number>(10).fill(0), 255, 255]

const facts = (): MemberTable => ({
  AddressFamily: (self: IPAddress) => (self.isIpv4 ? families.ipv4 : families.ipv6),
  GetAddressBytes: (self: IPAddress) => Uint8Array.from(self.bytes),
  IsIPv4MappedToIPv6: (self: IPAddress) => self.isMapped,
  IsIPv6LinkLocal: ({ bytes: [first = 0, second = 0], isIpv4 }: IPAddress) =>
    !isIpv4 && first === 0xfe && (second & 0xc0) === 0x80,
  IsIPv6SiteLocal: ({ bytes: [first = 0, second = 0], isIpv4 }: IPAddress) =>
    !isIpv4 && first === 0xfe && (second & 0xc0) === 0xc0,
  IsIPv6Multicast: ({ bytes: [first], isIpv4 }: IPAddress) => !isIpv4 && first === 0xff,
  MapToIPv4: (self: IPAddress) => (self.isIpv4 ? self : IPAddress.ofBytes(self.bytes.slice(12))),
  MapToIPv6: (self: IPAddress) => (self.isIpv4 ? IPAddress.ofBytes([...MAPPED, ...self.bytes]) : self),
})

export const ipAddressMembers = membersOf('System.Net.IPAddress', () => ({
  ...facts(),
  '.ctor(byte[])': (bytes: Uint8Array | null) => IPAddress.ofBytes(bytes),
  '.ctor(long)': (value: bigint) => IPAddress.ofNumber(value),
  Any: () => IPAddress.ofBytes([0, 0, 0, 0]),
  Loopback: () => IPAddress.ofBytes([127, 0, 0, 1]),
  None: () => IPAddress.ofBytes([255, 255, 255, 255]),
  Broadcast: () => IPAddress.ofBytes([255, 255, 255, 255]),
  IPv6Any: () => parse('::'),
  IPv6None: () => parse('::'),
  IPv6Loopback: () => parse('::1'),
  IsLoopback: (self: IPAddress | null) => {
    if (self === null) throw argumentNull('address')
    return self.isIpv4 ? self.bytes[0] === 127 : self.clrText() === '::1'
  },
  Parse: parse,
  TryParse: (text: string | null, result: Cell) => {
    const address = text === null ? undefined : IPAddress.tryParse(text)
    result.value = address ?? null
    return address !== undefined
  },
  Equals: (self: IPAddress, other: unknown) => self.equals(other),
  GetHashCode: (self: IPAddress) => hashCode(self.clrText()),
  ToString: (self: IPAddress) => self.clrText(),
}))
