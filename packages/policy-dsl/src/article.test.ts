import { connection, credentialProvider, SecretReference } from '@apim-kit/core'
import { expect, test } from 'vitest'
import { base, getAuthorizationContext, policies, read, setHeader, expression } from './index.js'

// "Call OAuth-Protected Backends from API Management using Credential Manager", the policy as printed there.
const printed = `<policies>
    <inbound>
        <base />
        
        <!-- 
            Get the access token from the Credential Provider. If this fails, an exception is raised.
        -->
        <get-authorization-context provider-id="credential-provider" authorization-id="client-connection" 
                                  context-variable-name="auth-context" identity-type="managed"
                                  ignore-error="false" />

        <set-header name="Authorization" exists-action="override">
            <value>@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)</value>
        </set-header>
    </inbound>

    <backend>
        <base />
    </backend>

    <outbound>
        <base />
    </outbound>

    <on-error>
        <base />
    </on-error>
</policies>
`

const provider = credentialProvider.aad('credential-provider', {
  displayName: 'Credential Provider',
  clientCredentials: { resourceUri: 'api://backend', tenantId: '00000000-0000-0000-0000-000000000001' },
})
const client = connection('client-connection', {
  provider,
  clientId: '00000000-0000-0000-0000-000000000002',
  clientSecret: new SecretReference('for a test', () => Promise.resolve('x')),
})

const built = policies({
  inbound: [base(), getAuthorizationContext({ connection: client, variable: 'auth-context' }).setBearerHeader()],
  backend: [base()],
  outbound: [base()],
  onError: [base()],
})

test('the document built by the user’s own words is the one that the article prints', () => {
  const { document, problems } = read(printed)
  expect(problems).toEqual([])
  expect(document?.difference(built)).toBeUndefined()
  expect(built.equals(printed)).toBe(true)
})

test('so is the one that is built attribute by attribute', () => {
  const byAttributes = policies({
    inbound: [
      base(),
      getAuthorizationContext({
        providerId: 'credential-provider',
        authorizationId: 'client-connection',
        contextVariableName: 'auth-context',
        identityType: 'managed',
        ignoreError: false,
      }),
      setHeader({
        name: 'Authorization',
        existsAction: 'override',
        value: expression(
          '@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)',
        ),
      }),
    ],
  })
  expect(byAttributes.equals(printed)).toBe(true)
})

test('both texts read back to the same document', () => {
  expect(read(built.toXml()).document?.difference(built)).toBeUndefined()
  expect(read(built.toXml(), { format: 'xml' }).document?.difference(built)).toBeUndefined()
  expect(read(built.toRawXml()).document?.difference(built)).toBeUndefined()
  expect(read(built.toRawXml(), { format: 'rawxml' }).document?.difference(built)).toBeUndefined()
})

test('the raw text is as a person would write it', () => {
  expect(built.toRawXml()).toBe(`<policies>
    <inbound>
        <base />
        <get-authorization-context provider-id="credential-provider" authorization-id="client-connection" context-variable-name="auth-context" identity-type="managed" ignore-error="false" />
        <set-header name="Authorization" exists-action="override">
            <value>@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)</value>
        </set-header>
    </inbound>
    <backend>
        <base />
    </backend>
    <outbound>
        <base />
    </outbound>
    <on-error>
        <base />
    </on-error>
</policies>`)
})

test('formatting the printed text keeps its comment and its blank lines, and is stable', () => {
  const once = read(printed).document?.toRawXml() ?? ''
  expect(once).toContain('If this fails, an exception is raised.')
  expect(once).toContain('<base />\n\n        <!-- ')
  expect(read(once).document?.toRawXml()).toBe(once)
})

test('it has no faults, and names its connection and its provider', () => {
  expect(built.problems({ scope: 'operation', tier: 'basicv2' })).toEqual([])
  expect(built.references).toEqual([
    {
      kind: 'credentialProvider',
      name: 'credential-provider',
      path: 'inbound/get-authorization-context[1]/@provider-id',
    },
    {
      kind: 'connection',
      name: 'client-connection',
      parent: 'credential-provider',
      path: 'inbound/get-authorization-context[1]/@authorization-id',
    },
  ])
})
