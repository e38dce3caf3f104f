import { describe, expect, it } from 'vitest'
import { createCredentials } from './credentials.js'
import { createNamedValues } from './named-values.js'
import { protectedApiPolicy } from './protected-api.js'
import { emulatorSettings } from './settings.js'
import { createStack } from './stack.js'
import {
  credentialManagerPolicy,
  sendRequestWithCertificatePolicy,
  sendRequestWithSecretPolicy,
  unprotectedApiPolicy,
} from './unprotected-api.js'

const values = createNamedValues(emulatorSettings)

describe('the policies of the example', () => {
  it('credential manager: the document of the article', () => {
    expect(credentialManagerPolicy(createCredentials(emulatorSettings)).toRawXml()).toMatchSnapshot()
  })

  it('send-request with a secret', () => {
    expect(sendRequestWithSecretPolicy(values).toRawXml()).toMatchSnapshot()
  })

  it('send-request with a certificate', () => {
    const document = sendRequestWithCertificatePolicy(values, createCredentials(emulatorSettings))
    expect(document.toRawXml()).toMatchSnapshot()
  })

  it('the unprotected API', () => {
    expect(unprotectedApiPolicy(values).toRawXml()).toMatchSnapshot()
  })

  it('the protected API', () => {
    expect(protectedApiPolicy(values).toRawXml()).toMatchSnapshot()
  })
})

it('the stack holds everything, in the order of deployment', () => {
  expect(createStack(emulatorSettings).resources.map(({ kind, name }) => `${kind} ${name}`)).toMatchSnapshot()
})
