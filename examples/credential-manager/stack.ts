import { stack, type Stack } from '@apim-kit/core'
import { createCredentials } from './credentials.js'
import { createNamedValues } from './named-values.js'
import { createProtectedApi } from './protected-api.js'
import { settingsFrom, type Settings } from './settings.js'
import { createUnprotectedApi } from './unprotected-api.js'

/** The article's system: a protected backend, an API that calls it in four ways, and what they need. */
export function createStack(settings: Settings): Stack {
  const values = createNamedValues(settings)
  const credentials = createCredentials(settings)
  return stack({
    name: 'credential-manager',
    resources: [
      ...Object.values(values),
      credentials.provider,
      credentials.client,
      credentials.mayUse,
      credentials.clientCertificate,
      ...createProtectedApi(values),
      ...createUnprotectedApi(values, credentials),
    ],
  })
}

// The command line reads the default export: apim-kit plan stack.ts
export default createStack(settingsFrom(process.env))
