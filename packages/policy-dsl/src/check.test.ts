import { expect, test } from 'vitest'
import { check, policies, rawPolicy, read, setHeader, type CheckOptions } from './index.js'

const sections = (parts: Partial<Record<'inbound' | 'backend' | 'outbound' | 'on-error', string>>): string =>
  `<policies>${(['inbound', 'backend', 'outbound', 'on-error'] as const)
    .map((name) => `<${name}>${parts[name] ?? '<base />'}</${name}>`)
    .join('')}</policies>`

const found = (text: string, options?: CheckOptions): string[] => {
  const { document, problems } = read(text)
  expect(problems).toEqual([])
  if (document === undefined) throw new Error('no document was read')
  return check(document, options).map(({ severity, rule, path, message }) => `${severity} ${rule} ${path}: ${message}`)
}

const inbound = (xml: string): string => sections({ inbound: `<base />${xml}` })

test('a document without faults has none', () => {
  expect(found(sections({}))).toEqual([])
  expect(found('<fragment><set-header name="a"><value>b</value></set-header></fragment>')).toEqual([])
})

test.each([
  [
    'a namespace',
    sections({}).replace('<policies>', '<policies xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'),
  ],
  ['a document as new ones are: without on-error', sections({}).replace('<on-error><base /></on-error>', '')],
  [
    'a backend that has its one policy',
    sections({ backend: '<retry condition="@(true)" count="1" interval="1"><forward-request /></retry>' }),
  ],
  [
    'an expression in free text of which no source speaks',
    inbound('<trace source="a"><message>b</message><metadata name="c" value="@(context.Api.Id)" /></trace>'),
  ],
])('nothing is told about %s', (_, text) => {
  expect(found(text)).toEqual([])
})

test.each([
  [
    'fragments in a backend, which may hold anything',
    sections({ backend: '<include-fragment fragment-id="pick-backend" /><base />' }),
    ['warning policy/one-policy-in-backend backend: backend takes one policy only'],
  ],
  [
    'an expression in a label',
    inbound('<trace source="@(context.Api.Id)"><message>b</message></trace>'),
    [
      'warning policy/expression-not-allowed inbound/trace[1]: the attribute source takes no expression, and is this text',
    ],
  ],
  [
    'text in a trace, once',
    inbound('<trace source="a">b</trace>'),
    ['warning policy/disputed-text inbound/trace[1]: text in <trace> is known to'],
  ],
  [
    'an element that only the documentation wants filled',
    inbound(
      '<cors><allowed-origins><origin></origin></allowed-origins><allowed-headers><header>*</header></allowed-headers></cors>',
    ),
    [
      'warning policy/missing-text inbound/cors[1]/allowed-origins[1]/origin[1]: <origin> is empty; write its text (required by the documentation only)',
    ],
  ],
  [
    'a wrong value, of which nothing else follows',
    inbound('<set-header name="a" exists-action="remove" />'),
    ['error policy/wrong-value inbound/set-header[1]: the attribute exists-action is "remove"'],
  ],
])('no more than a warning, or one problem: %s', (_, text, expected) => {
  expect(found(text)).toEqual(expected.map((each) => expect.stringContaining(each) as string))
})

test.each([
  ['<choose />', 'error policy/root : <choose> is no root of a policy document'],
  ['<policies><inbond /></policies>', 'error policy/unknown-section : <inbond> is no section; did you mean "inbound"?'],
  [
    `<policies><inbound><base /></inbound><inbound><base /></inbound></policies>`,
    'error policy/section-twice : the section inbound',
  ],
  ['<policies>x</policies>', 'error policy/unexpected-text : <policies> takes no text'],
  [
    sections({}).replace('<inbound>', '<inbound name="a">'),
    'error policy/unknown-attribute inbound: <inbound> has no attribute name',
  ],
  ['<fragment version="1" />', 'error policy/unknown-attribute : <fragment> has no attribute version'],
  [
    '<policies><inbound><base /></inbound></policies>',
    'warning policy/missing-section : backend and outbound are missing, and what that means is not documented; write <backend><base /></backend><outbound><base /></outbound>',
  ],
  [sections({ inbound: 'x<base />' }), 'error policy/unexpected-text inbound: <inbound> takes no text'],
  [sections({ outbound: '<set-status code="200" />' }), 'warning policy/missing-base outbound: there is no <base />'],
  [
    sections({ backend: '<base /><forward-request />' }),
    'error policy/one-policy-in-backend backend: backend takes one policy only',
  ],
  ['<fragment><base /></fragment>', 'error policy/not-in-fragment base[1]: <base> may not stand in a fragment'],
  [
    inbound('<set-heder name="a" />'),
    'error policy/unknown-policy inbound/set-heder[1]: <set-heder> is no policy; did you mean "set-header"?',
  ],
  [
    inbound('<forward-request />'),
    'error policy/wrong-section inbound/forward-request[1]: forward-request may not stand in inbound; move it to backend',
  ],
  [
    inbound('<choose><when condition="@(true)"><forward-request /></when></choose>'),
    'error policy/wrong-section inbound/choose[1]/when[1]/forward-request[1]: forward-request may not stand in inbound',
  ],
  [
    inbound('<set-header name="a" exist-action="skip"><value>b</value></set-header>'),
    'error policy/unknown-attribute inbound/set-header[1]: <set-header> has no attribute exist-action; did you mean "exists-action"?',
  ],
  [
    inbound('<set-header><value>b</value></set-header>'),
    'error policy/missing-attribute inbound/set-header[1]: the attribute name is missing',
  ],
  [
    inbound('<set-header name="a" exists-action="replace"><value>b</value></set-header>'),
    'error policy/wrong-value inbound/set-header[1]: the attribute exists-action is "replace"; expected "override" or "skip"',
  ],
  [
    inbound('<send-request response-variable-name="a" timeout="1.5" mode="copy" />'),
    'error policy/wrong-value inbound/send-request[1]: the attribute timeout is "1.5"; expected a whole number',
  ],
  [
    inbound('<send-request response-variable-name="a" ignore-error="yes" mode="copy" />'),
    'error policy/wrong-value inbound/send-request[1]: the attribute ignore-error is "yes"; expected true or false',
  ],
  [
    inbound('<set-variable name="@(x)" value="y" />'),
    'error policy/expression-not-allowed inbound/set-variable[1]: the attribute name takes no expression',
  ],
  [
    inbound('<set-header name="a">b</set-header>'),
    'error policy/unexpected-text inbound/set-header[1]: <set-header> takes no text',
  ],
  [
    inbound('<set-header name="a"><vale>b</vale></set-header>'),
    'error policy/unknown-child inbound/set-header[1]: <vale> may not stand in <set-header>; did you mean "value"?',
  ],
  [inbound('<choose><otherwise /></choose>'), 'error policy/missing-child inbound/choose[1]: <choose> needs a <when>'],
  [
    inbound('<choose><when condition="true" /><otherwise /><otherwise /></choose>'),
    'error policy/child-twice inbound/choose[1]: <otherwise> stands more than once',
  ],
  [
    inbound('<return-response><set-body>a</set-body><set-status code="1" /></return-response>'),
    'error policy/child-order inbound/return-response[1]: <set-status> stands after <set-body>; the order is set-status, set-header, set-body',
  ],
  [inbound('<set-method></set-method>'), 'error policy/missing-text inbound/set-method[1]: <set-method> is empty'],
  [
    inbound('<set-backend-service />'),
    'error policy/at-least-one-of inbound/set-backend-service[1]: at least one of @base-url, @backend-id is needed',
  ],
  [
    inbound(
      '<validate-azure-ad-token tenant-id="t" header-name="a" token-value="b"><audiences><audience>a</audience></audiences></validate-azure-ad-token>',
    ),
    'error policy/at-most-one-of inbound/validate-azure-ad-token[1]: @header-name, @query-parameter-name, @token-value exclude each other',
  ],
  [
    inbound(
      '<get-authorization-context provider-id="a" authorization-id="b" context-variable-name="c" identity-type="jwt" />',
    ),
    'error policy/needs inbound/get-authorization-context[1]: @identity is missing; it is needed when @identity-type is jwt',
  ],
  [
    inbound(
      '<validate-azure-ad-token tenant-id="t"><audiences><audience>a</audience><other /></audiences></validate-azure-ad-token>',
    ),
    'error policy/unknown-child inbound/validate-azure-ad-token[1]/audiences[1]: <other> may not stand in <audiences>',
  ],
  [
    inbound(
      '<validate-azure-ad-token tenant-id="t"><client-application-ids><application-id>@(x)</application-id></client-application-ids></validate-azure-ad-token>',
    ),
    'error policy/expression-not-allowed inbound/validate-azure-ad-token[1]/client-application-ids[1]/application-id[1]: the text of <application-id> takes no expression',
  ],
  [inbound('<set-variable name="a" value="@(1 +)" />'), 'error policy/expression inbound/set-variable[1]/@value: CS'],
  [
    inbound('<set-header name="a"><value>@{ return 1 }</value></set-header>'),
    'error policy/expression inbound/set-header[1]/value[1]: CS1002',
  ],
])('%s', (text, problem) => {
  expect(found(text).filter((each) => each.startsWith(problem))).toHaveLength(1)
})

test('a place is checked where it is told', () => {
  const text = inbound('<get-authorization-context provider-id="a" authorization-id="b" context-variable-name="c" />')
  expect(found(text)).toEqual([])
  expect(found(text, { scope: 'api', tier: 'basicv2' })).toEqual([])
  expect(found(text, { scope: 'workspace' })).toEqual([expect.stringContaining('error policy/wrong-scope')])
  expect(found(text, { tier: 'self-hosted' })).toEqual([expect.stringContaining('error policy/wrong-gateway')])
  expect(found(text, { gateway: 'self-hosted' })).toEqual([
    expect.stringContaining('does not run on the self-hosted gateway; it does on classic, v2, consumption'),
  ])
})

test('nothing is inherited at global scope', () => {
  expect(found(sections({ inbound: '<set-method>GET</set-method>' }), { scope: 'global' })).toEqual([])
})

test('a named value may hold anything', () => {
  expect(
    found(inbound('<send-request response-variable-name="a" timeout="{{t}}" ignore-error="{{i}}" mode="{{m}}" />')),
  ).toEqual([])
  expect(found(inbound('<set-variable name="a" value="@({{code}} + 1)" />'))).toEqual([])
})

test('a policy that was asked for by its text is not checked', () => {
  expect(
    policies({ inbound: [rawPolicy('<not-yet-known a="b"><c /></not-yet-known>')] })
      .problems({})
      .filter(({ rule }) => rule !== 'policy/missing-base'),
  ).toEqual([])
})

test('a document that was built is checked too, with the place of the fault in words', () => {
  const document = policies({ inbound: [setHeader({ name: 'a' })] })
  expect(document.problems({ scope: 'api' })).toEqual([
    expect.objectContaining({ rule: 'policy/missing-base', severity: 'warning', path: 'inbound' }),
    expect.objectContaining({ rule: 'policy/needs', severity: 'warning', path: 'inbound/set-header[1]' }),
  ])
})

test('everything is told in one pass, each at its place', () => {
  const { document } = read(`<policies>
  <inbound>
    <base />
    <set-header nam="a" />
    <nothing />
  </inbound>
  <backend><base /></backend>
  <outbound><base /></outbound>
  <on-error><base /></on-error>
</policies>`)
  const problems = document === undefined ? [] : check(document)
  expect(problems.map(({ rule, line, column }) => [rule, line, column])).toEqual([
    ['policy/unknown-attribute', 4, 17],
    ['policy/missing-attribute', 4, 5],
    ['policy/needs', 4, 5],
    ['policy/unknown-policy', 5, 5],
  ])
})
