import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codecOf, codecs } from './codecs.js'

const wide = [codecs.UTF8, codecs.Unicode, codecs.BigEndianUnicode, codecs.UTF32]
const codePages = ['windows-1252', 'iso-8859-1', 'iso-8859-15', 'windows-1251', 'koi8-r']

describe('an encoding', () => {
  it.each(wide.map((codec) => [codec.webName, codec] as const))('%s brings every text back', (_, codec) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(codec.decode(codec.encode(text))).toBe(text)
      }),
    )
  })

  it.each(codePages)('%s brings its bytes back', (name) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
    const codec = codecOf(name)
    expect(codec?.encode(codec.decode(bytes))).toEqual(bytes)
  })

  it('of UTF-8 reads any bytes, and what is right as everybody does', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const usual = Buffer.from(bytes).toString('utf8')
        const text = codecs.UTF8.decode(bytes)
        expect(text.replaceAll('\ufffd', '')).toBe(usual.replaceAll('\ufffd', ''))
      }),
    )
  })

  it('refuses what is wrong when it is strict', () => {
    expect(() => codecs.UTF8.decode(Uint8Array.of(65, 0xed, 0xa0, 0x80), true)).toThrow('bytes [ED][A0] at index 1')
    expect(() => codecs.UTF8.encode('a\ud800', true)).toThrow('\\uD800 at index 1')
  })
})
