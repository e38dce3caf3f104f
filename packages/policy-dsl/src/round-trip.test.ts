import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  base,
  choose,
  comment,
  Expression,
  expression,
  liquid,
  namedValueReference,
  policies,
  read,
  returnResponse,
  sendRequest,
  setBody,
  setHeader,
  setVariable,
  type Policy,
  type PolicyDocument,
} from './index.js'
import { illegalCharacter } from './value.js'

// Generated documents: `read(write(d))` is `d`, and `write(read(text))` stays as it is the second time.

const pieces = fc.constantFrom(
  '"',
  '\\"',
  '<',
  '>',
  '&',
  '&amp;',
  '&lt;',
  '&quot;',
  "'",
  '{{',
  '}}',
  '{',
  '}',
  '(',
  ')',
  ']]>',
  '-->',
  '@(',
  '//',
  '/*',
  ' ',
  'a',
  '\ud83d\ude00',
)

const csharpText = fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join(''))

/** Expressions with everything that confuses readers, in strings, chars and comments, and markup-like code outside of them. */
const source = fc
  .oneof(
    fc.constantFrom(
      '@(context.RequestId)',
      '@(a < b && c > d)',
      '@(context.Request.Body.As<JObject>(preserveContent: true)["x"]?["y"])',
      "@(x == '\"' || y == '\\'' || z == ')')",
      '@{\n    // "unclosed, and a ) too\n    var a = new[] { 1, 2 };\n    return a[0] << 2; /* } " */\n}',
      '@($"a{(b ? "c" : "d")}e")',
      '@(@"C:\\" + "&quot;")',
    ),
    csharpText.map((value) => `@(${JSON.stringify(value)})`),
    csharpText.map((value) => `@(@"${value.replaceAll('"', '""')}")`),
    csharpText.filter((value) => !value.includes('*/')).map((value) => `@{ /* ${value} */ return 1; }`),
  )
  // What an expression of nonsense names is no matter of writing: one from source brings no checker.
  .map((text) => new Expression(text))

const plain = fc
  .oneof(fc.string({ unit: 'grapheme' }), csharpText, fc.constantFrom(' ', '\n', '  x\n ', '\u00a0', '\ufeff'))
  .filter((value) => illegalCharacter(value) === undefined)

const value = fc.oneof(plain, source, fc.constant(namedValueReference('name')))

const leaf: fc.Arbitrary<Policy> = fc.oneof(
  fc.constant(base()),
  fc
    .record({ name: fc.oneof(plain, source), value: fc.array(value, { maxLength: 2 }) })
    .map((input) => setHeader(input)),
  value.map((each) => setVariable({ name: 'v', value: each })),
  value.map((each) => setBody(each)),
  plain.map((each) => setBody({ template: 'liquid', text: liquid(`{{body.x}}${each}`) })),
  fc
    .record({ setUrl: value, setBody: value })
    .map((input) => sendRequest({ responseVariableName: 'r', setMethod: 'GET', ...input })),
  fc.record({ setBody: value, setHeader: fc.record({ name: plain, value }) }).map((input) => returnResponse(input)),
)

const commentText = fc
  .oneof(fc.constantFrom('', ' two\n lines ', '-', 'a--b-'), csharpText)
  .map((text) => comment(text))

const list = (depth: number): fc.Arbitrary<readonly (Policy | ReturnType<typeof comment>)[]> =>
  fc.array(
    depth === 0 ? fc.oneof(leaf, commentText) : fc.oneof({ weight: 3, arbitrary: leaf }, commentText, branch(depth)),
    { maxLength: 3 },
  )

const branch = (depth: number): fc.Arbitrary<Policy> =>
  fc
    .record({ condition: source, inside: list(depth - 1), otherwise: list(depth - 1) })
    .map(({ condition, inside, otherwise }) => choose({ when: [{ condition, policies: inside }], otherwise }))

const documents: fc.Arbitrary<PolicyDocument> = fc
  .record({ inbound: list(2), onError: list(1) })
  .map((sections) => policies(sections))

const differenceOf = (text: string, document: PolicyDocument, format: 'xml' | 'rawxml' | 'auto') => {
  const { document: again, problems } = read(text, { format })
  expect(problems).toEqual([])
  return again?.difference(document)
}

test('a document written as xml reads back, with and without being told the format', () => {
  fc.assert(
    fc.property(documents, (document) => {
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
    fc.property(documents, (document) => {
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
  for (const text of [document.toXml(), document.toRawXml()]) {
    const comments = read(text)
      .document?.section('inbound')
      ?.children.filter((node) => node.kind === 'comment')
    expect(comments?.map((node) => node.text)).toEqual([' first ', ' a - - b- '])
  }
})
