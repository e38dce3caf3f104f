import type { SecretResolution } from '@apim-kit/core'
import { ApiManagementClient } from '@azure/arm-apimanagement'
import { bearerTokenAuthenticationPolicyName, proxyPolicyName } from '@azure/core-rest-pipeline'
import type { TokenCredential } from '@azure/identity'
import { keyVaultReader } from './key-vault.js'
import { firstAnswer, retryConflicts } from './pipeline.js'
import { respectQuota } from './quota.js'
import { publicEndpoint, type Target } from './target.js'

/** A service that can be talked to: the SDK's client, and what messages and other clients need to know beside it. */
export interface Service extends Target {
  readonly client: ApiManagementClient
  readonly keyVault: SecretResolution['keyVault']
}

/**
 * Retries of the SDK's own policy (429 and 503 with Retry-After, 408, 5xx, lost connections): at most about 8 seconds of
 * waiting unless the service itself asks for more.
 */
const retryOptions = { maxRetries: 5, retryDelayInMs: 250, maxRetryDelayInMs: 10_000 }

/** Makes the client of a service. This file is the only one that loads the SDK. */
export function connect(target: Target, given: TokenCredential | undefined): Service {
  const { endpoint, local } = target
  const credential = local ? noLogin : (given ?? lazyDefaultCredential())
  const client = new ApiManagementClient(credential, target.address.subscriptionId, {
    ...(endpoint === publicEndpoint ? {} : { endpoint }),
    allowInsecureConnection: local,
    retryOptions,
    userAgentOptions: { userAgentPrefix: 'apim-kit' },
  })
  if (local) {
    // The bearer policy refuses plain http whatever the options say, so it goes; there is nobody to sign in to.
    client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName })
    // HTTP_PROXY names the way out of a company's network; from there nobody reaches this machine's own loopback.
    client.pipeline.removePolicy({ name: proxyPolicyName })
  }
  client.pipeline.addPolicy(retryConflicts(), { phase: 'Retry' })
  client.pipeline.addPolicy(respectQuota(), { afterPhase: 'Retry' })
  client.pipeline.addPolicy(firstAnswer(endpoint), { afterPhase: 'Retry' })
  return { ...target, client, keyVault: keyVaultReader(credential, local ? endpoint : undefined) }
}

/** Stands where a login would for an endpoint on this machine. */
const noLogin: TokenCredential = {
  getToken: async () => ({ token: 'no-login', expiresOnTimestamp: Number.MAX_SAFE_INTEGER }),
}

function lazyDefaultCredential(): TokenCredential {
  let credential: Promise<TokenCredential> | undefined
  const load = async (): Promise<TokenCredential> => {
    const { DefaultAzureCredential } = await import('@azure/identity')
    return new DefaultAzureCredential()
  }
  return {
    getToken: async (scopes, options) => {
      credential ??= load()
      return (await credential).getToken(scopes, options)
    },
  }
}
