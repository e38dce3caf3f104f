import fc from 'fast-check'
import { isIP } from 'node:net'
import { describe, expect, it } from 'vitest'
import { ipv6Text, parseIpv4, parseIpv6 } from './ip-address.js'

describe('an IPv4 address', () => {
  it.each([
    ['1.2.3.4', [1, 2, 3, 4]],
    ['1.2', [1, 0, 0, 2]],
    ['1.2.772', [1, 2, 3, 4]],
    ['16909060', [1, 2, 3, 4]],
    ['0x7f.010.1', [127, 8, 0, 1]],
  ])('may be %s', (text, bytes) => {
    expect(parseIpv4(text)).toEqual(bytes)
  })

  it.each(['', 'a', '256.1.1.1', '1.2.3.4.5', '4294967296', '1..2', '08.1.1.1', '-1'])('is not %s', (text) => {
    expect(parseIpv4(text)).toBeUndefined()
  })
})

describe('an IPv6 address', () => {
  it('has the same bytes once it is written', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const bytes = parseIpv6(text)
        const written = ipv6Text(bytes ?? [])
        expect(isIP(written)).toBe(6)
        expect(parseIpv6(written)).toEqual(bytes)
      }),
    )
  })

  it('leaves out the longest run of zeros', () => {
    expect(ipv6Text(parseIpv6('1:0:0:2:0:0:0:3') ?? [])).toBe('1:0:0:2::3')
    expect(ipv6Text(parseIpv6('::ffff:1.2.3.4') ?? [])).toBe('::ffff:1.2.3.4')
  })
})
