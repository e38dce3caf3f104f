import { ApimKitError } from '@apim-kit/core'
import type { CredentialManager, CredentialManagerOptions } from './credentials/credential-manager.js'
import type { EmulatorContext, Gateway } from './emulator-context.js'

/** Stands where the credential manager will be: every exchange fails. */
export function createCredentialManager({ store }: CredentialManagerOptions): CredentialManager {
  const refuse = (): never => {
    throw new ApimKitError('not-supported', 'the credential manager is not built yet')
  }
  return {
    authorize: async () => refuse(),
    connect: async (provider, connection) => {
      const status = {
        status: 'Error',
        error: { code: 'Unauthenticated', message: 'This connection is not authenticated.' },
      } as const
      store.setConnectionStatus(provider, connection, status)
      return status
    },
    forget: () => undefined,
    getLoginLink: refuse,
  }
}

/** Stands where the gateway will be: it answers 501. */
export function createGateway(_context: EmulatorContext): Gateway {
  return {
    listener: (_request, response) => {
      response.writeHead(501).end()
    },
    check: () => [],
    traces: [],
    close: () => undefined,
  }
}
