import { policyMatchers } from '@apim-kit/policy-dsl/vitest'
import { expect, it } from 'vitest'
import { callWarehouse } from './shop.js'

expect.extend(policyMatchers)

it('puts the token of the connection into the request', () => {
  expect(callWarehouse.toRawXml()).toContain(`
        <get-authorization-context provider-id="warehouse" authorization-id="shop" context-variable-name="auth-context" identity-type="managed" ignore-error="false" />
        <set-header name="Authorization" exists-action="override">
            <value>@("Bearer " + ((Authorization)context.Variables.GetValueOrDefault("auth-context"))?.AccessToken)</value>
        </set-header>
`)
})

it('is well formed as xml', () => {
  expect(callWarehouse.toXml()).toContain('GetValueOrDefault(&quot;auth-context&quot;)')
})

it('has what the matchers look for', () => {
  expect(callWarehouse).toHavePolicy('get-authorization-context', { providerId: 'warehouse' })
  expect(callWarehouse).toEqualPolicy(callWarehouse.toXml())
  expect(callWarehouse).toPassCheck({ scope: 'operation' })
})
