import { backend } from '@apim-kit/core'
import { describe, expect, test } from 'vitest'
import { clientSecret, documentOfTokens, recipeDocuments, tokenRequest } from '../../test/recipe-documents.js'
import { bind, checkAllowList } from '../expression/index.js'
import {
  check,
  Expression,
  policies,
  read,
  tokenByClientAssertion,
  tokenByClientSecret,
  validateAndForward,
  type Element,
  type TokenPolicies,
} from '../index.js'

const expressionsIn = ({ attributes, children }: Element): string[] =>
  [...attributes.map(({ value }) => value), ...children].flatMap((node) =>
    node.kind === 'element' ? expressionsIn(node) : node instanceof Expression ? [node.source] : [],
  )

describe.each(recipeDocuments)('%s', (_, document) => {
  test('has no fault at any place of the newest tiers', () => {
    for (const scope of ['api', 'operation'] as const) expect(check(document, { scope, tier: 'basicv2' })).toEqual([])
  })

  test('writes expressions that compile, with nothing that the service refuses', () => {
    for (const source of expressionsIn(document.root)) {
      // The service puts named values in before it compiles.
      const bound = bind(source.replace(/\{\{[\w-]+\}\}/g, 'x'), { returns: 'object' })
      expect(bound.kind === 'invalid' ? bound.diagnostics : checkAllowList(bound.program)).toEqual([])
    }
  })

  test('reads back from both texts', () => {
    expect(document.equals(document.toXml())).toBe(true)
    expect(document.equals(document.toRawXml())).toBe(true)
    expect(read(document.toXml()).problems).toEqual([])
  })
})

test('a token is kept by what it was asked with, unless a key is given', () => {
  const keys = (token: TokenPolicies): unknown[] =>
    [
      ...documentOfTokens(token)
        .toRawXml()
        .matchAll(/ key="([^"]*)"/g),
    ].map(([, key]) => key)
  const key =
    'access-token https://login.microsoftonline.com/{{tenant-id}}/oauth2/v2.0/token {{client-id}} {{oauth-scope}}'
  expect(keys(tokenByClientSecret({ ...tokenRequest, clientSecret }))).toEqual([key, key, key])
  expect(keys(tokenByClientAssertion({ ...tokenRequest, certificate: 'c', cacheKey: 'mine' }))).toEqual([
    'mine',
    'mine',
    'mine',
  ])
})

test('data never becomes C#', () => {
  const document = documentOfTokens(
    tokenByClientSecret({ ...tokenRequest, clientSecret, clientId: '"+evil+"', scope: 'a\\"b', variable: 'x"y' }),
  )
  expect(document.toRawXml()).toContain('Uri.EscapeDataString("\\"+evil+\\"")')
  expect(document.toRawXml()).toContain('Uri.EscapeDataString("a\\\\\\"b")')
  expect(document.toRawXml()).toContain('Uri.EscapeDataString(@"{{client-secret}}")')
  expect(document.problems().filter(({ severity }) => severity === 'error')).toEqual([])
})

test('the secret has to be a named value', () => {
  // @ts-expect-error a literal secret has no place in a document
  expect(tokenByClientSecret({ ...tokenRequest, clientSecret: 'secret' })).toBeDefined()
})

test('the caller learns nothing of the identity provider', () => {
  const [, document] = recipeDocuments[0] ?? []
  const failure = /<otherwise>([^]*?)<\/otherwise>/.exec(document?.toRawXml() ?? '')?.[1] ?? ''
  expect(failure).toContain('<set-status code="502" reason="Bad Gateway" />')
  expect(failure).not.toMatch(/Body|answer|\{\{/)
})

test('validateAndForward writes only what it is asked for', () => {
  const inbound = (list: ReturnType<typeof validateAndForward>): string =>
    policies({ inbound: list }).toRawXml().replace(/\n */g, '')
  expect(inbound(validateAndForward({ tenantId: 't', audiences: ['a'] }))).toContain(
    '<inbound><validate-azure-ad-token tenant-id="t"><audiences><audience>a</audience></audiences></validate-azure-ad-token>' +
      '<set-header name="Ocp-Apim-Subscription-Key" exists-action="delete" /></inbound>',
  )
  const all = inbound(
    validateAndForward({
      tenantId: 't',
      audiences: ['a'],
      anyOf: { claim: 'scp', values: ['Read', 'Write'] },
      backend: backend('orders', { url: 'https://orders.example' }),
      removeToken: true,
      variable: 'token',
    }),
  )
  expect(all).toContain('output-token-variable-name="token"')
  expect(all).toContain('<claim name="scp" match="any" separator=" "><value>Read</value><value>Write</value></claim>')
  expect(all).toContain('<set-backend-service backend-id="orders" />')
  expect(all).toContain('<set-header name="Authorization" exists-action="delete" />')
})
