import fc from 'fast-check'
import { expect, test } from 'vitest'
import { generatedDocuments } from '../test/generated-documents.js'
import { base, comment, expression, policies, read, setBody, type PolicyDocument } from './index.js'

// Generated documents: `read(write(d))` is `d`, and `write(read(text))` stays as it is the second time.

const differenceOf = (text: string, document: PolicyDocument, format: 'xml' | 'rawxml' | 'auto') => {
  const { document: again, problems } = read(text, { format })
  expect(problems).toEqual([])
  return again?.difference(document)
}

test('a document written as xml reads back, with and without being told the format', () => {
  fc.assert(
    fc.property(generatedDocuments, (document) => {
      const text = document.toXml()
      expect(differenceOf(text, document, 'xml')).toBeUndefined()
      expect(differenceOf(text, document, 'auto')).toBeUndefined()
      expect(read(text, { format: 'xml' }).document?.toXml()).toBe(text)
      expect(document.equals(text)).toBe(true)
    }),
  )
})

test('a document written as rawxml reads back, with and without being told the format', () => {
  fc.assert(
    fc.property(generatedDocuments, (document) => {
      const text = document.toRawXml()
      expect(differenceOf(text, document, 'rawxml')).toBeUndefined()
      expect(differenceOf(text, document, 'auto')).toBeUndefined()
      expect(read(text).document?.toRawXml()).toBe(text)
      expect(document.equals(text)).toBe(true)
    }),
  )
})

test.each(['@("&quot;)<{" + "{")', '@("&quot;)<{")', '@("&lt;)</value>" + "a")'])(
  'a typed string that holds an entity and a bracket is no escaped XML: %s',
  (source) => {
    const document = policies({ inbound: [setBody(expression(source))] })
    expect(differenceOf(document.toRawXml(), document, 'auto')).toBeUndefined()
    expect(differenceOf(document.toXml(), document, 'auto')).toBeUndefined()
  },
)

test('comments survive both texts', () => {
  const document = policies({ inbound: [comment(' first '), base(), comment(' a -- b-')] })
  for (const text of [document.toXml(), document.toRawXml()])
    expect(commentsIn(text)).toEqual([' first ', ' a - - b- '])
})

test('a comment that was read keeps its dashes where it stood with them', () => {
  const text = '<policies><inbound><!-- a -- b ---><!----></inbound></policies>'
  expect(commentsIn(text)).toEqual([' a -- b -', ''])
  expect(commentsIn(read(text).document?.toRawXml() ?? '')).toEqual([' a -- b -', ''])
  expect(commentsIn(read(text).document?.toXml() ?? '')).toEqual([' a - - b - ', ''])
})

const commentsIn = (text: string): readonly string[] =>
  read(text)
    .document?.section('inbound')
    ?.children.flatMap((node) => (node.kind === 'comment' ? [node.text] : [])) ?? []
