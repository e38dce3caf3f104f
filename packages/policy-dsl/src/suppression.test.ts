import { expect, test } from 'vitest'
import { check, comment, policies, read, setMethod, type CheckOptions } from './index.js'

const document = (inbound: string): string =>
  `<policies><inbound><base />${inbound}</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>`

const found = (text: string, options?: CheckOptions): string[] => {
  const { document: read_ } = read(text)
  return read_ === undefined ? [] : check(read_, options).map(({ rule, message }) => `${rule} ${message}`)
}

const slow =
  '<send-request response-variable-name="a"><set-url>https://a.example</set-url><set-method>GET</set-method></send-request>'

test.each([
  `<!-- apim-kit-disable-next policy/request-without-timeout slow by nature -->${slow}`,
  `<!--apim-kit-disable-next request-without-timeout: slow by nature-->${slow}`,
  `<!-- apim-kit-disable-next policy/request-without-timeout --><!-- another comment -->${slow}`,
  `<!-- apim-kit-disable-next policy/request-without-timeout --><retry condition="@(true)" count="1" interval="1">${slow}</retry>`,
  `${slow}<!-- apim-kit-disable-file policy/request-without-timeout all of them -->${slow}`,
])('keeps a problem quiet: %s', (inbound) => {
  expect(found(document(slow))).toHaveLength(1)
  expect(found(document(inbound))).toEqual([])
})

test('covers the next element alone', () => {
  const quiet = `<!-- apim-kit-disable-next policy/request-without-timeout -->${slow}`
  expect(found(document(quiet + slow))).toEqual([expect.stringContaining('policy/request-without-timeout')])
})

test('several rules in one comment, before a section, before the root', () => {
  const text = document('<set-header name="a" /><set-header name="b" />')
  const before = '<!-- apim-kit-disable-next policy/needs,policy/missing-base both on purpose -->'
  expect(found(text.replace('<base />', ''))).toHaveLength(3)
  expect(found(text.replace('<inbound><base />', `${before}<inbound>`))).toEqual([])
  expect(found(`${before}${text.replace('<base />', '')}`)).toEqual([])
})

test.each([
  [
    '<!-- apim-kit-disable-next policy/request-without-timeot -->',
    'policy/unknown-suppression policy/request-without-timeot is no rule; did you mean "policy/request-without-timeout"?',
  ],
  ['<!-- apim-kit-disable-next -->', 'policy/unknown-suppression the comment names no rule'],
  [
    '<!-- apim-kit-disable policy/needs -->',
    'policy/unknown-suppression apim-kit-disable is not known; write <!-- apim-kit-disable-next',
  ],
  ['<!-- apim-kit-disable-next policy/needs -->', 'policy/unused-suppression there is no problem of policy/needs'],
])('%s', (text, problem) => {
  expect(found(document(`${text}<set-method>GET</set-method>`))).toEqual([expect.stringContaining(problem)])
})

test('nothing is unused that was not looked for', () => {
  const text = document('<!-- apim-kit-disable-next policy/wrong-gateway --><set-method>GET</set-method>')
  expect(found(text)).toEqual([])
  expect(found(text, { scope: 'api' })).toEqual([])
  expect(found(text, { tier: 'basicv2' })).toHaveLength(1)
})

test('the service knows no such comments', () => {
  const text = document(`<!-- apim-kit-disable-next policy/request-without-timeout -->${slow}`)
  expect(found(text, { suppressions: 'ignore' })).toHaveLength(1)
})

test('what is kept quiet stops no deployment either', () => {
  const built = policies({
    inbound: [comment('apim-kit-disable-file policy/missing-base nothing is inherited here'), setMethod('GET')],
  })
  expect(built.problems({ scope: 'api' })).toEqual([])
  expect(check(built, { scope: 'api' })).toEqual([])
})

test(
  'five thousand comments, and as many names that nothing sets, take no square of their time',
  { timeout: 60_000 },
  () => {
    const comments = document('<!-- apim-kit-disable-next policy/unknown-policy not yet known --><foo />'.repeat(5000))
    const names = document(
      Array.from(
        { length: 5000 },
        (_, at) => `<set-variable name="v${at}" value="@(context.Variables["w${at}"])" />`,
      ).join(''),
    )
    const start = performance.now()
    expect(found(comments)).toEqual([])
    expect(found(names)).toHaveLength(5000)
    expect(performance.now() - start).toBeLessThan(30_000)
  },
)

test('what is wrong with a comment can be kept quiet too', () => {
  const unused = '<!-- apim-kit-disable-next policy/needs no more -->'
  expect(found(document(unused + slow.replace('send-request ', 'send-request timeout="5" ')))).toEqual([
    expect.stringContaining('policy/unused-suppression') as string,
  ])
  const quiet = '<!-- apim-kit-disable-file policy/unused-suppression,policy/unknown-suppression generated -->'
  expect(found(document(quiet))).toEqual([])
  expect(
    found(document(`${quiet}${unused}<!-- apim-kit-disable-next policy/nedes --><set-method>GET</set-method>`)),
  ).toEqual([])
})
