import { createPrivateKey } from 'node:crypto'
import { policies, tokenByClientAssertion } from '@apim-kit/policy-dsl'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { compileExpression, contextFromJson, X509Certificate2 } from '../src/expression/index.js'
import { startEmulator, type Emulator } from '../src/index.js'
import { clientCertificate } from './client-certificate.js'

// What the recipe signs is taken by the identity provider, which knows the certificate's public half and verifies with jose.

const clientId = '44444444-4444-4444-4444-444444444444'
let emulator: Emulator

beforeAll(async () => {
  emulator = await startEmulator({
    applications: [
      { appId: '33333333-3333-3333-3333-333333333333', identifierUris: ['api://backend'], appRoles: ['Sample.Read'] },
      {
        appId: clientId,
        certificates: [clientCertificate.certificate],
        appRoleAssignments: [{ resource: 'api://backend', roles: ['Sample.Read'] }],
      },
    ],
  })
})
afterAll(() => emulator.close())

it('gets a token for a client assertion that the policy signs with a certificate of the service', async () => {
  const address = 'https://login.microsoftonline.com/11111111-1111-1111-1111-111111111111/oauth2/v2.0/token'
  const token = tokenByClientAssertion({
    tokenEndpoint: address,
    clientId,
    certificate: 'client',
    scope: 'api://backend/.default',
  })
  const source = /<set-body>([^]*)<\/set-body>/.exec(policies({ inbound: token.inbound }).toRawXml())?.[1] ?? ''
  const certificate = X509Certificate2.fromBytes(
    clientCertificate.certificate,
    createPrivateKey(clientCertificate.privateKey),
  )
  const context = contextFromJson({})
  const body = compileExpression(source, { allowList: true }).evaluateText({
    ...context,
    now: () => emulator.clock.now(),
    deployment: { ...context.deployment, certificates: new Map([['client', certificate]]) },
  })
  const response = await fetch(address.replace('https://login.microsoftonline.com', emulator.identity), {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body,
  })
  expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ token_type: 'Bearer' })])
})
