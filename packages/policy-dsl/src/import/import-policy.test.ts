import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as dsl from '../index.js'
import { importPolicy, policies, read, type PolicyDocument } from '../index.js'
import { illegalCharacter } from '../value.js'
import { sameComments } from './comments.js'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
// Loads a module from its text, as the command line loads files; the package is the one that this test has.
const jiti = createJiti(import.meta.url, {
  fsCache: false,
  virtualModules: { '@apim-kit/policy-dsl': dsl },
})
const load = (code: string): PolicyDocument =>
  (jiti.evalModule(code, { filename: source('imported.ts') }) as { default: PolicyDocument }).default

/** The module of a text, after it was run and what it makes was compared. */
function imported(text: string): string {
  const code = importPolicy(text)
  const made = load(code)
  const { document } = read(text)
  expect(document?.difference(made)).toBeUndefined()
  expect(document !== undefined && sameComments(document.root, made.root)).toBe(true)
  const around = (each: PolicyDocument | undefined) =>
    each?.nodes.map((node) => (node.kind === 'comment' ? node.text : ''))
  expect(around(made)).toEqual(around(document))
  return code
}

const inbound = (xml: string): string =>
  `<policies><inbound>${xml}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`

/** What the module says of one policy. */
const codeOf = (xml: string): string =>
  /inbound: \[([^]*)\],? ?\n?\}\)/
    .exec(imported(inbound(xml)))?.[1]
    ?.replace(/\n {4}/g, '\n')
    .trim()
    .replace(/,$/, '') ?? ''

describe('a document', () => {
  test('imports what it uses, and leaves out the sections that policies() gives by itself', () => {
    expect(imported(inbound('<base /><set-method>GET</set-method>'))).toBe(
      `import { base, policies, setMethod } from '@apim-kit/policy-dsl'\n\n` +
        `export default policies({ inbound: [base(), setMethod('GET')] })\n`,
    )
  })

  test('keeps sections that are missing or empty', () => {
    expect(imported('<policies><inbound /><outbound><base /><base /></outbound></policies>')).toContain(
      "policies({ inbound: [], backend: 'absent', outbound: [base(), base()], onError: 'absent' })",
    )
  })

  test('may be a fragment', () => {
    expect(imported('<!-- a --><fragment><cors /><!-- b --></fragment><!-- c -->')).toContain(
      'export default fragment(',
    )
  })

  test('keeps comments wherever they stand', () => {
    const code = imported(
      '<!-- a --><policies><!-- b --><inbound><!-- c --><base /><!-- d\n  e --></inbound><!-- f --><backend><base /></backend>' +
        '<outbound><base /></outbound><on-error><base /></on-error><!-- g --></policies><!-- h -->',
    )
    for (const each of ['a', 'b', 'c', 'f', 'g', 'h']) expect(code).toContain(`comment(' ${each} ')`)
    expect(code).toContain('comment(` d\n  e `)')
  })

  test('may be that of a GraphQL resolver', () => {
    const request = '<http-request><set-method>GET</set-method><set-url>https://x</set-url></http-request>'
    expect(imported(`<http-data-source>${request}</http-data-source>`)).toContain('export default resolverPolicy(')
    expect(imported(`<!-- a --><http-data-source>${request}</http-data-source>`)).toContain('rawDocument(')
    expect(imported('<http-data-source><x /></http-data-source>')).toContain('rawDocument(')
  })

  test('that no builder makes is taken as it stands', () => {
    const code = imported('<policies><inbound><base /></inbound><inbound><base /></inbound></policies>')
    expect(code).toContain('// The section inbound stands twice here, which policies(…) and fragment(…) do not make.')
    expect(code).toContain('rawDocument(`<policies>')
  })

  test('that cannot be read is refused with its problems', () => {
    expect(() => importPolicy('<policies><inbound></policies>')).toThrow(/cannot be read/)
  })

  test('may be a value instead of a text', () => {
    expect(importPolicy(policies({ inbound: [] }))).toContain('policies({ inbound: [] })')
  })
})

describe('a policy', () => {
  test.each([
    [
      'values alone, typed',
      '<set-status code="404" reason="Not Found" />',
      "setStatus({ code: 404, reason: 'Not Found' })",
    ],
    ['text alone', "<set-body>it's</set-body>", 'setBody("it\'s")'],
    ['nothing at all', '<mock-response />', 'mockResponse()'],
    [
      'one child without a list',
      '<set-header name="a"><value>b</value></set-header>',
      "setHeader({ name: 'a', value: 'b' })",
    ],
    [
      'several in a list',
      '<set-header name="a"><value>b</value><value>c</value></set-header>',
      "setHeader({ name: 'a', value: ['b', 'c'] })",
    ],
    ['expressions', '<set-body>@($"`${{x}}`")</set-body>', 'setBody(expr`$"\\`\\${{x}}\\`"`)'],
    [
      'an expression with a backslash in front of a backquote',
      '<set-body>@(@"\\`")</set-body>',
      'setBody(expression(\'@(@"\\\\`")\'))',
    ],
    ['white space inside the brackets', '<set-body>@( 1 )</set-body>', "setBody(expression('@( 1 )'))"],
    ['a named value', '<set-method>{{m}}</set-method>', "setMethod(namedValueReference('m'))"],
    [
      'text with named values',
      '<rewrite-uri template="/{{a}}/{x}" />',
      "rewriteUri({ template: text`/${namedValueReference('a')}/{x}` })",
    ],
    ['a value that its type does not have', '<set-status code="4O4" />', "setStatus({ code: new Literal('4O4') })"],
    ['text in which braces are none of ours', '<set-body>{{ a }}</set-body>', "setBody(new Literal('{{ a }}'))"],
    [
      'a Liquid template',
      '<set-body template="liquid">{{body.x}}</set-body>',
      "setBody({ template: 'liquid', text: liquid('{{body.x}}') })",
    ],
    [
      'comments among children',
      '<choose><!-- a --><when condition="true"><base /></when><!-- b --><otherwise /></choose>',
      "choose({ when: [comment(' a '), { condition: true, policies: [base()] }, comment(' b ')], otherwise: [] })",
    ],
    [
      'a comment beside a single child',
      '<return-response><!-- a --><set-status code="200" /></return-response>',
      "returnResponse({ setStatus: [comment(' a '), { code: 200 }] })",
    ],
    [
      'a comment in a text that is the whole policy',
      '<set-method><!-- a -->GET<!-- b --></set-method>',
      "setMethod([comment(' a '), 'GET', comment(' b ')])",
    ],
    [
      'comments in the text of a child, and beside it',
      '<set-header name="a"><!-- b --><value>c<!-- d --></value></set-header>',
      "setHeader({ name: 'a', value: [comment(' b '), ['c', comment(' d ')]] })",
    ],
    [
      'a comment in the text of an only child',
      '<set-header name="a"><value><!-- d -->c</value></set-header>',
      "setHeader({ name: 'a', value: [[comment(' d '), 'c']] })",
    ],
    [
      'a comment where a text could be',
      '<set-body template="liquid"><!-- a --></set-body>',
      "setBody({ template: 'liquid', text: ['', comment(' a ')] })",
    ],
    [
      'comments beside lists',
      '<cors><!-- a --><allowed-origins><origin>*</origin><!-- b --></allowed-origins><!-- c --><allowed-headers><header>*</header></allowed-headers><!-- d --></cors>',
      "cors({\n  allowedOrigins: [comment(' a '), ['*', comment(' b ')]],\n  allowedHeaders: [comment(' c '), ['*'], comment(' d ')],\n})",
    ],
    [
      'the header that sends a connection’s token',
      '<get-authorization-context provider-id="a" authorization-id="b" context-variable-name="c" />' +
        '<set-header name="Authorization" exists-action="override">' +
        '<value>@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("c"))?.AccessToken)</value></set-header>',
      "getAuthorizationContext({ providerId: 'a', authorizationId: 'b', contextVariableName: 'c' }).setBearerHeader()",
    ],
  ])('%s', (_, xml, code) => expect(codeOf(xml)).toBe(code))

  test.each([
    ['an unknown policy', '<teleport to="mars" />', '<teleport> is no policy that a builder makes.'],
    ['an unknown attribute', '<base to="mars" />', '<base> is not known to have the attribute to.'],
    ['an unknown child', '<return-response><x /></return-response>', '<return-response> is not known to hold <x>.'],
    ['text where none is known', '<base>x</base>', '<base> is not known to hold text.'],
    [
      'markup as a body',
      '<set-body><a>{{b}}</a></set-body>',
      'Markup stands in <set-body>, where the builder takes text.',
    ],
    ['an expression that does not end', '<set-body>@("x)</set-body>', 'does not end'],
    ['an expression that policies(…) would refuse', '<set-body>@(nothing)</set-body>', "CS0103: The name 'nothing'"],
    ['a missing attribute', '<set-status />', 'code: is missing'],
    [
      'another order',
      '<return-response><set-body /><set-status code="200" /></return-response>',
      'The elements in <return-response> stand in another order than the builder writes them.',
    ],
    ['a comment within a text', '<set-body>a<!-- b -->c</set-body>', 'A comment stands in <set-body> where no builder'],
    [
      'a comment behind the last branch',
      '<choose><when condition="true"><base /></when><otherwise /><!-- b --></choose>',
      'A comment stands in <choose> where no builder',
    ],
  ])('as it stands, with the reason: %s', (_, xml, reason) => {
    const code = imported(inbound(xml))
    expect(code).toMatch(/rawPolicy\(['"`]</)
    expect(code).toContain(reason)
  })

  test('in a section that its description does not have is taken as it stands, so that the module compiles', () => {
    const code = imported(
      '<policies><outbound><cors><allowed-origins><origin>*</origin></allowed-origins></cors></outbound></policies>',
    )
    expect(code).toContain('// cors is not known to stand in outbound, only in inbound.\n')
  })

  test.each(['<a />', '@(nothing)'])('raw inside of another one leaves that one as it is: %s', (body) => {
    expect(imported(inbound(`<return-response><set-body>${body}</set-body></return-response>`))).toContain(
      '      setBody: rawPolicy(',
    )
    const when = `<when condition="true"><set-body>${body}</set-body></when>`
    expect(codeOf(`<choose>${when}</choose>`)).toMatch(/^choose\(/)
  })
})

describe('constants', () => {
  const lookup = '<cache-lookup-value key="the-key" variable-name="access-token" />'
  const remove = '<cache-remove-value key="the-key" />'

  test('are made of keys, named values and long expressions that stand more than once', () => {
    const long = '@(context.Request.Headers.GetValueOrDefault("X-Correlation-Id", "") + context.RequestId)'
    const header = `<set-header name="X-Id"><value>${long}</value></set-header>`
    const code = imported(
      inbound(`${lookup}${remove}${header}${header}<set-body>{{a.b-C}}</set-body><set-method>{{a.b-C}}</set-method>`),
    )
    expect(code.split('\n').filter((line) => line.startsWith('const'))).toEqual([
      "const accessTokenKey = 'the-key'",
      'const xId = expr`context.Request.Headers.GetValueOrDefault("X-Correlation-Id", "") + context.RequestId`',
      "const aBC = namedValueReference('a.b-C')",
    ])
    expect(code).toContain("cacheLookupValue({ key: accessTokenKey, variableName: 'access-token' })")
  })

  test('do not take a name that is taken', () => {
    const code = imported(
      inbound(
        '<set-body>{{base}}</set-body><set-method>{{base}}</set-method><base /><set-status code="{{new}}" reason="{{new}}" />',
      ),
    )
    expect(code).toContain('const base2 =')
    expect(code).toContain('const new2 =')
  })
})

test('a module is laid out for a width of 120, and a long list has one item a line', () => {
  const code = imported(inbound(`<set-header name="${'x'.repeat(60)}"><value>${'y'.repeat(60)}</value></set-header>`))
  expect(code).toContain(
    `    setHeader({\n      name: '${'x'.repeat(60)}',\n      value: '${'y'.repeat(60)}',\n    }),\n`,
  )
})

describe('any text', () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    '`',
    '\\',
    '${',
    '$',
    '{',
    '}',
    '{{',
    '{{a}}',
    '@(',
    '@@',
    '<',
    '&',
    '\n',
    '\t',
    ' ',
    '//',
    '*/',
    'x',
    '\u2028',
    '\u{1f600}',
  )
  const plain = fc
    .oneof(
      fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme' }),
    )
    // A text that only begins an expression cannot be written as typed, so no `rawPolicy` could hold it.
    .filter((text) => illegalCharacter(text) === undefined && !/^\s*@[({]/.test(text))
  const escape = (text: string): string =>
    text
      .replace(/[<&"\n\t\r]/g, (character) => `&#${character.charCodeAt(0)};`)
      .replace(/^(?=\s)|@/, (found) => (found === '@' ? '&#64;' : found))

  test('is what it was, in attributes, elements, comments and expressions', () => {
    fc.assert(
      fc.property(plain, plain, plain, (one, other, third) => {
        const verbatim = `@(@"${third.replaceAll('"', '""').replace(/[\r\n]/g, '')}")`
        imported(
          inbound(
            `<!--${third.replace(/-|>/g, '')}--><set-variable name="a" value="${escape(one)}" /><set-body>${escape(other)}</set-body>` +
              `<set-header name="${escape(other)}"><value>${escape(verbatim)}</value></set-header>`,
          ),
        )
      }),
    )
    // It runs a module for each of its texts.
  }, 60_000)
})

describe.each(Object.entries(dsl.policyBuilders))('%s', (name, { definition }) => {
  test.each(definition.description.examples)('is written with its builder: $xml', ({ xml }) => {
    const section = definition.description.sections[0]
    if (section === undefined) return
    const code = imported(`<policies><${section}>${xml}<!-- --></${section}></policies>`)
    expect(code).not.toContain('rawPolicy')
    expect(code).toContain(`${name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())}(`)
  })
})
