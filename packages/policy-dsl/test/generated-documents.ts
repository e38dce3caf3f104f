import fc from 'fast-check'
import {
  base,
  choose,
  comment,
  Expression,
  liquid,
  namedValueReference,
  policies,
  returnResponse,
  sendRequest,
  setBody,
  setHeader,
  setVariable,
  type Policy,
  type PolicyDocument,
} from '../src/index.js'
import { illegalCharacter } from '../src/value.js'

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

/** Documents of the policies that hold texts, of whatever is hard to write and to read. */
export const generatedDocuments: fc.Arbitrary<PolicyDocument> = fc
  .record({ inbound: list(2), onError: list(1) })
  .map((sections) => policies(sections))
