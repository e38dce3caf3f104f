import type { EmulatorOptions } from '@apim-kit/emulator'
import { clientCertificate } from './client-certificate.js'
import { emulatorSettings } from './settings.js'

/** Nothing in Azure knows it; the emulator's key vault and identity provider are told it here. */
const clientSecret = 'the-emulator-knows-this-secret'

/**
 * What the example finds in Azure and the emulator is told: the two app registrations, the role that one has of the other, and
 * the Key Vault with the secret and the certificate. `apim-kit emulator --seed emulator.ts` starts with it.
 */
export const emulator: EmulatorOptions = {
  tenantId: emulatorSettings.tenantId,
  applications: [
    {
      appId: '33333333-3333-3333-3333-333333333333',
      displayName: 'Protected Backend',
      identifierUris: [emulatorSettings.resourceUri],
      appRoles: ['Sample.Read', 'Sample.Write'],
    },
    {
      appId: emulatorSettings.clientId,
      displayName: 'Client',
      clientSecrets: [clientSecret],
      certificates: [clientCertificate.certificate],
      appRoleAssignments: [{ resource: emulatorSettings.resourceUri, roles: ['Sample.Read', 'Sample.Write'] }],
    },
  ],
  keyVaults: { 'credential-manager': { 'client-secret': clientSecret, 'client-certificate': clientCertificate.pfx } },
}
