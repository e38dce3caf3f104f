import { connection, credentialProvider, isPolicyContent, SecretReference } from '@apim-kit/core'
import { describe, expect, test } from 'vitest'
import {
  base,
  choose,
  comment,
  cors,
  expression,
  fragment,
  getAuthorizationContext,
  policies,
  rawDocument,
  rawPolicy,
  returnResponse,
  sendRequest,
  setBody,
  setHeader,
  setStatus,
  validateAzureAdToken,
  type PoliciesInput,
} from './index.js'

test('all four sections are written, with base where nothing is given', () => {
  expect(policies({ inbound: [], onError: [setStatus({ code: 500 })] }).toRawXml()).toBe(`<policies>
    <inbound />
    <backend>
        <base />
    </backend>
    <outbound>
        <base />
    </outbound>
    <on-error>
        <set-status code="500" />
    </on-error>
</policies>`)
})

test('lists in lists are one list, and comments stay', () => {
  const document = policies({ inbound: [[base(), [comment(' then '), [setBody('x')]]]] })
  expect(
    document.section('inbound')?.children.map((node) => (node.kind === 'element' ? node.name : node.kind)),
  ).toEqual(['base', 'comment', 'set-body'])
})

test('a document is what core takes for one, and is frozen', () => {
  const document = policies()
  expect(isPolicyContent(document)).toBe(true)
  expect(Object.isFrozen(document) && Object.isFrozen(document.root) && Object.isFrozen(document.root.children)).toBe(
    true,
  )
})

test('a fragment has a root of its own', () => {
  expect(fragment([setHeader({ name: 'a', value: 'b' })]).toRawXml()).toContain('<fragment>\n    <set-header name="a">')
  expect(
    fragment([base()])
      .problems({})
      .map(({ rule }) => rule),
  ).toEqual(['policy/not-in-fragment'])
})

describe('what is refused, with the way out', () => {
  test.each([
    [() => policies({ inbond: [] } as PoliciesInput), 'inbond is no section; did you mean "inbound"?'],
    [() => policies({ inbound: base() as unknown as [] }), 'inbound: expected a list of policies, got an object'],
    [() => policies({ inbound: ['<base />'] as unknown as [] }), 'inbound[0]: expected a policy, got "<base />"'],
    [() => policies({ inbound: [base(), [base(), 1]] as unknown as [] }), 'inbound[1][1]: expected a policy, got 1'],
    [() => comment('\u0000'), 'U+0000'],
    [() => rawPolicy('<a'), 'rawPolicy: the text is not one element'],
    [() => rawPolicy('<a /><b />'), 'a document has one root'],
    [() => setHeader({ name: 'a', value: [5] as never }), 'value[0].text: expected text, got 5'],
    [() => setHeader('a' as never), 'expected an object with name, existsAction, id, value, got "a"'],
    [() => setStatus({ code: 1.5 }), 'code: expected a whole number, got 1.5'],
    [() => choose({ when: [] }), 'when: is empty; at least one is required'],
    [
      () => choose({ when: [{ condition: 'x' as never, policies: [] }] }),
      'when[0].condition: expected true or false, got "x"',
    ],
    [() => sendRequest({ responseVariableName: 'r', setHeader: setBody('x') }), 'setHeader: expected set-header'],
    [
      () => getAuthorizationContext({ connection: 'x' as never, variable: 'v' }),
      'connection: expected a connection resource, got "x"',
    ],
    [
      () =>
        getAuthorizationContext({
          providerId: 'p',
          authorizationId: 'c',
          contextVariableName: 'v',
          identityType: 'jwt',
        }),
      '@identity is missing; it is needed when @identity-type is jwt',
    ],
  ])('%#', (act, message) => expect(act).toThrow(message))

  test('everything at once, with its place', () => {
    expect(() => setHeader({ nam: 'a', existsAction: 'replace' } as never)).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        problems: [
          { rule: 'input/unknown', severity: 'error', path: 'nam', message: 'is not known here; did you mean "name"?' },
          { rule: 'input/required', severity: 'error', path: 'name', message: 'is missing; it is required' },
          {
            rule: 'input/type',
            severity: 'error',
            path: 'existsAction',
            message: 'expected "override" or "skip" or "append" or "delete", got "replace"',
          },
        ],
      }),
    )
  })
})

describe('setBearerHeader', () => {
  const attributes = { providerId: 'p', authorizationId: 'c', contextVariableName: 'v' }

  test('gives the policy and the header that sends its token', () => {
    const [context, header] = getAuthorizationContext(attributes).setBearerHeader()
    expect(context.name).toBe('get-authorization-context')
    expect(policies({ inbound: [header] }).toRawXml()).toContain(
      'context.Variables.GetValueOrDefault("v"))?.AccessToken)</value>',
    )
  })

  test('writes the name of the variable as C#', () => {
    const policy = getAuthorizationContext({ ...attributes, contextVariableName: 'a"b\\' })
    expect(policies({ inbound: policy.setBearerHeader() }).toRawXml()).toContain('GetValueOrDefault("a\\"b\\\\"))')
    expect(
      policies({ inbound: policy.setBearerHeader() })
        .problems({})
        .filter(({ severity }) => severity === 'error'),
    ).toEqual([])
  })

  test('cannot read a variable whose name is computed', () => {
    const policy = getAuthorizationContext({ ...attributes, contextVariableName: expression('@(name)') })
    expect(() => policy.setBearerHeader()).toThrow(/needs the variable as a plain name/)
  })

  test('keeps what the short form is told beside the connection', () => {
    const provider = credentialProvider.aad('p', { clientCredentials: { resourceUri: 'api://x', tenantId: 't' } })
    const client = connection('c', {
      provider,
      clientId: 'i',
      clientSecret: new SecretReference('test', () => Promise.resolve('')),
    })
    const policy = getAuthorizationContext({ connection: client, variable: 'v', ignoreError: true, id: 'token' })
    expect(policies({ inbound: [policy] }).toRawXml()).toContain(
      '<get-authorization-context provider-id="p" authorization-id="c" context-variable-name="v" identity-type="managed" ignore-error="true" id="token" />',
    )
  })
})

describe('a document that has to stay as it is', () => {
  test('may lack sections, and hold comments anywhere', () => {
    const document = policies(
      {
        inbound: [
          returnResponse({ setStatus: [comment(' b '), { code: 200 }] }),
          validateAzureAdToken({ tenantId: 't', audiences: [comment(' e '), 'a'] }),
        ],
        backend: 'absent',
        outbound: [
          choose({ when: [comment(' c '), { condition: true, policies: [] }, comment(' d ')], otherwise: [base()] }),
        ],
        onError: 'absent',
      },
      { before: [comment(' a ')], outbound: [comment(' f ')], end: [comment(' g ')], after: [comment(' h ')] },
    )
    expect(document.toRawXml().replace(/\n */g, '')).toBe(
      '<!-- a --><policies><inbound><return-response><!-- b --><set-status code="200" /></return-response>' +
        '<validate-azure-ad-token tenant-id="t"><audiences><!-- e --><audience>a</audience></audiences></validate-azure-ad-token>' +
        '</inbound><!-- f -->' +
        '<outbound><choose><!-- c --><when condition="true" /><!-- d --><otherwise><base /></otherwise></choose>' +
        '</outbound><!-- g --></policies><!-- h -->',
    )
  })

  test('refuses comments that it has no place for', () => {
    expect(() => policies({}, { inbond: [] } as never)).toThrow(
      /comments.inbond: is not known here; did you mean "inbound"/,
    )
    expect(() => policies({}, { end: ['text'] as never })).toThrow(/comments.end: expected a list of comments/)
    expect(() => returnResponse({ setStatus: [{ code: 200 }, { code: 201 }] as never })).toThrow(
      /expected one set-status/,
    )
    expect(() => returnResponse({ setStatus: [comment('')] as never })).toThrow(/expected one set-status/)
    expect(() => setBody([comment('')] as never)).toThrow(/text: expected one text, and comments beside it/)
    expect(() => setBody(['a', 'b'] as never)).toThrow(/text: expected one text, and comments beside it/)
    expect(() => cors({ allowedOrigins: [['*'], ['*']] as never, allowedHeaders: ['*'] })).toThrow(
      /allowedOrigins: expected one list, and comments beside it/,
    )
    expect(() => cors({ allowedOrigins: ['*', ['*']] as never, allowedHeaders: ['*'] })).toThrow(/expected one list/)
  })

  test('may stand beside a text, and beside the element around a list', () => {
    const text = policies({
      inbound: [
        setHeader({ name: 'a', value: [comment('1'), [comment('2'), 'b']] }),
        cors({ allowedOrigins: [comment('3'), ['*', comment('4')]], allowedHeaders: [['*'], comment('5')] }),
      ],
    }).toRawXml()
    expect(text.replace(/\n */g, '')).toContain(
      '<set-header name="a"><!--1--><value><!--2-->b</value></set-header>' +
        '<cors><!--3--><allowed-origins><origin>*</origin><!--4--></allowed-origins>' +
        '<allowed-headers><header>*</header></allowed-headers><!--5--></cors>',
    )
  })

  test('may be given as its text', () => {
    const text = '<policies><inbound id="a"><base /></inbound></policies>'
    expect(rawDocument(text).equals(text)).toBe(true)
    expect(() => rawDocument('<policies>')).toThrow(/rawDocument: the text is not one document/)
  })

  test('a fragment may hold a policy of one section only', () => {
    const text = fragment([cors({ allowedOrigins: ['*'], allowedHeaders: ['*'] })], {
      after: [comment(' a ')],
    }).toRawXml()
    expect(text).toContain('<fragment>\n    <cors>')
    expect(text).toMatch(/<!-- a -->$/)
  })
})
