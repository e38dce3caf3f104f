import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isFatal, parseUri } from './uri-parse.js'

describe('a text as an absolute URI', () => {
  it('has its parts in canonical form', () => {
    expect(parseUri(' HTTPS://u:p@H:443/a/../b c?q=é#f ')).toEqual({
      scheme: 'https',
      userInfo: 'u:p',
      host: 'h',
      port: 443,
      path: '/b%20c',
      query: '?q=%C3%A9',
      fragment: '#f',
      rooted: true,
    })
  })

  it.each([
    ['', 'empty'],
    ['a/b', 'format'],
    ['1a://h', 'scheme'],
    ['http:a', 'authority'],
    ['c:a', 'rootless'],
    ['http://', 'host'],
    ['http://h:x', 'port'],
  ])('%j is none: %s', (text, fault) => {
    expect(parseUri(text)).toBe(fault)
  })

  it('is relative unless its fault is fatal', () => {
    expect((['empty', 'format', 'scheme', 'authority'] as const).some(isFatal)).toBe(false)
    expect((['rootless', 'host', 'port'] as const).every(isFatal)).toBe(true)
  })

  it('is read without failing, and the same again once it is canonical', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) => {
        const parts = parseUri(text)
        if (typeof parts === 'string') return expect(parts).toBe('host')
        const { scheme, host, path, query, fragment } = parts
        expect(parseUri(`${scheme}://${host}${path}${query}${fragment}`)).toMatchObject({ host, path, query, fragment })
      }),
    )
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ahtp:/\\.?#@[]%25 é')) }), (text) => {
        expect(['object', 'string']).toContain(typeof parseUri(text))
      }),
    )
  })
})
