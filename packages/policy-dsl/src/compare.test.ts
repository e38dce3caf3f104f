import { describe, expect, test } from 'vitest'
import { policies, read, setBody, setHeader, type Difference } from './index.js'

const differenceOf = (one: string, other: string): Difference | undefined => {
  const left = read(one).document
  const right = read(other).document
  return left === undefined || right === undefined ? { path: '', message: 'not read' } : left.difference(right)
}

const inbound = (xml: string): string => `<policies><inbound>${xml}</inbound></policies>`

describe('equal are', () => {
  test.each([
    ['layout', inbound('<base/>'), '<policies>\n\n<inbound>\t<base></base>\r\n</inbound></policies>\n'],
    ['comments', inbound('<base />'), `<!-- a -->${inbound('<!-- b --><base /><!-- c -->')}<!-- d -->`],
    ['the order of attributes', inbound('<a b="1" c="2" />'), inbound(`<a c='2' b='1'/>`)],
    [
      'the order of sections',
      '<policies><inbound /><backend /></policies>',
      '<policies><backend /><inbound /></policies>',
    ],
    ['escaping', inbound('<a b="@(&quot;x&quot;)">&#65;&lt;</a>'), inbound('<a b="@("x")"><![CDATA[A<]]></a>')],
    ['white space around an expression', inbound('<a>@(x)</a>'), inbound('<a>\n  @(x)\n</a>')],
    ['text around a comment', inbound('<a>xy</a>'), inbound('<a>x<!-- -->y</a>')],
    ['the declaration of XML', inbound('<base />'), `<?xml version="1.0" encoding="utf-8"?>\n${inbound('<base />')}`],
  ])('%s', (_, one, other) => {
    expect(differenceOf(one, other)).toBeUndefined()
    expect(differenceOf(other, one)).toBeUndefined()
  })
})

describe('different are', () => {
  test.each([
    ['values', '<a b="1" />', '<a b="2" />', { path: 'inbound/a[1]/@b', message: '"1" here, "2" there' }],
    ['missing attributes', '<a b="1" />', '<a />', { path: 'inbound/a[1]/@b', message: '"1" here, nothing there' }],
    ['added attributes', '<a />', '<a b="1" />', { path: 'inbound/a[1]/@b', message: 'nothing here, "1" there' }],
    ['elements', '<a /><b />', '<a /><c />', { path: 'inbound/b[1]', message: '<b> here, <c> there' }],
    ['the order of policies', '<a /><b />', '<b /><a />', { path: 'inbound/a[1]', message: '<a> here, <b> there' }],
    ['missing elements', '<a /><b />', '<a />', { path: 'inbound', message: '<b> here, nothing there' }],
    ['texts', '<a>x</a>', '<a> x</a>', { path: 'inbound/a[1]', message: '"x" here, " x" there' }],
    [
      'repeated elements',
      '<a><v>1</v><v>2</v></a>',
      '<a><v>1</v><v>3</v></a>',
      { path: 'inbound/a[1]/v[2]', message: '"2" here, "3" there' },
    ],
    [
      'an expression and its text',
      '<a>@(1)</a>',
      '<a>x @(1)</a>',
      { path: 'inbound/a[1]', message: '"@(1)" here, "x @(1)" there' },
    ],
    [
      'a default that is written out',
      '<set-header name="a" />',
      '<set-header name="a" exists-action="override" />',
      { path: 'inbound/set-header[1]/@exists-action', message: 'nothing here, "override" there' },
    ],
  ])('%s', (_, one, other, difference) => expect(differenceOf(inbound(one), inbound(other))).toEqual(difference))
})

test('a document equals another one as it equals its text, and anything else is refused', () => {
  const document = policies({ inbound: [setHeader({ name: 'a', value: 'b' })] })
  expect(document.equals(policies({ inbound: [setHeader({ name: 'a', value: 'b' })] }))).toBe(true)
  expect(document.equals(policies())).toBe(false)
  expect(() => document.equals(null as unknown as string)).toThrow('expected a policy document')
})

test('a text that either format reads in its own way equals the document of both', () => {
  const typed = policies({ inbound: [setBody(read('<a>@("&amp;")</a>').document?.root.children[0] as never)] })
  expect(typed.equals(typed.toRawXml())).toBe(true)
  expect(typed.equals(typed.toXml())).toBe(true)
  expect(typed.equals(typed.toRawXml().replace('&amp;', '&lt;'))).toBe(false)
})

test('a text that cannot be read is no document’s', () => {
  const document = policies({ inbound: [setHeader({ name: 'a', value: 'b' })] })
  expect(document.equals('')).toBe(false)
  expect(document.equals(document.toXml().replace('</policies>', ''))).toBe(false)
  expect(document.difference('<policies>')?.message).toContain('is not closed')
})
